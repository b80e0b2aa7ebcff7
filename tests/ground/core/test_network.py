"""From where a request comes."""

import pytest
from django.test import RequestFactory

from lianxin.ground.core.network import client_ip, is_address


def asked(**meta):
    return RequestFactory().get("/", **meta)


@pytest.mark.parametrize("is_behind", [True, False])
def test_without_a_proxys_word_the_other_side_of_the_line_counts(settings, is_behind):
    settings.BEHIND_PROXY = is_behind
    assert client_ip(asked(REMOTE_ADDR="192.168.1.7")) == "192.168.1.7"


def test_anybodys_word_does_not_count(settings):
    settings.BEHIND_PROXY = False
    assert client_ip(asked(REMOTE_ADDR="192.168.1.7", HTTP_X_FORWARDED_FOR="1.2.3.4")) == "192.168.1.7"


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("1.2.3.4", "1.2.3.4"),
        ("9.9.9.9, 1.2.3.4", "1.2.3.4"),
        ("2001:db8::1", "2001:db8::1"),
        ("nonsense", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_of_our_proxys_word_the_last_counts(settings, said, address):
    settings.BEHIND_PROXY = True
    assert client_ip(asked(HTTP_X_FORWARDED_FOR=said)) == address


def test_a_socket_file_has_no_address(settings):
    assert client_ip(asked(REMOTE_ADDR="")) == "127.0.0.1"


@pytest.mark.parametrize(("host", "answer"), [("192.168.1.7", True), ("[::1]", True), ("lianxin.gov.cn", False)])
def test_an_address_in_digits_is_told_from_a_name(host, answer):
    assert is_address(host) is answer

"""/setup/: the page that sets a phone up, open only while the platform is open to its network."""

import pytest
from django.urls import reverse

from lianxin.ground.core.serving import lan

PHONES = {
    "android": "Mozilla/5.0 (Linux; Android 14; 22081212C) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
    "ios": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1",
    "harmony": "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0 Safari/537.36 ArkWeb/4.1 Mobile",
}
MENUS = {"android": "加密与凭据", "ios": "证书信任设置", "harmony": "从存储设备安装"}


@pytest.fixture
def network(settings, tmp_path, monkeypatch):
    """The platform of this test, open to a network with two addresses."""
    from datetime import UTC, datetime

    settings.HOME = tmp_path
    monkeypatch.setattr(lan, "addresses", lambda: ["192.168.7.5", "10.0.0.5"])
    settings.ALLOWED_HOSTS = ["*"]
    return lan.open_to(tmp_path, 8000, 8001, datetime.now(UTC))


@pytest.fixture
def closed(settings, tmp_path):
    settings.HOME = tmp_path


def test_the_page_works(client, db, network):
    page = client.get(reverse("core:setup"))
    assert page.status_code == 200
    assert "https://192.168.7.5:8000/" in page.text
    assert page.text.count("data:image/svg+xml") == 2


def test_the_page_shows_the_address_by_which_it_was_reached(client, db, network):
    assert "https://10.0.0.5:8000/" in client.get(reverse("core:setup"), headers={"host": "10.0.0.5:8001"}).text


def test_a_name_that_is_no_address_of_this_computer_is_not_shown(client, db, network):
    assert "evil.example" not in client.get(reverse("core:setup"), headers={"host": "evil.example"}).text


@pytest.mark.parametrize("system", PHONES)
def test_each_phone_sees_its_own_menus_open(client, db, network, system):
    page = client.get(reverse("core:setup"), headers={"user-agent": PHONES[system]}).text
    opened = page.split("<details open>")
    assert len(opened) == 2
    assert MENUS[system] in opened[1].split("</details>")[0]


def test_the_certificate_is_given_away_without_its_key(client, db, network):
    answer = client.get(reverse("core:setup_certificate"))
    body = b"".join(answer.streaming_content)
    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert body.startswith(b"-----BEGIN CERTIFICATE-----")
    assert b"PRIVATE" not in body


def test_a_platform_that_is_not_open_says_how_it_is_opened(client, db, closed):
    page = client.get(reverse("core:setup"))
    assert page.status_code == 200
    assert "./bin/run --lan" in page.text


def test_a_platform_that_is_not_open_gives_no_certificate(client, db, closed):
    assert client.get(reverse("core:setup_certificate")).status_code == 404


def test_a_closed_platform_forgets_that_it_was_open(client, db, network, tmp_path):
    lan.close(tmp_path)
    assert client.get(reverse("core:setup_certificate")).status_code == 404


@pytest.mark.parametrize("name", ["core:setup", "core:setup_certificate"])
def test_post_is_refused(client, db, network, name):
    assert client.post(reverse(name)).status_code == 405

"""A port in use is told with the next free one."""

import socket

import pytest

from lianxin.ground.core.serving import ports
from lianxin.terminal import Failed

HERE = "127.0.0.1"


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind((HERE, 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_port_in_use_names_the_next_free_one(taken):
    free = ports.next_free(taken, HERE)
    with pytest.raises(Failed, match=rf"--port {free}$"):
        ports.need(taken, HERE)
    ports.need(free, HERE)


def test_a_port_in_use_on_one_address_is_not_free_on_all(taken):
    assert not ports.is_free(taken, "0.0.0.0")


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_what_is_no_port_is_refused(port):
    with pytest.raises(Failed, match="65535"):
        ports.need(port, HERE)

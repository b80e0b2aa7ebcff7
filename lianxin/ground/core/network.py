"""From where a request comes."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

HERE = "127.0.0.1"  # a server reached through a socket file has no address of the other side


def client_ip(request: HttpRequest) -> str:
    """The address of the browser.

    What X-Forwarded-For says counts only behind a proxy of our own (LIANXIN_PROXY), and of it only the last
    address: the one that proxy saw. Anybody can write the others.
    """
    address = request.META.get("REMOTE_ADDR") or HERE
    if settings.BEHIND_PROXY:
        address = _plain(request.headers.get("X-Forwarded-For", "").rpartition(",")[2]) or address
    return address


def is_address(host: str) -> bool:
    """Whether a host is an address in digits and not a name."""
    return _plain(host.strip("[]")) is not None


def _plain(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return None

"""Where passkeys work: the browser binds them to a host's name, over TLS or on this very computer."""

import ipaddress
from urllib.parse import urlsplit

from django.http import HttpRequest

from lianxin.ground.core.network import is_address


def can_have_passkeys(request: HttpRequest) -> bool:
    """Whether a browser will make and use passkeys at the address of this request (W3C WebAuthn, 5.1.2)."""
    host, _port = _parts(request)
    is_secure = request.is_secure() or host == "localhost" or host.endswith(".localhost")
    return is_secure and not is_address(host)


def same_page_by_name(request: HttpRequest) -> str:
    """The address of this page where passkeys work, if it was opened on this very computer by digits; else nothing.

    127.0.0.1 and localhost are the same server, and to a browser two sites: one signs in at each of them.
    """
    host, port = _parts(request)
    if not is_address(host) or not ipaddress.ip_address(host).is_loopback:
        return ""
    return f"{request.scheme}://localhost{port}{request.get_full_path()}"


def _parts(request: HttpRequest) -> tuple[str, str]:
    """The host of the request, without brackets, and the port with its colon, where one is said."""
    parts = urlsplit(f"//{request.get_host()}")
    return parts.hostname or "", f":{parts.port}" if parts.port else ""

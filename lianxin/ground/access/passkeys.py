"""Where passkeys work: the browser binds them to a host's name, over TLS or on this very computer."""

from django.http import HttpRequest

from lianxin.ground.core.network import is_address


def can_have_passkeys(request: HttpRequest) -> bool:
    """Whether a browser will make and use passkeys at the address of this request (W3C WebAuthn, 5.1.2)."""
    host = request.get_host().rsplit(":", 1)[0]
    is_secure = request.is_secure() or host == "localhost" or host.endswith(".localhost")
    return is_secure and not is_address(host)

"""At which address the platform is reached: for whoever writes it into a link and has no request to read it from."""

from pathlib import Path

from django.conf import settings

DEFAULT = "http://localhost:8000/"
NOTE = "address"  # a file in the home: a command typed beside the running platform knows neither port nor settings


def note(home: Path, address: str) -> None:
    """Remember where the platform in `home` is reached, until it is started otherwise."""
    (home / NOTE).write_text(f"{address}\n")


def noted(home: Path) -> str:
    """Where the platform in `home` is reached, or was when it last ran; DEFAULT where it never did."""
    file = home / NOTE
    return file.read_text().strip() if file.exists() else DEFAULT


def in_front() -> str:
    """The address of the proxy in front (LIANXIN_PROXY): the first host of LIANXIN_HOSTS by which others call it, or nothing."""
    here = {"127.0.0.1", "localhost", "[::1]"}
    hosts = [host for host in settings.ALLOWED_HOSTS if host not in here and not host.startswith((".", "*"))]
    if not (settings.BEHIND_PROXY and hosts):
        return ""
    return f"{'https' if settings.SESSION_COOKIE_SECURE else 'http'}://{hosts[0]}/"

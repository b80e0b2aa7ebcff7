"""Asking servers outside: encrypted on the way, within seconds, and nobody else than who was named. Or files instead."""

from pathlib import Path
from urllib import request
from urllib.parse import SplitResult

from django.conf import settings
from django.db import connection

from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Platform

HERE = ("127.0.0.1", "localhost", "::1")
TIMEOUT_S = 20
LONGEST = 1024 * 1024  # bytes of an answer that are read


class NoRedirect(request.HTTPRedirectHandler):
    """What is sent to one address goes to no other."""

    def redirect_request(self, *_args: object) -> None:
        """Follow nothing: urllib raises HTTPError."""


def ask(asked: request.Request, *, timeout_s: float = TIMEOUT_S) -> bytes:
    """What a server answers. Raises OSError or HTTPException, whose texts may quote the address: tell their kind alone."""
    with request.build_opener(NoRedirect).open(asked, timeout=timeout_s) as answer:
        return bytes(answer.read(LONGEST))


def is_safe(parts: SplitResult, scheme: str) -> bool:
    """Whether an address is encrypted on its way (`scheme` ends in s), or does not leave this computer."""
    if not parts.hostname:
        return False
    return parts.scheme == scheme or (parts.scheme == scheme.removesuffix("s") and parts.hostname in HERE)


def messages_count() -> bool:
    """Whether real people wait for messages here: on every platform that is neither a demo nor a rehearsal."""
    platform = Platform.current() if Platform._meta.db_table in connection.introspection.table_names() else None
    return bool(platform and not (platform.is_demo or platform.is_rehearsal))


def write(text: str) -> None:
    """A message that is sent to nobody: a file in HOME/outgoing, for its owner alone."""
    folder = Path(settings.HOME) / "outgoing"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"{new_id()}.txt"
    file.touch(mode=0o600)
    file.write_text(text)

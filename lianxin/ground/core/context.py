"""What every page is told."""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest

from lianxin.ground.core.display import Display
from lianxin.ground.core.models import Platform


def page(request: HttpRequest) -> dict[str, Any]:
    """`platform`, whose name and warnings stand on every page, and `display`, how this browser wants it shown."""
    return {"platform": platform_or_last_known(), "display": Display.of(request)}


def platform_or_last_known() -> Platform | None:
    """The platform; when the database does not answer, the one read last, so that an error page can still warn."""
    try:
        return Platform.current()
    except DatabaseError:
        _read_at, platform = Platform._cached
        return platform

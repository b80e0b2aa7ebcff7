"""What the platform answers when a rule says no, or an address is opened the wrong way: a page, never a bare code."""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.views import errors

log = logging.getLogger("lianxin.failures")
FULL_OR_READ_ONLY = {"SQLITE_FULL", "SQLITE_READONLY", "53100", "25006"}  # of SQLite, and SQLSTATEs of PostgreSQL


def takes_nothing(error: DatabaseError) -> bool:
    """Whether the database refused to write because its disk is full, or may not be written."""
    cause = error.__cause__
    told = str(getattr(cause, "sqlite_errorname", "") or getattr(cause, "sqlstate", ""))
    return any(told == one or told.startswith(f"{one}_") for one in FULL_OR_READ_ONLY)


class RefusalMiddleware:
    """Tells a RuleError that no view caught (409, or the error's own `status`), and puts words to an empty 405."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response; one that says nothing but 405 gets the page for it."""
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            told = errors.page(request, 405)
            told["Allow"] = response["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a rule that says no, or for a disk that takes nothing; every other exception goes on."""
        if isinstance(exception, DatabaseError) and takes_nothing(exception):
            log.error("nothing can be stored: %s", type(exception.__cause__).__name__)
            return errors.page(request, 507)
        if not isinstance(exception, RuleError):
            return None
        return errors.page(request, getattr(exception, "status", 409), str(exception))

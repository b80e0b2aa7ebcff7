"""Logs: one file a day in HOME/logs, kept half a year, without personal data and without codes.

A line says when, how grave, who tells and what. What people typed stands in none: of an error the log keeps its class and
the places in the code, never its text; of a request its method, path, status and time, never its query or its body; of
what other libraries tell the wording, never the values.
"""

import logging
import os
import re
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

FILE = re.compile(r"[a-z]+-(\d{4}-\d\d-\d\d)\.log")
OURS = ("lianxin.", "config.", "django_tasks")  # who is known to say nothing of people
Failed = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]

access = logging.getLogger("lianxin.access")


class DayFile(logging.FileHandler):
    """Writes into <folder>/<stem>-<day>.log, and into the next file when the day is over.

    Any number of processes may write: lines are added at the end, and nobody renames a file.
    """

    def __init__(self, folder: str, stem: str):
        self.folder, self.stem = Path(folder), stem
        super().__init__(self._today(), encoding="utf-8", delay=True)

    def _today(self) -> str:
        return str(self.folder.absolute() / f"{self.stem}-{datetime.now():%Y-%m-%d}.log")  # noqa: DTZ005 - local day

    def emit(self, record: logging.LogRecord) -> None:
        """Write, into the file of today."""
        if self.baseFilename != (today := self._today()):
            if self.stream:
                self.stream.close()
                self.stream = None
            self.baseFilename = today
        try:
            super().emit(record)
        except OSError:  # a folder that cannot be written to keeps nobody from working; `lianxin check` tells of it
            self.handleError(record)

    def _open(self) -> TextIOWrapper:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(handle, "a", encoding="utf-8")


class Line(logging.Formatter):
    """One line for each thing that is told, and the places of an error below it."""

    def format(self, record: logging.LogRecord) -> str:
        """When, how grave, who, what."""
        at = datetime.fromtimestamp(record.created, timezone.get_default_timezone())
        line = f"{at.isoformat(timespec='seconds')} {record.levelname} {record.name} {self._what(record)}"
        lines = [line.replace("\n", " "), *(self._places(record.exc_info) if record.exc_info else ())]
        return "\n".join(lines)

    def _what(self, record: logging.LogRecord) -> str:
        if record.name.startswith(OURS):
            return record.getMessage()
        if isinstance(request := getattr(record, "request", None), HttpRequest):
            return f"{request.method} {path_of(request)} {getattr(record, 'status_code', '')}"
        return str(record.msg)  # the wording; the values may be of people

    def _places(self, failed: Failed) -> Iterator[str]:
        """The error and what led to it: classes and places, no texts."""
        kind, error, places = failed
        if not (kind and error):
            return
        told: traceback.TracebackException | None = traceback.TracebackException(kind, error, places)
        while told:
            yield f"  {told.exc_type.__module__}.{told.exc_type.__qualname__}" if told.exc_type else "  ?"
            yield from (f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in told.stack)
            told = told.__cause__ or told.__context__


class AccessLog:
    """Middleware that writes a line for every request, whichever server serves it. Outermost, so that it measures all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, and a line about it."""
        begun = time.perf_counter()
        response = self.get_response(request)
        took = (time.perf_counter() - begun) * 1000
        access.info("%s %s %s %.0fms", request.method, path_of(request), response.status_code, took)
        return response


def path_of(request: HttpRequest) -> str:
    """The path of a page of ours; what else somebody asks for may say anything, and is not written down."""
    return quote(request.path) if request.resolver_match else "(no page of ours)"


def config(folder: Path) -> dict[str, Any]:
    """The setting LOGGING: everything into the day's file, warnings to the terminal too, requests into a file of their own."""
    file = {"class": f"{__name__}.DayFile", "folder": str(folder), "formatter": "line"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{__name__}.Line"}},
        "handlers": {
            "file": {**file, "stem": "lianxin"},
            "access": {**file, "stem": "access"},
            "terminal": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"},
        },
        "root": {"handlers": ["file", "terminal"], "level": "INFO"},
        "loggers": {
            "lianxin.access": {"handlers": ["access"], "propagate": False},
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.request": {
                "level": "CRITICAL"
            },  # lianxin.failures tells of errors, with the number that people see
            "django_tasks_db": {"level": "WARNING"},
        },
    }


def folder() -> Path:
    """Where the logs lie."""
    return Path(settings.HOME) / "logs"


def expire(at: datetime) -> list[Path]:
    """Delete logs that are older than LIANXIN_LOG_DAYS; which ones they were."""
    first_kept = timezone.localdate(at) - timedelta(days=settings.LOG_DAYS)
    old = [
        file
        for file in sorted(folder().glob("*.log"))
        if (found := FILE.fullmatch(file.name)) and date.fromisoformat(found[1]) < first_kept
    ]
    for file in old:
        file.unlink()
    return old

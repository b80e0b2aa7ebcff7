"""Roots on paper: how a bulletin prints them, and how a printed list is read back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.models import DaySeal

PLATFORM = "-"  # stands where the events belong to no body
LINE = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)\s+(?P<body>-|[0-9a-f-]{36})\s+(?P<part>\d+)\s+(?P<root>[0-9a-f\s]{64,})")


class UnreadableRoots(RuleError):
    """A line of a list of roots is not as lianxin prints it."""

    def __init__(self, number: int):
        super().__init__(
            _(
                "第%(number)d行读不懂。应当像：2026-11-20 - 1 加上64位的根（数字和a到f），和 lianxin seal --list 印出来的一样。"
            )
            % {"number": number}
        )


@dataclass(frozen=True)
class Printed:
    """One root as it stood on paper."""

    day: date
    body: UUID | None
    part: int
    root: bytes


def line_of(seal: DaySeal) -> str:
    """A root as it is printed: day, body, part, root in groups of four."""
    return f"{seal.day} {seal.body_id or PLATFORM} {seal.part} {seal.root_text}"


def read(lines: Iterable[str]) -> Iterator[Printed]:
    """The roots of a printed list; empty lines and lines that begin with # do not count. Raises UnreadableRoots."""
    for number, line in enumerate(lines, 1):
        text = line.strip().lower()
        if not text or text.startswith("#"):
            continue
        found = LINE.fullmatch(text)
        root = "".join(found["root"].split()) if found else ""
        if not found or len(root) != 64:
            raise UnreadableRoots(number)
        try:
            body = None if found["body"] == PLATFORM else UUID(found["body"])
            yield Printed(date.fromisoformat(found["day"]), body, int(found["part"]), bytes.fromhex(root))
        except ValueError:
            raise UnreadableRoots(number) from None

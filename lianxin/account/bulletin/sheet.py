"""What an issue says, whole: for the page, the PDF, the Word file and the feed, which take nothing else.

Digests and fingerprint go over JSON with its keys in order, without blanks, as UTF-8. An entry stands in the fingerprint by
its digest alone: where its words have to go, the fingerprint still proves the rest.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

Digest = Callable[[bytes], bytes]


class Told(BaseModel):
    """A part of the sheet; never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(Told):
    """One entry: heading, words, whose words or who handles it, and where its matter is read; once words are withheld, their digest alone."""

    id: str
    heading: str = ""
    text: str = ""
    source: str = ""
    path: str = ""
    is_quoted: bool = False
    digest: str = ""

    @property
    def is_withheld(self) -> bool:
        """Whether its words were taken out."""
        return not self.text

    def sealed(self, digest: Digest) -> "Entry":
        """The same with its digest."""
        told = self.model_dump(mode="json", exclude={"digest"})
        return self.model_copy(update={"digest": digest(canonical(told)).hex()})

    def withheld(self) -> "Entry":
        """Its digest, and no word of it."""
        return Entry(id=self.id, is_quoted=self.is_quoted, digest=self.digest)


class Column(Told):
    """A column: what it is called, what is said under it, and its entries."""

    code: str
    name: str
    note: str = ""
    entries: tuple[Entry, ...] = ()


class Number(Told):
    """A figure as it is printed, and that of the month before, where it is not counted from the beginning on.

    `listed` and `unlisted` are how many matters it was counted among that are public, and that are not. `members` is the
    digest of the list of all of them: their ids, in order, one a line.
    """

    code: str
    name: str
    counts: str
    among: str = ""
    unit: str = ""
    told: str
    before: str = ""
    listed: int = 0
    unlisted: int = 0
    members: str = ""


class Correction(Told):
    """An erratum of an earlier issue that is printed in this one."""

    number: int
    words: str


class Sheet(Told):
    """The whole issue."""

    title: str
    issuer: str
    number: int
    month: str
    day: date
    weekday: str
    lunar: str
    as_of: datetime
    numbers: tuple[Number, ...]
    columns: tuple[Column, ...]
    corrections: tuple[Correction, ...] = ()
    meeting: str = ""
    compiled: str = ""
    reviewed: str = ""
    signed: str = ""
    roots: tuple[str, ...] = ()
    chain: str = ""

    @property
    def rows(self) -> tuple[tuple[Number, ...], ...]:
        """The figures in rows: those of the month, and those counted from the beginning on."""
        month = tuple(one for one in self.numbers if one.before)
        return tuple(filter(None, [month, tuple(one for one in self.numbers if not one.before)]))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in order."""
        return tuple(entry for column in self.columns for entry in column.entries)

    def fingerprint(self, digest: Digest) -> str:
        """The digest of all of it, in hex."""
        told = self.model_dump(mode="json")
        for column in told["columns"]:
            column["entries"] = [entry["digest"] for entry in column["entries"]]
        return digest(canonical(told)).hex()

    def without(self, id: str) -> "Sheet":
        """The same, the words of one entry taken out."""
        columns = (
            column.model_copy(update={"entries": tuple(e.withheld() if e.id == id else e for e in column.entries)})
            for column in self.columns
        )
        return self.model_copy(update={"columns": tuple(columns)})


def canonical(told: Any) -> bytes:
    """JSON with its keys in order, without blanks."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

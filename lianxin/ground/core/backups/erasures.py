"""What was erased for good must stay erased, though an older backup still holds it.

Every erasure is a row of its app's table, and a line of HOME/backups/erasures.jsonl, which no restore rolls back. The
line is written after the commit; `gather`, at the start of every backup and restore, writes lines that a crash left out.
Whoever copies backups elsewhere copies this file with them. It holds opaque ids and moments, and nothing of a person.
"""

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction


@dataclass(frozen=True, order=True)
class Erasure:
    """Something was erased: what kind of thing, which one, when; `part` names the part where not all of it was."""

    kind: str
    id: UUID
    at: datetime
    part: str = ""


@dataclass(frozen=True)
class Eraser:
    """An app that erases. `known` are the erasures its tables tell of; `erase` takes away again what a backup brought
    back, does nothing where there is nothing, and returns whether there was something."""

    kind: str
    known: Callable[[], Iterable[Erasure]]
    erase: Callable[[Erasure], bool]


_erasers: dict[str, Eraser] = {}


def register(eraser: Eraser) -> None:
    """Declare how one kind of thing is erased again; a kind declared twice raises ValueError."""
    if _erasers.setdefault(eraser.kind, eraser) != eraser:
        raise ValueError(f"{eraser.kind} is declared twice.")


def list_file() -> Path:
    """Where the list lies."""
    return Path(settings.HOME) / "backups" / "erasures.jsonl"


def note(erasures: Iterable[Erasure]) -> None:
    """Add lines to the list; they are on the disk when this returns. OSError where they cannot be."""
    lines = "".join(
        json.dumps({"kind": e.kind, "id": str(e.id), "at": e.at.isoformat(), "part": e.part}) + "\n" for e in erasures
    )
    if not lines:
        return
    file = list_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a+b") as out:
        if out.tell() and os.pread(out.fileno(), 1, out.tell() - 1) != b"\n":
            out.write(b"\n")  # a line that a crash cut short stays alone
        out.write(lines.encode())
        out.flush()
        os.fsync(out.fileno())


def note_after_commit(erasure: Erasure) -> None:
    """Note an erasure once this transaction is committed; what fails then is logged, and the next backup notes it."""
    transaction.on_commit(lambda: note([erasure]), robust=True)  # Django logs a failure by the name of the function


def noted() -> set[Erasure]:
    """Every erasure of the list. A line that a crash cut short is left out: `gather` has written it anew."""
    if not list_file().exists():
        return set()
    return {found for line in list_file().read_text().splitlines() if (found := _read(line))}


def _read(line: str) -> Erasure | None:
    try:
        row = json.loads(line)
        return Erasure(row["kind"], UUID(row["id"]), datetime.fromisoformat(row["at"]), row["part"])
    except (ValueError, KeyError, TypeError):
        return None


def gather() -> None:
    """Write what the tables tell of and the list does not."""
    known = {erasure for eraser in _erasers.values() for erasure in eraser.known()}
    note(sorted(known - noted()))


def replay() -> int:
    """Erase again, in the database that is in use, what the list names; how many things there were."""
    return sum(_erasers[e.kind].erase(e) for e in sorted(noted()) if e.kind in _erasers)

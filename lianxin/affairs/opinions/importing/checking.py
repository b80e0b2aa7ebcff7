"""What a row would become: an opinion of its own, one that is known already, or none, and which cell is wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils.translation import gettext as _

from lianxin.affairs.opinions.actions.telling import Telling
from lianxin.affairs.opinions.importing.columns import READERS, SHOWN, Wrong, day, number
from lianxin.affairs.opinions.importing.desks import Desk
from lianxin.affairs.opinions.importing.heads import TableRefused
from lianxin.affairs.opinions.importing.sheets import Row, Unfit
from lianxin.affairs.opinions.models import Channel, Opinion
from lianxin.ground.core.clock import day_of
from lianxin.ground.people.roster.problems import Problem
from lianxin.lib.text.cleaning import clean
from lianxin.lib.text.private import masked


@dataclass
class Line:
    """A row that was checked. It is `known`, or has problems, or has what is to be told."""

    row: Row
    id: UUID
    is_known: bool = False
    problems: list[tuple[Problem, tuple[str, ...]]] = field(default_factory=list)
    telling: Telling | None = None
    likes: int = 0
    reply: str = ""
    outcome: str = ""
    notes: set[str] = field(default_factory=set)


def check(rows: Sequence[Row], desk: Desk) -> list[Line]:
    """What each of some rows would become; a few questions for all of them. Raises TableRefused."""
    lines = [Line(row, own_id(row)) for row in rows]
    if any(row.head.is_reception for row in rows) and not desk.station:
        raise TableRefused(_("这是接待登记簿，要先选是哪个站的，再上传。"))
    ids = {id for line in lines for id in (line.id, line.row.id_in(desk.source))}
    there = set(Opinion.objects.filter(pk__in=ids).values_list("pk", flat=True))
    numbers = {number(line.row) for line in lines} - {""}
    same = {
        one.case.number: one
        for one in desk.seen.filter(case__number__in=numbers)
        .select_related("case", "shift")
        .only("said_on", "text", "case__number", "case__opened_at", "shift__held_on")
    }
    for line in lines:
        line.is_known = line.id in there or line.row.id_in(desk.source) in there
        if not line.is_known:
            _read(line, desk, same)
    return lines


def own_id(row: Row) -> UUID:
    """The same row has the same id, in whatever file and whoever imports it: by its number and words, else its day too."""
    words, on = clean(str(row.cells.get("words") or "")), day(row)
    by = number(row) or f"{on or row.text('said_at')}\n{row.text('place')}"
    return uuid5(NAMESPACE_OID, f"lianxin:opinions:row:{by}\n{words}")


def _read(line: Line, desk: Desk, same: Mapping[str, Opinion]) -> None:
    """Read every cell; each that cannot be read is told, and the others are read all the same."""
    row, found = line.row, dict[str, Any]()
    if other := same.get(number(row)):
        line.is_known = _is_same(other, row)
        if line.is_known:
            return
        expected = _("空着，或者改成它自己的编号：平台上这个编号是另一件事，日期和内容都不一样")
        line.problems.append((row.problem("number", number(row), expected), ()))
    for name, read in READERS.items():
        try:
            if isinstance(row.cells.get(name), Unfit):
                raise Wrong(row.text(name), _("填好的值，不是公式：复制这一列，再用“选择性粘贴—数值”贴回去"))
            found[name] = read(row, desk, line)
        except Wrong as wrong:
            told = row.problem(name, masked(wrong.found)[:SHOWN], wrong.expected)
            line.problems.append((told, wrong.among))
    if not line.problems:
        _tell(line, desk, found)


def _is_same(other: Opinion, row: Row) -> bool:
    """Whether a matter of this number is what a row tells of: its day, or its words as books have them."""
    on, words = day(row), clean(str(row.cells.get("words") or ""))
    days = {other.said_on, day_of(other.case.opened_at), *((other.shift.held_on,) if other.shift else ())}
    return on in days or words in (other.text, masked(other.text))


def _tell(line: Line, desk: Desk, found: Mapping[str, Any]) -> None:
    region, spot = found["place"]
    line.likes, line.reply, line.outcome = found["likes"], found["reply"], found["outcome"]
    line.telling = Telling(
        id=line.id,
        words=found["words"],
        title=found["title"],
        region=region,
        spot=spot,
        channel=Channel.IMPORTED,
        visibility=found["visibility"],
        subject=found["subject"],
        station=desk.station,
        shift=found["duty"],
        mandate=found["heard_by"],
        said_on=found["said_at"],
    )


def batches(rows: Iterable[Row], size: int = 100) -> Iterator[list[Row]]:
    """The rows, so many at a time."""
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch

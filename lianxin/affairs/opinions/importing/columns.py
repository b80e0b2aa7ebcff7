"""What each column of a ledger says, read as offices write it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from lianxin.affairs.opinions.actions.telling import LONGEST
from lianxin.affairs.opinions.importing.desks import Desk
from lianxin.affairs.opinions.importing.sheets import Row, Unfit
from lianxin.affairs.opinions.models import Visibility
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.models import Shift
from lianxin.ground.core.clock import today
from lianxin.ground.people.models import Mandate, Region
from lianxin.ground.people.roster import cells
from lianxin.ground.rulebook import in_force
from lianxin.lib.text.cleaning import clean, is_empty
from lianxin.lib.text.private import masked

EARLIEST = date(1954, 1, 1)  # the first congresses met in that year
MOST_LIKES = 100_000
SHOWN = 40  # signs of what a cell says


class Noted(Protocol):
    """Where a reader leaves what was not taken along."""

    notes: set[str]


class Wrong(Exception):
    """A cell that cannot be read: what it says, what was expected, and the right words, of which one may be meant."""

    def __init__(self, found: str, expected: str, among: Sequence[str] = ()):
        super().__init__(expected)
        self.found, self.expected, self.among = found, expected, tuple(among)


def number(row: Row) -> str:
    """What the row is numbered; nothing where that is a formula."""
    said = row.cells.get("number")
    return "" if isinstance(said, Unfit) else row.text("number")[:SHOWN]


def day(row: Row) -> date | None:
    """The day of the row; None where it cannot be read."""
    try:
        return cells.day(_without_hours(row.cells.get("said_at")))
    except (cells.NotThat, OverflowError, ValueError):
        return None


def _words(row: Row, _desk: Desk, _line: Noted) -> str:
    """Words are never told back in a report: it is kept longer than they may be."""
    words = clean(str(row.cells.get("words") or ""))
    if is_empty(words):
        raise Wrong("", _("说了什么，照原话写"))
    if words in destroyed():
        raise Wrong(words, _("原话：已经销毁的不能再导入，请删去这一行"))
    if len(words) > LONGEST:
        told = {"count": len(words), "most": LONGEST}
        raise Wrong(_("%(count)d个字") % told, _("不超过%(most)d个字，请分成两行") % told)
    return words


@cache
def destroyed() -> frozenset[str]:
    """What our books write in the place of words that were destroyed, in each language."""
    told = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            told.add(_("（原话已销毁）"))
    return frozenset(told)


def _said_at(row: Row, _desk: Desk, _line: Noted) -> date:
    written, on = row.text("said_at"), day(row)
    if not written:
        raise Wrong("", _("日期，写成2026-03-01"))
    if on is None:
        raise Wrong(written, _("看不懂日期“%(written)s”，请写成2026-03-01。") % {"written": masked(written)[:SHOWN]})
    if on > today():
        raise Wrong(on.isoformat(), _("“%(day)s”还没有到。请改成已经过去的日子。") % {"day": on})
    if on < EARLIEST:
        raise Wrong(on.isoformat(), _("真的日子：%(day)s太早了") % {"day": on})
    return on


def _without_hours(value: Any) -> Any:
    """A day that was written with its hour, as other platforms do: 2026-02-03 11:25:05."""
    if isinstance(value, str):
        head, _t, hours = value.strip().replace("T", " ").partition(" ")
        return head if hours[:1].isdigit() and ":" in hours else value
    return value


def _place(row: Row, desk: Desk, _line: Noted) -> tuple[Region, str]:
    said = row.text("place")
    if not said:
        if desk.region is None:
            raise Wrong("", _("村、社区的名称，前面写上乡镇"))
        return desk.region, ""
    found, spot = desk.place(said)
    if len(found) == 1:
        return found[0], spot
    if found:
        example = f"{found[0].parent.name if found[0].parent else ''}{found[0].name}"
        told = {"count": len(found), "example": example}
        raise Wrong(said, _("写明是哪一个：叫这个的有%(count)d个。前面写上乡镇，比如%(example)s") % told)
    raise Wrong(said, _("您负责的范围里的村、社区，照平台上的写法"), list(desk.named))


def _title(row: Row, _desk: Desk, _line: Noted) -> str:
    return row.text("title")


def _subject(row: Row, desk: Desk, _line: Noted) -> str:
    said = row.text("subject")
    return _coded(said, desk.subjects) if said else ""


def _coded(said: str, known: Mapping[str, str]) -> str:
    if said in known:
        return known[said]
    labels = list(dict.fromkeys(known))
    raise Wrong(said, _("这里有的一类，或者空着"), labels)


def _visibility(row: Row, _desk: Desk, line: Noted) -> Visibility:
    said = row.text("visibility")
    if not said:
        return Visibility.STAFF
    chosen = Visibility(_coded(said, visibilities()))
    if chosen == Visibility.NAMED:  # no book has the name
        line.notes.add(_("选了“公开，写名字”的，簿子里没有名字，导入成“公开，不写名字”。"))
        return Visibility.UNNAMED
    return chosen


@cache
def visibilities() -> dict[str, str]:
    """Codes of who may see it, by what they are called in each language."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {str(label): code for code, label in Visibility.choices}
    return found


def _shift(row: Row, desk: Desk, _line: Noted) -> Shift | None:
    """The reception of that day at the station, where it had one and no second."""
    if not row.head.is_reception:
        return None
    held = desk.shifts.get(day(row), [])
    return held[0] if len(held) == 1 else None


def _heard_by(row: Row, desk: Desk, line: Noted) -> Mandate | None:
    name = row.text("heard_by")
    if not name or not desk.station:
        return None
    found = desk.deputies.get(name, set())
    if len(found) == 1:
        return Mandate.objects.select_related("person", "congress__region").get(pk=next(iter(found)))
    told = {"name": name[:SHOWN]}
    line.notes.add(
        _("“%(name)s”在这个站有同名的，谁听的没有写。") % told
        if found
        else _("“%(name)s”不是这个站的代表，谁听的没有写。") % told
    )
    return None


def _likes(row: Row, _desk: Desk, _line: Noted) -> int:
    value = row.cells.get("likes")
    if value in (None, ""):
        return 0
    try:
        count = int(str(value).strip())
    except ValueError:
        raise Wrong(str(value), _("看不懂点赞数“%(written)s”，请写整数。") % {"written": str(value)[:SHOWN]}) from None
    if not 0 <= count <= MOST_LIKES:
        raise Wrong(str(count), _("点赞数%(count)d不像是真的，请看一看。") % {"count": count})
    return count


def _reply(row: Row, desk: Desk, _line: Noted) -> str:
    reply = clean(str(row.cells.get("reply") or ""))
    if reply and not (desk.by and desk.may_answer):
        raise Wrong(_("有答复"), _("空着：这里导入的不能带答复"))
    if reply and not (row.text("outcome") or desk.outcome):
        labels = _("、").join(one.called for one in in_force(today()).section(OpinionRules).outcomes.values())
        raise Wrong(_("有答复"), _("有答复的行还要有一列“结果”，写明是哪一类：%(labels)s") % {"labels": labels})
    return reply


def _outcome(row: Row, desk: Desk, line: Noted) -> str:
    """The class of the reply. What has a class and no words was answered elsewhere: that is not told here."""
    said = row.text("outcome")
    code = desk.outcomes.get(said, "")
    if row.text("reply"):
        return code or desk.outcome or (_coded(said, desk.outcomes) if said else "")
    if code:
        line.notes.add(_("写了结果、没写答复的，结果不导入：在平台上答复了才算。"))
    return ""


Reader = Callable[[Row, Desk, Any], Any]
READERS: Mapping[str, Reader] = {
    "words": _words,
    "said_at": _said_at,
    "title": _title,
    "place": _place,
    "subject": _subject,
    "visibility": _visibility,
    "duty": _shift,
    "heard_by": _heard_by,
    "likes": _likes,
    "reply": _reply,
    "outcome": _outcome,
}

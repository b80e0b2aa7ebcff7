"""五本簿 The five books of a station, none of which anybody types: each is a question asked of what was recorded.

Names and telephones of residents lie in the vault and stand in no book; what looks like one in their words is masked. A
personal file and the activities of a group hold as much as the platform records today: receptions, and what deputies
did with what they heard.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lianxin.affairs.opinions.models import Channel, Opinion
from lianxin.affairs.opinions.models.opinion import OpinionQuerySet
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.models import Duty, Posting, Shift, Station
from lianxin.affairs.stations.naming import receptions
from lianxin.ground.cases.models import Handover, Rating, Reply
from lianxin.ground.core import workbooks
from lianxin.ground.core.clock import day_of, today
from lianxin.ground.core.events import names
from lianxin.ground.core.workbooks import Cell
from lianxin.ground.people.models import Mandate
from lianxin.ground.people.models.region import Level
from lianxin.lib.text.private import masked

Rows = Iterator[tuple[Cell, ...]]
State = Duty.State


@dataclass(frozen=True)
class Register:
    """One book: what it is called, what is in it, its columns with their widths, and its rows of a year for a reader."""

    code: str
    label: str | Promise
    note: str | Promise
    columns: tuple[tuple[str | Promise, int], ...]
    rows: Callable[[Station, int, Any], Rows]


@dataclass(frozen=True)
class Became:
    """What became of some opinions: with whom they lie or lay last, when they were answered, and what authors say."""

    holders: dict[UUID, str]
    answered: dict[UUID, date]
    ratings: dict[UUID, str]

    @classmethod
    def of(cls, opinions: Sequence[Opinion]) -> "Became":
        """Four queries, and one for each kind of who holds something."""
        cases = [one.case_id for one in opinions]
        last = {one.case_id: one.party for one in Handover.objects.filter(case__in=cases).order_by("handed_at", "id")}
        called = names(set(last.values()))
        holders = {case: called[kind, str(id)] for case, (kind, id) in last.items()}
        sent = Reply.objects.filter(case__in=cases, sent_at__isnull=False).order_by("sent_at")
        answered = {case: day_of(at) for case, at in sent.values_list("case", "sent_at") if at}
        given = Rating.objects.filter(voice_id__in=[one.pk for one in opinions], given_at__isnull=False)
        said = {one.voice_id: one.get_satisfied_display() for one in given.order_by("given_at")}
        return cls(holders, answered, said)


def _seen(user: Any) -> OpinionQuerySet:
    return Opinion.objects.visible_to(user).select_related("case__region__parent", "shift", "mandate__person")


def where(one: Opinion) -> str:
    """A village after its township, for villages of one county share names: so it is found again where it is imported."""
    place = one.case.region
    is_village = place.level in (Level.VILLAGE, Level.GRID) and place.parent is not None
    around = f"{place.parent.called} " if is_village and place.parent else ""
    return around + place.called + (f" {masked(one.spot)}" if one.spot else "")


def _words(one: Opinion) -> str:
    """A book leaves the platform and lies about: what anybody may have overlooked in the words is masked all the same."""
    return masked(one.text) or _("（原话已销毁）")


def _came_on(one: Opinion) -> date:
    return one.said_on if one.channel == Channel.IMPORTED else day_of(one.case.opened_at)


def _result(one: Opinion) -> str:
    return str(one.case.get_outcome_display() if one.case.outcome else one.case.get_stage_display())


def reception_rows(station: Station, year: int, user: Any) -> Rows:
    """Everything that was said at receptions, in the order in which it was heard."""
    heard = _seen(user).filter(shift__station=station, shift__held_on__year=year).order_by("shift__held_on", "case")
    opinions = list(heard)
    became, rules = Became.of(opinions), station.rules_on(today()).section(OpinionRules)
    came = people_of(Duty.objects.counted().filter(shift__in={one.shift_id for one in opinions}))
    for one in opinions:
        deputy = one.mandate.person.name if one.mandate else ""
        yield (
            one.shift.held_on if one.shift else None,
            came.get(one.shift_id, ""),
            deputy,
            one.case.number,
            where(one),
            _words(one),
            rules.subject(one.subject),
            became.holders.get(one.case_id, ""),
            _result(one),
            became.answered.get(one.case_id),
            became.ratings.get(one.pk, ""),
            str(one.get_visibility_display()),
        )


def ledger_rows(station: Station, year: int, user: Any) -> Rows:
    """Every opinion that came to the station, by whatever way; what was imported by the day it was said."""
    imported = Q(channel=Channel.IMPORTED)
    of_year = Q(imported, said_on__year=year) | Q(~imported, case__opened_at__year=year)
    opinions = sorted(_seen(user).filter(of_year, station=station), key=lambda one: (_came_on(one), one.case_id))
    became, rules = Became.of(opinions), station.rules_on(today()).section(OpinionRules)
    for one in opinions:
        yield (
            _came_on(one),
            one.case.number,
            str(one.get_channel_display()),
            where(one),
            rules.subject(one.subject),
            _words(one),
            became.holders.get(one.case_id, ""),
            _result(one),
            one.case.due_on,
            became.answered.get(one.case_id),
            became.ratings.get(one.pk, ""),
        )


def roster_rows(station: Station, year: int, user: Any) -> Rows:
    """Everybody who belonged to the station in the year, with the turns."""
    belonged = station.postings.select_related("mandate__person", "mandate__congress", "mandate__district")
    own = _duties(station, year)
    turns = Counter(own.values_list("mandate", "state"))
    heard = Counter(
        _seen(user).filter(shift__station=station, shift__held_on__year=year).values_list("mandate", flat=True)
    )
    for posting in belonged.order_by("mandate__person__pinyin", "id"):
        if _in_year(posting, year):
            count = {state: turns[posting.mandate_id, state] for state in State.values}
            yield (
                posting.mandate.person.name,
                posting.mandate.congress.name,
                posting.mandate.district.name if posting.mandate.district else "",
                posting.starts_on,
                posting.ends_on,
                sum(count.values()) - count[State.SWAPPED],
                count[State.CAME],
                count[State.EXCUSED],
                count[State.ABSENT],
                heard[posting.mandate_id],
            )


def file_rows(station: Station, year: int, user: Any) -> Rows:
    """What each deputy did here, one after another: turns, and answers to what was heard here."""
    told = [
        (duty.mandate, duty.shift.held_on, _("到站接待"), str(duty.get_state_display()))
        for duty in _duties(station, year).exclude(state=State.SWAPPED)
    ]
    seen = Opinion.objects.visible_to(user).filter(station=station)
    replies = Reply.objects.filter(case__in=seen.values("case"), sent_at__year=year, handover__party_kind="mandate")
    sent = list(replies.select_related("case", "handover"))
    who = Mandate.objects.select_related("person").in_bulk({reply.handover.party_id for reply in sent})
    for reply in sent:
        on = day_of(reply.sent_at or reply.drafted_at)
        told.append((who[reply.handover.party_id], on, _("答复群众意见"), reply.case.number))
    for mandate, on, what, how in sorted(told, key=_by_person):
        yield (mandate.person.name, on, what, how)


def _by_person(done: tuple[Mandate, date, str, str]) -> tuple[str, str, date]:
    """One deputy after another, two of one name too; of each the earliest first."""
    person = done[0].person
    return person.pinyin, str(person.pk), done[1]


def activity_rows(station: Station, year: int, user: Any) -> Rows:
    """Receptions that were held: who was there, who was not, how much was heard and answered on the spot."""
    held = station.shifts.filter(held_on__year=year, state=Shift.State.HELD).with_station().order_by("held_on", "pk")
    shifts, duties = list(held), _duties(station, year)
    came, excused, absent = (people_of(duties.filter(state=one)) for one in (State.CAME, State.EXCUSED, State.ABSENT))
    heard = list(_seen(user).filter(shift__in=shifts))
    count, answered = Counter(one.shift_id for one in heard), Counter(one.shift_id for one in heard if one.case.outcome)
    called = receptions(shifts)
    for shift in shifts:
        people = (came.get(shift.pk, ""), excused.get(shift.pk, ""), absent.get(shift.pk, ""))
        yield (shift.held_on, called[shift.pk], shift.hours, *people, count[shift.pk], answered[shift.pk])


def _duties(station: Station, year: int) -> Any:
    own = Duty.objects.filter(shift__station=station, shift__held_on__year=year)
    return own.exclude(shift__state=Shift.State.CANCELLED).select_related("shift", "mandate__person")


def people_of(duties: Any) -> dict[UUID | None, str]:
    """Names of those on duty, by shift."""
    found: dict[UUID | None, list[str]] = {}
    ordered = duties.order_by("mandate__person__pinyin", "pk")
    for shift, name in ordered.values_list("shift", "mandate__person__name"):
        found.setdefault(shift, []).append(name)
    return {shift: pgettext("between names", "、").join(people) for shift, people in found.items()}


def _in_year(posting: Posting, year: int) -> bool:
    begins, ends = posting.starts_on, posting.ends_on
    return (begins is None or begins.year <= year) and (ends is None or ends.year >= year)


def write(out: BinaryIO, register: Register, rows: Iterable[tuple[Cell, ...]]) -> None:
    """The book as a sheet."""
    workbooks.write(out, str(register.label), [(str(name), width) for name, width in register.columns], rows)


REGISTERS = {
    one.code: one
    for one in (
        Register(
            "reception",
            gettext_lazy("接待登记簿"),
            gettext_lazy("接待日说的每一件事。姓名和电话加密存放，簿子里没有。"),
            (
                (gettext_lazy("日期"), 12),
                (gettext_lazy("值班代表"), 18),
                (gettext_lazy("谁听的"), 12),
                (gettext_lazy("编号"), 16),
                (gettext_lazy("哪里的事"), 18),
                (gettext_lazy("原话"), 60),
                (gettext_lazy("类别"), 14),
                (gettext_lazy("交给谁"), 20),
                (gettext_lazy("结果"), 14),
                (gettext_lazy("答复日期"), 12),
                (gettext_lazy("反映人评价"), 12),
                (gettext_lazy("谁能看到"), 18),
            ),
            reception_rows,
        ),
        Register(
            "ledger",
            gettext_lazy("意见台账"),
            gettext_lazy("到这个站的全部意见，网上来的、当面说的都在。"),
            (
                (gettext_lazy("收到日期"), 12),
                (gettext_lazy("编号"), 16),
                (gettext_lazy("来路"), 10),
                (gettext_lazy("哪里的事"), 18),
                (gettext_lazy("类别"), 14),
                (gettext_lazy("原话"), 60),
                (gettext_lazy("交给谁"), 20),
                (gettext_lazy("结果"), 14),
                (gettext_lazy("到期日"), 12),
                (gettext_lazy("答复日期"), 12),
                (gettext_lazy("反映人评价"), 12),
            ),
            ledger_rows,
        ),
        Register(
            "roster",
            gettext_lazy("代表花名册"),
            gettext_lazy("这一年编在站里的代表，轮到几次、来了几次。"),
            (
                (gettext_lazy("姓名"), 12),
                (gettext_lazy("人民代表大会"), 28),
                (gettext_lazy("选区"), 16),
                (gettext_lazy("编入日期"), 12),
                (gettext_lazy("调出日期"), 12),
                (gettext_lazy("轮到几次"), 10),
                (gettext_lazy("到了几次"), 10),
                (gettext_lazy("请假几次"), 10),
                (gettext_lazy("没到几次"), 10),
                (gettext_lazy("听了几件"), 10),
            ),
            roster_rows,
        ),
        Register(
            "files",
            gettext_lazy("履职档案"),
            gettext_lazy("现在记得有的：到站接待，答复在这个站听到的意见。走访、视察、学习还没有记录，所以不在里面。"),
            (
                (gettext_lazy("姓名"), 12),
                (gettext_lazy("日期"), 12),
                (gettext_lazy("做了什么"), 20),
                (gettext_lazy("情况"), 24),
            ),
            file_rows,
        ),
        Register(
            "activities",
            gettext_lazy("小组活动记录"),
            gettext_lazy("现在记得有的：办过的接待日。小组的学习、调研、座谈还没有记录，所以不在里面。"),
            (
                (gettext_lazy("日期"), 12),
                (gettext_lazy("活动"), 18),
                (gettext_lazy("时间"), 14),
                (gettext_lazy("到了的代表"), 24),
                (gettext_lazy("请假的代表"), 18),
                (gettext_lazy("没有到的代表"), 18),
                (gettext_lazy("听了几件"), 10),
                (gettext_lazy("已经答复"), 10),
            ),
            activity_rows,
        ),
    )
}

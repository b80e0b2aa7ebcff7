"""What lies with those who handle: whose it is, how it is listed, and what its clocks say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, DateField, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, TextChoices, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.chips import lines as lines_of
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import KIND
from lianxin.affairs.opinions.voices import speaking
from lianxin.ground.access.answering import reach
from lianxin.ground.cases import clocks
from lianxin.ground.cases.models import Case, Handover, Pause, Promise, Reply
from lianxin.ground.cases.models.handover import HandoverQuerySet
from lianxin.ground.cases.working import clock_rule
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.paging import Page, page_by_key
from lianxin.ground.people.models import Mandate, Region, Unit
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook import in_force
from lianxin.lib.calendars import Clock, ClockReading, Span, Thresholds, read_clock
from lianxin.lib.calendars import Unit as Measure
from lianxin.lib.text.private import masked

HANDLE, APPROVE, HOLD, SEE = "opinions.handle", "opinions.approve", "opinions.hold", "opinions.see"
Role, Ending = Handover.Role, Handover.Ending
LAST = Value(date.max, DateField())  # while a clock is held nobody knows the day: such matters stand at the end


class Tab(TextChoices):
    """What a list of matters shows."""

    SIGN = "sign", _("要签收")
    DOING = "doing", _("在办")
    APPROVAL = "approval", _("等批准")
    DONE = "done", _("办过")


ALL = "all"  # everything that runs, in whatever tab
IN_HAND = _("在手上")


def units_of(user: Any, right: str = HANDLE) -> QuerySet[Unit]:
    """The units whose matters somebody handles, with their offices."""
    far = reach(user, right)
    ids = far.ids("unit")
    return Unit.objects.all() if far.everywhere else Unit.objects.filter(Q(pk__in=ids) | Q(parent__in=ids))


def handled_by(user: Any, right: str = HANDLE, *, at_once: bool = True) -> HandoverQuerySet:
    """Every handover to a unit of theirs, running or ended, but not one that was taken back at once as a mistake.

    Asks at once which units those are: SQLite takes the index of what runs only where it sees them. Whoever wants a
    single one need not.
    """
    if reach(user, right).everywhere:
        return _to("unit")
    units = units_of(user, right).order_by().values_list("pk", flat=True)
    return _to("unit").filter(party_id__in=list(units) if at_once else units)


def held_by(user: Any) -> HandoverQuerySet:
    """Every handover to a seat of this person, running or ended; asks at once which seats those are."""
    seats = Mandate.objects.filter(person__user=user.pk).order_by().values_list("pk", flat=True)
    return _to("mandate").filter(party_id__in=list(seats))


def _to(kind: str) -> HandoverQuerySet:
    return Handover.objects.filter(party_kind=kind, case__kind=KIND).exclude(ending=Ending.UNDONE)


def in_tab(handovers: QuerySet[Handover], tab: str) -> QuerySet[Handover]:
    """Those that stand there. Each running one stands in one tab."""
    if tab == Tab.DONE:
        return handovers.filter(ended_at__isnull=False)
    if tab == ALL:
        return handovers.filter(ended_at__isnull=True)
    return handovers.filter(ended_at__isnull=True).annotate(asks=is_asked()).filter(_IN[tab])


_IN: Mapping[str, Q] = {
    Tab.SIGN: Q(asks=False, signed_in_at__isnull=True),
    Tab.DOING: Q(asks=False, signed_in_at__isnull=False),
    Tab.APPROVAL: Q(asks=True),
}


def is_asked() -> Exists:
    """Whether a draft waits for the head of the unit."""
    drafts = Reply.objects.filter(handover=OuterRef("pk"), sent_at__isnull=True)
    return Exists(drafts.filter(asked_at__isnull=False, approved_at__isnull=True))


def is_approved() -> Exists:
    """Whether a reply that the head approved waits to be sent."""
    return Exists(Reply.objects.filter(handover=OuterRef("pk"), sent_at__isnull=True, approved_at__isnull=False))


def counts(handovers: QuerySet[Handover], day: date) -> dict[str, int]:
    """How many run in each tab, and how many of all are late; one query."""
    running = handovers.filter(ended_at__isnull=True).annotate(asks=is_asked())
    asked = {str(tab): Count("pk", filter=within) for tab, within in _IN.items()}
    return running.aggregate(**asked, late=Count("pk", filter=Q(due_on__lt=day)))


@dataclass(frozen=True)
class Line:
    """A matter in a list, as those who handle it see it. `mine` is who holds it, `others` the units that handle it too."""

    handover: Handover
    title: str
    place: str
    clock: ClockReading
    small: tuple[tuple[str, ClockReading], ...]
    mine: str
    others: tuple[str, ...]

    @property
    def case(self) -> Case:
        """Its case."""
        return self.handover.case


def page(handovers: QuerySet[Handover], tab: str, query: Mapping[str, str], *, size: int = 50) -> Page[Handover]:
    """The page of a tab that was asked for: the soonest due first; of what is over, the latest first."""
    rows = in_tab(handovers, tab).select_related("round", "case__opinion", "case__region__parent__parent")
    rows = rows.prefetch_related(Prefetch("pauses", to_attr="held")).annotate(is_approved=is_approved())
    return page_by_key(*_keyed(rows, tab), query, size=size)


def ordered(rows: QuerySet[Handover], tab: str) -> QuerySet[Handover]:
    """The rows of a tab in its order."""
    keyed, keys = _keyed(rows, tab)
    return keyed.order_by(*keys)


def _keyed(rows: QuerySet[Handover], tab: str) -> tuple[QuerySet[Handover], tuple[str, str]]:
    """The rows of a tab with the keys by which it is listed."""
    if tab == Tab.DONE:
        return rows, ("-ended_at", "-id")
    return rows.annotate(due=Coalesce("due_on", LAST)), ("due", "id")


def lines(handovers: Iterable[Handover], day: date) -> list[Line]:
    """The rows of a page. One query for the names of units, one where words are gone."""
    handovers = list(handovers)
    if not handovers:
        return []
    handling, spoken = _handling(handovers), speaking([handover.case.opinion for handover in handovers])
    return [
        Line(
            handover,
            title_of(spoken[handover.case_id]),
            place_of(handover.case.region),
            reading(handover, handover.held, day),  # type: ignore[attr-defined]
            small_clocks(handover, day),
            next((name for pk, _party, name in handling[handover.case_id] if pk == handover.pk), ""),
            tuple(name for pk, party, name in handling[handover.case_id] if party != handover.party_id and pk),
        )
        for handover in handovers
    ]


def _handling(handovers: list[Handover]) -> dict[UUID, list[tuple[UUID, UUID, str]]]:
    """Of each case the units that handle it now, and those of the handovers themselves: handover, unit, name."""
    found: dict[UUID, list[tuple[UUID, UUID, str]]] = {handover.case_id: [] for handover in handovers}
    asked = Handover.objects.filter(
        Q(case__in=list(found), ended_at__isnull=True) | Q(pk__in=[one.pk for one in handovers]), party_kind="unit"
    )
    name = Subquery(Unit.objects.filter(pk=OuterRef("party_id")).values("name"))
    for case, pk, party, called in asked.order_by("-role", "pk").values_list("case", "pk", "party_id", name):
        found[case].append((pk, party, called))
    return found


def stood() -> Exists:
    """Whether the clock of a handover ever stood still."""
    return Exists(Pause.objects.filter(handover=OuterRef("pk")))


def reading(handover: Handover, pauses: Iterable[Pause], day: date) -> ClockReading:
    """What the clock says by which it has to be answered."""
    return clocks.read(handover, pauses, day, lines_of(handover))


def small_clocks(handover: Handover, day: date, *, with_done: bool = False) -> tuple[tuple[str, ClockReading], ...]:
    """The clocks of a unit's first steps, signing in and then first contact: the one that runs, or both where it is asked."""
    if handover.party_kind != "unit":
        return ()
    steps = (("opinions_sign_in", handover.signed_in_at), ("opinions_contact", handover.contacted_at))
    preset = in_force(day, handover.case.body_id)
    told = []
    for code, done_at in steps:
        if with_done or (done_at is None and handover.is_running):
            rule, stopped = clock_rule(preset, code), _day(done_at or handover.ended_at)
            clock = rule.clock(handover.started_on, stopped=stopped)
            told.append((code, read_clock(clock, day, working_calendar())))
    return tuple(told if with_done else told[:1])


def _day(at: datetime | None) -> date | None:
    return day_of(at) if at else None


def title_of(opinion: Opinion) -> str:
    """What a matter is called before those who may not know who said it; its number, once the words are gone."""
    return masked(opinion.title) or opinion.case.number


def place_of(region: Region) -> str:
    """A place with its township: 石桥镇柳溪村. The places around it were read beforehand."""
    names, around = [region.name], region.parent
    while around is not None and around.level in (Level.VILLAGE, Level.TOWNSHIP):
        names, around = [around.name, *names], around.parent if around.level == Level.VILLAGE else None
    return "".join(names)


# Promises


NEAR = Thresholds(soon=Span(30, Measure.DAY), long_late=Span(10, Measure.DAY))


class Fate(TextChoices):
    """What became of a promise."""

    OPEN = "open", _("还没到期")
    KEPT = "kept", _("做到了")
    LAPSED = "lapsed", _("到期没做到")


_FATES = {
    Fate.OPEN: Q(kept_at__isnull=True, lapsed_at__isnull=True),
    Fate.KEPT: Q(kept_at__isnull=False),
    Fate.LAPSED: Q(lapsed_at__isnull=False),
}


def promises_of(user: Any) -> QuerySet[Promise]:
    """What units of theirs promised."""
    return Promise.objects.filter(reply__handover__in=handled_by(user).order_by().values("pk"))


def promises_seen_by(user: Any) -> QuerySet[Promise]:
    """What was promised in matters that somebody at a desk may see."""
    return Promise.objects.filter(case__in=Opinion.objects.visible_to(user).order_by().values("case"))


def promises(found: QuerySet[Promise], fate: str, query: Mapping[str, str]) -> Page[Promise]:
    """A page of promises: the soonest due first; of what is settled, the latest first. `who` names who promised."""
    return page_by_key(with_fate(found, fate), _order(fate), query)


def with_fate(found: QuerySet[Promise], fate: str) -> QuerySet[Promise]:
    """Promises of which this became, in the order of their list, with who promised."""
    unit = Subquery(Unit.objects.filter(pk=OuterRef("reply__handover__party_id")).values("name"))
    rows = found.filter(_FATES[Fate(fate)]).select_related("case__opinion", "case__region__parent__parent", "reply")
    return rows.annotate(who=unit).order_by(*_order(fate))


def _order(fate: str) -> tuple[str, str]:
    sign = "" if fate == Fate.OPEN else "-"
    return f"{sign}due_on", f"{sign}id"


def fates(found: QuerySet[Promise], day: date) -> dict[str, int]:
    """How many promises are open, and how many of those are over the day; one query."""
    return found.filter(_FATES[Fate.OPEN]).aggregate(open=Count("pk"), over=Count("pk", filter=Q(due_on__lt=day)))


def left(promise: Promise, day: date) -> ClockReading:
    """How many days are left to keep a promise; of one that was kept, whether in time. `reply` was read beforehand."""
    given = _day(promise.reply.sent_at) or promise.due_on
    span = Span(max((promise.due_on - given).days, 1), Measure.DAY)
    clock = Clock(started=given, span=span, thresholds=NEAR, stopped=_day(promise.kept_at))
    return read_clock(clock, day, working_calendar())

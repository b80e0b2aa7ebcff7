"""轮值表 Who sits at which reception: a turn list, in which those come first who sat there longest ago.

Leaders come as ordinary deputies: the turn asks for nobody's post.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from lianxin.affairs.stations.models import Duty, Shift, Station
from lianxin.affairs.stations.models.shift import ShiftQuerySet
from lianxin.affairs.stations.receptions import FURTHEST_MOVE, days_of_rule
from lianxin.affairs.stations.rules import ReceptionRule, StationRules
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of
from lianxin.ground.people.models import Mandate
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.blocks import ToBeFilled
from lianxin.ground.rulebook.errors import NothingInForce
from lianxin.lib.calendars import Occurrence, between

AHEAD = timedelta(days=62)  # two months: deputies plan their work by it


@dataclass(frozen=True)
class Planned:
    """A day on which the rule has a station receive."""

    station: Station
    code: str
    rule: ReceptionRule
    occurrence: Occurrence

    @property
    def key(self) -> tuple[UUID, str, date]:
        """By which the shift of this day is known, whatever day it is moved to."""
        return self.station.pk, self.code, self.occurrence.nominal_on

    @property
    def held_on(self) -> date:
        """The day it is held on."""
        assert self.occurrence.held_on, "between gives days that are held"
        return self.occurrence.held_on


def turn(station: Station, day: date) -> QuerySet[Mandate]:
    """Whose turn it is at a station on a day, the first first: deputies of it who are at work and free that day.

    Who was excused or absent has not had a turn. Of equals those who sat there less often, then who came to the roster first. `sat_on` is the last
    day for which each was on the rota, by whichever mandate: a person may stand there with two.
    """
    sat = Q(person__mandates__duties__state__in=Duty.COUNTED)
    sat &= ~Q(person__mandates__duties__shift__state=Shift.State.CANCELLED)
    there = Mandate.objects.at_work(day).filter(postings__in=station.postings.on(day)).filter(~Exists(_busy(day)))
    last = Max("person__mandates__duties__shift__held_on", filter=sat)
    turns = Count("person__mandates__duties", filter=sat, distinct=True)
    order = (F("sat_on").asc(nulls_first=True), "turns", "id")
    return there.annotate(sat_on=last, turns=turns).select_related("person").order_by(*order)


def plan(first: date, last: date, *, at: datetime) -> int:
    """Put on the rota what the rules have held from `first` to `last` and is not there yet; how many. For the schedule.

    What the platform itself cancelled, and the rules have held after all, is planned anew: a mistake was put right.
    """
    rows = {(row.station_id, row.reception, row.planned_on): row for row in _around(first, last).with_station()}
    coming = [(one, rows.get(one.key)) for one in planned(first, last, as_of=first)]
    missing = [(one, row) for one, row in coming if row is None or row.is_cancelled_by_rule]
    for one, row in sorted(missing, key=lambda found: (found[0].held_on, found[0].station.pk)):
        wanted = None if isinstance(one.rule.deputies, ToBeFilled) else one.rule.deputies
        facts: dict[str, Any] = {"hours": _hours(one.rule), "wanted": wanted, "by": None, "at": at}
        if row:
            day = _day_again(row, one, first)
            row.plan_anew(_seated(turn(one.station, day).filter(~Exists(_dropped(row))), wanted), day, **facts)
        else:
            day = one.held_on
            facts |= {"reception": one.code, "planned_on": one.occurrence.nominal_on, "held_on": day}
            Shift.plan(one.station, _seated(turn(one.station, day), wanted), **facts)
    return len(missing)


def planned(first: date, last: date, *, as_of: date) -> Iterator[Planned]:
    """Every day from `first` to `last` on which the rules in force `as_of` a day have the stations of that day receive."""
    stations = Station.objects.on(as_of).select_related("region__parent", "body__region")
    for station in stations.order_by("pk"):
        try:
            rules = in_force(as_of, station.body_id).section(StationRules)
        except NothingInForce:
            continue
        for code, rule in rules.receptions_at(station.kind).items():
            if days := days_of_rule(rule, station.reception_days):
                for occurrence in between(days, first, last, working_calendar()):
                    if occurrence.held_on and station.holds_on(occurrence.held_on):
                        yield Planned(station, code, rule, occurrence)


def mend(first: date, last: date, *, at: datetime) -> int:
    """Make what is on the rota agree with what changed since: announced holidays, rules, stations, deputies; how much.

    What somebody moved by hand stays on its day.
    """
    by_key = {one.key: one for one in planned(first - FURTHEST_MOVE, last + FURTHEST_MOVE, as_of=first)}
    mended = 0
    shifts = _around(first, last).open().filter(held_on__gte=first, held_on__lte=last).with_station()
    for shift in shifts.order_by("held_on", "pk"):
        one = by_key.get((shift.station_id, shift.reception, shift.planned_on))
        mended += _mend_day(shift, one, at) or _mend_people(shift, at)
    return mended


def _mend_day(shift: Shift, one: Planned | None, at: datetime) -> bool:
    station = shift.station
    if not station.holds_on(shift.held_on):
        shift.cancel(_("站点撤销了"), by=None, at=at)
        return True
    if shift.is_moved_by_hand:
        return False
    if one is None:
        shift.cancel(_("规则里不再有这一天"), by=None, at=at)
        return True
    if one.held_on == shift.held_on or one.held_on < day_of(at):
        return False
    with transaction.atomic():
        busy = _busy(one.held_on, "mandate__person").exclude(shift=shift)
        _replace(shift, shift.duties.filter(Exists(busy)), one.held_on, _("改了日子，那天在别处值班"), at)
        shift.move(one.held_on, one.occurrence.chinese(), by=None, at=at)
    return True


def _mend_people(shift: Shift, at: datetime) -> bool:
    """Who left the station, or is at work no more, is replaced by the next in turn; where there is none, a place is open."""
    there = Mandate.objects.at_work(shift.held_on).filter(postings__in=shift.station.postings.on(shift.held_on))
    gone = shift.duties.exclude(mandate__in=there)
    return _replace(shift, gone, shift.held_on, _("不在这个站了，或者不能执行职务"), at)


def _replace(shift: Shift, duties: QuerySet[Duty], day: date, why: str, at: datetime) -> bool:
    """Those of the duties who are expected make way for the next in turn on that day; whether there are any.

    Nobody is put back who was excused from this very reception or taken off it.
    """
    leaving = list(duties.filter(state=Duty.State.ON).select_related("mandate__person"))
    for duty in leaving:
        free = turn(shift.station, day).filter(~Exists(_busy(shift.held_on)), ~Exists(_of(shift)))
        if following := free.first():
            shift.swap(duty, following, why, by=None, at=at)
        else:
            shift.excuse(duty, why, by=None, at=at)
    return bool(leaving)


def _day_again(row: Shift, one: Planned, first: date) -> date:
    """On which day what was cancelled is held after all: where somebody moved it to, if the station is there then."""
    stays = row.is_moved_by_hand and row.held_on >= first and one.station.holds_on(row.held_on)
    return row.held_on if stays else one.held_on


def _seated(turns: QuerySet[Mandate], wanted: int | None) -> list[Mandate]:
    """As many as are wanted, in turn, each person once."""
    found: dict[UUID, Mandate] = {}
    for mandate in turns if wanted else ():
        found.setdefault(mandate.person_id, mandate)
    return list(found.values())[: wanted or 0]


def _busy(day: date, person: str = "person") -> QuerySet[Duty]:
    """Duties on a day of the person of a mandate that is asked about; `person` says where else the person stands."""
    return Duty.objects.counted().filter(mandate__person=OuterRef(person), shift__held_on=day)


def _of(shift: Shift) -> QuerySet[Duty]:
    """Duties at a reception of the person of a mandate that is asked about, whatever became of them."""
    return Duty.objects.filter(shift=shift, mandate__person=OuterRef("person"))


def _dropped(shift: Shift) -> QuerySet[Duty]:
    return _of(shift).exclude(state=Duty.State.ON)


def _around(first: date, last: date) -> ShiftQuerySet:
    """What is on the rota for days near these, whatever day it was moved to."""
    return Shift.objects.filter(planned_on__gte=first - FURTHEST_MOVE, planned_on__lte=last + FURTHEST_MOVE)


def _hours(rule: ReceptionRule) -> tuple[time, time] | None:
    """From the first hour to the last; None where the office has not said."""
    if isinstance(rule.hours, ToBeFilled) or not rule.hours:
        return None
    return rule.hours[0].start, rule.hours[-1].end

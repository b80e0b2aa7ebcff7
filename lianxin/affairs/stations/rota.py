"""轮值表 Who sits at which reception: a turn list, in which those come first who sat there longest ago.

Leaders come as ordinary deputies: the turn asks for nobody's post.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from lianxin.affairs.stations.models import Duty, Shift, Station
from lianxin.affairs.stations.models.shift import ShiftQuerySet
from lianxin.affairs.stations.receptions import FURTHEST_MOVE, days_of_rule
from lianxin.affairs.stations.rules import ReceptionRule, StationRules
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.errors import RuleError
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
    def key(self) -> tuple[object, str, date]:
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
    day for which each was on the rota.
    """
    busy = Duty.objects.counted().filter(mandate__person=OuterRef("person"), shift__held_on=day)
    sat = Q(duties__state__in=Duty.COUNTED) & ~Q(duties__shift__state=Shift.State.CANCELLED)
    there = Mandate.objects.at_work(day).filter(postings__in=station.postings.on(day)).filter(~Exists(busy))
    last = Max("duties__shift__held_on", filter=sat)
    turns = Count("duties", filter=sat, distinct=True)
    order = (F("sat_on").asc(nulls_first=True), "turns", "id")
    return there.annotate(sat_on=last, turns=turns).select_related("person").order_by(*order)


def plan(first: date, last: date, *, at: datetime) -> int:
    """Put on the rota what the rules have held from `first` to `last` and is not there yet; how many. For the schedule."""
    coming = list(planned(first, last, as_of=first))
    there = set(_around(first, last).values_list("station", "reception", "planned_on"))
    missing = sorted((one for one in coming if one.key not in there), key=lambda one: (one.held_on, one.station.pk))
    for one in missing:
        wanted = None if isinstance(one.rule.deputies, ToBeFilled) else one.rule.deputies
        mandates = list(turn(one.station, one.held_on)[: wanted or 0])
        day = {"planned_on": one.occurrence.nominal_on, "held_on": one.held_on}
        Shift.plan(
            one.station, mandates, hours=_hours(one.rule), reception=one.code, wanted=wanted, by=None, at=at, **day
        )
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
    try:
        shift.move(one.held_on, one.occurrence.chinese(), by=None, at=at)
    except RuleError:  # somebody of it sits elsewhere that day: the keeper finds it among what lacks somebody
        return False
    return True


def _mend_people(shift: Shift, at: datetime) -> bool:
    """Who left the station, or is at work no more, is replaced by the next in turn; where there is none, a place is open."""
    there = Mandate.objects.at_work(shift.held_on).filter(postings__in=shift.station.postings.on(shift.held_on))
    gone = list(shift.duties.filter(state=Duty.State.ON).exclude(mandate__in=there).select_related("mandate__person"))
    for duty in gone:
        if following := turn(shift.station, shift.held_on).first():
            shift.swap(duty, following, _("不在这个站了，或者不能执行职务"), by=None, at=at)
        else:
            shift.excuse(duty, _("不在这个站了，或者不能执行职务"), by=None, at=at)
    return bool(gone)


def _around(first: date, last: date) -> ShiftQuerySet:
    """What is on the rota for days near these, whatever day it was moved to."""
    return Shift.objects.filter(planned_on__gte=first - FURTHEST_MOVE, planned_on__lte=last + FURTHEST_MOVE)


def _hours(rule: ReceptionRule) -> tuple[time, time] | None:
    """From the first hour to the last; None where the office has not said."""
    if isinstance(rule.hours, ToBeFilled) or not rule.hours:
        return None
    return rule.hours[0].start, rule.hours[-1].end

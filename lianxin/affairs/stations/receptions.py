"""When residents meet deputies next: the preset's rule, read against the calendar, and what was changed by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lianxin.affairs.stations.models import Shift, Station
from lianxin.affairs.stations.rules import ReceptionRule, StationRules
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.blocks import ToBeFilled
from lianxin.ground.rulebook.errors import NothingInForce
from lianxin.ground.rulebook.preset import Preset
from lianxin.lib.calendars import Occurrence, Recurrence, next_after, parse_rule

FURTHEST_MOVE = timedelta(days=40)  # how far from the day of the rule a reception may be held
Changed = dict[UUID, list[Shift]]  # what was cancelled or moved by hand, by station


@dataclass(frozen=True)
class Reception:
    """接待日 One day on which residents are received at stations of a kind: its rule, when it is held, what it is called here.

    `moved` is the shift, where somebody moved it by hand.
    """

    rule: ReceptionRule
    occurrence: Occurrence
    name: str
    moved: Shift | None = None

    @property
    def held_on(self) -> date:
        """The day it is held on."""
        if self.moved:
            return self.moved.held_on
        assert self.occurrence.held_on is not None, "next_after gives days that are held"
        return self.occurrence.held_on

    @property
    def is_moved(self) -> bool:
        """Whether it is held on another day than the rule names."""
        return self.moved is not None or self.occurrence.is_moved

    @property
    def is_certain(self) -> bool:
        """Whether no holiday that is still to be announced can move it."""
        return self.moved is not None or self.occurrence.is_certain

    @property
    def sentence(self) -> str:
        """What happens and why, in the language of the reader."""
        if self.moved:
            told = {"planned": date_format(self.moved.planned_on), "held": date_format(self.moved.held_on)}
            return _("原定%(planned)s，改到%(held)s。") % told
        return self.occurrence.english() if get_language() == "en" else self.occurrence.chinese()

    @property
    def hours(self) -> str:
        """From when to when, as people read it; nothing where the office has not said."""
        hours = self.rule.hours
        return "" if isinstance(hours, ToBeFilled) else "、".join(str(span) for span in hours)


def changed_by_hand(after: date) -> Changed:
    """Receptions near or after a day that are cancelled or moved by hand; few. One query."""
    found: Changed = {}
    near = Shift.objects.filter(Q(planned_on__gte=after - FURTHEST_MOVE) | Q(held_on__gte=after))
    near = near.exclude(is_cancelled_by_rule=True)
    for shift in near.filter(Q(state=Shift.State.CANCELLED) | Q(is_moved_by_hand=True)):
        found.setdefault(shift.station_id, []).append(shift)
    return found


def receptions_of(station: Station, after: date, changed: Changed | None = None) -> list[Reception]:
    """The next day of every reception at a station, soonest first; none before it opens, and none once it has closed.

    `changed` may be given where it was read already; it takes a query otherwise.
    """
    begins = max(after, station.starts_on or after)
    changed = changed_by_hand(begins) if changed is None else changed
    own = changed.get(station.pk, [])
    held = next_receptions(station.rules_on(after), station.kind, begins, station.reception_days, own)
    return [reception for reception in held if station.holds_on(reception.held_on)]


def receiving(day: date) -> Q:
    """Which stations have a next reception; told by a few conditions. One query, of kinds. Raises NothingInForce."""
    kinds: dict[tuple[str, str], list[UUID]] = {}
    ways = Station.objects.on(day).order_by("kind").values_list("kind", "reception_days", "body_id").distinct()
    for kind, own_days, body in ways:
        if next_receptions(in_force(day, body), kind, day, own_days):
            kinds.setdefault((kind, own_days), []).append(body)
    found = Q(pk__in=[])
    for (kind, own_days), bodies in kinds.items():
        found |= Q(kind=kind, reception_days=own_days, body__in=bodies)
    return found


def soonest_reception(day: date) -> Reception | None:
    """The next day on which deputies receive at any kind of station; None where no station is open on a day of the rules."""
    changed, stations = changed_by_hand(day), Station.objects.on(day)
    alike = (
        stations.exclude(pk__in=changed).order_by("kind").values_list("kind", "reception_days", "body_id").distinct()
    )
    try:
        held = [next_receptions(in_force(day, body), kind, day, own_days) for kind, own_days, body in alike]
        if changed:
            held += [receptions_of(station, day, changed) for station in stations.filter(pk__in=changed)]
    except NothingInForce:
        return None
    found = [reception for receptions in held for reception in receptions]
    return min(found, key=lambda reception: reception.held_on, default=None)


def next_receptions(
    preset: Preset, kind: str, after: date, own_days: str = "", changed: Iterable[Shift] = ()
) -> list[Reception]:
    """The next day of every reception that stations of a kind hold, soonest first; `after` itself may be one.

    Where the preset leaves the days to the station, `own_days` are those; it then holds none while it has set none.
    `changed` are receptions of the station that were cancelled or moved by hand.
    """
    found = []
    for code, rule in preset.section(StationRules).receptions_at(kind).items():
        if days := days_of_rule(rule, own_days):
            name = rule.called if rule.name else preset.word("reception_day")
            found += _next(rule, days, name, after, [shift for shift in changed if shift.reception == code])
    return sorted(found, key=lambda reception: reception.held_on)


def days_of_rule(rule: ReceptionRule, own_days: str) -> Recurrence | None:
    """On which days a reception is held at a station with these days of its own; None where nobody has said."""
    days = parse_rule(own_days) if rule.is_set_by_station and own_days else rule.days
    return days if isinstance(days, Recurrence) else None


def _next(rule: ReceptionRule, days: Recurrence, name: str, after: date, changed: Sequence[Shift]) -> list[Reception]:
    """The next one, if there is any: by the rule, or where somebody moved it to."""
    by_day = {shift.planned_on: shift for shift in changed}
    following = next_after(days, _eve(after), working_calendar())
    while following and following.held_on and following.nominal_on in by_day:
        following = next_after(days, following.held_on, working_calendar())
    found = [Reception(rule, following, name)] if following else []
    moved = [shift for shift in changed if shift.state != Shift.State.CANCELLED and shift.held_on >= after]
    for shift in moved:
        planned = next_after(days, shift.planned_on - timedelta(days=1), working_calendar())
        found += [Reception(rule, planned, name, shift)] if planned else []
    return sorted(found, key=lambda reception: reception.held_on)[:1]


def _eve(day: date) -> date:
    """The day before: a reception held today is still to come."""
    return date.fromordinal(day.toordinal() - 1)

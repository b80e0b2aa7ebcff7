"""When residents meet deputies next: the preset's rule, read against the calendar."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.rules import ReceptionRule, StationRules
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.blocks import ToBeFilled
from lianxin.ground.rulebook.preset import Preset
from lianxin.lib.calendars import Occurrence, Recurrence, next_after, parse_rule


@dataclass(frozen=True)
class Reception:
    """接待日 One day on which residents are received at stations of a kind: its rule, when it is held, what it is called here."""

    rule: ReceptionRule
    occurrence: Occurrence
    name: str

    @property
    def held_on(self) -> date:
        """The day it is held on."""
        assert self.occurrence.held_on is not None, "next_after gives days that are held"
        return self.occurrence.held_on

    @property
    def sentence(self) -> str:
        """What happens and why, in the language of the reader."""
        return self.occurrence.english() if get_language() == "en" else self.occurrence.chinese()

    @property
    def hours(self) -> str:
        """From when to when, as people read it; nothing where the office has not said."""
        hours = self.rule.hours
        return "" if isinstance(hours, ToBeFilled) else "、".join(str(span) for span in hours)


def receptions_of(station: Station, after: date) -> list[Reception]:
    """The next day of every reception at a station, soonest first; none before it opens, and none once it has closed."""
    begins = max(after, station.starts_on or after)
    held = next_receptions(station.rules_on(after), station.kind, begins, station.reception_days)
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


def next_receptions(preset: Preset, kind: str, after: date, own_days: str = "") -> list[Reception]:
    """The next day of every reception that stations of a kind hold, soonest first; `after` itself may be one.

    Where the preset leaves the days to the station, `own_days` are those; it then holds none while it has set none.
    """
    rules = preset.section(StationRules).receptions_at(kind).values()
    days = [(rule, parse_rule(own_days) if rule.is_set_by_station and own_days else rule.days) for rule in rules]
    held = [(rule, next_after(d, _eve(after), working_calendar())) for rule, d in days if isinstance(d, Recurrence)]
    found = [
        Reception(rule, day, rule.called if rule.name else preset.word("reception_day")) for rule, day in held if day
    ]
    return sorted(found, key=lambda reception: reception.held_on)


def _eve(day: date) -> date:
    """The day before: a reception held today is still to come."""
    return date.fromordinal(day.toordinal() - 1)

"""When residents meet deputies next: the preset's rule, read against the calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from lianxin.affairs.stations.rules import ReceptionRule, StationRules
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.rulebook.blocks import ToBeFilled
from lianxin.lib.calendars import Occurrence, Recurrence, next_after


@dataclass(frozen=True)
class Reception:
    """接待日 One day on which residents are received at stations of a kind: the rule it comes from, and when it is held."""

    rule: ReceptionRule
    occurrence: Occurrence

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


def next_receptions(rules: StationRules, kind: str, after: date) -> Iterator[Reception]:
    """The next day of every reception that stations of a kind hold, the first day looked at being `after` itself."""
    for rule in rules.receptions_at(kind).values():
        if isinstance(rule.days, Recurrence) and (found := next_after(rule.days, _eve(after), working_calendar())):
            yield Reception(rule, found)


def next_reception(rules: StationRules, kind: str, after: date) -> Reception | None:
    """The first of them, or None where this kind holds none on days that the preset knows."""
    return min(next_receptions(rules, kind, after), key=lambda reception: reception.held_on, default=None)


def _eve(day: date) -> date:
    """The day before: a reception held today is still to come."""
    return date.fromordinal(day.toordinal() - 1)

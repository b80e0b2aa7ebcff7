"""试算 Two versions of a regulation worked out beside each other, and what differs. Never stored."""

import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lianxin.account.duty.comparing import Change, compare
from lianxin.account.duty.files import Written
from lianxin.account.duty.language.regulation import RegulationRule
from lianxin.account.duty.sheets import sheets
from lianxin.account.duty.versions import period_of
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body
from lianxin.lib.scoring.periods import Stretch

KEPT_FOR_S, KEPT = 300.0, 2  # so long, and so many, stay in memory: pages are turned, and the list taken out
_kept: dict[Hashable, tuple[float, "Trial"]] = {}


@dataclass(frozen=True)
class Trial:
    """What another version would do: both with their periods, and everybody, those with the largest difference first."""

    before: RegulationRule
    after: RegulationRule
    periods: tuple[Stretch, Stretch]
    changes: Sequence[Change]

    @classmethod
    def of(cls, before: Written, after: Written, day: date, body: Body | None) -> "Trial":
        """Both worked out for the period in which a day lies, on the record as it is. Raises NotInAnyPeriod."""
        periods = (period_of(before, day), period_of(after, day))
        changes = compare(sheets(before, periods[0], body), sheets(after, periods[1], body))
        return cls(before.rule, after.rule, periods, changes)

    @cached_property
    def others(self) -> list[Change]:
        """Those for whom something would differ."""
        return [change for change in self.changes if change.is_other]

    @property
    def more(self) -> int:
        """How many would have more points."""
        return sum((change.difference or 0) > 0 for change in self.others)

    @property
    def fewer(self) -> int:
        """How many would have fewer."""
        return sum((change.difference or 0) < 0 for change in self.others)

    @property
    def regraded(self) -> int:
        """How many would have another grade."""
        return sum(change.is_regraded for change in self.others)

    @property
    def has_requirements(self) -> bool:
        """Whether a version requires anything, so that it can be missed."""
        return any(item.asks for rule in (self.before, self.after) for item in rule.items.values())

    @property
    def has_waiting(self) -> bool:
        """Whether somebody's total still waits for something."""
        return any(one and one.waits for change in self.others for one in (change.before, change.after))


def last_event() -> object:
    """What changes whenever something is recorded. One query."""
    return Event.objects.order_by("-id").values_list("pk", flat=True).first()


def kept(asked: Hashable) -> Trial | None:
    """The trial that was worked out for the same a moment ago, while nothing was recorded since; in this process alone."""
    at, trial = _kept.get((asked, last_event()), (0.0, None))
    return trial if trial and time.monotonic() - at < KEPT_FOR_S else None


def keep(asked: Hashable, trial: Trial) -> None:
    """Have it at hand for the next page. The oldest goes."""
    while len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[asked, last_event()] = (time.monotonic(), trial)

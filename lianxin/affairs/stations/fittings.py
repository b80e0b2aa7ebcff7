"""What a station is to be fitted with, and what was found."""

from dataclasses import dataclass

from lianxin.affairs.stations.models import Fitting, Station
from lianxin.affairs.stations.rules import FittingRule, StationRules
from lianxin.ground.rulebook.blocks import ToBeFilled


@dataclass(frozen=True)
class FittingLine:
    """One fitting of the preset's list, and what was found of it; None where nobody looked."""

    rule: FittingRule
    found: Fitting | None

    @property
    def is_named(self) -> bool:
        """False for an entry that the office has still to fill in."""
        return not isinstance(self.rule.name, ToBeFilled)


def fittings_of(station: Station, rules: StationRules) -> list[FittingLine]:
    """Every fitting that the station's kind is to have, in the preset's order; one query where there are any."""
    kind = rules.kinds.get(station.kind)
    if kind is None or not kind.fittings:
        return []
    found = {fitting.key: fitting for fitting in station.fittings.all()}
    return [FittingLine(rule, found.get(rule.key)) for rule in kind.fittings]

"""From a regulation as it is written to a regulation as it is worked out."""

from collections.abc import Iterable
from fractions import Fraction
from types import MappingProxyType

from lianxin.account.duty.language.checks.totals import needs_of, summed
from lianxin.account.duty.language.counting import EVERY, AsksRule, CountsRule
from lianxin.account.duty.language.items import (
    TOTAL,
    ConditionRule,
    GivesRule,
    ItemRule,
    RatedRule,
    Within,
    Worked,
    edge,
)
from lianxin.account.duty.language.regulation import RegulationRule
from lianxin.account.duty.language.who import plain
from lianxin.lib.scoring import spec
from lianxin.lib.scoring.spec import By, Combine, Credit, Gives, Grain, IfNothing, Item, Join, Measure, Take, Ties, Way


def compiled(code: str, rule: RegulationRule) -> spec.Regulation:
    """The regulation as values; items stand after those they need."""
    return spec.Regulation(
        code=code,
        who=rule.whom.who(rule.whom.kind),
        items=tuple(_item(rule, code, rule.items[code]) for code in in_order(rule)),
        total=_total(rule),
        join=Join(rule.join),
        leaves=frozenset(code for code, leave in rule.leave.items() if leave.taken_off),
        bands=tuple(
            spec.Band(
                band.grade,
                Within(**{key: getattr(band, key) for key in Within.model_fields}).bounds,
                _condition(band.unless),
                band.at_most_of_all,
                Ties(band.ties) if band.ties else Ties.NONE_IN,
            )
            for band in rule.bands
        ),
        triggers=tuple(
            spec.Trigger(
                code, frozenset(one.when.grades), one.when.last or 0, _condition(one.when.condition), one.in_a_row
            )
            for code, one in rule.consequences.items()
        ),
    )


def in_order(rule: RegulationRule) -> list[str]:
    """The items' codes as they are written, each after those it needs."""
    ordered: dict[str, None] = {}

    def place(code: str) -> None:
        if code in ordered or code == TOTAL:
            return
        for needed in sorted(needs_of(rule.items[code]), key=list(rule.items).index):
            place(needed)
        ordered[code] = None

    for code in rule.items:
        place(code)
    return list(ordered)


def _worked(worked: Worked) -> dict[str, object]:
    return {
        "at_least": edge(worked.at_least),
        "at_most": edge(worked.at_most),
        "zero_if": _condition(worked.zero_if),
        "weights": tuple((weight.whom.who(), weight.times) for weight in worked.weights),
        "rounding": spec.Rounding(worked.rounding.to, Way(worked.rounding.way)) if worked.rounding else None,
    }


def _item(rule: RegulationRule, code: str, item: ItemRule) -> Item:
    counts = _measure(rule, item.counts, _a_target(item)) if item.counts else None
    gives = _gives(item.gives) if item.gives else None
    who = item.whom.who() if item.whom else spec.Who()
    asks = _asked(rule, item.asks) if item.asks else None
    return Item(code, counts, asks, gives, who=who, **_worked(item))  # type: ignore[arg-type]


def _total(rule: RegulationRule) -> Item | None:
    if rule.total is None:
        return None
    return Item(TOTAL, gives=Gives(items=((Take.SUM, summed(rule)),)), **_worked(rule.total))  # type: ignore[arg-type]


def _a_target(item: ItemRule) -> Fraction | None:
    """The most that counts toward one target: what is asked toward each, or what the count itself says."""
    if item.asks and item.asks.toward:
        return item.asks.at_least
    return item.counts.at_most.target if item.counts and item.counts.at_most else None


def _measure(rule: RegulationRule, counts: CountsRule, a_target: Fraction | None = None) -> Measure:
    if counts.ties:
        return Measure((), ties=counts.ties)
    units = {rule.records[code].unit for code in counts.records}
    caps = [(grain, getattr(counts.at_most, grain.name.lower())) for grain in Grain] if counts.at_most else []
    return Measure(
        records=counts.records,
        of_quantity=units != {"time"} and not counts.as_times,
        roles=counts.roles,
        credit=Credit(counts.credit),
        caps=tuple((grain, cap) for grain, cap in caps if cap is not None),
        a_target=a_target,
    )


def _asked(rule: RegulationRule, asks: AsksRule) -> spec.Asked:
    return spec.Asked(
        at_least=asks.at_least,
        at_most=asks.at_most,
        out_of=_measure(rule, asks.out_of) if asks.out_of else None,
        less=_measure(rule, asks.less) if asks.less else None,
        months=EVERY[asks.every] if asks.every else 0,
        toward=asks.toward or "",
        if_nothing=IfNothing(asks.if_nothing_required or "full"),
    )


def _gives(gives: GivesRule) -> Gives:
    simple = {key: getattr(gives, key) for key in ("base", "each", "full", "met", "each_met", "missing", "beyond")}
    rows = tuple((row.bounds, row.points) for row in gives.tiers.rows) if gives.tiers else ()
    tiers = spec.Tiers(By(gives.tiers.by), rows) if gives.tiers else None
    taken = ((take, getattr(gives, take.value)) for take in Take)
    return Gives(
        **simple,
        tiers=tiers,
        rated=_rated(gives.rated) if gives.rated else None,
        items=tuple((take, codes) for take, codes in taken if codes),
    )


def _rated(rated: RatedRule) -> spec.Rated:
    return spec.Rated(
        raters={plain(role): weight for role, weight in rated.raters.items()},
        combine=Combine(rated.combine),
        record=rated.record,
        grades=MappingProxyType({plain(grade): points for grade, points in rated.grades.items()}),
        drops_missing=rated.if_missing == "drop",
    )


def _condition(condition: ConditionRule | None) -> spec.Condition | None:
    if condition is None:
        return None
    if condition.all_of:
        return spec.AllOf(_conditions(condition.all_of))
    if condition.any_of:
        return spec.AnyOf(_conditions(condition.any_of))
    if condition.none_of:
        inner = _condition(condition.none_of)
        assert inner
        return spec.NotThis(inner)
    assert condition.item
    if condition.met is not None:
        return spec.Reads(condition.item, is_met=condition.met)
    by = next(by for by in By if getattr(condition, by.value) is not None)
    return spec.Reads(condition.item, by, getattr(condition, by.value).bounds)


def _conditions(conditions: Iterable[ConditionRule]) -> tuple[spec.Condition, ...]:
    return tuple(made for one in conditions if (made := _condition(one)))

"""What an item gives: whether it can be earned at all, and whether it has an end."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from django.utils.translation import gettext as _

from lianxin.account.duty.language.checks.tables import unreached
from lianxin.account.duty.language.counting import AsksRule
from lianxin.account.duty.language.items import GivesRule, ItemRule
from lianxin.account.duty.language.numbers import in_figures
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.reading import Path

NEEDS: Mapping[str, tuple[Callable[[ItemRule], bool], str]] = {
    "each": (lambda item: item.counts is not None, "counts"),
    "full": (lambda item: item.asks is not None and _is_least(item.asks), "asks"),
    "met": (lambda item: item.asks is not None, "asks"),
    "each_met": (lambda item: item.asks is not None, "asks"),
    "missing": (lambda item: item.asks is not None and item.asks.at_least is not None, "asks"),
    "beyond": (lambda item: item.asks is not None, "asks"),
    "tiers": (lambda item: item.counts is not None, "counts"),
}


def _is_least(asks: AsksRule) -> bool:
    return asks.at_least is not None or asks.out_of is not None


def in_gives(path: Path, item: ItemRule, gives: GivesRule) -> Iterator[Wrong]:
    """Points that nothing can earn, or whose ground is missing."""
    written = [key for key in GivesRule.model_fields if getattr(gives, key) not in (None, ())]
    if not written:
        yield Wrong((*path, "gives"), _("至少一样计分的办法"))
    for key in written:
        is_there, needs = NEEDS.get(key, (lambda item: True, ""))
        if not is_there(item):
            yield Wrong((*path, needs), _("gives.%(key)s 要用到的内容") % {"key": key})
        if getattr(gives, key) == 0:
            yield Wrong((*path, "gives", key), _("不是0的数：0分的项目永远得不到分"))
    if gives.full is not None and gives.full < 0:
        yield Wrong((*path, "gives", "full"), _("大于0的数"))
    if gives.missing is not None and gives.missing > 0:
        yield Wrong((*path, "gives", "missing"), _("小于0的数：差一个扣几分，如 -2"))
    if gives.tiers:
        yield from unreached((*path, "gives", "tiers", "rows"), [row.bounds for row in gives.tiers.rows])
        if gives.tiers.by == "share" and item.asks is None:
            yield Wrong((*path, "asks"), _("gives.%(key)s 要用到的内容") % {"key": "tiers"})
    if gives.rated:
        yield from _rated((*path, "gives", "rated"), gives)


def _rated(path: Path, gives: GivesRule) -> Iterator[Wrong]:
    assert gives.rated
    for role, weight in gives.rated.raters.items():
        if weight <= 0:
            yield Wrong((*path, "raters", role), _("大于0的数"))
    total = sum(gives.rated.raters.values(), Fraction(0))
    if gives.rated.combine == "weighted" and total != 1:
        yield Wrong((*path, "raters"), _("合计100%"), in_figures(total * 100) + "%")


def grows(item: ItemRule) -> bool:
    """Whether an item may grow without end: by counting, or by marks that nothing bounds."""
    gives = item.gives
    if gives is None:
        return False
    counts = item.counts.at_most if item.counts else None
    by_count = gives.each is not None and gives.each > 0 and not (counts and _bounds_period(counts))
    return bool(by_count or (gives.beyond is not None and gives.beyond > 0) or (gives.rated and not gives.rated.grades))


def _bounds_period(caps: object) -> bool:
    return getattr(caps, "period", None) is not None


def falls(item: ItemRule) -> bool:
    """Whether an item may come out below zero."""
    gives = item.gives
    if gives is None:
        return False
    numbers = [gives.base, gives.each, gives.met, gives.each_met, gives.missing, gives.beyond]
    rows = [row.points for row in gives.tiers.rows] if gives.tiers else []
    return any(number is not None and number < 0 for number in (*numbers, *rows))

"""One item: what it counts and asks, and the edges of what it gives."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianxin.account.duty.language.checks.conditions import in_condition
from lianxin.account.duty.language.checks.edges import in_edges
from lianxin.account.duty.language.checks.names import counts_of
from lianxin.account.duty.language.checks.points import falls, grows, in_gives
from lianxin.account.duty.language.counting import EVERY
from lianxin.account.duty.language.items import ItemRule
from lianxin.account.duty.language.numbers import OPEN
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.reading import Path

if TYPE_CHECKING:
    from lianxin.account.duty.language.regulation import RegulationRule

GRAINS = ("record", "day", "month", "quarter", "half_year", "year", "period")


def in_item(rule: "RegulationRule", path: Path, item: ItemRule) -> Iterator[Wrong]:
    """What is wrong with one item: what it counts, asks and gives, and with its edges."""
    yield from _measures(rule, path, item)
    yield from _asks(rule, path, item)
    if item.gives:
        yield from in_gives(path, item, item.gives)
        can_grow, can_fall = grows(item), falls(item)
        yield from in_edges(path, item, grows=can_grow, falls=can_fall)
        if can_grow and item.at_most == OPEN and _is_money(rule, item):
            yield Wrong((*path, "at_most"), _("上限：按元、按礼品计的项目，一定要有上限"))
    elif item.asks is None:
        yield Wrong((*path, "gives"), _("计分；只提要求、不计分的，写 asks"))
    elif item.follows is None:
        yield Wrong((*path, "follows"), _("没有做到的会怎样：只提要求、不计分的项目要写明"))
    yield from in_condition(rule, (*path, "zero_if"), item.zero_if)


def _measures(rule: "RegulationRule", path: Path, item: ItemRule) -> Iterator[Wrong]:
    for where, counts in counts_of(path, item):
        units = {rule.records[code].unit for code in counts.records if code in rule.records}
        if len(units) > 1 and not counts.as_times:
            yield Wrong((*where, "records"), _("同一个单位的记录；只算次数的，写 as_times: true"))
        caps = counts.at_most
        if caps is None:
            continue
        every = item.asks.every if item.asks else None
        for grain in GRAINS[2:]:
            if getattr(caps, grain) is not None and every and _months(grain) > EVERY[every]:
                yield Wrong((*where, "at_most", grain), _("不比 asks.every 更长的时段"))
        yield from _lengths(rule, (*where, "at_most"), [grain for grain in GRAINS[2:6] if getattr(caps, grain)])


def _months(grain: str) -> int:
    return EVERY.get(grain, 10_000)


def _lengths(rule: "RegulationRule", path: Path, grains: Iterable[str]) -> Iterator[Wrong]:
    """Parts that do not fill the period."""
    for grain in grains:
        if not rule.period.is_filled_by(EVERY[grain]):
            yield Wrong((*path, grain), _("正好分完一个周期的时段"))


def _asks(rule: "RegulationRule", path: Path, item: ItemRule) -> Iterator[Wrong]:
    asks = item.asks
    if asks is None:
        return
    path = (*path, "asks")
    if item.counts is None:
        yield Wrong((*path[:-1], "counts"), _("要求的是什么：哪些记录"))
    if asks.at_least is None and asks.at_most is None and asks.out_of is None:
        yield Wrong((*path, "at_least"), _("要求的数：至少几次，或至多几次，或应到多少"))
    if asks.at_least is not None and asks.at_least <= 0:
        yield Wrong((*path, "at_least"), _("大于0的数：要求0次，等于没有要求"))
    if asks.at_most is not None and asks.at_most < 0:
        yield Wrong((*path, "at_most"), _("不小于0的数"))
    for key, edge in (("at_least", asks.at_least), ("at_most", asks.at_most)):
        if asks.out_of and edge is not None and edge > 1:
            yield Wrong((*path, key), _("应到的一部分，如 90%、2/3"))
    if asks.less and asks.out_of is None:
        yield Wrong((*path, "less"), _("没有这个键：有 out_of 才有可扣除的"))
    if asks.toward and asks.out_of:
        yield Wrong((*path, "toward"), _("没有这个键：应到的次数不按结对对象算"))
    if asks.every and not rule.period.is_filled_by(EVERY[asks.every]):
        yield Wrong((*path, "every"), _("正好分完一个周期的时段"))
    if asks.if_nothing_required is None and _can_be_nothing(rule, item):
        yield Wrong(
            (*path, "if_nothing_required"), _("没有应做的时怎么算：full（算满）、zero（算零）或 left_out（不计入）")
        )
    if asks.if_nothing_required == "left_out" and item.gives and (item.at_most is None or item.at_most == OPEN):
        yield Wrong((*path[:-1], "at_most"), _("这一项的满分：不计入时，总分按它折算"))


def _can_be_nothing(rule: "RegulationRule", item: ItemRule) -> bool:
    """Whether nothing may be required, so that a share of it has no value: and the item asks for such a share."""
    asks, gives = item.asks, item.gives
    if asks is None or gives is None:
        return False
    by_share = gives.full is not None or (gives.tiers is not None and gives.tiers.by == "share")
    changes = asks.out_of or asks.toward or rule.join != "full" or any(one.taken_off for one in rule.leave.values())
    return bool(by_share and changes)


def _is_money(rule: "RegulationRule", item: ItemRule) -> bool:
    """Whether it counts yuan or gifts: things given, which the platform never rewards without end."""
    codes = item.counts.records if item.counts and not item.counts.as_times else ()
    return any(rule.records[code].unit == "yuan" for code in codes if code in rule.records)

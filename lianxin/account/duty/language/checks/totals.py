"""The total: what it adds up, in which order, and whether it has edges."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianxin.account.duty.language.checks.conditions import in_condition
from lianxin.account.duty.language.checks.edges import in_edges
from lianxin.account.duty.language.checks.names import named_in
from lianxin.account.duty.language.items import ItemRule, TotalRule
from lianxin.account.duty.language.numbers import OPEN
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.problems import listed

if TYPE_CHECKING:
    from lianxin.account.duty.language.regulation import RegulationRule


def in_total(rule: "RegulationRule") -> Iterator[Wrong]:
    """A total of nothing, or none where there are points; its edges and its condition."""
    if not any(item.gives for item in rule.items.values()):
        for key in ("total", "bands"):
            if getattr(rule, key):
                yield Wrong((key,), _("没有这个键：没有一个项目计分"))
    elif rule.total is None:
        yield Wrong(("total",), _("总分：有计分的项目，就写明总分怎样算"))
    if rule.total:
        yield from in_edges(("total",), rule.total, grows=_grows(rule), falls=_falls(rule))
        yield from in_condition(rule, ("total", "zero_if"), rule.total.zero_if)


def _grows(rule: "RegulationRule") -> bool:
    return any(rule.items[code].at_most == OPEN for code in summed(rule) if code in rule.items)


def _falls(rule: "RegulationRule") -> bool:
    return any(
        rule.items[code].at_least == OPEN or _negative(rule.items[code]) for code in summed(rule) if code in rule.items
    )


def _negative(item: ItemRule) -> bool:
    return isinstance(item.at_least, Fraction) and item.at_least < 0


def summed(rule: "RegulationRule") -> tuple[str, ...]:
    """The items that make the total: those it names, or else all that score and that no other item takes in."""
    if rule.total and rule.total.adds:
        return rule.total.adds
    inner = {code for item in rule.items.values() for code in taken_in(item)}
    return tuple(code for code, item in rule.items.items() if item.gives and code not in inner)


def taken_in(item: ItemRule) -> tuple[str, ...]:
    """The items that this one adds up or chooses from."""
    return (*item.gives.adds, *item.gives.highest_of, *item.gives.lowest_of) if item.gives else ()


def needs_of(worked: ItemRule | TotalRule, adds: Iterable[str] = ()) -> set[str]:
    """Every item that has to be worked out before this one."""
    inner = taken_in(worked) if isinstance(worked, ItemRule) else tuple(adds)
    return {*inner, *(code for _path, code in named_in((), worked.zero_if))}


def circles(rule: "RegulationRule") -> Iterator[Wrong]:
    """Items that need themselves to be worked out."""
    for code, item in rule.items.items():
        if code in _reached(rule, needs_of(item)):
            yield Wrong(("items", code), _("不绕回自己的项目：它要用到的，又要用到它"), listed(sorted(needs_of(item))))


def _reached(rule: "RegulationRule", start: set[str]) -> set[str]:
    found: set[str] = set()
    open_ones = set(start)
    while open_ones:
        code = open_ones.pop()
        if code in found:
            continue
        found.add(code)
        open_ones |= needs_of(rule.items[code]) if code in rule.items else set()
    return found

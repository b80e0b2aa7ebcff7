"""Names in a regulation: of records, of items."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianxin.account.duty.language.counting import CountsRule
from lianxin.account.duty.language.items import TOTAL, ConditionRule, ItemRule
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.problems import nearest
from lianxin.ground.rulebook.reading import Path

if TYPE_CHECKING:
    from lianxin.account.duty.language.regulation import RegulationRule


def unknown(rule: "RegulationRule") -> Iterator[Wrong]:
    """Records and items that are named and that nothing is; a code that means something else; a level that checks itself."""
    for path, code in _records_named(rule):
        if code not in rule.records:
            yield Wrong(path, _("records 里写明的记录"), nearest=nearest(code, rule.records))
    for path, code in _items_named(rule):
        of_total = code == TOTAL and path[0] in ("bands", "consequences")
        if code not in rule.items and not of_total:
            yield Wrong(path, _("items 里写明的项目"), nearest=nearest(code, rule.items))
    if TOTAL in rule.items:
        yield Wrong(("items", TOTAL), _("别的代码：total 指总分"))
    for code, record in rule.records.items():
        if len(set(record.checked_by)) < len(record.checked_by):
            yield Wrong(("records", code, "checked_by"), _("每级各写一次：两级核实，不能是同一个人"))


def _records_named(rule: "RegulationRule") -> Iterator[tuple[Path, str]]:
    for code, item in rule.items.items():
        for path, counts in counts_of(("items", code), item):
            yield from ((path, record) for record in counts.records)
        if item.gives and item.gives.rated:
            yield ("items", code, "gives", "rated", "record"), item.gives.rated.record
    for number, drawn in enumerate(rule.drawn):
        yield from ((("drawn", number, "records", place), record) for place, record in enumerate(drawn.records))


def counts_of(path: Path, item: ItemRule) -> Iterator[tuple[Path, CountsRule]]:
    """Everything that an item counts, with where it is written."""
    found = {"counts": item.counts}
    if item.asks:
        found |= {"out_of": item.asks.out_of, "less": item.asks.less}
    for key, counts in found.items():
        if counts:
            yield (*path, key) if key == "counts" else (*path, "asks", key), counts


def _items_named(rule: "RegulationRule") -> Iterator[tuple[Path, str]]:
    for code, item in rule.items.items():
        for path, gives in [(("items", code, "gives"), item.gives)] if item.gives else []:
            for key in ("adds", "highest_of", "lowest_of"):
                yield from (((*path, key, number), inner) for number, inner in enumerate(getattr(gives, key)))
        yield from named_in(("items", code, "zero_if"), item.zero_if)
    if rule.total:
        yield from ((("total", "adds", number), inner) for number, inner in enumerate(rule.total.adds))
        yield from named_in(("total", "zero_if"), rule.total.zero_if)
    for number, band in enumerate(rule.bands):
        yield from named_in(("bands", number, "unless"), band.unless)
    for code, consequence in rule.consequences.items():
        yield from named_in(("consequences", code, "when", "if"), consequence.when.condition)


def named_in(path: Path, condition: ConditionRule | None) -> Iterator[tuple[Path, str]]:
    """The items that a condition reads, with where they are written."""
    if condition is None:
        return
    if condition.item:
        yield (*path, "item"), condition.item
    for key, inner in (("all_of", condition.all_of), ("any_of", condition.any_of)):
        for number, one in enumerate(inner):
            yield from named_in((*path, key, number), one)
    yield from named_in((*path, "not"), condition.none_of)

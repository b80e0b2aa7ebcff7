"""Conditions that say nothing, or more than one thing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianxin.account.duty.language.items import ConditionRule
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.reading import Path

if TYPE_CHECKING:
    from lianxin.account.duty.language.regulation import RegulationRule


def in_condition(rule: "RegulationRule", path: Path, condition: ConditionRule | None) -> Iterator[Wrong]:
    """A condition that says nothing, or two things at once; one on a requirement that its item does not have."""
    if condition is None:
        return
    tests = [key for key in ("met", "points", "count", "share", "missing") if getattr(condition, key) is not None]
    ways = [bool(condition.item), bool(condition.all_of), bool(condition.any_of), condition.none_of is not None]
    if sum(ways) != 1 or (condition.item and len(tests) != 1) or (not condition.item and tests):
        yield Wrong(path, _("一个条件：item 和一项比较，或 all_of、any_of、not 之一"))
    item = rule.items.get(condition.item or "")
    if item and item.asks is None and (condition.met is not None or condition.share or condition.missing):
        yield Wrong((*path, "item"), _("有要求（asks）的项目"))
    for key, inner in (("all_of", condition.all_of), ("any_of", condition.any_of)):
        for number, one in enumerate(inner):
            yield from in_condition(rule, (*path, key, number), one)
    yield from in_condition(rule, (*path, "not"), condition.none_of)

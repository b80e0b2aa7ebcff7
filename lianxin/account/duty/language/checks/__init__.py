"""What the keys of a regulation do not show one by one: names that nothing has, items that can never score, gaps."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lianxin.account.duty.language.checks.grades import in_bands, in_consequences
from lianxin.account.duty.language.checks.items import in_item
from lianxin.account.duty.language.checks.names import unknown
from lianxin.account.duty.language.checks.totals import circles, in_total
from lianxin.ground.rulebook.checking import Wrong

if TYPE_CHECKING:
    from lianxin.account.duty.language.regulation import RegulationRule


def wrong(rule: "RegulationRule") -> Iterator[Wrong]:
    """Every contradiction in a regulation whose keys are each right."""
    yield from unknown(rule)
    for code, item in rule.items.items():
        yield from in_item(rule, ("items", code), item)
    yield from in_total(rule)
    yield from circles(rule)
    yield from in_bands(rule)
    yield from in_consequences(rule)

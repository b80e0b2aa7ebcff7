"""Grades, and what is proposed because of them."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianxin.account.duty.language.checks.conditions import in_condition
from lianxin.account.duty.language.checks.tables import gaps, unreached
from lianxin.account.duty.language.items import Within
from lianxin.account.duty.language.numbers import in_figures
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.problems import nearest

if TYPE_CHECKING:
    from lianxin.account.duty.language.regulation import RegulationRule


def in_bands(rule: "RegulationRule") -> Iterator[Wrong]:
    """Grades that nobody reaches or that leave gaps; quotas above the whole."""
    seen: set[str] = set()
    free = [band.bounds for band in map(_within, rule.bands)]
    for number, band in enumerate(rule.bands):
        if band.grade in seen:
            yield Wrong(("bands", number, "grade"), _("没有写过的等次"))
        seen.add(band.grade)
        yield from in_condition(rule, ("bands", number, "unless"), band.unless)
        if (band.ties is None) != (band.at_most_of_all is None):
            yield Wrong(("bands", number, "ties"), _("名额和同分的怎么办，一起写"))
    unconditional = [row for row, band in zip(free, rule.bands, strict=True) if not band.unless]
    if len(unconditional) == len(free):
        yield from unreached(("bands",), free)
    yield from gaps(free)
    shares = [band.at_most_of_all for band in rule.bands if band.at_most_of_all is not None]
    if sum(shares, Fraction(0)) > 1:
        found = in_figures(sum(shares, Fraction(0)) * 100) + "%"
        yield Wrong(("bands",), _("各等次的名额合计不超过100%"), found)
    if rule.bands and rule.bands[-1].at_most_of_all is not None:
        yield Wrong(("bands", len(rule.bands) - 1, "at_most_of_all"), _("没有这个键：最后一个等次不限名额"))


def _within(band: object) -> Within:
    return Within(**{key: getattr(band, key) for key in Within.model_fields})


def in_consequences(rule: "RegulationRule") -> Iterator[Wrong]:
    """Proposals that nothing leads to."""
    grades = [band.grade for band in rule.bands]
    for code, consequence in rule.consequences.items():
        path, when = ("consequences", code, "when"), consequence.when
        for number, grade in enumerate(when.grades):
            if grade not in grades:
                yield Wrong((*path, "grades", number), _("bands 里写明的等次"), nearest=nearest(grade, grades))
        if not (when.grades or when.last or when.condition):
            yield Wrong(path, _("等次、末几名或条件，至少一样"))
        if when.last and rule.total is None:
            yield Wrong((*path, "last"), _("没有这个键：没有总分，就没有名次"))
        yield from in_condition(rule, (*path, "if"), when.condition)

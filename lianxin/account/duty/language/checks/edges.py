"""Edges of points that have to be told."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lianxin.account.duty.language.items import Worked, edge
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.reading import Path


def in_edges(path: Path, worked: Worked, *, grows: bool, falls: bool) -> Iterator[Wrong]:
    """Edges that have to be told: no default bounds what grows without end or falls below zero."""
    if grows and worked.at_most is None:
        yield Wrong((*path, "at_most"), _("上限的分数；不设上限的，写 open"))
    if falls and worked.at_least is None:
        yield Wrong((*path, "at_least"), _("最低的分数，如 0；可以一直扣下去的，写 open"))
    low, high = edge(worked.at_least), edge(worked.at_most)
    if low is not None and high is not None and low > high:
        yield Wrong((*path, "at_least"), _("不大于at_most的数"))
    if worked.rounding and worked.rounding.to <= 0:
        yield Wrong((*path, "round", "to"), _("大于0的数"))
    for number, weight in enumerate(worked.weights):
        if weight.times <= 0:
            yield Wrong((*path, "weights", number, "times"), _("大于0的数"))

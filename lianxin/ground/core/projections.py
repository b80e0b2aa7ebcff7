"""Derived tables: whatever holds what the record already says, so that `lianxin rebuild` can make it anew."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError

AT_ONCE = 500


class UnknownProjection(RuleError):
    """Nobody registered a projection of this name."""

    def __init__(self, name: str):
        near = difflib.get_close_matches(name, _projections, n=1)
        hint = _("您要找的是 %(near)s 吗？") % {"near": near[0]} if near else ""
        super().__init__(_("没有叫 %(name)s 的派生表。%(hint)s") % {"name": name, "hint": hint})


@dataclass(frozen=True)
class Projection:
    """One derived table. `rows` makes its rows anew, unsaved; `key` names the fields that tell one row from another.

    Where only some columns of a table are derived, `fields` names them: `rows` gives the rows that there are with these
    columns made anew, and no row is ever added or deleted. `key` is then the primary key.
    """

    name: str
    label: str | Promise
    model: type[models.Model]
    key: Sequence[str]
    rows: Callable[[], Iterable[models.Model]]
    fields: Sequence[str] = ()

    def values(self, row: models.Model) -> dict[str, Any]:
        """What a row says; its primary key, if it is made up, says nothing."""
        fields = [
            field
            for field in self.model._meta.concrete_fields
            if (field.name in self.fields if self.fields else not field.primary_key or field.attname in self.key)
        ]
        return {field.attname: getattr(row, field.attname) for field in fields}


@dataclass(frozen=True)
class Difference:
    """How a table differed from the record: rows that were missing, that were too many, that said something else."""

    missing: int
    surplus: int
    wrong: int

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus or self.wrong)


_projections: dict[str, Projection] = {}


def register_projection(projection: Projection) -> None:
    """Declare a derived table; a name declared twice raises ValueError."""
    if _projections.get(projection.name, projection) is not projection:
        raise ValueError(f"{projection.name} is declared twice.")
    _projections[projection.name] = projection


def all_projections() -> dict[str, Projection]:
    """Every derived table by name."""
    return dict(sorted(_projections.items()))


def projection(name: str) -> Projection:
    """The derived table of this name. Raises UnknownProjection."""
    if name not in _projections:
        raise UnknownProjection(name)
    return _projections[name]


def rebuild(projection: Projection, *, keep: bool = True) -> Difference:
    """Make a derived table say what the record says, all of it or nothing, and tell how it differed.

    Without `keep` nothing is changed.
    """

    if projection.fields:
        return _columns_anew(projection, keep)

    def key(row: models.Model) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in projection.key)

    with transaction.atomic():
        rows = projection.model._default_manager
        made = {key(row): row for row in projection.rows()}
        there = {key(row): row for row in rows.iterator()}
        missing = made.keys() - there.keys()
        surplus = there.keys() - made.keys()
        wrong = {at for at in made.keys() & there.keys() if projection.values(made[at]) != projection.values(there[at])}
        if keep:
            gone = [there[at].pk for at in surplus | wrong]
            for start in range(0, len(gone), AT_ONCE):
                rows.filter(pk__in=gone[start : start + AT_ONCE]).delete()
            rows.bulk_create([made[at] for at in missing | wrong], batch_size=AT_ONCE)
        return Difference(len(missing), len(surplus), len(wrong))


def _columns_anew(projection: Projection, keep: bool) -> Difference:
    """The same where only columns are derived: so many rows at a time."""
    rows, found = projection.model._default_manager, 0
    with transaction.atomic():
        made = iter(projection.rows())
        while batch := list(islice(made, AT_ONCE)):
            there = rows.in_bulk([row.pk for row in batch])
            wrong = [row for row in batch if projection.values(row) != projection.values(there[row.pk])]
            found += len(wrong)
            if keep and wrong:
                rows.bulk_update(wrong, projection.fields)
    return Difference(0, 0, found)

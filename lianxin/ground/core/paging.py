"""Lists page by key, never by offset: the thousandth page costs what the first does, and nothing jumps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
R = TypeVar("R")


@dataclass(frozen=True)
class Page(Generic[R]):
    """Rows of a list in order, and the cursors of the pages before and after it; empty where there is none."""

    rows: list[R]
    newer: str
    older: str


Source = tuple[QuerySet[Any, Any], Sequence[str]]


def page_by_key(
    queryset: QuerySet[M, R],
    keys: Sequence[str],
    query: Mapping[str, str],
    *,
    size: int = 50,
    sources: Sequence[Source] = (),
) -> Page[R]:
    """The page that `query` (a request's GET) asks for with `after` or `before`; one query of `size` + 1 rows.

    The rows are those of the queryset: models, or named tuples (`values_list(…, named=True)`) that have the keys.

    `keys` name the order, all rising or all falling (with a minus), and end with a unique column; an index
    should have the same columns. Cursors are signed: one that was tampered with, cut short or made for another list
    begins at the beginning.

    Where no one index has the whole order, `sources` say from where the rows come: querysets with what each calls the
    keys. Each is read from its own index, and only the rows of the page are fetched: one query more.
    """
    names = [key.lstrip("-") for key in keys]
    falling = keys[0].startswith("-")
    if any(key.startswith("-") != falling for key in keys):
        raise ValueError("All keys of a list rise, or all fall.")
    backwards = bool(query.get("before")) and not query.get("after")
    cursor = query.get("before" if backwards else "after", "")
    values = _values(cursor, _salt(queryset, names))
    order = [f"-{name}" if falling != backwards else name for name in names]
    if sources:
        queryset = queryset.filter(pk__in=_ids(sources, values, order, size + 1))
    found = list(_behind(queryset, names, values, order[0]).order_by(*order)[: size + 1])
    has_more, rows = len(found) > size, found[:size]
    if backwards:
        rows.reverse()
    has_newer = has_more if backwards else bool(values)
    has_older = bool(values) if backwards else has_more
    return Page(
        rows=rows,
        newer=_cursor(rows[0], names, _salt(queryset, names)) if rows and has_newer else "",
        older=_cursor(rows[-1], names, _salt(queryset, names)) if rows and has_older else "",
    )


def _ids(sources: Sequence[Source], values: Sequence[Any], order: Sequence[str], count: int) -> list[Any]:
    """The ids of the first rows from all sources behind `values`; one query."""
    parts = [_behind(source, own, values, order[0]).order_by().values_list(*own) for source, own in sources]
    return [key[-1] for key in parts[0].union(*parts[1:]).order_by(*order)[:count]]


def _behind(queryset: QuerySet[M, R], names: Sequence[str], values: Sequence[Any], first: str) -> QuerySet[M, R]:
    """The rows behind `values` in the order that begins with the key `first`; all where none are given."""
    return queryset.filter(_beyond(names, values, "lt" if first.startswith("-") else "gt")) if values else queryset


def _beyond(names: Sequence[str], values: Sequence[Any], way: str) -> Q:
    """The rows behind `values` in the order of `names`: (a, b) > (x, y), written so that an index serves it."""
    beyond = Q()
    for index, name in enumerate(names):
        equal = {names[before]: values[before] for before in range(index)}
        beyond |= Q(**equal, **{f"{name}__{way}": values[index]})
    return Q(**{f"{names[0]}__{way}e": values[0]}) & beyond


def _cursor(row: Any, names: Sequence[str], salt: str) -> str:
    values = [_value(row, name) for name in names]
    return signing.dumps([_plain(value) for value in values], salt=salt)


def _salt(queryset: QuerySet[M, R], names: Sequence[str]) -> str:
    """What a cursor is bound to, so that no list takes one of another."""
    return f"{queryset.model._meta.label} by {', '.join(names)}"


def _value(row: Any, name: str) -> Any:
    """Of a model by way of its relations; a named tuple has it under the whole name."""
    if isinstance(row, tuple):
        return getattr(row, name)
    for step in name.split("__"):
        row = getattr(row, step)
    return row


def _plain(value: Any) -> Any:
    """As JSON keeps it, moments to the microsecond: what is cut off would be a row that is lost between two pages."""
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value


def _values(cursor: str, salt: str) -> list[Any]:
    """What a cursor says; nothing where it is none of ours."""
    try:
        return list(signing.loads(cursor, salt=salt))
    except signing.BadSignature:
        return []

"""The section `exports` of a preset: which columns a list has in Excel, and what they are called. The lists are declared by apps."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lianxin.ground.core import workbooks
from lianxin.ground.core.clock import today
from lianxin.ground.core.workbooks import Cell
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.blocks import NONE, Block, Named, Text
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.problems import listed, nearest


@dataclass(frozen=True)
class Column:
    """A column that a list may have: its key, what it is usually called, its width in signs, and what a row has there."""

    key: str
    name: str | Promise
    width: int
    cell: Callable[[Any], Cell]


@dataclass(frozen=True)
class Listing:
    """清单 A list of a desk that is taken out to Excel, with every column that it may have, in the usual order."""

    code: str
    name: str | Promise
    columns: tuple[Column, ...]


_listings: dict[str, Listing] = {}


def register_listing(listing: Listing) -> None:
    """Declare a list; twice with another one raises ValueError."""
    if _listings.get(listing.code, listing) is not listing:
        raise ValueError(f"The list {listing.code} is declared twice.")
    _listings[listing.code] = listing


class ColumnRule(Block):
    """列 One column that is taken out, and what the office calls it, where not as usual."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "key": gettext_lazy("哪一列"),
        "name": gettext_lazy("这里的叫法"),
        "english": gettext_lazy("英文"),
    }

    key: Text
    name: Text | None = None
    english: Text | None = None

    def called(self, usual: str | Promise) -> str:
        """What its head says: on English pages its English name, or the usual one."""
        return str((self.english if get_language() == "en" else self.name) or usual)


class ListingRule(Block):
    """清单 The columns of one list, in their order."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {"columns": gettext_lazy("哪些列")}

    columns: tuple[ColumnRule, ...]


class ExportRules(Block):
    """导出的清单 Lists by code. One that is not written has every column, called as usual."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("导出的清单")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {"lists": gettext_lazy("清单")}

    lists: Named[ListingRule] = NONE

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """Lists and columns that there are not, and columns that stand twice."""
        for code, rule in self.lists.items():
            if (listing := _listings.get(code)) is None:
                yield Wrong(("lists", code), listed(list(_listings)), nearest=nearest(code, _listings))
            else:
                yield from _wrong_columns(listing, rule)


def _wrong_columns(listing: Listing, rule: ListingRule) -> Iterator[Wrong]:
    known, seen = [column.key for column in listing.columns], set[str]()
    if not rule.columns:
        yield Wrong(("lists", listing.code, "columns"), _("至少一列"))
    for index, one in enumerate(rule.columns):
        at = ("lists", listing.code, "columns", index, "key")
        if one.key not in known:
            yield Wrong(at, listed(known), nearest=nearest(one.key, known))
        elif one.key in seen:
            yield Wrong(at, _("每列只写一次"))
        seen.add(one.key)


def columns_of(listing: Listing) -> list[tuple[Column, str]]:
    """The columns that the platform's rules of today have it taken out with, each with what its head says."""
    rule = in_force(today()).section(ExportRules).lists.get(listing.code)
    if rule is None:
        return [(column, str(column.name)) for column in listing.columns]
    known = {column.key: column for column in listing.columns}
    return [(known[one.key], one.called(known[one.key].name)) for one in rule.columns if one.key in known]


def handed_out(listing: Listing, rows: Iterable[Any], *of: str | Promise, name: str = "") -> HttpResponse:
    """The list as a workbook, called by what it is, what `of` it, and today; or by this `name`. Rows are read once, and none is kept."""
    columns = columns_of(listing)
    heads = [(head, column.width) for column, head in columns]
    out = BytesIO()
    workbooks.write(out, str(listing.name), heads, ([column.cell(row) for column, _head in columns] for row in rows))
    called = name or "-".join(map(str, (listing.name, *of, today().isoformat())))
    return workbooks.handed_out(out, f"{called}.xlsx")

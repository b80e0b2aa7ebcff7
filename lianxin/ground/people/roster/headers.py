"""Which sheet of the roster a sheet is, in which row its header stands, and what each of its columns is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from lianxin.ground.people.roster import cells
from lianxin.ground.people.roster.columns import ROSTER, Column, Layout
from lianxin.ground.people.roster.problems import Problem, Problems, nearest

WITHIN = 10  # rows: offices put a title, a date and a note above the header
ENOUGH = 3  # columns that a row must name to be a header


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column stands in a sheet (from 1), and the word that the office wrote above it."""

    index: int
    word: str
    column: Column


@dataclass(frozen=True)
class Header:
    """The header of one sheet: the name of the roster's sheet that it is, its row, its columns by key.

    `sheet` tells which sheet of the workbook it is, from 0.
    """

    title: str
    name: str
    row: int
    places: Mapping[str, Place]
    sheet: int = 0
    layout: Layout = ROSTER

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns that such a sheet may have."""
        return self.layout.sheets[self.name]

    @cached_property
    def order(self) -> dict[str, int]:
        """The columns that the sheet has, by key, from 0 in the order of `places`."""
        return {key: number for number, key in enumerate(self.places)}

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """The columns of this sheet that must be filled, by key."""
        return tuple(key for key, place in self.places.items() if place.column.is_needed)

    @cached_property
    def is_complete(self) -> bool:
        """Whether the sheet has every column that must be filled."""
        return all(column.key in self.places for column in self.columns if column.is_needed)

    def where(self, key: str) -> tuple[int, str]:
        """Where the column `key` stands and what it is called; 0 and our own word where the sheet has none."""
        if place := self.places.get(key):
            return place.index, place.word
        return 0, self.column(key).header

    def column(self, key: str) -> Column:
        """The column with this key, whether the sheet has it or not."""
        return next(column for column in self.columns if column.key == key)


def find(
    title: str, rows: Sequence[Sequence[Any]], problems: Problems, notes: list[str], sheet: int, layout: Layout = ROSTER
) -> Header | None:
    """The header among the first rows of a sheet; what is wrong with it is told. None where this is no sheet of the layout."""
    best: tuple[int, str, int] = (ENOUGH - 1, "", 0)
    for number, row in enumerate(rows, start=1):
        for name, known in layout.known.items():
            hits = len({known[word].key for word in map(plain, row) if word in known})
            best = max(best, (hits, name, number), key=lambda found: found[0])
    hits, name, number = best
    if not number:
        return None
    places = _places(title, number, name, rows[number - 1], problems, notes, layout)
    for column in layout.sheets[name]:
        if column.is_needed and column.key not in places:
            said = [plain(value) for value in rows[number - 1] if plain(value) not in layout.known[name]]
            found = nearest(column.header, said) or _("没有这一列")
            problems.add(
                Problem(title, number, 0, _("表头"), found, _("有一列“%(header)s”") % {"header": column.header})
            )
    return Header(title, name, number, places, sheet, layout)


def _places(
    title: str,
    number: int,
    name: str,
    row: Sequence[Any],
    problems: Problems,
    notes: list[str],
    layout: Layout,
) -> dict[str, Place]:
    """Each column of the sheet at its place. Its own word goes before what other offices call it."""
    places: dict[str, Place] = {}
    own = {column.header for column in layout.sheets[name]}
    words = [(index, word) for index, value in enumerate(row, start=1) if (word := plain(value))]
    for index, word in sorted(words, key=lambda it: it[1] not in own):
        column = layout.known[name].get(word)
        if column is None:
            notes.append(_unknown(title, word, name, layout))
        elif (first := places.get(column.key)) is None:
            places[column.key] = Place(index, word, column)
        elif first.word == column.header != word:
            notes.append(
                _("工作表“%(sheet)s”有“%(header)s”这一列，所以“%(other)s”没有读。")
                % {"sheet": title, "header": first.word, "other": word}
            )
        else:
            expected = _("每一列只写一次：“%(header)s”前面已经有了") % {"header": first.word}
            problems.add(Problem(title, number, index, _("表头"), word, expected))
    return places


def _unknown(title: str, word: str, name: str, layout: Layout) -> str:
    near = nearest(word, [column.header for column in layout.sheets[name]])
    said = {"sheet": title, "header": word, "what": layout.called}
    told = _("工作表“%(sheet)s”的“%(header)s”不是%(what)s的列，没有读。") % said
    return told + (_("是不是“%(nearest)s”？") % {"nearest": near} if near else "")


def plain(value: Any) -> str:
    """A header without spaces, stars, and what stands behind it in brackets: 姓 名（必填） is 姓名."""
    word = re.sub(r"[\s*＊:：]", "", cells.text(value))
    return re.sub(r"[（(].*", "", word) or word

"""A preset as people read it: section by section, every rule with its source, and nothing by its code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any
from unicodedata import east_asian_width

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from pydantic import BaseModel

from lianxin.ground.rulebook.blocks import Block, Called, ToBeFilled, in_words
from lianxin.ground.rulebook.preset import Preset
from lianxin.ground.rulebook.problems import listed
from lianxin.ground.rulebook.rule import EVERYTHING, Figure
from lianxin.ground.rulebook.rules import NameRules
from lianxin.ground.rulebook.sections import all_names, all_sections
from lianxin.ground.rulebook.shapes import NamedNear, code_of, near_of, told, type_at
from lianxin.lib.calendars.recurrence import Recurrence
from lianxin.lib.calendars.spans import Span

SHORT = 24  # columns of a name that stands in a row with others; a Chinese character takes two
IN_THE_HEADING = ("name", "english", "title", "code", "key", "article", "assumed", "stricter", "law", "text")


@dataclass(frozen=True)
class Line:
    """One key of a rule: what it is called, what it says, and where that comes from, if not from where the rule does."""

    label: str
    value: str
    source: str = ""
    is_open: bool = False
    is_assumed: bool = False


@dataclass(frozen=True)
class Part:
    """A rule, or a group of them. `is_open`: the office has still to fill it in; `is_assumed`: it is ours, no paper's."""

    title: str
    source: str = ""
    is_open: bool = False
    is_assumed: bool = False
    lines: list[Line] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)


def shown(preset: Preset) -> list[Part]:
    """The first page, and every section that has a title and something in it."""
    reader = Reader(preset)
    sections: list[Any] = [preset.first_page, *(preset.section(rules) for rules in all_sections().values())]
    found = [reader.part(str(section.TITLE), section) for section in sections if section.TITLE]
    return [_flat(part) for part in found if part.lines or part.parts]


def _flat(part: Part) -> Part:
    """A section that holds one group only is that group."""
    return replace(part, parts=part.parts[0].parts) if len(part.parts) == 1 and not part.lines else part


@dataclass(frozen=True)
class Reader:
    """Reads one preset; its codes are told by the names that it gives them itself."""

    preset: Preset
    around: tuple[Block, ...] = ()  # the groups that one is in, the nearest first

    def part(self, title: str, group: Block) -> Part:
        """A group of keys: what is short as lines, what has parts of its own below them."""
        return replace(self, around=(group, *self.around)).inside(_heading(title, group), group)

    def inside(self, part: Part, group: Block) -> Part:
        """The part, with what the group says."""
        for key, value in _said(group):
            label = str(group.LABELS.get(key, key))
            if isinstance(group, NameRules):
                part.lines.extend(Line(str(all_names()[code]), word) for code, word in value.items())
            elif isinstance(value, Figure):
                part.lines.append(self._figure(label, value))
            elif isinstance(value, Block):
                part.parts.append(self.part(label, value))
            elif items := _items(label, value):
                inner, is_assumed = [self.part(*item) for item in items], key in getattr(group, "assumed", ())
                if all(map(_is_a_word, inner)):
                    words = listed(one.title for one in inner)
                    part.lines.append(Line(label, words, is_assumed=is_assumed))
                else:
                    part.parts.append(Part(label, is_assumed=is_assumed, parts=_open_ones_together(inner)))
            else:
                part.lines.append(self._line(label, group, key, value))
        return part

    def _figure(self, label: str, figure: Figure[Any]) -> Line:
        heading = _heading(label, figure)
        return Line(label, self._words(figure, "value", figure.value), heading.source, is_assumed=heading.is_assumed)

    def _line(self, label: str, group: Block, key: str, value: Any) -> Line:
        is_assumed = key in getattr(group, "assumed", ())
        return Line(label, self._words(group, key, value), "", isinstance(value, ToBeFilled), is_assumed)

    def _words(self, group: Block, key: str, value: Any) -> str:
        if isinstance(value, Mapping):
            inner = _("%(name)s：%(value)s")
            shapes = {code: type_at(type(group), (key, code)) for code in value}
            return listed(inner % {"name": code, "value": self._word(shapes[code], value[code])} for code in value)
        if isinstance(value, tuple):
            return listed(self._word(type_at(type(group), (key, 0)), item) for item in value)
        return self._word(type_at(type(group), (key,)), value)

    def _word(self, shape: Any, value: Any) -> str:
        """One value in words."""
        if (words := told(shape, value)) is not None:
            return words
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if isinstance(value, date):
            return date_format(value)
        if isinstance(value, Span | Recurrence):
            return in_words(value)
        if isinstance(value, Enum) and hasattr(value, "label"):
            return str(value.label)
        return self._named(shape, value) if isinstance(value, str) else str(value)

    def _named(self, shape: Any, value: str) -> str:
        """A code by the name of what it is a code of; any other word as it is written."""
        if near := near_of(shape):
            return self._near(near, value)
        if (kind := code_of(shape)) is None:
            return value
        found: Any = self.preset.section(all_sections()[kind.section])
        for step in (*kind.path, value):
            found = found.get(step) if isinstance(found, Mapping) else getattr(found, str(step), None)
        return called(found) or value

    def _near(self, near: NamedNear, code: str) -> str:
        """The name of a thing of the nearest group around that has such things."""
        if code in near.beside:
            return str(near.beside[code])
        for group in self.around:
            if code in (things := getattr(group, near.key, None) or {}) and isinstance(things, Mapping):
                return called(things[code]) or code
        return code


def _is_a_word(part: Part) -> bool:
    """Whether there is nothing to say of it but its short name."""
    return not (part.lines or part.parts or part.source or part.is_open) and columns(part.title) <= SHORT


def columns(words: str) -> int:
    """How wide words are drawn: a Chinese character takes two columns."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def _open_ones_together(parts: list[Part]) -> list[Part]:
    """The entries that the office has still to fill in, told once with their number; the others as they are."""
    named = [part for part in parts if not part.is_open]
    if count := len(parts) - len(named):
        words = ngettext("还有%(count)d项由办公室填写", "还有%(count)d项由办公室填写", count) % {"count": count}
        named.append(Part(words, is_open=True))
    return named


def _heading(title: str, group: Block) -> Part:
    """A part that says of a group what it says of itself."""
    assumed = getattr(group, "assumed", ())
    is_assumed = assumed == EVERYTHING or not {"name", "title"}.isdisjoint(assumed)
    source = str(article) if (article := getattr(group, "article", None)) else ""
    return Part(title, source, isinstance(getattr(group, "name", None), ToBeFilled), is_assumed)


def _said(group: Block) -> Iterator[tuple[str, Any]]:
    """Every key that says something and does not stand in the heading."""
    for name, info in type(group).model_fields.items():
        key, value = info.alias or name, getattr(group, name)
        is_section = bool(group.TITLE)
        is_told = name not in IN_THE_HEADING or (is_section and name == "name")
        is_plain = value is None or value in ((), {}) or (isinstance(value, bool) and value == info.default)
        if is_told and not is_plain:
            yield key, value


def _items(label: str, value: Any) -> list[tuple[str, Block]]:
    """The groups of a list or of things by their codes, each under its name; none where the value is short."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if not isinstance(value, tuple) or not value or not isinstance(value[0], BaseModel):
        return []
    return [(called(item) or label, item) for item in value]


def called(thing: Any) -> str:
    """What a group calls itself; nothing for one that does not."""
    own = thing.called if isinstance(thing, Called) else _in_english(thing) or getattr(thing, "name", None)
    return str(own or getattr(thing, "title", None) or "")


def _in_english(thing: Any) -> str | None:
    """What a group with a title calls itself in English, on English pages."""
    return getattr(thing, "english", None) if get_language() == "en" else None

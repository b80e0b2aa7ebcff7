"""What the office has still to fill in: where it stands, what is expected there, and the file with it filled in."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel

from lianxin.ground.rulebook.articles import Article
from lianxin.ground.rulebook.blocks import PLACEHOLDERS
from lianxin.ground.rulebook.drafts import own_texts
from lianxin.ground.rulebook.loading import FIRST_PAGE
from lianxin.ground.rulebook.reading import Path, Written, key_path, parse, words_of
from lianxin.ground.rulebook.rules import FirstPage
from lianxin.ground.rulebook.sections import all_sections, section_of_entry
from lianxin.ground.rulebook.shapes import allows, expectation, model_of, type_at

OF_ARTICLES = ("article", "law")
SEPARATORS = str.maketrans("、，；;", ",,,,")


@dataclass(frozen=True)
class OpenEntry:
    """待填项 A value, or the number of an article, that is written as to be filled in."""

    file: str
    written: Written
    data: Mapping[str, Any]

    @property
    def code(self) -> str:
        """It in a form."""
        return f"{self.file}:{key_path(self.written.path)}"

    @property
    def key(self) -> str:
        """Where it stands, as it is written."""
        return key_path(self.written.path)

    @property
    def paper(self) -> str:
        """The paper whose article is not known; nothing where a whole value is open."""
        return next(
            self.written.value.removesuffix(word).strip() for word in PLACEHOLDERS if word in self.written.value
        )

    @cached_property
    def _place(self) -> tuple[type[BaseModel] | None, Path]:
        """The type of the section and the path in it: a file of its own holds one thing of a section."""
        name = self.file.partition("/")[2].rpartition(".")[0]
        if name == FIRST_PAGE:
            return FirstPage, self.written.path
        if entry := section_of_entry(name):
            section, code = entry
            return all_sections()[section], (section, code, *self.written.path)
        return all_sections().get(name), self.written.path

    @property
    def _shape(self) -> Any:
        rules, path = self._place
        shape = type_at(rules, path)
        return type_at(Article, ("number",)) if self.paper else shape

    @property
    def expected(self) -> str:
        """What is to be written there, in words."""
        if allows(self._shape, tuple):
            one = expectation(type_at(self._shape, (0,)))
            return _("一项或几项，用“、”隔开，每项是%(one)s") % {"one": one}
        return expectation(self._shape)

    @property
    def label(self) -> str:
        """What its key is called."""
        if self.paper:
            return _("《%(paper)s》的条号") % {"paper": self.paper}
        rules, path = self._place
        steps = [step for step in path if isinstance(step, str)]
        group = model_of(type_at(rules, path[:-1]))
        usual = {"name": _("名称"), "dated": _("日期"), "number": _("条号")}
        labels = getattr(group, "LABELS", {})
        return str(labels.get(steps[-1]) or usual.get(steps[-1]) or steps[-1])

    @property
    def around(self) -> list[str]:
        """The names of the things that it belongs to, the largest first."""
        found, here = [], self.data
        for step in self.written.path:
            if isinstance(here, Mapping):
                name = here.get("title") or here.get("name")
                found += [name] if isinstance(name, str) and name not in PLACEHOLDERS else []
            try:
                here = here[step]  # type: ignore[index]
            except (LookupError, TypeError):
                break
        return list(dict.fromkeys(found))

    def filled(self, value: str) -> str:
        """What stands there instead, once the value is known."""
        if self.paper:
            return _scalar(f"{self.paper}{value.strip()}", may_be_number=False)
        may_be_number = allows(self._shape, int)
        if allows(self._shape, tuple):
            items = [item.strip() for item in value.translate(SEPARATORS).split(",")]
            return f"[{', '.join(_scalar(item, may_be_number=may_be_number) for item in items if item)}]"
        return _scalar(value.strip(), may_be_number=may_be_number)


def open_entries(texts: Mapping[str, str]) -> Iterator[OpenEntry]:
    """Every entry of a preset's own files that is still open, file by file and line by line."""
    for file, text in sorted(own_texts(texts).items()):
        tree, _problems = parse(file, text)
        for written in words_of(text):
            if _is_open(written):
                yield OpenEntry(file, written, tree.data)


def _is_open(written: Written) -> bool:
    if written.value in PLACEHOLDERS:
        return True
    return bool(written.path) and written.path[-1] in OF_ARTICLES and written.value.endswith(PLACEHOLDERS)


def fill_in(text: str, filled: Iterable[tuple[OpenEntry, str]]) -> str:
    """The text of a file with these entries filled in, and not a letter changed besides."""
    for entry, value in sorted(filled, key=lambda one: one[0].written.start, reverse=True):
        text = text[: entry.written.start] + entry.filled(value) + text[entry.written.end :]
    return text


def _scalar(value: str, *, may_be_number: bool) -> str:
    """The value as YAML that reads back as the same words; as a number only where one is expected."""
    read = list(words_of(f"[{value}]")) if "\n" not in value else []
    is_plain = len(read) == 1 and read[0].value == value and read[0].is_plain
    is_words = parse("", f"a: {value}")[0].data == {"a": value} if is_plain else False
    return value if is_words or (is_plain and may_be_number) else json.dumps(value, ensure_ascii=False)

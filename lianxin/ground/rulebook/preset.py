"""A preset as loaded: frozen, typed, with the text it was read from."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import get_language
from pydantic import BaseModel

from lianxin.ground.rulebook.blocks import ToBeFilled
from lianxin.ground.rulebook.errors import NotInPreset
from lianxin.ground.rulebook.reading import Path, Tree, key_path
from lianxin.ground.rulebook.rule import EVERYTHING
from lianxin.ground.rulebook.rules import FirstPage, NameRules
from lianxin.ground.rulebook.sections import all_names
from lianxin.ground.rulebook.shapes import LAW

Rules = TypeVar("Rules", bound=BaseModel)


@dataclass(frozen=True)
class Spot:
    """A place in a preset that somebody should look at."""

    file: str
    line: int
    key: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.key}"


@dataclass(frozen=True)
class Preset:
    """规则预设 All rules of a locality, in one version. `texts` are its files and those of the law, as they were read.

    `version` names the content: the SHA-256 of the texts, in hex. `to_be_filled` are the values the office has still
    to fill in, `assumed` those that are ours and no paper's.
    """

    name: str
    first_page: FirstPage
    texts: Mapping[str, str]
    sections: Mapping[type[BaseModel], BaseModel]
    to_be_filled: tuple[Spot, ...]
    assumed: tuple[Spot, ...]
    version: str

    def section(self, rules: type[Rules]) -> Rules:
        """The rules of one app. Raises NotInPreset for a type that no app registered."""
        section = self.sections.get(rules)
        if not isinstance(section, rules):
            raise NotInPreset(rules.__name__)
        return section

    def word(self, code: str) -> str:
        """What a thing is called here, or what it is usually called; in English always what it is usually called.

        Raises KeyError for a code nobody registered.
        """
        usual = str(all_names()[code])
        return usual if get_language() == "en" else self.section(NameRules).names.get(code, usual)


def content_hash(texts: Mapping[str, str]) -> str:
    """The name of a content: SHA-256 over the file names and texts, in hex."""
    told = json.dumps(dict(sorted(texts.items())), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def open_spots(section: BaseModel, tree: Tree) -> Iterator[Spot]:
    """Where the office has still something to fill in."""
    for path, value in _walk(section, ()):
        if isinstance(value, ToBeFilled):
            yield _spot(tree, path)


def assumed_spots(section: BaseModel, tree: Tree) -> Iterator[Spot]:
    """Where a value is ours: a whole rule, or single keys of it."""
    for path, value in _walk(section, ()):
        assumed = getattr(value, "assumed", ()) if isinstance(value, BaseModel) else ()
        for key in assumed:
            yield _spot(tree, path if assumed == EVERYTHING else (*path, key))


def _spot(tree: Tree, path: Path) -> Spot:
    mark = tree.mark(path)
    return Spot(mark.file, mark.line, key_path(path))


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    yield path, value
    for step, inner in _inside(value):
        yield from _walk(inner, (*path, step))


def _inside(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            if (key := field.alias or name) != LAW:
                yield key, getattr(value, name)
    elif isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)

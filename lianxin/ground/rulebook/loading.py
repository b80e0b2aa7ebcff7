"""Loads a preset: its files over the law's, every mistake told at once, everything frozen."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import BaseModel

from lianxin.ground.rulebook.checking import check, problem_at, unknown_codes
from lianxin.ground.rulebook.errors import NoSuchFolder, NoSuchPreset, RulesRefused
from lianxin.ground.rulebook.merging import is_rule, lay_over
from lianxin.ground.rulebook.preset import Preset, Spot, assumed_spots, content_hash, open_spots
from lianxin.ground.rulebook.problems import Problem, listed, nearest, quoted
from lianxin.ground.rulebook.reading import Path, Tree, decode, parse
from lianxin.ground.rulebook.rules import FirstPage, Papers
from lianxin.ground.rulebook.sections import all_entries, all_sections, section_of_entry
from lianxin.ground.rulebook.shapes import CodeOf, model_of, type_at

BASE = "_base"  # the law
FIRST_PAGE = "preset"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")  # a preset's name stands in the record, which keeps codes alone
STRICTER = ("less", "more", "neither", "fixed")


def folders() -> dict[str, FilePath]:
    """Every preset there is, by name; a locality's own goes before the product's. Raises NoSuchFolder."""
    for root in settings.PRESETS:
        if not root.is_dir():
            raise NoSuchFolder(root)
    found = {folder.name: folder for root in reversed(settings.PRESETS) for folder in sorted(root.glob("*/"))}
    return {name: folder for name, folder in sorted(found.items()) if not name.startswith(("_", "."))}


def load(name: str) -> Preset:
    """The preset of that name, or in that folder. Raises NoSuchPreset, RulesRefused with every mistake."""
    folder = folders().get(name) or FilePath(name)
    if not folder.is_dir():
        raise NoSuchPreset(name, folders())
    texts, problems = decoded(law() | _files(folder.name, folder))
    return load_texts(folder.name, texts, problems)


def law() -> dict[str, bytes]:
    """The files of the law, as the product holds it."""
    return _files(BASE, settings.PRESETS[-1] / BASE)


def decoded(files: Mapping[str, bytes]) -> tuple[dict[str, str], list[Problem]]:
    """The texts of files, and what is wrong with the letters of some."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for file, content in files.items():
        texts[file], wrong = decode(file, content)
        problems += wrong
    return texts, problems


def files_of(name: str) -> dict[str, bytes]:
    """The files of a preset that there is, by name."""
    return _files(name, folders()[name])


def _files(name: str, folder: FilePath) -> dict[str, bytes]:
    return {
        f"{name}/{file.name}": file.read_bytes()
        for file in sorted(folder.iterdir())
        if file.suffix in (".yaml", ".yml") and not file.name.startswith(".")
    }


def load_texts(name: str, texts: Mapping[str, str], unreadable: Iterable[Problem] = ()) -> Preset:
    """The preset of these texts, by file name (`place/stations.yaml`), the law's among them.

    `unreadable` are files whose letters cannot be read, with the reason. Raises RulesRefused with every mistake.
    """
    problems = tuple(unreadable)
    return _made(name, tuple(sorted(texts.items())), problems, tuple(all_sections().items()))


def load_one(each: str, file: str, content: bytes) -> BaseModel:
    """One thing of a section from a file of its own that stands in no preset, such as a regulation somebody sends.

    `each` is how such files begin in a preset. It cites its own papers, and the law's. Raises RulesRefused with every mistake.
    """
    section = all_entries()[each]
    shape = model_of(type_at(all_sections()[section], (section, "")))
    text, problems = decode(file, content)
    tree, wrong = (Tree({}), problems) if problems else parse(file, text)
    if wrong or shape is None:
        raise RulesRefused(wrong)
    first = parse(f"{BASE}/{FIRST_PAGE}.yaml", law()[f"{BASE}/{FIRST_PAGE}.yaml"].decode())[0]
    known = [page.data.get("papers") for page in (first, tree)]
    made, wrong = check(
        shape, tree, {"papers": {name for papers in known if isinstance(papers, dict) for name in papers}}
    )
    if made is None:
        raise RulesRefused(wrong)
    return made


@lru_cache(maxsize=32)
def _made(
    name: str,
    texts: tuple[tuple[str, str], ...],
    unreadable: tuple[Problem, ...],
    sections: tuple[tuple[str, type[BaseModel]], ...],
) -> Preset:
    """A preset is made once of its texts and of the sections that apps declare: neither it nor they change."""
    return _Loading(name, dict(texts), list(unreadable)).preset()


class _Loading:
    """One loading: what was read, what holds up, what is wrong."""

    def __init__(self, name: str, texts: Mapping[str, str], problems: list[Problem]):
        self.name = name
        self.texts = texts
        self.problems = problems
        self.trees: dict[tuple[str, str], Tree] = {}
        self.unreadable = {problem.file for problem in problems}
        if not NAME.fullmatch(name):
            self._wrong(name, found=quoted(name), expected=_("文件夹名：至多40个小写字母、数字、“-”和“_”"))
        for file, text in texts.items():
            if file not in self.unreadable:
                self._read(file, text)

    def _read(self, file: str, text: str) -> None:
        layer, _slash, written = file.partition("/")
        section, _dot, suffix = written.rpartition(".")
        known = [FIRST_PAGE, *all_sections()]
        entry = section_of_entry(section)
        if (section not in known and not entry) or suffix != "yaml":
            words = listed(f"{word}.yaml" for word in [*known, *(f"{each}-{_('代码')}" for each in all_entries())])
            near = nearest(section, known)
            self._wrong(file, found=quoted(written), expected=_("%(words)s之一") % {"words": words}, nearest=near)
            return
        tree, wrong = parse(file, text)
        self.problems += wrong
        if not tree.marks:
            self.unreadable.add(file)
        elif entry:
            self._enter(layer, *entry, tree)
        else:
            self.trees[layer, section] = tree

    def _enter(self, layer: str, section: str, code: str, tree: Tree) -> None:
        """What a file of its own says of one thing of a section, as if it stood in the section's file."""
        whole = self.trees.setdefault((layer, section), Tree({}, {(): tree.marks[()]}))
        things = whole.data.setdefault(section, {})
        if code in things:
            mark, expected = tree.marks[()], _("只写一次；%(file)s里已经写了")
            expected %= {"file": whole.mark((section, code)).file}
            self.problems.append(Problem(mark.file, mark.line, code, _("又写了一次"), expected))
            return
        things[code] = tree.data
        whole.marks |= {(section, code, *path): mark for path, mark in tree.marks.items()}

    def preset(self) -> Preset:
        """The preset. Raises RulesRefused."""
        first_page = self._first_page()
        laid = {section: tree for section in all_sections() if (tree := self._laid(section)) is not None}
        sections = {rules: made for rules, made in self._checked(laid) if made is not None}
        if self.problems or first_page is None:
            raise RulesRefused(sorted(dict.fromkeys(self.problems), key=lambda problem: (problem.file, problem.line)))
        looked_at: list[tuple[BaseModel, Tree]] = [(first_page, self.trees[self.name, FIRST_PAGE])]
        looked_at += [(sections[rules], laid[section]) for section, rules in all_sections().items()]
        return Preset(
            name=self.name,
            first_page=first_page,
            texts=MappingProxyType(self.texts),
            sections=MappingProxyType(sections),
            to_be_filled=_in_order(spot for section, tree in looked_at for spot in open_spots(section, tree)),
            assumed=_in_order(spot for section, tree in looked_at for spot in assumed_spots(section, tree)),
            version=content_hash(self.texts),
        )

    def _wrong(self, file: str, *, found: str, expected: str, nearest: str = "") -> None:
        self.problems.append(Problem(file, 0, "", found, expected, nearest))

    def _first_page(self) -> FirstPage | None:
        """The first page of the place. Those of the place and of the law are checked both."""
        page: FirstPage | None = None
        for layer in (BASE, self.name):
            tree = self.trees.get((layer, FIRST_PAGE))
            file = f"{layer}/{FIRST_PAGE}.yaml"
            if tree is None:
                if file not in self.unreadable:
                    self._wrong(file, found=_("没有这份文件"), expected=_("每个预设的首页"))
                continue
            made, wrong = check(Papers if layer == BASE else FirstPage, tree, {})
            self.problems += wrong
            page = made if isinstance(made, FirstPage) else page
        return page

    def _papers(self) -> set[str] | None:
        """The short names of every paper; None where a first page cannot be read, so that nobody can tell."""
        pages = [self.trees.get((layer, FIRST_PAGE)) for layer in (BASE, self.name)]
        if None in pages:
            return None
        papers = [page.data.get("papers") for page in pages if page]
        for layer in (BASE, self.name):
            for section in all_entries().values():
                things = self.trees[layer, section].data.get(section) if (layer, section) in self.trees else {}
                own = things.values() if isinstance(things, dict) else ()
                papers += [thing.get("papers") for thing in own if isinstance(thing, dict)]
        return {name for written in papers if isinstance(written, dict) for name in written}

    def _laid(self, section: str) -> Tree | None:
        """The place's section over the law's; None where one of them cannot be read."""
        files = [f"{layer}/{section}.yaml" for layer in (BASE, self.name)]
        if not self.unreadable.isdisjoint(files):
            return None
        nothing = Tree({}, {})
        law = self.trees.get((BASE, section), nothing)
        place = self.trees.get((self.name, section), nothing)
        self.problems += [*_unbounded(law, law.data, ()), *_bounding(place, place.data, ())]
        return lay_over(law, place)

    def _checked(self, laid: Mapping[str, Tree]) -> Iterator[tuple[type[BaseModel], BaseModel | None]]:
        context = {"papers": self._papers()}
        for section, rules in all_sections().items():
            tree = laid.get(section)
            if tree is None:
                continue
            if not tree.marks and _needs_something(rules):
                self._wrong(f"{self.name}/{section}.yaml", found=_("没有这份文件"), expected=_("这份规则，不能没有"))
                continue
            made, wrong = check(rules, tree, context)
            self.problems += [*wrong, *unknown_codes(rules, tree, lambda kind: _codes_in(laid, kind))]
            yield rules, made


def _in_order(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    return tuple(sorted(spots, key=lambda spot: (spot.file, spot.line)))


def _needs_something(rules: type[BaseModel]) -> bool:
    return any(field.is_required() for field in rules.model_fields.values())


def _codes_in(laid: Mapping[str, Tree], kind: CodeOf) -> list[str] | None:
    """The codes that the preset has of this kind; None where their section cannot be read."""
    if (tree := laid.get(kind.section)) is None:
        return None
    data = tree.data
    for step in kind.path:
        data = data.get(step) if isinstance(data, dict) else None
    return [str(code) for code in data] if isinstance(data, dict) else []


def _unbounded(tree: Tree, data: Any, path: Path) -> Iterator[Problem]:
    """Every rule of the law that does not say which way is stricter."""
    if not isinstance(data, dict):
        return
    if is_rule(data) and data.get("stricter") is None:
        expected = _("哪样更严：%(words)s之一") % {"words": listed(STRICTER)}
        yield problem_at(tree, (*path, "stricter"), found=quoted(None), expected=expected)
    for key, value in data.items():
        yield from _unbounded(tree, value, (*path, key))


def _bounding(tree: Tree, data: Any, path: Path) -> Iterator[Problem]:
    """Every rule of a place that says which way is stricter, which is for the law to say."""
    if not isinstance(data, dict):
        return
    if "stricter" in data:
        expected = _("没有这个键：哪样更严，由 _base 写明")
        yield problem_at(tree, (*path, "stricter"), found=quoted(data["stricter"]), expected=expected)
    for key, value in data.items():
        yield from _bounding(tree, value, (*path, key))

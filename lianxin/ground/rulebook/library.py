"""The rules in force as a library: every paper, its articles, and what the platform does because of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lianxin.ground.rulebook.articles import Article, steps, where
from lianxin.ground.rulebook.blocks import Block
from lianxin.ground.rulebook.loading import BASE, FIRST_PAGE
from lianxin.ground.rulebook.preset import Preset
from lianxin.ground.rulebook.reading import parse
from lianxin.ground.rulebook.rules import InForce, Paper
from lianxin.ground.rulebook.sections import all_sections
from lianxin.ground.rulebook.shapes import LAW
from lianxin.ground.rulebook.showing import Part, Reader, called

LAST = (10**6,)  # where articles stand whose number nobody knows yet


@dataclass(frozen=True)
class Effect:
    """What the platform does because of an article: within what, and how it reads."""

    around: tuple[str, ...]
    part: Part


@dataclass(frozen=True)
class PaperArticle:
    """条 An article of a paper: its number, what it is about where somebody wrote that, and what follows from it."""

    where: str
    steps: tuple[int, ...]
    about: str = ""
    effects: list[Effect] = field(default_factory=list)


@dataclass(frozen=True)
class Regulation:
    """Rules that are in force by a paper: what they are called, who made them, from when to when."""

    title: str
    body: str
    in_force: InForce


@dataclass(frozen=True)
class LibraryPaper:
    """A paper in the library, with its articles in their order, and the regulations that are in force by it."""

    code: str
    paper: Paper
    articles: list[PaperArticle]
    regulations: list[Regulation]

    def holding(self, words: str) -> "LibraryPaper | None":
        """It with the articles in which every word stands, with all where it is named itself; None where none is left."""
        wanted = words.lower().split()
        own = f"{self.code} {self.paper.title}".lower()
        rest = [word for word in wanted if word not in own]
        if not rest:
            return self
        left = [one for one in self.articles if all(word in _told(one) for word in rest)]
        return replace(self, articles=left) if left else None


def library(preset: Preset) -> list[LibraryPaper]:
    """Every paper of the preset and of the law, those of the place first."""
    papers = _papers(preset)
    articles: dict[str, dict[str, PaperArticle]] = {
        code: {
            where(number): PaperArticle(where(number), steps(number), about) for number, about in paper.articles.items()
        }
        for code, paper in papers.items()
    }
    regulations: dict[str, list[Regulation]] = {code: [] for code in papers}
    for around, one, article, label in _citing(preset):
        known = articles[article.paper].setdefault(article.where, PaperArticle(article.where, article.steps or LAST))
        names = tuple(dict.fromkeys(filter(None, (str(group.TITLE) or called(group) for group in around))))
        reader = Reader(preset, tuple(reversed(around)))
        known.effects.append(Effect(names, _alone(reader.part(called(one) or label, one))))
        if isinstance(in_force := getattr(one, "in_force", None), InForce):
            regulations[article.paper].append(Regulation(called(one), str(getattr(one, "body", "")), in_force))
    return [
        LibraryPaper(code, paper, sorted(articles[code].values(), key=lambda one: one.steps), regulations[code])
        for code, paper in papers.items()
    ]


Citing = tuple[tuple[Block, ...], Block, Article, str]


def _citing(preset: Preset) -> Iterator[Citing]:
    """Every group that cites an article, with the groups around it, the outermost first, and what its key is called."""
    for rules in all_sections().values():
        section: Any = preset.section(rules)
        if section.TITLE:
            yield from _citing_below(section, ())


def _citing_below(value: Any, around: tuple[Block, ...], label: str = "") -> Iterator[Citing]:
    if isinstance(value, Block):
        if isinstance(article := getattr(value, "article", None), Article):
            yield around, value, article, label
        for name, info in type(value).model_fields.items():
            if (key := info.alias or name) != LAW:
                yield from _citing_below(getattr(value, name), (*around, value), str(value.LABELS.get(key, "")))
    elif isinstance(value, Mapping | tuple):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _citing_below(inner, around, label)


def _papers(preset: Preset) -> dict[str, Paper]:
    """Papers by their short names: the place's, those of its regulations, the law's."""
    found: dict[str, Paper] = dict(preset.first_page.papers)
    for rules in all_sections().values():
        found |= _papers_below(preset.section(rules))
    file = f"{BASE}/{FIRST_PAGE}.yaml"
    written = parse(file, preset.texts.get(file, ""))[0].data.get("papers", {})
    return found | {code: Paper.model_validate(paper) for code, paper in written.items() if code not in found}


def _papers_below(section: Any) -> dict[str, Paper]:
    things = [getattr(section, name) for name in type(section).model_fields]
    inner = [thing for group in things if isinstance(group, Mapping) for thing in group.values()]
    return {code: paper for thing in inner for code, paper in getattr(thing, "papers", {}).items()}


def _alone(part: Part) -> Part:
    """The part without what cites an article of its own, which stands there."""
    parts = [_alone(inner) for inner in part.parts if not inner.source]
    parts = [inner for inner in parts if inner.lines or inner.parts]
    return replace(part, source="", lines=[line for line in part.lines if not line.source], parts=parts)


def _told(one: PaperArticle) -> str:
    """Everything that is told of an article, to look for words in."""
    effects = " ".join(f"{' '.join(effect.around)} {effect.part.title}" for effect in one.effects)
    return f"{one.where} {one.about} {effects}".lower()

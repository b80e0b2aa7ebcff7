"""模板 A DOCX that an office edited, with placeholders: looked through for mistakes, and filled with what a paper says.

Nothing in a template is carried out: a placeholder is a name, and no more can be written between the braces.
"""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum, auto
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from .content import Fonts, Imprint, Paper, Part
from .drawing import name_fonts, write
from .layout import KEPT
from .placeholders import PLACEHOLDERS, needs

WRITTEN = re.compile(r"[{｛]{2}([^{}｛｝]{0,60})[}｝]{2}")  # bounded, and one way to match: linear
BRACES = re.compile(r"[{｛]{2}|[}｝]{2}")
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FALLBACK = f"{COMPATIBLE}Fallback"
BESIDE = (f"{COMPATIBLE}AlternateContent", *map(qn, ("w:drawing", "w:pict", "w:object", "w:txbxContent")))
MOST = 200  # placeholders in a template: each is a word that is written anew
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
SAMPLE_DAY = date(2026, 3, 2)


class Mistake(StrEnum):
    """What is wrong with a template."""

    UNKNOWN = auto()  # no placeholder is called so
    OPEN = auto()  # braces that do not close, or are in each other
    BESIDE = auto()  # a word, picture or box stands in the paragraph that it needs for itself
    TWICE = auto()  # what may be long stands there more than once
    LACKING = auto()  # what every paper says has no place
    MANY = auto()


@dataclass(frozen=True)
class Found:
    """One mistake: the placeholder, the nearest that there is, and the beginning of the paragraph where it stands."""

    mistake: Mistake
    name: str = ""
    nearest: str = ""
    where: str = ""


def mistakes(template: bytes, sample: Paper) -> list[Found]:
    """What is wrong with the placeholders of a template for papers like the sample, from top to bottom. What python-docx cannot open raises as it does."""
    found: list[Found] = []
    names: Counter[str] = Counter()
    twins: Counter[str] = Counter()  # in what stands there once more, for programs that draw no boxes
    for paragraph in _paragraphs(Document(BytesIO(template))):
        text = _text(paragraph)
        where = text.strip()[:40]
        if BRACES.search(WRITTEN.sub("", text)):
            found.append(Found(Mistake.OPEN, where=where))
        for name in _named(text):
            (twins if next(paragraph.iterancestors(FALLBACK), None) is not None else names)[name] += 1
            known = PLACEHOLDERS.get(name)
            if known is None:
                found.append(Found(Mistake.UNKNOWN, name, _nearest(name), where))
            elif known.is_alone and (WRITTEN.sub("", text, count=1).strip() or _holds_more(paragraph)):
                found.append(Found(Mistake.BESIDE, name, where=where))
    found += [Found(Mistake.TWICE, name) for name, one in PLACEHOLDERS.items() if one.is_alone and names[name] > 1]
    found += [Found(Mistake.LACKING, name) for name in PLACEHOLDERS if needs(sample, name) and not names[name]]
    return [*dict.fromkeys(found)] + ([Found(Mistake.MANY)] if names.total() + twins.total() > MOST else [])


def fill(template: bytes, paper: Paper, *, fonts: Fonts) -> bytes:
    """The DOCX of a paper by a template without mistakes. A paragraph all of whose placeholders are empty is left out."""
    document = Document(BytesIO(template))
    values = {name: one.lines(paper) for name, one in PLACEHOLDERS.items()}
    for paragraph in list(_paragraphs(document)):
        names = _named(_text(paragraph))
        if not names:
            continue
        if not any(values[name] for name in names):
            _leave_out(paragraph)
        elif PLACEHOLDERS[names[0]].is_alone:
            _repeat(paragraph, values[names[0]], fonts)
        else:
            _put(paragraph, {name: "".join(part.text for part in values[name]) for name in names})
    return _saved(document, paper)


def blank(paper: Paper, *, fonts: Fonts) -> bytes:
    """The built-in layout as a template for papers like this one: with a placeholder for each thing that it says."""
    named = {name: f"{{{{{name}}}}}" if one.lines(paper) else "" for name, one in PLACEHOLDERS.items()}
    sample = replace(
        paper,
        number=named["文号"],
        title=named["标题"],
        to=named["主送"],
        body=(Part(named["正文"]),),
        attachments=(named["附件"],) if named["附件"] else (),
        signer=named["落款"],
        day=SAMPLE_DAY,
        note=named["附注"],
        imprint=Imprint(named["抄送"]),
        mark=named["类别"],
    )
    file = BytesIO()
    write(sample, file, fonts=fonts)
    document = Document(file)
    one_line = {"发文机关": paper.head, "日期": "2026年3月2日", "附件": f"附件：{named['附件']}"}
    for paragraph in list(_paragraphs(document)):
        for name, text in one_line.items():
            if _text(paragraph) == text:
                _set(_words(paragraph), named[name])
                if name == "附件":
                    paragraph.getparent().remove(paragraph.getprevious())  # the empty line comes with them
    return _saved(document, replace(paper, title=""))


def _saved(document: Docx, paper: Paper) -> bytes:
    told = document.core_properties  # whoever edited the template is no part of the paper
    told.title, told.author, told.last_modified_by = paper.title.replace("\n", ""), paper.issuer, paper.issuer
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _nearest(name: str) -> str:
    return next(iter(get_close_matches(name, PLACEHOLDERS, n=1, cutoff=0.4)), "")


def _named(text: str) -> list[str]:
    return [name.strip() for name in WRITTEN.findall(text)]


def _holds_more(paragraph: Any) -> bool:
    """Whether a picture or a box is anchored in it, which would be there as often as it is repeated."""
    return next(paragraph.iter(*BESIDE), None) is not None


def _paragraphs(document: Docx) -> Iterator[Any]:
    """Every paragraph: of the text, its tables and boxes, of heads and feet."""
    for part in document.part.package.iter_parts():
        if isinstance(part, XmlPart):
            yield from part.element.iter(qn("w:p"))


def _words(paragraph: Any) -> list[Any]:
    """What a paragraph says itself, not in a box that stands in it."""
    return [one for one in paragraph.iter(qn("w:t")) if next(one.iterancestors(qn("w:p"))) is paragraph]


def _text(paragraph: Any) -> str:
    return "".join(one.text or "" for one in _words(paragraph))


def _put(paragraph: Any, values: dict[str, str]) -> None:
    """Word cuts what one writes into pieces at will: a value goes where its braces open, in that piece's look."""
    words = _words(paragraph)
    for match in reversed(list(WRITTEN.finditer(_text(paragraph)))):
        value, end = values[match[1].strip()], 0
        for one in words:
            text = one.text or ""
            start, end = end, end + len(text)
            if start < match.end() and end > match.start():
                cut = slice(max(match.start() - start, 0), min(match.end() - start, len(text)))
                one.text = text[: cut.start] + value + text[cut.stop :]
                one.set(SPACE, "preserve")
                value = ""


def _set(words: list[Any], text: str) -> None:
    for one in words:
        one.text, text = text, ""
        one.set(SPACE, "preserve")


def _repeat(paragraph: Any, parts: list[Part], fonts: Fonts) -> None:
    """A paragraph for each part; headings in the fonts of their level, all else as the placeholder looks.

    Only the last one stays with what follows, where it is short, though the placeholder did.
    """
    for part in parts:
        copy = deepcopy(paragraph)
        words = _words(copy)
        _set(words, part.text)
        if part is not parts[-1] or len(part.text) > KEPT:
            for kept in list(copy.iter(qn("w:keepNext"))):
                kept.getparent().remove(kept)
        if font := {1: fonts.first, 2: fonts.second}.get(part.level):
            run = words[0].getparent()
            properties = run.find(qn("w:rPr"))
            if properties is None:
                run.insert(0, properties := OxmlElement("w:rPr"))
            name_fonts(properties, font)
        paragraph.addprevious(copy)
    paragraph.getparent().remove(paragraph)


def _leave_out(paragraph: Any) -> None:
    """Without it; what is left of a table without words goes with it, and a cell keeps the paragraph that it needs."""
    cell = paragraph.getparent()
    if cell.tag == qn("w:tc") and len(cell.findall(qn("w:p"))) == 1:
        _set(_words(paragraph), "")
        row = cell.getparent()
        if not any(one.text for one in row.iter(qn("w:t"))):
            table = row.getparent()
            table.remove(row)
            if table.find(qn("w:tr")) is None:
                table.getparent().remove(table)
    elif len(cell) > 1:
        cell.remove(paragraph)
    else:
        _set(_words(paragraph), "")

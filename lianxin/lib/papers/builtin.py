"""The built-in layout: the pages of a paper drawn here, for where nothing prints the DOCX."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from . import measures
from .content import Fonts, Paper
from .layout import lay_out
from .sheet import PLAIN, Line, Look, floats, foot_line

NotDrawn = typst.TypstError
PAGES = Path(__file__).with_name("builtin.typ")
ARCHIVAL = "a-2b"  # PDF/A: whatever shows the paper in thirty years finds its fonts in it, and no sign without a shape
MARK = "内置版式"
LOST = "〓"  # what printers set where they lack a sign
MOST_LOST = 40
NOT_SHOWN = re.compile(r'the text `"(.+)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
STAND_INS = {  # for fonts that are not there, the first of these that is; whatever else has the sign comes after them
    False: ("Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "AR PL UMing CN"),
    True: ("Noto Sans CJK SC", "Source Han Sans SC", "SimHei", "WenQuanYi Micro Hei"),
}


@dataclass(frozen=True)
class Printed:
    """A PDF, and the signs of the paper for which no font of this computer has a shape: each stands as 〓."""

    pdf: bytes
    lost: tuple[str, ...]


def pages(paper: Paper, *, fonts: Fonts, at: datetime, mark: str = MARK) -> Printed:
    """The paper as PDF, in the measures of the DOCX, marked as built in. `fonts` by the names of `families`, `at` when it is made. Raises NotDrawn."""
    sheet = Pages(fonts)
    lay_out(paper, sheet)
    told = {
        "title": paper.title.replace("\n", ""),
        "author": paper.issuer,
        "mark": mark,
        "has_first_page": sheet.has_first_page,
        "page_fonts": sheet.stack(fonts.page),
        "measures": MEASURES,
        "content": sheet.content,
    }
    return drawn(PAGES, told, at=at)


def drawn(template: Path, told: dict[str, Any], *, at: datetime) -> Printed:
    """What a Typst template draws of data, which it reads as the JSON input `told`; `at` is when it is made. Raises NotDrawn.

    `mark` of the data tells, besides what stands there, which signs no font has. The fonts of this computer and no others.
    """
    lost: list[str] = []
    mark: str = told["mark"]
    while len(lost) < MOST_LOST:
        try:
            return Printed(_compiled(template, told, at, [ARCHIVAL]), tuple(lost))
        except NotDrawn as refused:
            if not (found := NOT_SHOWN.search(refused.message)):
                raise
            lost.append(ESCAPED.sub(lambda told: chr(int(told[1], 16)), found[1]))
            lack = f"{LOST}处缺字：{'、'.join(map(code_of, lost))}"
            told = _without(told, lost[-1]) | {"mark": "，".join(filter(None, [mark, lack]))}
    return Printed(_compiled(template, told, at, []), tuple(lost))


def code_of(sign: str) -> str:
    """How a sign that nobody can show is told: U+20BB7."""
    return "+".join(f"U+{ord(one):04X}" for one in sign)


def families() -> dict[tuple[str, int], str]:
    """The fonts of this computer: by file, and number in the file, the name by which `pages` knows them."""
    return {(font.path or "", font.index): font.family for font in _fonts().fonts()}


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_embedded_fonts=False)


@cache
def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(template, root=template.parent, font_paths=_fonts(), ignore_system_fonts=True)


def _compiled(template: Path, told: dict[str, Any], at: datetime, standards: list[Any]) -> bytes:
    inputs, moment = {"told": json.dumps(told, ensure_ascii=False)}, at.astimezone(UTC).replace(microsecond=0)
    pdf = _compiler(template).compile(sys_inputs=inputs, timestamp=moment, pdf_standards=standards)
    if not isinstance(pdf, bytes):
        raise TypeError(f"One PDF was asked for, not {type(pdf)}.")
    return pdf


def _without(told: Any, sign: str) -> Any:
    """The same, with 〓 in place of a sign."""
    if isinstance(told, str):
        return told.replace(sign, LOST)
    if isinstance(told, dict):
        return {name: _without(one, sign) for name, one in told.items()}
    return [_without(one, sign) for one in told] if isinstance(told, list) else told


MEASURES = {
    "page_width": measures.PAGE_WIDTH,
    "page_height": measures.PAGE_HEIGHT,
    "left": measures.LEFT,
    "top": measures.TOP,
    "area_width": measures.AREA_WIDTH,
    "area_height": measures.AREA_HEIGHT,
    "number_below": measures.PAGE_NUMBER_BELOW,
    "below_rule": measures.BELOW_RULE,
    "size_4": measures.SIZE_4,
}


@dataclass
class Pages:
    """What the layout draws, as builtin.typ takes it."""

    fonts: Fonts
    content: list[dict[str, Any]] = field(default_factory=list)
    has_first_page: bool = False

    def page(self, *, has_first_page: bool) -> None:
        """As the sheet promises."""
        self.has_first_page = has_first_page

    def line(
        self,
        text: str,
        look: Look = PLAIN,
        *,
        height: float = measures.LINE,
        above: float = 0,
        align: ALIGN = ALIGN.LEFT,
        first: float = 0,
        indent: float = 0,
        from_right: float = 0,
        right: str = "",
        tab: float = 0,
        keeps: bool = False,
        below: Line | None = None,
    ) -> None:
        """As the sheet promises."""
        told = {"kind": "line", "text": text, "look": self._look(look), "height": height, "above": above}
        told |= {"align": align.name, "first": first, "indent": indent, "from_right": from_right, "right": right}
        told |= {"right_look": self._look(replace(look, font="")), "tab": tab, "keeps": keeps}
        self.content.append(told | {"below": asdict(below) if below else None})

    def at(self, width: float, left: float, top: float) -> "Pages":
        """As the sheet promises."""
        frame = Pages(self.fonts)
        self.content.append({"kind": "frame", "width": width, "left": left, "top": top, "lines": frame.content})
        return frame

    def at_foot(self, rows: Sequence[tuple[str, str]], *, has_lines: bool) -> None:
        """As the sheet promises."""
        drawn = [Pages(self.fonts) for _row in rows]
        for row, (left, right) in zip(drawn, rows, strict=True):
            foot_line(row, left, right)
        told = {"has_lines": has_lines, "floats": floats(rows), "rows": [row.content for row in drawn]}
        self.content.append({"kind": "foot"} | told)

    def stack(self, font: str) -> list[str]:
        """A font, and what stands in for it."""
        return [font, *STAND_INS[font == self.fonts.first]]

    def _look(self, look: Look) -> dict[str, Any]:
        told = {"fonts": self.stack(look.font or self.fonts.body), "size": look.size, "scale": look.scale}
        return told | {"tighter": look.tighter, "is_red": look.is_red}

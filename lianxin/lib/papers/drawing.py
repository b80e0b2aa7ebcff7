"""Lines, frames and pages of a DOCX: what python-docx has no words for is said here, and nowhere else."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import IO, Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from .content import Fonts, Paper
from .layout import lay_out
from .measures import (
    AREA_HEIGHT,
    AREA_WIDTH,
    BELOW_RULE,
    LEFT,
    LINE,
    PAGE_HEIGHT,
    PAGE_NUMBER_BELOW,
    PAGE_WIDTH,
    POINTS,
    SIZE_3,
    SIZE_4,
    TOP,
)
from .sheet import NOTHING, PLAIN, Line, Look, floats, foot_line

OF_TABLE = (
    "w:tblpPr",
    "w:tblOverlap",
    "w:tblW",
    "w:tblInd",
    "w:tblBorders",
    "w:tblCellMar",
    "w:tblLook",
)  # in this order
RED = RGBColor(0xE6, 0x00, 0x12)
NO_FRAME: dict[str, str] = {}
FONTS = Fonts()


def write(paper: Paper, file: IO[bytes], *, fonts: Fonts = FONTS) -> None:
    """Write the paper as DOCX."""
    document: Docx = Document(BytesIO(_blank()))
    lay_out(paper, Draw(document, fonts))
    document.core_properties.title = paper.title.replace("\n", "")
    document.core_properties.author = paper.issuer
    document.save(file)


@cache
def _blank() -> bytes:
    """An empty document without the table styles, their doubles for Word 2010 and the picture of itself that python-docx's own has, and every paper would."""
    document = Document()
    for style in document.styles.element.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) is None:
            style.getparent().remove(style)
    for relations in (document.part.package.rels, document.part.rels):
        for key in [
            key for key, one in relations.items() if one.reltype.endswith(("/thumbnail", "/stylesWithEffects"))
        ]:
            del relations[key]
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class Draw:
    """Paragraphs, one below the other, into the document, or into a frame that stands where it is told to."""

    def __init__(self, document: Docx, fonts: Fonts, into: Any = None, frame: dict[str, str] = NO_FRAME) -> None:
        self.document, self.fonts, self.into, self.frame = document, fonts, into or document, frame

    def page(self, *, has_first_page: bool) -> None:
        """A4, the type area, page numbers outside; `has_first_page`: the first page is another, and bears no number."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
        section.top_margin, section.left_margin = Mm(TOP), Mm(LEFT)
        section.right_margin = Mm(PAGE_WIDTH - LEFT - AREA_WIDTH)
        section.bottom_margin = Mm(PAGE_HEIGHT - TOP - AREA_HEIGHT)
        number_height = SIZE_4 / POINTS
        section.footer_distance = Mm(PAGE_HEIGHT - TOP - AREA_HEIGHT - PAGE_NUMBER_BELOW - number_height)
        section.different_first_page_header_footer = has_first_page
        self.document.settings.odd_and_even_pages_header_footer = True
        self._number(section.footer, ALIGN.RIGHT)
        self._number(section.even_page_footer, ALIGN.LEFT)
        normal = self.document.styles["Normal"]
        normal.font.size = Pt(SIZE_3)
        name_fonts(normal.element.get_or_add_rPr(), self.fonts.body)
        for language in self.document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")  # a font that stands in for another sets its commas by it

    def line(
        self,
        text: str,
        look: Look = PLAIN,
        *,
        height: float = LINE,
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
        """A paragraph whose lines are exactly so high; `right` ends where the `tab` is. Lengths are points."""
        paragraph = self.into.add_paragraph()
        told = paragraph.paragraph_format
        told.alignment, told.line_spacing_rule, told.line_spacing = align, WD_LINE_SPACING.EXACTLY, Pt(height)
        told.space_before, told.space_after = Pt(above), Pt(0)
        told.first_line_indent, told.left_indent, told.right_indent = Pt(first), Pt(indent), Pt(from_right)
        told.widow_control, told.keep_with_next = False, keeps
        if tab:
            told.tab_stops.add_tab_stop(Pt(tab), WD_TAB_ALIGNMENT.RIGHT)
        properties = paragraph._p.get_or_add_pPr()
        if self.frame:
            properties.insert_element_before(_element("w:framePr", **self.frame), "w:widowControl", "w:pBdr", "w:tabs")
        if below:
            properties.insert_element_before(_border(below), "w:shd", "w:tabs", "w:spacing")
        self._look(paragraph.add_run(text), look)
        if right:
            self._look(paragraph.add_run(f"\t{right}"), replace(look, font=""))

    def _look(self, run: Any, look: Look) -> None:
        run.font.size = Pt(look.size)
        if look.is_red:
            run.font.color.rgb = RED
        marks = run._r.get_or_add_rPr()
        name_fonts(marks, look.font or self.fonts.body)
        if look.scale != 100:
            marks.insert_element_before(_element("w:w", val=str(look.scale)), "w:sz")
        if look.tighter:
            marks.insert_element_before(_element("w:spacing", val=str(round(look.tighter * 20))), "w:sz")

    def at(self, width: float, left: float, top: float) -> "Draw":
        """What is drawn into a frame so many millimetres wide, and so many from the edges of the page: this one.

        What follows begins below it, at the distance that 10.1 asks for.
        """
        frame = {
            "hAnchor": "page",
            "vAnchor": "page",
            "x": _twips(left),
            "y": _twips(top),
            "vSpace": _twips(BELOW_RULE),
        }
        return Draw(self.document, self.fonts, self.into, {"w": _twips(width), "wrap": "notBeside"} | frame)

    def at_foot(self, rows: Sequence[tuple[str, str]], *, has_lines: bool) -> None:
        """As the sheet promises.

        A table that floats, for of two paragraphs with lines LibreOffice makes no frame; from the edge of the page, for
        one as wide as the type area it lets float from there alone.
        """
        table = self.document.add_table(len(rows), 1)
        table.columns[0].width = Mm(AREA_WIDTH)
        place = {"horzAnchor": "page", "vertAnchor": "margin", "tblpX": _twips(LEFT), "tblpYSpec": "bottom"}
        told = [
            *([_element("w:tblpPr", **place), _element("w:tblOverlap", val="never")] if floats(rows) else []),
            _element("w:tblW", w=_twips(AREA_WIDTH), type="dxa"),
            _element("w:tblInd", w="0", type="dxa"),
            *([_rules()] if has_lines else []),
            _no_margins(),
        ]
        for one in told:
            _put(table._tbl.tblPr, one)
        for row, (left, right) in zip(table.rows, rows, strict=True):
            cell = row.cells[0]
            foot_line(Draw(self.document, self.fonts, cell), left, right)
            cell._tc.remove(cell.paragraphs[0]._p)
        self.line("", NOTHING, height=1)  # what floats belongs to the paragraph behind it, and would move its indents

    def _number(self, footer: Any, align: ALIGN) -> None:
        """7.5: 4号宋体 between two dashes, one sign from the outer edge of the type area."""
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        told = paragraph.paragraph_format
        told.alignment, told.line_spacing_rule, told.line_spacing = align, WD_LINE_SPACING.EXACTLY, Pt(SIZE_4)
        told.left_indent, told.right_indent = Pt(SIZE_4), Pt(SIZE_4)
        for text in ("— ", None, " —"):
            run = paragraph.add_run(text or "")
            run.font.size = Pt(SIZE_4)
            name_fonts(run._r.get_or_add_rPr(), self.fonts.page)
            if text is None:
                for kind in ("begin", "PAGE", "end"):
                    run._r.append(_instruction() if kind == "PAGE" else _element("w:fldChar", fldCharType=kind))


def _border(line: Line) -> Any:
    told = {"val": line.style, "sz": str(line.eighths), "space": str(round(line.off)), "color": str(RED)}
    border = OxmlElement("w:pBdr")
    border.append(_element("w:bottom", **told))
    return border


def _put(properties: Any, one: Any) -> None:
    """Into the properties of a table, in place of what was said before."""
    tags = [qn(name) for name in OF_TABLE]
    for former in properties.findall(one.tag):
        properties.remove(former)
    properties.insert_element_before(one, *OF_TABLE[tags.index(one.tag) + 1 :])


def _rules() -> Any:
    borders = OxmlElement("w:tblBorders")
    for side, eighths in (("top", 8), ("bottom", 8), ("insideH", 6)):
        borders.append(_element(f"w:{side}", val="single", sz=str(eighths), space="0", color="000000"))
    return borders


def _no_margins() -> Any:
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margins.append(_element(side, w="0", type="dxa"))
    return margins


def _instruction() -> Any:
    told = OxmlElement("w:instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = " PAGE "
    return told


def name_fonts(properties: Any, name: str) -> None:
    """One font for Chinese and Latin: Word asks for each by its own name."""
    fonts = properties.get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), name)


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _twips(millimetres: float) -> str:
    return str(round(millimetres * POINTS * 20))

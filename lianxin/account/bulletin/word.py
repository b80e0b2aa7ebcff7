"""An issue as a Word file: the head and the figures across the page, the columns in two, the imprint across again."""

from io import BytesIO
from typing import IO, Any

import segno
from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from lianxin.account.bulletin import printing
from lianxin.account.bulletin.printing import Printed
from lianxin.account.bulletin.sheet import Column, Entry
from lianxin.lib.papers import Fonts

RED, FAINT = RGBColor(0xA3, 0x28, 0x1C), RGBColor(0x64, 0x5A, 0x4E)
SMALL, BODY, HEAD, NAME, CODE = Pt(8.5), Pt(10.5), Pt(14), Pt(44), Mm(14)
MARGIN = Mm(15)
WIDE = Mm(86)  # a column


def write(told: Printed, out: IO[bytes], fonts: Fonts) -> None:
    """Write it. The words are those of the sheet; what each font is stands in `fonts`."""
    document: Docx = Document()
    made = _Word(document, fonts, told.base)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")  # a font that stands in for another sets its commas by it
    document.core_properties.title, document.core_properties.author = told.sheet.title, told.sheet.issuer
    made.head(told)
    made.columns(2)
    for column in told.sheet.columns:
        if column.entries:
            made.column(column)
    if told.sheet.corrections:
        made.line(printing.corrections_head(), fonts.title, HEAD, RED, keeps=True)
        for one in printing.corrections(told.sheet):
            made.line(one, fonts.page, BODY)
    made.columns(1)
    for line in (told.sheet.meeting, printing.people(told.sheet), printing.seal(told)):
        made.line(line, fonts.first, SMALL, FAINT)
    document.save(out)


class _Word:
    """What is drawn into a document."""

    def __init__(self, document: Docx, fonts: Fonts, base: str):
        self.document, self.fonts, self.base = document, fonts, base

    def line(
        self,
        text: str,
        font: str,
        size: Pt,
        colour: RGBColor | None = None,
        *,
        align: ALIGN = ALIGN.LEFT,
        bold: bool = False,
        keeps: bool = False,
        to: Any = None,
    ) -> Paragraph:
        """A paragraph in one font."""
        paragraph: Paragraph = (to or self.document).add_paragraph()
        paragraph.alignment, paragraph.paragraph_format.keep_with_next = align, keeps
        paragraph.paragraph_format.space_after = Pt(3)
        run = paragraph.add_run(text)
        run.font.size, run.font.bold, run.font.name = size, bold, font
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        if colour is not None:
            run.font.color.rgb = colour
        return paragraph

    def columns(self, count: int) -> None:
        """What follows stands in so many columns, on the same page."""
        section = self.document.add_section(WD_SECTION.CONTINUOUS)
        for old in section._sectPr.findall(qn("w:cols")):
            section._sectPr.remove(old)
        columns = OxmlElement("w:cols")
        columns.set(qn("w:num"), str(count))
        columns.set(qn("w:space"), "454")
        section._sectPr.append(columns)

    def head(self, told: Printed) -> None:
        """Who issues it, its name, number and day, and the figures."""
        sheet, fonts = told.sheet, self.fonts
        self.line(sheet.issuer, fonts.first, SMALL, FAINT, align=ALIGN.CENTER)
        self.line(sheet.title, fonts.title, NAME, RED, align=ALIGN.CENTER)
        self.line("    ".join(printing.dates(sheet)), fonts.first, SMALL, FAINT, align=ALIGN.CENTER)
        if not sheet.numbers:
            return
        for row in sheet.rows:
            table = self.document.add_table(rows=1, cols=len(row), style="Table Grid")
            for cell, number in zip(table.rows[0].cells, row, strict=True):
                cell.paragraphs[0]._element.getparent().remove(cell.paragraphs[0]._element)
                self.line(f"{number.told} {number.unit}", fonts.first, HEAD, bold=True, to=cell)
                self.line(printing.called(number, told.sheet), fonts.first, SMALL, FAINT, to=cell)
            self.line("", fonts.first, Pt(4))

    def column(self, column: Column) -> None:
        """A column."""
        self.line(f"{column.name}  {column.note}".strip(), self.fonts.title, HEAD, RED, keeps=True)
        for entry in column.entries:
            self.entry(entry)

    def entry(self, entry: Entry) -> None:
        """An entry, with the code that leads to its matter."""
        fonts = self.fonts
        if entry.is_withheld:
            self.line(printing.withheld(), fonts.first, SMALL, FAINT)
            return
        if entry.heading:
            self.line(entry.heading, fonts.first, BODY, bold=True, keeps=True)
        if entry.is_quoted or not entry.path:
            self.line(entry.text, fonts.second if entry.is_quoted else fonts.page, BODY, keeps=True)
            self.line(entry.source, fonts.first, SMALL, FAINT, align=ALIGN.RIGHT if entry.is_quoted else ALIGN.LEFT)
            return
        words, code = self.beside(WIDE - CODE - Mm(4), CODE + Mm(4))
        self.line(entry.text, fonts.page, BODY, to=words)
        self.line(entry.source, fonts.first, SMALL, FAINT, to=words)
        out = BytesIO()
        segno.make(self.base.rstrip("/") + entry.path, error="m").save(out, kind="png", scale=6, border=1)
        self.line("", fonts.first, SMALL, align=ALIGN.RIGHT, to=code).add_run().add_picture(
            BytesIO(out.getvalue()), width=CODE
        )

    def beside(self, *widths: int) -> tuple[_Cell, ...]:
        """Cells beside each other, without lines around them and nothing in them, which stay on one page."""
        table = self.document.add_table(rows=1, cols=len(widths))
        table.autofit = False
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
            column.width = cell.width = Emu(width)  # Word goes by the cell, LibreOffice by the column
            cell.paragraphs[0]._element.getparent().remove(cell.paragraphs[0]._element)
        return table.rows[0].cells

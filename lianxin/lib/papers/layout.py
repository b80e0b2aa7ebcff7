"""The layout of GB/T 9704-2012, chapter 7 for a document and 10.1 for a letter. Numbers in comments are its sections."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from .content import Form, Paper, Part
from .measures import (
    AREA_WIDTH,
    BELOW_HEAD,
    HEAD_BELOW_AREA,
    LETTER_HEAD_AT,
    LETTER_RULE,
    LETTER_RULE_ABOVE_EDGE,
    LINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    POINTS,
    SIZE_2,
    SIZE_3,
    TITLE_LINE,
    day_told,
    head_size,
    width_of,
)
from .sheet import NOTHING, PLAIN, Line, Look, Sheet, empty

KEPT = 4 * 28  # signs of the end of a text that goes with who signs: a longer one would leave a hole in the page before
ABOVE_HEAD = 3  # lines above the head of a document: copy number, secrecy, urgency


def lay_out(paper: Paper, draw: Sheet) -> None:
    """Draw the paper, whatever it is drawn into."""
    draw.page(has_first_page=paper.form == Form.LETTER)
    if paper.form == Form.DOCUMENT:
        _head_of_document(draw, paper)
    elif paper.form == Form.LETTER:
        _head_of_letter(draw, paper)
    _main(draw, paper)
    _imprint(draw, paper)


def _head_of_document(draw: Sheet, paper: Paper) -> None:
    """7.2: 35 mm for what stands above the head, then the head, and below it the number with the red line."""
    _marks(draw, (paper.copy_number, paper.secrecy, paper.urgency), (paper.mark, "", ""))
    size, scale = head_size(paper.head, is_document=True)
    above = HEAD_BELOW_AREA * POINTS - ABOVE_HEAD * LINE
    draw.line(paper.head, _head(draw, size, scale), height=size, above=above, align=ALIGN.CENTER)
    empty(draw, 2)  # 7.2.5
    draw.line(paper.number, align=ALIGN.CENTER, below=Line("single", 12, BELOW_HEAD * POINTS))
    empty(draw, 2)  # 7.3.1


def _head_of_letter(draw: Sheet, paper: Paper) -> None:
    """10.1: the head and both double lines stand where they are told to, and what follows begins below the upper one."""
    left = (PAGE_WIDTH - LETTER_RULE) / 2
    size, scale = head_size(paper.head, is_document=False, width=LETTER_RULE)
    upper = Line("thickThinSmallGap", 24, BELOW_HEAD * POINTS)
    draw.at(LETTER_RULE, left, LETTER_HEAD_AT).line(
        paper.head, _head(draw, size, scale), height=size, align=ALIGN.CENTER, below=upper
    )
    lower = draw.at(LETTER_RULE, left, PAGE_HEIGHT - LETTER_RULE_ABOVE_EDGE)
    lower.line("", NOTHING, height=1, below=Line("thinThickSmallGap", 24, 0))
    left_ones = [text for text in (paper.copy_number, paper.secrecy, paper.urgency) if text]
    _marks(draw, left_ones, [text for text in (paper.number, paper.mark) if text])
    empty(draw, 2)


def _head(draw: Sheet, size: float, scale: int) -> Look:
    return Look(draw.fonts.title, size, scale, is_red=True)


def _marks(draw: Sheet, left: Sequence[str], right: Sequence[str]) -> None:
    """7.2.1 to 7.2.3 at the left edge: the copy number in the font of the body, the others in 黑体. What there is at the right."""
    for one, other in zip_longest(left, right, fillvalue=""):
        draw.line(one, PLAIN if one.isdigit() else Look(draw.fonts.first), right=other, tab=AREA_WIDTH * POINTS)


def _main(draw: Sheet, paper: Paper) -> None:
    title = Look(draw.fonts.title, SIZE_2)
    for text in paper.title.split("\n"):
        draw.line(text, title, height=TITLE_LINE, align=ALIGN.CENTER, keeps=True)
    empty(draw, 1)
    if paper.to:
        draw.line(f"{paper.to}：")
    end, told = len(paper.body) - 1, list(attachments_told(paper))
    keeps = bool(paper.body) and len(paper.body[-1].text) <= KEPT and len(told) <= KEPT / 28
    for number, part in enumerate(paper.body):
        _part(draw, part, keeps=keeps and number == end)
    if told:
        empty(draw, 1, keeps=keeps)
    for text in told:
        draw.line(text, indent=2 * SIZE_3, keeps=keeps)
    _signed(draw, paper, keeps=keeps)
    if paper.note:
        draw.line(f"（{paper.note}）", indent=2 * SIZE_3)


def _part(draw: Sheet, part: Part, *, keeps: bool) -> None:
    look = Look({1: draw.fonts.first, 2: draw.fonts.second}.get(part.level, ""))
    for text in part.text.split("\n"):
        draw.line(text, look, first=2 * SIZE_3, align=ALIGN.JUSTIFY, keeps=keeps or part.level in (1, 2))


def attachments_told(paper: Paper) -> Iterator[str]:
    """7.3.4: numbered where there are several; nothing stands behind a name."""
    is_only = len(paper.attachments) == 1
    for number, name in enumerate(paper.attachments, start=1):
        yield f"{'附件：' if number == 1 else '　　　'}{name if is_only else f'{number}. {name}'}"


def _signed(draw: Sheet, paper: Paper, *, keeps: bool) -> None:
    """7.3.5.1: the day four signs from the right, and who signs above its middle; room for the seal is above both.

    Both are centred on the same place, so that they stay there in whatever font a computer has. Where the end of the text is short it
    `keeps` with them, and they with the note: nobody signs a page on which there is nothing else.
    """
    lines = [text for text in (paper.signer, day_told(paper.day) if paper.day else "") if text]
    if not lines:
        return
    room = max(8 * SIZE_3 + width_of(lines[-1], SIZE_3), width_of(paper.signer, SIZE_3) + SIZE_3)
    empty(draw, 2, keeps=keeps)
    for text in lines:
        goes_on = text != lines[-1] or (keeps and bool(paper.note))
        draw.line(text, align=ALIGN.CENTER, indent=max(AREA_WIDTH * POINTS - room, 0.0), keeps=goes_on)


def _imprint(draw: Sheet, paper: Paper) -> None:
    """7.4, at the foot of the last page; 10.1: in a letter without lines, and without who printed it."""
    told, is_document = paper.imprint, paper.form == Form.DOCUMENT
    rows = [(f"抄送：{told.copies_to}。", "")] if told.copies_to else []
    if told.printed_by and is_document:
        rows.append((told.printed_by, f"{day_told(told.printed_on)}印发" if told.printed_on else ""))
    if rows:
        draw.at_foot(rows, has_lines=is_document)

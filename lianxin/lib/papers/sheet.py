"""What the layout asks of whoever draws it: a DOCX, or the pages of a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Protocol

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from .content import Fonts
from .measures import AREA_HEIGHT, AREA_WIDTH, LINE, POINTS, SIZE_3, SIZE_4, TIGHTER, width_of

FOOT_LINE = SIZE_4 * 1.4


@dataclass(frozen=True)
class Line:
    """A red line below a paragraph: its style, eighths of a point, and how many points it stands off."""

    style: str
    eighths: int
    off: float


@dataclass(frozen=True)
class Look:
    """What signs look like: their font, where it is not that of the body, their size in points, and their colour.

    `scale` sets them narrower, in per cent.
    """

    font: str = ""
    size: float = SIZE_3
    scale: int = 100
    is_red: bool = False

    @property
    def tighter(self) -> float:
        """By how many points each sign stands closer to the next."""
        return TIGHTER if self.scale == 100 and self.size == SIZE_3 else 0


PLAIN, SMALL, NOTHING = Look(), Look(size=SIZE_4), Look(size=1)


class Sheet(Protocol):
    """Paragraphs, one below the other. Lengths are points, those of `at` millimetres."""

    fonts: Fonts

    def page(self, *, has_first_page: bool) -> None:
        """A4, the type area, page numbers outside; `has_first_page`: the first page is another, and bears no number."""

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
        """A paragraph whose lines are exactly so high; `right` ends where the `tab` is."""

    def at(self, width: float, left: float, top: float) -> "Sheet":
        """What is drawn into a frame so many millimetres wide, and so many from the edges of the page: this one.

        What follows begins below it, at the distance that 10.1 asks for.
        """

    def at_foot(self, rows: Sequence[tuple[str, str]], *, has_lines: bool) -> None:
        """Rows at the foot of the type area, on the page of the last paragraph so far: what stands left, and right.

        Those that would fill a page follow the last paragraph instead, and break where pages do. The lines are
        0.35 mm, those between rows 0.25 mm.
        """


def empty(sheet: Sheet, count: int, *, keeps: bool = False) -> None:
    """So many empty lines."""
    for _line in range(count):
        sheet.line("", keeps=keeps)


def foot_line(sheet: Sheet, left: str, right: str) -> None:
    """One sign from both edges; what stands left alone goes on where its own words began (7.4.2)."""
    if right:
        sheet.line(left, SMALL, height=FOOT_LINE, indent=SIZE_4, right=right, tab=AREA_WIDTH * POINTS - SIZE_4)
    else:
        sheet.line(left, SMALL, height=FOOT_LINE, indent=4 * SIZE_4, first=-3 * SIZE_4, from_right=SIZE_4)


def floats(rows: Sequence[tuple[str, str]]) -> bool:
    """Whether rows leave room for something above them on a page: what floats never breaks."""
    room = AREA_WIDTH * POINTS - 5 * SIZE_4
    lines = sum(ceil(width_of(left, SIZE_4) / room) for left, _right in rows)
    return lines * FOOT_LINE < AREA_HEIGHT * POINTS * 0.9

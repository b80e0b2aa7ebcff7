"""What a paper looks like once LibreOffice has laid it out: where each sign stands on which page, in millimetres."""

import shutil
import subprocess
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDFText_GetUnicode

POINTS = 72 / 25.4
SAME_ROW = 3  # millimetres by which feet of signs of several fonts may differ; lines are seven apart at least


@dataclass(frozen=True)
class Sign:
    """One sign, and the room it takes: millimetres from the left and upper edges of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


Row = list[Sign]


def printed(files: list[Path], folder: Path) -> list[Path]:
    """The PDF of each file, made by LibreOffice."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: run ./bin/test --all, which names the command that installs it."
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    done = subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", folder, *files], capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stderr
    return [folder / f"{file.stem}.pdf" for file in files]


def rows(pdf: Path, page: int) -> list[Row]:
    """The lines of a page from top to bottom, and the signs of each from left to right; blanks are left out."""
    document = PdfDocument(pdf)
    try:
        height, text = document[page].get_height(), document[page].get_textpage()
        signs = []
        for number in range(text.count_chars()):
            told = chr(FPDFText_GetUnicode(text, number))
            if told.strip():
                left, low, right, high = text.get_charbox(number, loose=True)
                signs.append(
                    Sign(told, left / POINTS, (height - high) / POINTS, right / POINTS, (height - low) / POINTS)
                )
        return _in_rows(signs)
    finally:
        document.close()


def _in_rows(signs: list[Sign]) -> list[Row]:
    found: list[Row] = []
    for sign in sorted(signs, key=lambda sign: sign.bottom):
        if not found or sign.bottom - found[-1][0].bottom > SAME_ROW:
            found.append([])
        found[-1].append(sign)
    return [sorted(row, key=lambda sign: sign.left) for row in found]


def read(row: Row) -> str:
    """What a line says."""
    halves = "".join(sign.text for sign in row)  # a rare sign comes as two halves of UTF-16
    return halves.encode("utf-16", "surrogatepass").decode("utf-16")


def red_lines(pdf: Path, page: int, at: float) -> list[tuple[float, float]]:
    """Where something red begins, and how high it is, from top to bottom of a page, so far from its left edge."""
    document = PdfDocument(pdf)
    try:
        picture = document[page].render(scale=6).to_pil()
    finally:
        document.close()
    dot, found = 1 / (6 * POINTS), list[tuple[float, float]]()
    column = [picture.getpixel((round(at / dot), y)) for y in range(picture.height)]
    for is_red, dots in groupby(enumerate(column), lambda told: told[1][0] > 150 and told[1][1] < 120):
        rows_of = [y for y, _colour in dots]
        if is_red:
            found.append((rows_of[0] * dot, len(rows_of) * dot))
    return found


def pages(pdf: Path) -> int:
    """How many pages it has."""
    document = PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()

"""公文 Official papers as GB/T 9704-2012 lays them out: what they say goes in, a DOCX that Word, WPS and LibreOffice open comes out.

    paper = Paper(Form.LETTER, issuer="青禾县人大常委会办公室", number="青人办函〔2026〕12号", title="…", to="…", body=(Part("…"),))
    write(paper, file, fonts=Fonts())
    pages(paper, fonts=Fonts(), at=moment).pdf

Pure: no Django, no clock, nothing stored. Fonts are named, not shipped: which of them a computer lacks is for the caller to say.
`pages` draws the same layout as PDF where nothing prints the DOCX.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from .content import Fonts, Form, Imprint, Paper, Part
from .measures import by_day, day_told, numeral

if TYPE_CHECKING:
    from .builtin import STAND_INS, NotDrawn, Printed, code_of, drawn, families, pages
    from .drawing import write
    from .filling import Found, Mistake, blank, fill, mistakes
    from .placeholders import PLACEHOLDERS, needs

LATE = {  # what draws and reads documents takes memory that a server of pages need not have: read by whoever asks first
    **dict.fromkeys(("NotDrawn", "Printed", "STAND_INS", "code_of", "drawn", "families", "pages"), "builtin"),
    **dict.fromkeys(("Found", "Mistake", "blank", "fill", "mistakes"), "filling"),
    "write": "drawing",
    **dict.fromkeys(("PLACEHOLDERS", "needs"), "placeholders"),
}

__all__ = [
    "Fonts",
    "Form",
    "Found",
    "Imprint",
    "Mistake",
    "NotDrawn",
    "PLACEHOLDERS",
    "Paper",
    "Part",
    "Printed",
    "STAND_INS",
    "blank",
    "by_day",
    "code_of",
    "day_told",
    "drawn",
    "families",
    "fill",
    "mistakes",
    "needs",
    "numeral",
    "pages",
    "write",
]


def __getattr__(name: str) -> object:
    """What is in LATE, from its module (PEP 562)."""
    if name not in LATE:
        raise AttributeError(name)
    return getattr(import_module(f".{LATE[name]}", __name__), name)

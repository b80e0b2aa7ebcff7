"""公文 Official papers as GB/T 9704-2012 lays them out: what they say goes in, a DOCX that Word, WPS and LibreOffice open comes out.

    paper = Paper(Form.LETTER, issuer="青禾县人大常委会办公室", number="青人办函〔2026〕12号", title="…", to="…", body=(Part("…"),))
    write(paper, file, fonts=Fonts())
    pages(paper, fonts=Fonts(), at=moment).pdf

Pure: no Django, no clock, nothing stored. Fonts are named, not shipped: which of them a computer lacks is for the caller to say.
`pages` draws the same layout as PDF where nothing prints the DOCX.
"""

from .builtin import NotDrawn, Printed, code_of, families, pages
from .content import Fonts, Form, Imprint, Paper, Part
from .drawing import write
from .filling import Found, Mistake, blank, fill, mistakes
from .measures import day_told
from .placeholders import PLACEHOLDERS

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
    "blank",
    "code_of",
    "day_told",
    "families",
    "fill",
    "mistakes",
    "pages",
    "write",
]

"""What the records of receptions and of joint meetings say alike: matters one after another, and nobody's private data."""

from lianxin.affairs.opinions.models import Opinion
from lianxin.lib.papers import Part, numeral
from lianxin.lib.text.private import masked

MOST_NUMERALS = 99


def heading(index: int, opinion: Opinion, place: str) -> Part:
    """The line above a matter: which one it is, its number, and where it is."""
    number = numeral(index) if index <= MOST_NUMERALS else str(index)
    return Part(f"{number}、{opinion.case.number}（{place}）", 1)


def in_one_line(text: str) -> str:
    """Words of several lines as one paragraph, with what may be private masked."""
    return " ".join(masked(text).split())

"""Numbers as regulations write them: 4, 0.5, -2, 2/3, 90%. All of them exact."""

import re
from fractions import Fraction
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.rulebook.blocks import Reads
from lianxin.ground.rulebook.checking import refuse
from lianxin.ground.rulebook.shapes import Expects, Tells
from lianxin.lib.text import clean

_NUMBER = re.compile(r"(-?\d{1,9}(?:\.\d{1,6})?)(%)?|(-?\d{1,6})/(\d{1,6})", re.ASCII)
_WIDE = str.maketrans("０１２３４５６７８９．／％－−", "0123456789./%--")
OPEN = "open"


def parse_number(text: str) -> Fraction | None:
    """The number a text says; None for anything else. 90% is 9/10."""
    found = _NUMBER.fullmatch(text)
    if not found or found[4] and not int(found[4]):
        return None
    if found[3]:
        return Fraction(int(found[3]), int(found[4]))
    return Fraction(found[1]) / (100 if found[2] else 1)


def _number(value: Any) -> Fraction:
    text = str(value) if type(value) is int else value if isinstance(value, str) else ""
    if (number := parse_number(text.strip())) is not None:
        return number
    wide = clean(text).translate(_WIDE).replace(" ", "").removesuffix("分")
    raise refuse(_("数，如 4、0.5、2/3、90%"), nearest=wide if parse_number(wide) is not None else "")


def _edge(value: Any) -> Fraction | str:
    return OPEN if value == OPEN else _number(value)


def in_figures(number: Fraction) -> str:
    """A number as people write it: 2.5; a fraction that no decimal says exactly, as a fraction: 2/3."""
    if number.denominator == 1:
        return str(number.numerator)
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        return f"{float(number):.12f}".rstrip("0")
    return f"{number.numerator}/{number.denominator}"


Number = Annotated[
    Fraction, Reads(Fraction, _number), Expects(gettext_lazy("数，如 4、0.5、2/3、90%")), Tells(in_figures)
]
Edge = Annotated[
    Fraction | str,
    Reads(Fraction, _edge),
    Expects(gettext_lazy("数，或 open（不设限）")),
    Tells(lambda edge: _("不设限") if edge == OPEN else in_figures(edge)),
]

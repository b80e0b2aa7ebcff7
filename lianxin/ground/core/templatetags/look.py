"""The few tags that draw the look: icons, clocks, rings, and what is told after an act."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from django import template
from django.contrib.messages import get_messages
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lianxin.ground.core import clock_words, rings, toasts
from lianxin.ground.core.figures import Figure

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of core/icons.svg. It helps the words beside it, so a screen reader passes over it.

    A list draws it once, `{% icon "right" as right %}`, and writes `{{ right }}` into each row.
    """
    return _icon(staticfiles_storage.url("core/icons.svg"), name)


@cache
def _icon(file: str, name: str) -> SafeString:
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>', file, name)


@register.inclusion_tag("components/clock.html")
def clock(reading: Any) -> dict[str, str]:
    """The clock chip of a reading of lianxin.lib.calendars."""
    return {"level": reading.level, "words": clock_words.words(reading)}


@register.inclusion_tag("components/ring.html")
def ring(done: int, of: int, label: str, waiting: int = 0, note: str = "", href: str = "") -> dict[str, Any]:
    """A ring with one segment for each time due."""
    drawn = rings.ring(done, of, waiting)
    return {"ring": drawn, "done": done, "of": of, "waiting": waiting, "label": label, "note": note, "href": href}


@register.inclusion_tag("components/stat.html")
def stat(figure: Figure, bar: bool = False, explained: bool = False) -> dict[str, Any]:
    """One figure of the registry, never a number that a page found by itself: raises TypeError for anything else."""
    if not isinstance(figure, Figure):
        raise TypeError(f"{figure!r} is no figure of core/figures.py.")
    return {"figure": figure, "bar": bar, "explained": explained}


@register.inclusion_tag("components/pair.html")
def pair(satisfied: Figure, solved: Figure, explained: bool = False) -> dict[str, Any]:
    """Satisfied and solved, side by side."""
    return {"satisfied": satisfied, "solved": solved, "explained": explained}


@register.inclusion_tag("components/table.html")
def table(
    head: Sequence[str], rows: Sequence[Sequence[Any]], foot: Sequence[Any] = (), right: int = 0, caption: str = ""
) -> dict[str, Any]:
    """A small table; `right` is how many columns at the end are numbers. On a phone each cell names its column."""
    named = [list(zip(head, row, strict=True)) for row in rows]
    told = {"head": head, "rows": named, "foot": foot, "right": right, "caption": caption}
    return told | {"numbers_from": len(head) - right}


@register.simple_tag(takes_context=True)
def told(context: Context) -> list["toasts.Toast"]:
    """What is to be told on this page after the last act. Telling it once uses it up."""
    request = context.get("request")
    return [toasts.read(message) for message in get_messages(request)] if request else []


@register.simple_tag(takes_context=True)
def same_page(context: Context, **changes: Any) -> str:
    """The query of this page with these keys changed; an empty value drops its key."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in ("", None):
            query[key] = value
    return f"?{query.urlencode()}"


LANDLINE = re.compile(r"(010|02\d|0[3-9]\d\d)(\d{7,8})")  # area codes: three digits for 10 and 20 to 29, else four


@register.filter
def telephone(number: str) -> str:
    """A number as people read it: a landline with a hyphen behind its area code, 0999-5550001; any other as it is."""
    found = LANDLINE.fullmatch(number)
    return f"{found[1]}-{found[2]}" if found else number


@register.filter
def share(part: int, whole: int) -> float:
    """`part` of `whole` as a percentage for drawing, 0 to 100. Never shown as a number without both."""
    return round(min(max(100 * part / whole, 0), 100), 2) if whole else 0

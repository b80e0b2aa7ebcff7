"""Finding matters by words: everything one may see, open or ended, the newest first."""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lianxin.affairs.opinions import inbox, search
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import SEE
from lianxin.affairs.opinions.views.desk.choices import desk_choices
from lianxin.ground.access.doors import needs
from lianxin.ground.cases.models import Case
from lianxin.ground.core import asking
from lianxin.ground.core.addresses import addresses
from lianxin.ground.core.drawing import drawn
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.people.places.english import called

READ = (
    "pk",
    "title",
    "said_on",
    "case__number",
    "case__stage",
    "case__ending",
    "case__region__name",
    "case__region__pinyin",
    "case__region__parent__name",
    "case__region__parent__pinyin",
)


class Row(NamedTuple):
    """A line of what was found, in words."""

    href: str
    title: str
    number: str
    place: str
    said_on: str
    stage: str


@require_safe
@needs(SEE)
def finding(request: HttpRequest) -> HttpResponse:
    """What contains the words, in its number, title, text or spot; by township, subject and channel, also without words."""
    words, sieve = asking.words(request), inbox.Sieve.of(request.GET)
    seen = sieve.narrowed(Opinion.objects.visible_to(request.user))
    found: Any = None
    if words:
        found = search.find(words, seen, request.GET.get("after", ""), read=READ)
    elif sieve.is_narrowed:
        found = page_by_key(seen.values_list("id", *READ, named=True), ("-id",), request.GET)
    rows = _rows(found.rows) if found else []
    context = {
        "words": words,
        "found": found,
        "rows": rows,
        "lines": drawn("opinions/desk/found_line.html", rows),
        "filters": drawn("opinions/choice.html", desk_choices(request.user, sieve)),
    }
    return render(request, "opinions/desk/found.html", context)


def _rows(found: Iterable[Any]) -> list[Row]:
    address, pattern = addresses("opinions:opinion"), _("Y年n月j日")
    stages = {**dict(Case.Stage.choices), **dict(Case.Ending.choices)}
    named = cache(called)
    day_told = cache(lambda day: date_format(day, pattern))
    rows = []
    for one in found:
        place = named(one.case__region__name, one.case__region__pinyin)
        if one.case__region__parent__name:
            place = f"{named(one.case__region__parent__name, one.case__region__parent__pinyin)} {place}"
        stage = str(stages[one.case__ending or one.case__stage])
        rows.append(
            Row(
                address(one.pk),
                one.title or _("（已按规定销毁）"),
                one.case__number,
                place,
                day_told(one.said_on),
                stage,
            )
        )
    return rows

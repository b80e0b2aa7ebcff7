"""The five books of a station, as a page each and for Excel."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lianxin.affairs.opinions import registers
from lianxin.affairs.opinions.models.opinion import SEE
from lianxin.affairs.opinions.registers import REGISTERS, Register
from lianxin.affairs.stations.models import Station
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core.clock import today
from lianxin.ground.core.figures import Period
from lianxin.ground.core.workbooks import Cell, handed_out

MOST = 200  # rows on a page, the latest; the workbook has them all
WORDS = 40  # signs: a column as wide as this holds sentences, which have a line of their own on the page

Told = list[tuple[str | Promise, Cell]]


@require_safe
@never_cache
@needs(SEE)
def register(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """One book of a year."""
    station, book, year = _asked(request, pk, kind)
    rows = list(book.rows(station, year, request.user))
    here = [reverse("opinions:register", args=[pk, code]) for code in REGISTERS]
    tabs = [
        {"href": f"{href}?year={year}", "label": one.label, "is_current": one is book, "count": None}
        for href, one in zip(here, REGISTERS.values(), strict=True)
    ]
    context = {
        "station": station,
        "book": book,
        "tabs": tabs,
        "heads": [name for name, width in book.columns if width < WORDS],
        "rows": [_in_two(book, row) for row in rows[-MOST:]],
        "has_more": len(rows) > MOST,
        "year": year,
        "years": [one for one in range(today().year, today().year - 3, -1) if one != year],
    }
    return render(request, "opinions/desk/register.html", context)


def _in_two(book: Register, row: tuple[Cell, ...]) -> tuple[Told, Told]:
    """A row's facts, each after its head, and the sentences that go below them."""
    facts: Told = []
    words: Told = []
    for (head, width), cell in zip(book.columns, row, strict=True):
        (words if width >= WORDS else facts).append((head, cell))
    return facts, words


@require_safe
@never_cache
@needs(SEE)
def workbook(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """The same, whole, for Excel."""
    station, book, year = _asked(request, pk, kind)
    out = BytesIO()
    registers.write(out, book, book.rows(station, year, request.user))
    told: dict[str, Any] = {"station": station.name, "book": book.label, "year": year}
    return handed_out(out, _("%(station)s%(book)s%(year)s.xlsx") % told)


def _asked(request: HttpRequest, pk: UUID, kind: str) -> tuple[Station, Register, int]:
    if kind not in REGISTERS:
        raise Http404(kind)
    found = Station.objects.visible_to(request.user).select_related("region__parent", "body__region")
    station = get_object_or_404(found, pk=pk)
    demand(request.user, SEE, station)
    year = Period.named(request.GET.get("year", "")) or Period.year(today().year)
    return station, REGISTERS[kind], int(year.code[:4])

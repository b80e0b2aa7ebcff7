"""发文登记簿 The book of papers: every paper that was issued, by its number."""

from uuid import UUID

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.ground.access import can
from lianxin.ground.access.doors import needs
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import day_of, now, today
from lianxin.ground.core.figures import Period
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.documents import papers
from lianxin.ground.documents.booking import PAPERS
from lianxin.ground.documents.forms import PrintForm
from lianxin.ground.documents.models import Paper
from lianxin.ground.documents.models.paper import SEE_BOOK, SET_TEMPLATES, PaperQuerySet
from lianxin.ground.documents.serving import serve_paper
from lianxin.ground.rulebook.exports import handed_out


@require_safe
@needs(SEE_BOOK)
def book(request: HttpRequest) -> HttpResponse:
    """The papers of a year, the latest first."""
    seen, year = Paper.objects.visible_to(request.user), _year(request)
    page = page_by_key(seen.issued_in(year), ("-issued_at", "-id"), request.GET)
    context = {"page": page, "year": year, "tabs": _tabs(seen, year)}
    context["may_set_templates"] = bool(can(request.user, SET_TEMPLATES))
    return render(request, "documents/book.html", context)


@require_safe
@needs(SEE_BOOK)
def workbook(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, in the order of numbers."""
    year = _year(request)
    found = Paper.objects.visible_to(request.user).issued_in(year).order_by("issued_at", "id").defer("content")
    return handed_out(PAPERS, found.iterator(chunk_size=500), name=_("发文登记簿%(year)s") % {"year": year.code})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(SEE_BOOK)
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them: what it is, and how often, for whom and in how many copies it was printed."""
    found = get_object_or_404(Paper.objects.visible_to(request.user).select_related("template"), pk=pk)
    known = {("paper", str(found.pk)): str(found)}
    timeline = timeline_about(request, "paper", found.pk, known=known, kinds={papers.PRINTED})
    if timeline.is_asked_for_alone:
        return timeline.alone()
    form = PrintForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        toasts.tell(request, form.told)
        return redirect("documents:entry", pk)
    copies = sum(papers.runs_of(found).values_list("facts__copies", flat=True))
    context = {"paper": found, "form": form, "timeline": timeline, "copies": copies}
    return render(request, "documents/entry.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
@needs(SEE_BOOK)
def paper(request: HttpRequest, pk: UUID, ending: str) -> HttpResponse:
    """One of them, as DOCX or as PDF."""
    return serve_paper(get_object_or_404(Paper.objects.visible_to(request.user), pk=pk), ending)


def _year(request: HttpRequest) -> Period:
    """The year that is asked for; this one, where it is none."""
    return Period.named(request.GET.get("year", "")) or Period.year(today().year)


def _tabs(seen: PaperQuerySet, year: Period) -> list[dict[str, object]]:
    """The years in which something was issued, the latest first; none while there is one alone."""
    first = seen.aggregate(first=Min("issued_at"))["first"]
    years = range(today().year, day_of(first).year - 1, -1) if first else ()
    tabs = [{"href": f"?year={one}", "label": str(one), "is_current": Period.year(one) == year} for one in years]
    return tabs if len(tabs) > 1 else []

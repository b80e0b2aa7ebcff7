"""The list of public matters, and the page of each. Townships and months alone, unless the author chose more."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lianxin.affairs.opinions import search
from lianxin.affairs.opinions.actions import telling
from lianxin.affairs.opinions.figures import listed
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.narrowing import PublicNarrowing
from lianxin.affairs.opinions.published import READ, Published, rows_of
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.opinions.views.tell.joining import already_joined, remember
from lianxin.ground.access.limits import limited
from lianxin.ground.core import asking, figures, toasts
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.drawing import drawn
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.parts import parts_of
from lianxin.ground.documents.serving import serve
from lianxin.ground.rulebook import in_force

SIZE = 30


@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """What everybody may read, the newest first; by township, subject and how far it is; or what a figure was counted among."""
    rules = in_force(today()).section(OpinionRules)
    words, narrowing, figure = asking.words(request), PublicNarrowing.of(request.GET), _figure(request)
    found = narrowing.narrowed(Opinion.objects.public())
    if figure:
        found = found.filter(pk__in=listed(figure.definition.code, figure.period, figure.as_of).values("pk"))
    page: Any
    if words:
        page = search.find(words, found, request.GET.get("after", ""), size=SIZE, read=READ, is_public=True)
    else:
        page = page_by_key(found.values_list("id", *READ, named=True), ("-id",), request.GET, size=SIZE)
    rows = rows_of(page.rows, rules)
    context = {
        "words": words,
        "choices": drawn("opinions/choice.html", narrowing.choices(rules)),
        "is_narrowed": narrowing.is_narrowed,
        "page": page,
        "rows": rows,
        "lines": drawn("opinions/public/line.html", rows),
        "figure": figure,
        **parts_of("opinions:public", request, None),
    }
    return render(request, "opinions/public/matters.html", context)


def _figure(request: HttpRequest) -> figures.Figure | None:
    """The figure whose list is asked for; none for one that there is not."""
    period = figures.Period.named(request.GET.get("period", ""))
    if period is None:
        return None
    try:
        return figures.read(request.GET.get("figure", ""), period)
    except figures.UnknownFigure:
        return None


def _public(number: str) -> Opinion:
    return get_object_or_404(Opinion.objects.public().with_case(), case__number=number)


@require_safe
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """One matter as everybody reads it."""
    opinion = _public(number)
    context = {"matter": Published(opinion, now()), "has_joined": str(opinion.pk) in already_joined(request)}
    context |= parts_of("opinions:public_matter", request, opinion)
    return render(request, "opinions/public/matter.html", context)


@require_POST
@limited("opinions.public_echo", times=300, seconds=3600)
def echo(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody met the same: one tap, once for a browser; nobody is asked who it is."""
    opinion = _public(number)
    response = redirect("opinions:public_matter", number=number)
    if str(opinion.pk) in already_joined(request):
        toasts.tell(request, _("您说过了，已经算进去了。"))
        return response
    if telling.echo(opinion, at=now()):
        toasts.tell(request, _("记下了：您也遇到。"))
    else:
        toasts.tell(request, _("这件事已经办结。您还遇到的话，请另外说一件。"))
    return remember(request, response, opinion)


@require_safe
def file(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """A photo that a person has looked at and found fit for everybody: the author's, or one of an answer."""
    shown = Published(_public(number), now())
    found = next((one for one in shown.files if one.pk == pk), None)
    if found is None:
        raise Http404
    return serve(found, preview="small" in request.GET)

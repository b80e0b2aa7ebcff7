"""Suggestions at the desk of the congress's office: reviewed, handed over, followed, published."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.suggestions import deeds, lists
from lianxin.affairs.suggestions.forms.promises import PromiseKeptForm
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.models.suggestion import SEE
from lianxin.affairs.suggestions.reading import Whole
from lianxin.affairs.suggestions.taking_out import SUGGESTIONS, rows
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.cases.models import Promise
from lianxin.ground.core import asking
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import FindForm
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.rulebook.exports import handed_out


@require_safe
@needs(SEE)
def suggestions(request: HttpRequest) -> HttpResponse:
    """What was submitted, by where it is; the soonest due first."""
    found = Suggestion.objects.visible_to(request.user)
    counts = lists.counts(found, lists.DESK, today())
    tab = lists.tab_of(lists.DESK, request.GET.get("tab", ""), counts)
    page = lists.page(found, tab, request.GET)
    context = {
        "tab": tab,
        "tabs": [
            {"href": f"?tab={one.code}", "label": one.label, "is_current": one == tab, "count": counts[one.code]}
            for one in lists.DESK
        ],
        "page": page,
        "late": counts["late"],
        "day": today(),
    }
    return render(request, "suggestions/desk/suggestions.html", context)


@require_safe
@needs(SEE)
def workbook(request: HttpRequest) -> HttpResponse:
    """A tab of the list, whole, for Excel."""
    found = Suggestion.objects.visible_to(request.user)
    counts = lists.counts(found, lists.DESK, today())
    tab = lists.tab_of(lists.DESK, request.GET.get("tab", ""), counts)
    return handed_out(SUGGESTIONS, rows(found, tab), tab.label)


@require_safe
@needs(SEE)
def suggestion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One suggestion: its words and its basis, who has it under which clock, what was answered, what can be done."""
    own = _own(request, pk)
    timeline = timeline_about(request, "suggestion", own.pk, known=own.known)
    if timeline.is_asked_for_alone:
        return timeline.alone()
    context = {"whole": Whole(own, today()), "deeds": deeds.offered(request.user, own), "timeline": timeline}
    return render(request, "suggestions/desk/suggestion.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """One of the acts of the office."""
    if not (deed := deeds.DEEDS.get(kind)):
        raise Http404(kind)
    own = _own(request, pk)
    demand(request.user, deed.needs, own)
    more: dict[str, Any] = {"words": asking.words(request)} if issubclass(deed.form, FindForm) else {}
    form = deed.form(own, request.POST if request.method == "POST" else None, **more)
    back = reverse("suggestions:suggestion", args=[pk])
    return act_page(request, form, of=own.number, back=back, note=own.title)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(deeds.REVIEW)
def kept(request: HttpRequest, pk: UUID, promise: UUID) -> HttpResponse:
    """A promise was kept, as the office knows."""
    own = _own(request, pk)
    demand(request.user, deeds.REVIEW, own)
    thing = get_object_or_404(Promise, pk=promise, case=own.case)
    form = PromiseKeptForm(thing, request.POST if request.method == "POST" else None)
    return act_page(request, form, of=own.number, back=reverse("suggestions:suggestion", args=[pk]), note=thing.what)


def _own(request: HttpRequest, pk: UUID) -> Suggestion:
    return get_object_or_404(Suggestion.objects.visible_to(request.user).with_case(), pk=pk)

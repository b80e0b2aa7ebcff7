"""Suggestions as the deputies who lead or join them see them."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.suggestions import lists
from lianxin.affairs.suggestions.actions import drafting
from lianxin.affairs.suggestions.forms import deputies as forms
from lianxin.affairs.suggestions.kinds import KINDS, OF_ONE_UNIT, TOLD_TO_ALL
from lianxin.affairs.suggestions.letters import replies
from lianxin.affairs.suggestions.lists import OPEN, Tab
from lianxin.affairs.suggestions.models import Signature, Suggestion
from lianxin.affairs.suggestions.reading import Whole
from lianxin.affairs.suggestions.taking_out import SUGGESTIONS, rows
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import asking, toasts
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.ids import id_in
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.people.models import Mandate
from lianxin.ground.rulebook.exports import handed_out

RAISE = "suggestions.raise"
LEADS = {"submit": forms.SubmitForm, "drop": forms.DropForm, "withdraw": forms.WithdrawForm, "rate": forms.RateForm}
JOINS = {"sign": forms.SignForm, "refuse": forms.RefuseForm}


def _seats(user: Any) -> list[Mandate]:
    """The seats at work of this person in congresses that have an office here."""
    found = Mandate.objects.at_work(today()).filter(person__user=user.pk, congress__region__isnull=False)
    return list(found.select_related("congress__region", "person").order_by("pk"))


def _tabs(user: Any) -> tuple[Tab, ...]:
    mine, latest = Q(lead__person__user=user.pk), ("-drafted_at", "-id")
    return (
        Tab("mine", _("我领衔的"), mine & (OPEN | Q(case__isnull=True)), latest),
        Tab("joined", _("请我附议的"), ~mine & (OPEN | Q(case__isnull=True)), latest),
        Tab("ended", _("办结的"), Q(case__ended_at__isnull=False), latest),
    )


def own_of(request: HttpRequest, pk: UUID) -> Suggestion:
    """One that the deputy leads, or was asked to join: else 404."""
    return get_object_or_404(Suggestion.objects.of_deputy(request.user).with_case(), pk=pk)


@require_safe
@needs(RAISE)
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the deputy leads, was asked to join, and what has ended."""
    found, tabs = Suggestion.objects.of_deputy(request.user), _tabs(request.user)
    counts = lists.counts(found, tabs, today())
    tab = lists.tab_of(tabs, request.GET.get("tab", ""), counts)
    context = {
        "tab": tab,
        "tabs": [
            {"href": f"?tab={one.code}", "label": one.label, "is_current": one == tab, "count": counts[one.code]}
            for one in tabs
        ],
        "page": lists.page(found, tab, request.GET),
    }
    return render(request, "suggestions/deputies/suggestions.html", context)


@require_safe
@needs(RAISE)
def workbook(request: HttpRequest) -> HttpResponse:
    """A tab of the list, whole, for Excel."""
    found, tabs = Suggestion.objects.of_deputy(request.user), _tabs(request.user)
    tab = lists.tab_of(tabs, request.GET.get("tab", ""), lists.counts(found, tabs, today()))
    return handed_out(SUGGESTIONS, rows(found, tab), tab.label)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RAISE)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft, from an opinion or from nothing."""
    seats = _seats(request.user)
    if not seats:
        return render(request, "suggestions/deputies/no_seat.html", status=403)
    begun = list(drafting.may_stand_on(seats[0]).filter(pk=id_in(request.GET.get("of", ""))).select_related("case"))
    form = forms.WriteForm(None, request.POST if request.method == "POST" else None, seats=seats, begun=begun)
    return _write(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RAISE)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write on."""
    own = own_of(request, pk)
    demand(request.user, RAISE, own)
    form = forms.WriteForm(own, request.POST if request.method == "POST" else None, seats=[own.lead])
    return _write(request, form, own)


def _write(request: HttpRequest, form: forms.WriteForm, own: Suggestion | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        toasts.tell(request, form.told)
        return redirect("suggestions:deputy_suggestion", form.saved.pk)
    home = reverse("suggestions:deputy_suggestions")
    context = {
        "form": form,
        "own": own,
        "is_joined": own is not None and own.joined().exists(),
        "back": reverse("suggestions:deputy_suggestion", args=[own.pk]) if own else home,
    }
    return render(request, "suggestions/deputies/write.html", context, status=422 if form.is_bound else 200)


@require_safe
@needs(RAISE)
def suggestion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it says, who joins it, where it is and what was answered; and what the deputy can do next."""
    own = own_of(request, pk)
    leads = own.lead.person.user_id == request.user.pk
    kinds = {one.code for one in KINDS} - OF_ONE_UNIT if leads else TOLD_TO_ALL
    timeline = timeline_about(request, "suggestion", own.pk, known=own.known, kinds=kinds)
    if timeline.is_asked_for_alone:
        return timeline.alone()
    context = {
        "whole": Whole(own, today()),
        "leads": leads,
        "asked": own.signatures.filter(mandate__person__user=request.user.pk).first(),
        "papers": list(replies(own)),
        "timeline": timeline,
    }
    return render(request, "suggestions/deputies/suggestion.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RAISE)
def joining(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask another deputy to join it."""
    own = own_of(request, pk)
    demand(request.user, RAISE, own)
    form = forms.AskForm(own, request.POST if request.method == "POST" else None, words=asking.words(request))
    back = reverse("suggestions:deputy_suggestion", args=[pk])
    return act_page(request, form, of=own.title, back=back)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RAISE)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """What who leads it does with it; or who was asked to join it."""
    own, data = own_of(request, pk), request.POST if request.method == "POST" else None
    back = reverse("suggestions:deputy_suggestion", args=[pk])
    if kind in LEADS:
        demand(request.user, RAISE, own)
        back = reverse("suggestions:deputy_suggestions") if kind == "drop" else back
        return act_page(request, LEADS[kind](own, data), of=own.title, back=back)
    if kind not in JOINS:
        raise Http404(kind)
    asked = get_object_or_404(_asked(request.user, own).select_related("mandate__person", "suggestion"))
    if kind == "sign" and data is None:
        return redirect(back)  # the words that are joined stand there, with the button
    return act_page(request, JOINS[kind](asked, data), of=own.title, back=back)


def _asked(user: Any, own: Suggestion) -> QuerySet[Signature]:
    return Signature.objects.filter(suggestion=own, mandate__person__user=user.pk)

"""Ties at the desk: the list, one of them, who is short of any, and a new one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.contact.bound import bound, short
from lianxin.affairs.contact.forms import EndForm, TieFilter, TieForm
from lianxin.affairs.contact.models import Tie
from lianxin.affairs.contact.models.household import SEE
from lianxin.affairs.contact.reaching import deputies_in
from lianxin.affairs.contact.reading import lines
from lianxin.affairs.contact.rules import ContactRules, Scheme
from lianxin.ground.access import can
from lianxin.ground.access.answering import reach
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import asking
from lianxin.ground.core.clock import today
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.people.models import Person
from lianxin.ground.rulebook import in_force

TIE = "contact.tie"
A_SCORE = 20


def _rules() -> ContactRules:
    return in_force(today()).section(ContactRules)


@require_safe
@needs(SEE)
def ties(request: HttpRequest) -> HttpResponse:
    """Who keeps contact with whom within the person's reach, the latest first; and how many are short of any."""
    rules = _rules()
    form = TieFilter(request.GET, rules=rules, user=request.user)
    seen = form.chosen(Tie.objects.visible_to(request.user))
    page = page_by_key(seen, ("-from_on", "-id"), request.GET)
    context = {
        "form": form,
        "page": page,
        "lines": lines(page.rows),
        "short": _short(request, rules),
        "may_tie": can(request.user, TIE),
        "may_enter": can(request.user, "contact.enter"),
    }
    return render(request, "contact/ties.html", context)


def _short(request: HttpRequest, rules: ContactRules) -> list[dict[str, Any]]:
    """Of every scheme that asks for a number, how many in reach keep contact with fewer; one query each."""
    far, day = reach(request.user, SEE), today()
    counted = [
        {
            "code": code,
            "name": scheme.called,
            "least": scheme.least,
            "count": deputies_in(far, short(code, scheme, day)).count(),
        }
        for code, scheme in rules.schemes.items()
        if scheme.least
    ]
    return [one for one in counted if one["count"]]


@require_safe
@needs(SEE)
def below(request: HttpRequest) -> HttpResponse:
    """The deputies who keep contact with fewer than one scheme asks for, in the order of names."""
    asking_for = {code: scheme for code, scheme in _rules().schemes.items() if scheme.least}
    code = request.GET.get("scheme") or next(iter(asking_for), "")
    scheme, page = asking_for.get(code), None
    if scheme:
        found = deputies_in(reach(request.user, SEE), short(code, scheme, today()))
        page = page_by_key(found.select_related("person", "congress"), ("person__pinyin", "id"), request.GET)
    tabs = [
        {"href": f"?scheme={one}", "label": rule.called, "is_current": one == code} for one, rule in asking_for.items()
    ]
    context = {"scheme": scheme, "code": code, "page": page, "tabs": tabs, "may_tie": can(request.user, TIE)}
    return render(request, "contact/below.html", context)


@require_safe
@needs(SEE)
def tie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One tie, and what happened to it."""
    row = _tie(request, pk)
    timeline = timeline_about(request, "tie", row.pk)
    if timeline.is_asked_for_alone:
        return timeline.alone()
    context = {"line": lines([row])[0], "timeline": timeline, "may_tie": can(request.user, TIE, row)}
    return render(request, "contact/tie.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(TIE)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Contact is no longer kept."""
    row = _tie(request, pk)
    demand(request.user, TIE, row)
    line = lines([row])[0]
    form = EndForm(row, request.POST or None)
    return act_page(request, form, of=line.deputy, back=row.get_absolute_url(), is_person=True, note=line.toward)


@require_safe
@needs(TIE)
def choose(request: HttpRequest) -> HttpResponse:
    """By which scheme, and which deputy, found by name or pinyin."""
    rules, words = _rules(), asking.words(request)
    code = request.GET.get("scheme") or next(iter(rules.schemes), "")
    scheme, found = rules.schemes.get(code), []
    if scheme:
        deputies = deputies_in(reach(request.user, TIE), bound(scheme, today()))
        if words:
            deputies = deputies.filter(person__in=Person.objects.named_like(words))
        found = deputies.select_related("person", "congress").order_by("person__pinyin", "pk")[:A_SCORE]
    context = {"schemes": rules.schemes, "code": code, "scheme": scheme, "words": words, "found": found}
    return render(request, "contact/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(TIE)
def new(request: HttpRequest, code: str, mandate: UUID) -> HttpResponse:
    """With whom this deputy is tied by this scheme."""
    scheme = _scheme(code)
    deputies = deputies_in(reach(request.user, TIE), bound(scheme, today()))
    deputy = get_object_or_404(deputies.select_related("person", "congress__region"), pk=mandate)
    told: dict[str, Any] = {"code": code, "scheme": scheme, "user": request.user, "words": asking.words(request)}
    form = TieForm(deputy, request.POST if request.method == "POST" else None, **told)
    back = f"{reverse('contact:choose')}?scheme={code}"
    return act_page(request, form, of=deputy.person.name, back=back, is_person=True, note=scheme.called)


def _scheme(code: str) -> Scheme:
    if (scheme := _rules().schemes.get(code)) is None:
        raise Http404(code)
    return scheme


def _tie(request: HttpRequest, pk: UUID) -> Tie:
    seen = Tie.objects.visible_to(request.user).select_related("region__parent", "body__region")
    return get_object_or_404(seen, pk=pk)

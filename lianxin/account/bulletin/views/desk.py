"""The bulletin at the desk: begun, filled from a tray of matters, proofread, sent on; and at the leader's door, signed."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianxin.account.bulletin import candidates, composing, deeds
from lianxin.account.bulletin.actions import drafting
from lianxin.account.bulletin.forms import AgreeForm, BeginForm, ItemForm
from lianxin.account.bulletin.issuing import issuing_body
from lianxin.account.bulletin.models import Issue, Item
from lianxin.account.bulletin.models.issue import COMPOSE, REVIEW, SIGN
from lianxin.account.bulletin.sheet import Sheet
from lianxin.account.bulletin.shown import shown
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.ids import id_in
from lianxin.ground.core.views.acting import act_page, done
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.rulebook import in_force

LISTED = 60  # issues: five years


def _own(request: HttpRequest, pk: UUID) -> Issue:
    return get_object_or_404(Issue.objects.visible_to(request.user).select_related("body__region"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(COMPOSE, REVIEW)
def issues(request: HttpRequest) -> HttpResponse:
    """Every issue so far, and another to begin."""
    body = issuing_body()
    may_begin = body is not None and bool(can(request.user, COMPOSE, body))
    form = BeginForm(body, request.POST if request.method == "POST" else None) if may_begin else None
    if request.method == "POST":
        demand(request.user, COMPOSE, body)
        if form and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
            return done(request, form, back=request.path)
    rows = Issue.objects.visible_to(request.user).defer("frozen").order_by("-month")[:LISTED]
    context = {"rows": rows, "form": form, "body": body}
    return render(request, "bulletin/issues.html", context, status=422 if form and form.is_bound else 200)


@require_safe
@needs(COMPOSE, REVIEW)
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The composer while it is a draft: the tray beside the columns. Afterwards the proof, and what can be done."""
    own = _own(request, pk)
    timeline = timeline_about(request, Issue.SUBJECT, own.pk)
    if timeline.is_asked_for_alone:
        return timeline.alone()
    context: dict[str, Any] = {"issue": own, "deeds": deeds.offered(request.user, own), "timeline": timeline}
    if own.state != Issue.State.COMPOSING or not can(request.user, COMPOSE, own):
        return render(request, "bulletin/followed.html", context | {"sheet": _sheet(own)})
    rules, day = composing.rules_of(own, today()), today()
    code = request.GET.get("column", "")
    code = code if code in rules.columns else next(iter(rules.columns), "")
    items = composing.items_of(own)
    opinions = in_force(day, own.body_id).section(OpinionRules)
    context |= {
        "column": code,
        "columns": [(key, rule, [one for one in items if one.column == key]) for key, rule in rules.columns.items()],
        "balance": candidates.balance(own, items, request.user, opinions),
    }
    if rule := rules.columns.get(code):
        context["page"] = candidates.tray(own, code, rule, request.user, request.GET, opinions)
        context["suggestions"] = candidates.suggestions_for(own, request.user) if rule.of == "handled" else []
        context["tabs"] = [
            {"href": f"?column={key}", "label": one.called, "is_current": key == code}
            for key, one in rules.columns.items()
        ]
    return render(request, "bulletin/composer.html", context)


def _sheet(own: Issue) -> Sheet:
    return shown(Issue.objects.with_matters().get(pk=own.pk)) if own.is_issued else composing.compose(own, now())


@require_POST
@needs(COMPOSE)
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A matter from the tray comes into a column."""
    own, column = _own(request, pk), request.POST.get("column", "")
    demand(request.user, COMPOSE, own)
    rule = composing.rules_of(own, today()).columns.get(column)
    thing = _thing(request, own, rule) if rule else None
    if thing is None:
        raise Http404(column)
    try:
        drafting.add(own, column, thing, by=_by(request), at=now())
    except RuleError as refusal:
        toasts.tell(request, str(refusal))
    return redirect(f"{own.get_absolute_url()}?column={column}")


def _thing(request: HttpRequest, own: Issue, rule: Any) -> Opinion | Suggestion | None:
    """What the tray offers: the same question that fills it, so that nothing else comes in."""
    found: QuerySet[Any] = candidates.opinions_for(rule, own, request.user).select_related(*candidates.PLACES)
    if request.POST.get("kind") == "suggestion":
        offered = [one.id for one in candidates.suggestions_for(own, request.user)] if rule.of == "handled" else []
        found = Suggestion.objects.filter(pk__in=offered).with_case()
    return found.filter(pk=id_in(request.POST.get("id", ""))).first()


def _by(request: HttpRequest) -> UUID:
    assert request.user.pk, "needs lets in who has signed in"
    return request.user.pk


@require_POST
@needs(COMPOSE)
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An entry goes up or down, to a place where it was dropped, or out."""
    own = _own(request, pk)
    demand(request.user, COMPOSE, own)
    one = _item(own, id_in(request.POST.get("item", "")))
    to, column = request.POST.get("to", ""), request.POST.get("column") or one.column
    places = {"up": one.position - 1, "down": one.position + 1}
    place = places.get(to, int(to) if to.isascii() and to.isdecimal() and len(to) < 4 else one.position)
    try:
        if to == "out":
            drafting.remove(one, by=_by(request), at=now())
        else:
            drafting.move(one, column, place, by=_by(request), at=now())
    except RuleError as refusal:
        toasts.tell(request, str(refusal))
    return redirect(f"{own.get_absolute_url()}?column={one.column}#c-{column}")


def _item(own: Issue, pk: UUID | None) -> Item:
    return get_object_or_404(own.items.select_related("issue__body__region", *composing.WITH_MATTER), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(COMPOSE)
def item(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """The words of an entry."""
    own = _own(request, pk)
    demand(request.user, COMPOSE, own)
    one = _item(own, item)
    form = ItemForm(one, request.POST if request.method == "POST" else None)
    back = f"{own.get_absolute_url()}?column={one.column}#c-{one.column}"
    return act_page(request, form, of=str(own), back=back, note=_about(one))


def _about(one: Item) -> str:
    case = composing.case_of(one)
    title = one.opinion.title if one.opinion else one.suggestion.title if one.suggestion else ""
    return f"{case.number} {title}" if case else title


@require_http_methods(["GET", "HEAD", "POST"])
@needs(COMPOSE)
def agree(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """That the one who spoke agreed."""
    own = _own(request, pk)
    demand(request.user, COMPOSE, own)
    one = _item(own, item)
    if not one.is_quoted:
        raise Http404(item)
    form = AgreeForm(one, request.POST if request.method == "POST" else None)
    return act_page(request, form, of=str(own), back=f"{own.get_absolute_url()}?column={one.column}#c-{one.column}")


@require_safe
@needs(COMPOSE, REVIEW)
def proof(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How it would look if it were issued now: as people read it."""
    own = _own(request, pk)
    context = {"issue": own, "sheet": _sheet(own), "back": own.get_absolute_url(), "back_to": _("返回去编")}
    return render(request, "bulletin/proof.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(COMPOSE, REVIEW)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """One of the acts of the desk."""
    return _act(request, _own(request, pk), kind, (COMPOSE, REVIEW), reverse("bulletin:issue", args=[pk]))


def _act(request: HttpRequest, own: Issue, kind: str, rights: tuple[str, ...], back: str) -> HttpResponse:
    deed = deeds.DEEDS.get(kind)
    if deed is None or deed.needs not in rights:
        raise Http404(kind)
    demand(request.user, deed.needs, own)
    if own.state not in deed.at:
        toasts.tell(request, _("这一期现在是“%(state)s”，不能这样办。") % {"state": own.get_state_display()})
        return redirect(back)
    form = deed.form(own, request.POST if request.method == "POST" else None)
    return act_page(request, form, of=str(own), back=back)


@require_safe
@needs(SIGN)
def to_sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The proof as the leader who signs reads it, and the two things to do."""
    own = _own(request, pk)
    demand(request.user, SIGN, own)
    offered = [deed for deed in deeds.offered(request.user, own) if deed.needs == SIGN]
    return render(request, "bulletin/to_sign.html", {"issue": own, "sheet": _sheet(own), "deeds": offered})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SIGN)
def sign(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Signed, or sent back."""
    return _act(request, _own(request, pk), kind, (SIGN,), reverse("bulletin:to_sign", args=[pk]))

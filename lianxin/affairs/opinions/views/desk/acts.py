"""What a desk does with one opinion."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lianxin.affairs.opinions import deeds, near
from lianxin.affairs.opinions.actions import sorting, telling
from lianxin.affairs.opinions.forms.desk import HANDOVER_FORMS, CodeForm, MergeForm, RedactForm
from lianxin.affairs.opinions.forms.handing import PlaceForm
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import SEE
from lianxin.affairs.opinions.reading import Reading, pieces, private_words
from lianxin.affairs.opinions.routing import office_above
from lianxin.affairs.opinions.views.desk.case import opinion_of
from lianxin.affairs.opinions.views.desk.shown import mark_of, was_changed
from lianxin.affairs.opinions.views.desk.ways import came_from, go_back, where_one_was
from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.cases.errors import NotNow
from lianxin.ground.cases.models import Handover
from lianxin.ground.core import asking, toasts
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.forms import FindForm
from lianxin.ground.core.ids import id_in, ids_in

SHOWN: dict[type[Any], tuple[str, ...]] = {  # what is looked at before it is done, and by which fields
    RedactForm: ("found", "words"),
    MergeForm: ("into",),
}
HAND_OVER, REISSUE = "opinions.hand_over", "opinions.reissue_code"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(SEE)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """One of the acts of a desk: its form, and when it is sent, the verb."""
    if not (deed := deeds.DEEDS.get(kind)):
        raise Http404(kind)
    opinion = opinion_of(request, pk, deed.needs)
    form = _form(request, deed, opinion)
    if request.method == "POST" and form.is_valid():
        names = SHOWN.get(deed.form)
        if names and ("preview" in request.POST or was_changed(request, form, names)):
            return _page(request, opinion, form, deed=deed, preview=_preview(form))
        if _may_join(request, form) and form.carry_out(by=request.user.pk, at=now()):
            return go_back(request, opinion, form.told, kind)
    return _page(request, opinion, form, deed=deed)


def _form(request: HttpRequest, deed: deeds.Deed, opinion: Opinion) -> Any:
    more: dict[str, Any] = {"seen": Opinion.objects.visible_to(request.user)}
    if issubclass(deed.form, FindForm):
        more["words"] = asking.words(request)
    if deed.kind == "unit":
        lead, others = request.GET.get("lead"), request.GET.getlist("others")[:20]  # chosen before one looked for more
        more["initial"] = {"lead": id_in(lead), "others": ids_in(others)}
    elif deed.kind == "place":
        more["written"] = {name: request.GET[name][:80] for name in PlaceForm.WRITTEN if name in request.GET}
    elif deed.kind == "redact":
        more["pieces"] = private_words("\n".join((opinion.text, *(one.text for one in opinion.additions.all()))))
    elif deed.kind == "pass_up":
        more["above"] = office_above(opinion.case.body, today())
    elif deed.kind == "merge":
        more["initial"] = {"into": request.GET.get("into", "")[:24]}
    return deed.form(opinion, request.POST or None, **more)


def _may_join(request: HttpRequest, form: Any) -> bool:
    """Whoever joins two matters must be allowed to sort both."""
    into = form.cleaned_data.get("into")
    if isinstance(into, Opinion) and not (answer := can(request.user, "opinions.sort", into)):
        form.add_error("into", answer.reason)
        return False
    return True


def _page(request: HttpRequest, opinion: Opinion, form: Any, **more: Any) -> HttpResponse:
    reading = Reading(opinion, request.user)
    context = {"form": form, "opinion": opinion, "reading": reading, "from": came_from(request)} | more
    if (names := SHOWN.get(type(form))) and ("preview" in more or not form.is_bound):
        context["shown"] = mark_of(form, names)
    if isinstance(form, MergeForm):
        context |= _other(request, opinion, form)
    if deed := more.get("deed"):
        context["is_late"] = not deed.applies(opinion) and not form.is_bound
        context["refusal"] = str(NotNow(opinion.case))
    return render(request, "opinions/desk/act.html", context, status=422 if form.is_bound and form.errors else 200)


def _preview(form: Any) -> dict[str, Any] | None:
    """What others would read; of an act that shows itself, nothing more."""
    if not isinstance(form, RedactForm):
        return None
    shown = form.preview()
    return shown | {"pieces": pieces(shown["text"])}


def _other(request: HttpRequest, opinion: Opinion, form: MergeForm) -> dict[str, Any]:
    """What it would be joined to; while that is not said, the nearest ones to choose from."""
    seen, number = Opinion.objects.visible_to(request.user), str(form["into"].value() or "").strip().upper()
    other = seen.with_case().filter(case__number=number).first() if number else None
    return {"other": other, "found": None if other else near.nearest(opinion, seen)}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(HAND_OVER)
def handover_act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Take a matter back, or say whether it may be returned."""
    if not (form_class := HANDOVER_FORMS.get(kind)):
        raise Http404(kind)
    handover = get_object_or_404(Handover.objects.select_related("case"), pk=pk)
    opinion = get_object_or_404(Opinion.objects.visible_to(request.user).with_case(), case=handover.case_id)
    demand(request.user, HAND_OVER, opinion)
    form = form_class(handover, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        return go_back(request, opinion, form.told, kind)
    return _page(request, opinion, form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(REISSUE)
def reissue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another code for an author who lost theirs: shown once, on the page that answers, and kept nowhere."""
    opinion = opinion_of(request, pk, REISSUE)
    form = CodeForm(opinion, request.POST or None)
    if request.method == "POST" and form.is_valid():
        assert request.user.pk
        code = telling.reissue_code(opinion, by=request.user.pk, at=now())
        response = render(request, "opinions/desk/code.html", {"opinion": opinion, "code": code})
        response["Cache-Control"] = "no-store"
        return response
    return _page(request, opinion, form)


@require_POST
@needs(SEE)
def undo(request: HttpRequest, step: UUID) -> HttpResponse:
    """Take one's last step back, within its minute and before anything else was done."""
    assert request.user.pk
    try:
        opinion = sorting.undo(step, by=request.user.pk, at=now())
    except RuleError as refused:
        toasts.tell(request, str(refused))
        return redirect("opinions:inbox")
    toasts.tell(request, _("撤销了，%(number)s回到原来的样子。") % {"number": opinion.case.number})
    return redirect(where_one_was(request, opinion))

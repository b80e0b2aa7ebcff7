"""What an author does to an own matter: one page for each verb, confirmed there, and back to the matter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lianxin.affairs.opinions.following import Matter
from lianxin.affairs.opinions.forms.follow import (
    AddForm,
    CorrectForm,
    ReopenForm,
    ShowToForm,
    TellMeForm,
    WithdrawForm,
)
from lianxin.affairs.opinions.views.follow.visits import Visit, visited
from lianxin.ground.core.clock import now
from lianxin.ground.core.forms import Act
from lianxin.ground.core.views.acting import act_page, done
from lianxin.ground.messages.wechat import wechat
from lianxin.ground.vault.models import Identity

FORMS: dict[str, type[Act]] = {"correct": CorrectForm, "reopen": ReopenForm, "show": ShowToForm}


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def act(request: HttpRequest, visit: Visit, verb: str) -> HttpResponse:
    """Corrects, reopens, or says anew who sees it."""
    matter = Matter(visit.opinion, now())
    if verb not in FORMS or matter.is_withdrawn:
        raise Http404
    form = FORMS[verb](matter, *_sent(request))
    return act_page(request, form, of=matter.opinion.case.number, back=reverse("opinions:matter"))


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Adds words and photos; where more was asked, what was asked stands above."""
    matter, back = Matter(visit.opinion, now()), reverse("opinions:matter")
    if matter.is_withdrawn:
        raise Http404
    form = AddForm(matter, *([request.POST, request.FILES] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid() and form.carry_out(by=None, at=now()):
        return done(request, form, back=back)
    context = {"matter": matter, "form": form, "back": back}
    return render(request, "opinions/follow/add.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def tell_me(request: HttpRequest, visit: Visit) -> HttpResponse:
    """How one is told. Who left no number and no address is told so."""
    matter = Matter(visit.opinion, now())
    if matter.is_withdrawn:
        raise Http404
    note = ""
    if not Identity.objects.filter(voice_id=matter.opinion.pk).exists():
        note = _("您没有留过号码或邮箱，平台没有办法给您发消息。要留，请带着查询码到任一站点。")
        if wechat():
            note = _("您没有留过号码或邮箱，可以选微信。要留号码，请带着查询码到任一站点。")
    form = TellMeForm(matter, *_sent(request))
    return act_page(request, form, of=matter.opinion.case.number, back=reverse("opinions:matter"), note=note)


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def withdraw(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Says what is destroyed and what remains, and asks for a tick before it does so."""
    matter, back = Matter(visit.opinion, now()), reverse("opinions:matter")
    if matter.is_withdrawn:
        raise Http404
    form = WithdrawForm(matter, *_sent(request), by_code=visit.by_code)
    if request.method == "POST" and form.is_valid() and form.carry_out(by=None, at=now()):
        return done(request, form, back=back)
    context = {"matter": matter, "form": form, "back": back}
    return render(request, "opinions/follow/withdraw.html", context, status=422 if form.is_bound else 200)


def _sent(request: HttpRequest) -> list[object]:
    return [request.POST] if request.method == "POST" else []

"""What a unit does with a matter on its pages, whatever kind it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lianxin.ground.cases.forms import DraftForm, HandoverForm
from lianxin.ground.cases.models import Reply
from lianxin.ground.cases.seen import SeenByUnit
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now
from lianxin.ground.core.views.acting import act_page


def act_on(request: HttpRequest, seen: SeenByUnit, form_class: type[HandoverForm]) -> HttpResponse:
    """Do one of the verbs of a unit, or of a deputy."""
    form = form_class(seen, request.POST if request.method == "POST" else None)
    return act_page(request, form, of=seen.case.number, back=_page(seen), note=seen.title)


def write_reply(request: HttpRequest, seen: SeenByUnit, template: str, **more: Any) -> HttpResponse:
    """Write the reply. Where a colleague saved meanwhile both texts are shown, and nothing is lost."""
    is_sent = request.method == "POST"
    form = DraftForm(seen, *((request.POST, request.FILES) if is_sent else ()))
    if is_sent and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        toasts.tell(request, form.told)
        return redirect(_page(seen))
    theirs = (
        form.saved_meanwhile(Reply.objects.filter(handover=seen.handover, sent_at=None).first()) if is_sent else None
    )
    context = {"seen": seen, "form": form, "back": _page(seen), "theirs": theirs} | more
    return render(request, template, context, status=422 if is_sent else 200)


def _page(seen: SeenByUnit) -> str:
    return reverse(seen.pages["matter"], args=[seen.handover.pk])

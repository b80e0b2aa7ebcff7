"""The quick screen for a queue of people: one after another, with what this reception has heard beside it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.affairs.opinions.codes import grouped
from lianxin.affairs.opinions.forms.hearing import HearForm
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.models import Shift
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.ids import id_in

ENTER = "opinions.enter"
CODE_SHOWN = timedelta(minutes=30)  # to whom wrote it down, so that it can be copied for the one who spoke
MOST = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(ENTER)
def hearing(request: HttpRequest, shift: UUID) -> HttpResponse:
    """Write down what the next person says; after saving, the form is empty for the one after."""
    row = get_object_or_404(Shift.objects.standing().with_station(), pk=shift)
    demand(request.user, ENTER, row.station)
    rules = row.station.rules_on(today()).section(OpinionRules)
    chosen = id_in(request.GET.get("by", ""))
    form = HearForm(row, request.POST if request.method == "POST" else None, rules=rules, last=chosen)
    has_begun = row.held_on <= today()
    if request.method == "POST" and has_begun and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        toasts.tell(request, _("记下了：%(number)s。请下一位。") % {"number": form.heard.case.number})
        here = reverse("opinions:hear", args=[row.pk])
        return redirect(f"{here}?by={form.cleaned_data['heard_by'].pk}&done={form.heard.pk}")
    heard = list(_heard(request.user, row))
    context = {
        "shift": row,
        "form": form,
        "heard": heard,
        "done": _just_done(request, heard),
        "has_begun": has_begun,
        "notice": rules.notice,
    }
    return render(request, "opinions/desk/hearing.html", context, status=422 if form.is_bound else 200)


def _heard(user: Any, shift: Shift) -> Any:
    seen = Opinion.objects.visible_to(user).filter(shift=shift).select_related("case", "mandate__person")
    return seen.order_by("-id")[:MOST]


def _just_done(request: HttpRequest, heard: list[Opinion]) -> dict[str, Any] | None:
    """The number and the code of what this very person has just written down."""
    done = id_in(request.GET.get("done", ""))
    own = next((one for one in heard if one.pk == done and one.entered_by == request.user.pk), None)
    if own is None or own.case.opened_at < now() - CODE_SHOWN:
        return None
    return {"opinion": own, "code": grouped(own.code)}

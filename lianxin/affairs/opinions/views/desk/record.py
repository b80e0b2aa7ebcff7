"""The record of a reception as a paper: what was written of it, and another."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.opinions.actions.issuing import record_reception
from lianxin.affairs.opinions.reception_record import records
from lianxin.affairs.opinions.views.desk.hearing import ENTER
from lianxin.affairs.stations.models import Shift
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now
from lianxin.ground.core.forms import ActForm
from lianxin.ground.core.ids import new_id
from lianxin.ground.documents.serving import serve_paper


class RecordForm(ActForm):
    """接待记录 Written from what is recorded: nothing is asked."""

    title = act = gettext_lazy("写成接待记录")
    id = forms.UUIDField(widget=forms.HiddenInput)  # what is pressed twice is written once

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return _("写成了接待记录。")

    def verb(self, **facts: Any) -> None:
        """Write it."""
        record_reception(self.thing, **facts)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(ENTER)
def record(request: HttpRequest, shift: UUID) -> HttpResponse:
    """What was written of a reception; asked again every few seconds while something is being written."""
    row, here = _own(request, shift), reverse("opinions:record", args=[shift])
    form = RecordForm(row, request.POST if request.method == "POST" else None, initial={"id": new_id()})
    if request.method == "POST" and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        toasts.tell(request, form.told)
        return redirect(here)
    papers = list(records(row))
    context = {
        "thing": row,
        "form": form,
        "papers": papers,
        "waits": any(not paper.made_at and not paper.erased_at for paper in papers),
        "pages": {"papers": here},
        "file": "opinions:record_file",
    }
    is_part = bool(request.headers.get("HX-Request")) and not form.is_bound
    template = "cases/desk/papers_list.html" if is_part else "opinions/desk/record.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
@needs(ENTER)
def record_file(request: HttpRequest, shift: UUID, paper: UUID, ending: str) -> HttpResponse:
    """A record, as DOCX or as PDF."""
    return serve_paper(get_object_or_404(records(_own(request, shift)), pk=paper), ending)


def _own(request: HttpRequest, pk: UUID) -> Shift:
    """A reception of a station whose people write down here: else 403."""
    row = get_object_or_404(Shift.objects.standing().with_station(), pk=pk)
    demand(request.user, ENTER, row.station)
    return row

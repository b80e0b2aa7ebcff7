"""The record of a reception as a paper: what was written of it, and another."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.opinions.forms.records import ReceptionRecordForm, RecordForm
from lianxin.affairs.opinions.reception_record import records
from lianxin.affairs.opinions.views.desk.hearing import ENTER
from lianxin.affairs.stations.models import Shift
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now
from lianxin.ground.documents.models import Paper
from lianxin.ground.documents.serving import serve_paper


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(ENTER)
def record(request: HttpRequest, shift: UUID) -> HttpResponse:
    """What was written of a reception; asked again every few seconds while something is being written."""
    row, here = _own(request, shift), reverse("opinions:record", args=[shift])
    form = ReceptionRecordForm(row, request.POST if request.method == "POST" else None)
    more = {"file": "opinions:record_file", "template": "opinions/desk/reception_record.html"}
    return record_page(request, form, list(records(row)), here=here, **more)


def record_page(
    request: HttpRequest, form: RecordForm, papers: list[Paper], *, here: str, file: str, template: str
) -> HttpResponse:
    """The page on which a record is written, or its list alone; `file` names the address of a paper of the thing."""
    if request.method == "POST" and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        toasts.tell(request, form.told)
        return redirect(here)
    context = {
        "thing": form.thing,
        "form": form,
        "papers": papers,
        "waits": any(not paper.made_at and not paper.erased_at for paper in papers),
        "pages": {"papers": here},
        "file": file,
    }
    is_part = bool(request.headers.get("HX-Request")) and not form.is_bound
    shown = "cases/desk/papers_list.html" if is_part else template
    return render(request, shown, context, status=422 if form.is_bound else 200)


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

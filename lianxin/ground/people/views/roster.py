"""The roster as a workbook: hand out the template, take a filled one, show what it would change, take it over."""

from io import BytesIO
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianxin.ground.access import can
from lianxin.ground.access.answering import reach
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.workbooks import handed_out
from lianxin.ground.people.forms import RosterForm
from lianxin.ground.people.models import RosterUpload
from lianxin.ground.people.roster.writing import write
from lianxin.ground.people.tasks import check_roster, take_roster_over

STAGE = RosterUpload.Stage


@require_http_methods(["GET", "HEAD", "POST"])
@needs("people.export_roster", "people.import_roster")
def roster(request: HttpRequest) -> HttpResponse:
    """Download, and bring a filled workbook: each for who may, and the reason for who may not."""
    if request.method == "POST":
        demand(request.user, "people.import_roster")
    form = RosterForm(request.POST, request.FILES) if request.method == "POST" else RosterForm()
    if form.is_valid():
        with transaction.atomic():
            upload = RosterUpload.receive(form.cleaned_data["file"], by=request.user, at=now())
            check_roster.enqueue(str(upload.pk), get_language())
        return redirect("people:roster_upload", upload.pk)
    uploads = RosterUpload.objects.visible_to(request.user).order_by("-made_at")[:10]
    shown = {
        "form": form,
        "uploads": uploads,
        "may_import": can(request.user, "people.import_roster"),
        "may_export": can(request.user, "people.export_roster"),
    }
    return render(request, "people/roster.html", shown, status=422 if form.is_bound else 200)


@require_safe
@needs("people.import_roster")
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the check found. While the worker has the file, the page asks again by itself."""
    row = get_object_or_404(RosterUpload.objects.visible_to(request.user), pk=pk)
    template = "people/roster_report.html" if request.headers.get("HX-Request") else "people/roster_upload.html"
    return render(request, template, {"upload": row})


@require_POST
@needs("people.import_roster")
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a checked workbook over; or ask the worker again where it fell silent."""
    row = get_object_or_404(RosterUpload.objects.visible_to(request.user), pk=pk)
    with transaction.atomic():  # the stage and the job, or neither
        if stage := row.go_on():
            job = check_roster if stage == STAGE.WAITING else take_roster_over
            job.enqueue(str(row.pk), get_language())
    return redirect("people:roster_upload", row.pk)


@require_safe
@needs("people.export_roster")
def export(request: HttpRequest) -> HttpResponse:
    """The roster of the congresses in one's reach as a workbook, or the empty template with ?template=1."""
    out, is_template = BytesIO(), bool(request.GET.get("template"))
    far, phones = reach(request.user, "people.export_roster"), reach(request.user, "people.see_phone")
    write(out, with_rows=not is_template, may=far.covers, may_see_phones=phones.covers)
    name = _("代表名册模板.xlsx") if is_template else _("代表名册%(day)s.xlsx") % {"day": today().isoformat()}
    return handed_out(out, name)

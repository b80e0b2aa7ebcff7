"""Ties as a workbook: hand out the template, take a filled one, show what it would do, take it over."""

from io import BytesIO
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianxin.affairs.contact.forms import UploadForm
from lianxin.affairs.contact.importing import layout
from lianxin.affairs.contact.models import TieUpload
from lianxin.affairs.contact.rules import ContactRules
from lianxin.affairs.contact.tasks import check_ties, take_ties_over
from lianxin.ground.access.doors import needs
from lianxin.ground.core import workbooks
from lianxin.ground.core.clock import now, today
from lianxin.ground.people.roster import writing
from lianxin.ground.rulebook import in_force

ENTER = "contact.enter"
STAGE = TieUpload.Stage


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ENTER)
def upload(request: HttpRequest) -> HttpResponse:
    """Download the template, and bring a filled one."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        with transaction.atomic():
            row = TieUpload.receive(form.cleaned_data["file"], by=request.user, at=now())
            check_ties.enqueue(str(row.pk), get_language())
        return redirect("contact:uploaded", row.pk)
    uploads = TieUpload.objects.visible_to(request.user).order_by("-made_at")[:10]
    status = 422 if form.is_bound else 200
    return render(request, "contact/upload.html", {"form": form, "uploads": uploads}, status=status)


@require_safe
@needs(ENTER)
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    out, sheets = BytesIO(), layout(in_force(today()).section(ContactRules)).sheets
    book = workbooks.begun(out)
    for name, columns in sheets.items():
        writing.sheet(book, name, columns)
    book.close()
    return workbooks.handed_out(out, _("结对表模板.xlsx"))


@require_safe
@needs(ENTER)
def uploaded(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the check found. While the worker has the file, the page asks again by itself."""
    row = get_object_or_404(TieUpload.objects.visible_to(request.user), pk=pk)
    name = "contact/upload_report.html" if request.headers.get("HX-Request") else "contact/uploaded.html"
    return render(request, name, {"upload": row})


@require_POST
@needs(ENTER)
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a checked workbook over; or ask the worker again where it fell silent."""
    row = get_object_or_404(TieUpload.objects.visible_to(request.user), pk=pk)
    with transaction.atomic():  # the stage and the job, or neither
        if stage := row.go_on():
            job = check_ties if stage == STAGE.WAITING else take_ties_over
            job.enqueue(str(row.pk), get_language())
    return redirect("contact:uploaded", row.pk)

"""Ledgers come in: an empty sheet is handed out, a filled one looked at, what it would do shown, and taken over."""

from io import BytesIO
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianxin.affairs.opinions import registers
from lianxin.affairs.opinions.forms.importing import LedgerForm
from lianxin.affairs.opinions.importing.desks import ENTER
from lianxin.affairs.opinions.models import LedgerUpload
from lianxin.affairs.opinions.registers import REGISTERS
from lianxin.affairs.opinions.tasks import look_at_ledger, take_ledger_over
from lianxin.ground.access.doors import needs
from lianxin.ground.core.clock import now
from lianxin.ground.core.workbooks import handed_out

STAGE = LedgerUpload.Stage
BOOKS = ("ledger", "reception")
LISTED = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(ENTER)
def ledgers(request: HttpRequest) -> HttpResponse:
    """Empty sheets, the form that brings a filled one, and what the reader brought before."""
    is_sent = request.method == "POST"
    form = LedgerForm(request.user, request.POST, request.FILES) if is_sent else LedgerForm(request.user)
    if is_sent and form.is_valid():
        told = {"station": form.cleaned_data["station"], "ending": form.ending}
        with transaction.atomic():
            upload = LedgerUpload.receive(form.cleaned_data["file"], by=request.user, at=now(), **told)
            look_at_ledger.enqueue(str(upload.pk), get_language())
        return redirect("opinions:ledger_upload", upload.pk)
    context = {
        "form": form,
        "books": [(code, REGISTERS[code].label) for code in BOOKS],
        "uploads": LedgerUpload.objects.visible_to(request.user)
        .select_related("station")
        .order_by("-made_at")[:LISTED],
    }
    return render(request, "opinions/desk/ledgers.html", context, status=422 if is_sent else 200)


@require_safe
@needs(ENTER)
def blank(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty sheet with the columns of one of our own books."""
    if kind not in BOOKS:
        raise Http404(kind)
    out = BytesIO()
    registers.write(out, REGISTERS[kind], ())
    return handed_out(out, _("空白%(book)s.xlsx") % {"book": REGISTERS[kind].label})


@never_cache
@require_safe
@needs(ENTER)
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was found. While the worker has the file, the page asks again by itself."""
    row = get_object_or_404(LedgerUpload.objects.visible_to(request.user).select_related("station"), pk=pk)
    template = "opinions/desk/ledger_report.html" if request.headers.get("HX-Request") else "opinions/desk/ledger.html"
    return render(request, template, {"upload": row, "days": row.report.get("days")})


@require_POST
@needs(ENTER)
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take over the rows that can be taken; or ask the worker again where it fell silent."""
    row = get_object_or_404(LedgerUpload.objects.visible_to(request.user), pk=pk)
    with transaction.atomic():  # the stage and the job, or neither
        if (row.has_stopped or row.report.get("told")) and (stage := row.go_on()):
            job = look_at_ledger if stage == STAGE.WAITING else take_ledger_over
            job.enqueue(str(row.pk), get_language())
    return redirect("opinions:ledger_upload", row.pk)

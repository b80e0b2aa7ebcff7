"""Opinions wanted: asked at the desk, answered by anybody without a name, counted, handed out for Excel."""

from io import BytesIO
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.account.publishing.calling import AnswerForm, HideForm, QuestionsForm, ShowForm
from lianxin.account.publishing.counting import count, words
from lianxin.account.publishing.deeds import may_review
from lianxin.account.publishing.models import Announcement, Answer, Call, Wording
from lianxin.account.publishing.models.announcement import REVIEW, WRITE
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.access.limits import limited
from lianxin.ground.core import workbooks
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.models import EventText
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.views.acting import act_page

HOUR_S, TIMES = 3_600, 30  # many people stand behind one address


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("publishing.answer", times=TIMES, seconds=HOUR_S)
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer what is asked today; nothing of who answers is kept."""
    wording, call = _public(pk)
    if not call.runs_on(today()):
        return redirect(wording.announcement.public_url)
    form = AnswerForm(call, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.carry_out(by=None, at=now()):
        return redirect("publishing:answered", pk)
    context = {"wording": wording, "call": call, "form": form}
    return render(request, "publishing/answer.html", context, status=422 if form.is_bound else 200)


@require_safe
def answered(request: HttpRequest, pk: UUID) -> HttpResponse:
    """That it came in, and where the result will stand."""
    wording, call = _public(pk)
    return render(request, "publishing/answered.html", {"wording": wording, "call": call})


def _public(pk: UUID) -> tuple[Wording, Call]:
    found = Wording.objects.public(now()).select_related("announcement__body__region")
    wording = get_object_or_404(found, announcement=pk)
    call = get_object_or_404(Call, announcement=pk)
    call.announcement = wording.announcement
    return wording, call


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WRITE)
def questions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is asked, from which day to which."""
    own = _own(request, pk)
    demand(request.user, WRITE, own)
    form = QuestionsForm(own, request.POST if request.method == "POST" else None)
    return act_page(request, form, of=_title(own), back=own.get_absolute_url())


@require_safe
@never_cache
@needs(WRITE, REVIEW)
def answers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was answered, for the office alone, and what it comes to."""
    own, call = _asking(request, pk)
    page = page_by_key(call.answers.select_related("region"), ("given_on", "id"), request.GET)
    asked, whys = list(call.questions.all()), _whys(own)
    rows = [
        (one, [(each.text, words(each, one.told.get(str(each.number)))) for each in asked], whys.get(str(one.pk), ""))
        for one in page.rows
    ]
    context = {"announcement": own, "title": _title(own), "rows": rows, "page": page, "result": count(call)}
    return render(request, "publishing/desk/answers.html", context | {"reviews": may_review(request.user, own)})


def _whys(own: Announcement) -> dict[str, str]:
    """Why answers were hidden, by their ids; one query."""
    told = EventText.objects.filter(event__kind="publishing.answer_hidden", event__subject_id=own.pk, name="reason")
    return dict(told.order_by("event").values_list("event__facts__answer", "text"))


@require_safe
@never_cache
@needs(WRITE, REVIEW)
def workbook(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every answer for Excel; what looks like a formula stays text."""
    own, call = _asking(request, pk)
    asked, out = list(call.questions.all()), BytesIO()
    book = workbooks.begun(out)
    sheet, head = book.add_worksheet(_("答卷")), book.add_format(workbooks.HEAD)
    text, day = book.add_format(workbooks.FONT), book.add_format(workbooks.FONT | {"num_format": "yyyy-mm-dd"})
    for column, name in enumerate([_("哪天答的"), _("乡镇街道"), _("算不算数"), *(each.text for each in asked)]):
        sheet.write_string(0, column, name, head)
    for row, one in enumerate(call.answers.select_related("region").order_by("given_on", "id"), 1):
        sheet.write_datetime(row, 0, one.given_on, day)
        counts = _("不计入") if one.hidden_at else _("计入")
        told = [one.region.name if one.region else "", counts]
        told += [words(each, one.told.get(str(each.number))) for each in asked]
        for column, cell in enumerate(told, 1):
            sheet.write_string(row, column, cell, text)
    sheet.set_column(0, len(asked) + 2, 24)
    book.close()
    return workbooks.handed_out(out, _("%(title)s的答卷.xlsx") % {"title": _title(own)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(REVIEW)
def judge(request: HttpRequest, pk: UUID, answer: UUID) -> HttpResponse:
    """Whether one answer counts."""
    own, call = _asking(request, pk)
    demand(request.user, REVIEW, own)
    one = get_object_or_404(Answer.objects.select_related("call__announcement"), pk=answer, call=call)
    kind = ShowForm if one.hidden_at else HideForm
    form = kind(one, request.POST if request.method == "POST" else None)
    note = "；".join(filter(None, (words(each, one.told.get(str(each.number))) for each in call.questions.all())))
    address = request.path.rpartition(f"{answer}/")[0]
    return act_page(request, form, of=_title(own), back=address, note=note)


def _own(request: HttpRequest, pk: UUID) -> Announcement:
    return get_object_or_404(Announcement.objects.visible_to(request.user), pk=pk)


def _asking(request: HttpRequest, pk: UUID) -> tuple[Announcement, Call]:
    own = _own(request, pk)
    if (call := Call.objects.filter(announcement=own).first()) is None:
        raise Http404(pk)
    return own, call


def _title(own: Announcement) -> str:
    latest = own.wordings.order_by("-number").first()
    return latest.title if latest else ""

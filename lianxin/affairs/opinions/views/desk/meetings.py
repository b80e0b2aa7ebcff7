"""集中研判 Joint meetings: the days of all bodies, one day's list with what was decided, its record as a paper."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.opinions.deeds import DEEDS
from lianxin.affairs.opinions.forms.meetings import HoldForm
from lianxin.affairs.opinions.forms.records import MeetingRecordForm
from lianxin.affairs.opinions.meeting_record import records
from lianxin.affairs.opinions.meetings import Matter, days, listed, matters
from lianxin.affairs.opinions.models import Meeting, Opinion, Privacy
from lianxin.affairs.opinions.models.opinion import SEE
from lianxin.affairs.opinions.registers import where
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.opinions.views.desk.record import record_page
from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.figures import Period
from lianxin.ground.documents.serving import serve_paper
from lianxin.ground.people.models import Body
from lianxin.ground.rulebook import in_force
from lianxin.lib.text.private import masked

LIST = DEEDS["meeting"].needs  # whoever lists for a meeting records it
BACK = timedelta(days=366)


@require_safe
@needs(SEE)
def meetings(request: HttpRequest) -> HttpResponse:
    """The days ahead, the next first, and those of the last year, or of an older one, the latest first."""
    day, year = today(), Period.named(request.GET.get("year", ""))
    first, last = (year.starts_on, year.ends_on) if year else (day - BACK, date.max)
    found = days(request.user, first, last)
    context = {
        "ahead": [one for one in found if one.on >= day],
        "past": [one for one in reversed(found) if one.on < day],
        "tabs": _tabs(request, year),
    }
    return render(request, "opinions/desk/meetings.html", context)


def _tabs(request: HttpRequest, year: Period | None) -> list[dict[str, object]]:
    """The last year, and every one before in which something was listed; none while there is nothing older."""
    oldest = listed(Opinion.objects.visible_to(request.user)).aggregate(day=Min("due_on"))["day"]
    if not oldest or oldest >= today() - BACK:
        return []
    years = [Period.year(one) for one in range(today().year, oldest.year - 1, -1)]
    tabs = [{"href": f"?year={one.code}", "label": one.called, "is_current": one == year} for one in years]
    return [{"href": "?", "label": _("最近一年"), "is_current": year is None}, *tabs]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(SEE)
def meeting(request: HttpRequest, body: UUID, on: date) -> HttpResponse:
    """What was listed for a body's day, a sheet to be printed and handed round; who sat there, and what was decided."""
    held = Meeting.of(get_object_or_404(Body.objects.select_related("region"), pk=body), on)
    found = matters(body, on, Opinion.objects.visible_to(request.user))
    is_seen = bool(can(request.user, SEE, held))  # else it is a matter of theirs that lies with somebody else's meeting
    if not found and not is_seen:
        raise Http404(f"{held} is not seen")
    form = HoldForm(held, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        demand(request.user, LIST, held)
        if form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
            toasts.tell(request, form.told)
            return redirect(held)
    context = _shown(found) | {"meeting": held, "form": form, "may": can(request.user, LIST, held)}
    context |= {"has_begun": on <= today(), "is_over": on < today(), "sat": held.is_recorded and is_seen}
    return render(request, "opinions/desk/meeting.html", context, status=422 if form.is_bound else 200)


def _shown(found: list[Matter]) -> dict[str, object]:
    """What stands on the sheet, and beside it what complains of somebody, which is not handed round."""
    rules, told = in_force(today()).section(OpinionRules), [one for one in found if not one.opinion.is_complaint]
    rows = [
        {
            "matter": one,
            "text": _for_many(one.voice),
            "where": where(one.opinion),
            "subject": rules.subject(one.opinion.subject) if one.opinion.subject else "",
        }
        for one in told
    ]
    complaints = [one for one in found if one.opinion.is_complaint]
    undecided = sum(1 for one in told if one.decision.on is None)
    return {"rows": rows, "complaints": complaints, "undecided": undecided}


def _for_many(opinion: Opinion) -> str:
    """The words for a sheet that is handed round: masked where nobody has looked at them yet."""
    return masked(opinion.text) if opinion.privacy == Privacy.FOUND else opinion.text


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(LIST)
def meeting_record(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """What was written of a joint meeting; asked again every few seconds while something is being written."""
    row, here = _own(request, meeting), reverse("opinions:meeting_record", args=[meeting])
    form = MeetingRecordForm(row, request.POST if request.method == "POST" else None)
    more = {"file": "opinions:meeting_record_file", "template": "opinions/desk/meeting_record.html"}
    return record_page(request, form, list(records(row)), here=here, **more)


@require_safe
@never_cache
@needs(LIST)
def meeting_record_file(request: HttpRequest, meeting: UUID, paper: UUID, ending: str) -> HttpResponse:
    """A record, as DOCX or as PDF."""
    return serve_paper(get_object_or_404(records(_own(request, meeting)), pk=paper), ending)


def _own(request: HttpRequest, pk: UUID) -> Meeting:
    """A meeting of a body that somebody lists for: else 404 where they do not see it, 403 where they may not."""
    seen = Meeting.objects.visible_to(request.user).select_related("body__region")
    row = get_object_or_404(seen, pk=pk)
    demand(request.user, LIST, row)
    return row

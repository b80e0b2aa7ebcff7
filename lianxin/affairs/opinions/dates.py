"""Days of a matter as files for an author's own calendar (RFC 5545). No word of the matter and no code stands in them."""

from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lianxin.affairs.opinions.following import Matter
from lianxin.affairs.opinions.receipts import Receipt
from lianxin.ground.cases.models import Case


def of_receipt(receipt: Receipt) -> HttpResponse:
    """The day by which the first who has it answers."""
    case = receipt.opinion.case
    assert receipt.due_on
    told = _("%(number)s 该有回音了") % {"number": case.number}
    where = _("凭收据上的查询码查：%(address)s") % {"address": receipt.follow}
    return _file(case, receipt.due_on, told, where, stamped_at=case.opened_at, edition=0)


def of_matter(matter: Matter) -> HttpResponse:
    """The day on which what comes next is due."""
    case = matter.opinion.case
    assert matter.case.due_on
    coming = strip_tags(matter.now.next.text) if matter.now.next else ""
    told = _("%(number)s：%(coming)s") % {"number": case.number, "coming": coming}
    return _file(case, matter.case.due_on, told, "", stamped_at=matter.case.changed_at, edition=matter.case.edition)


def _file(case: Case, on: date, told: str, more: str, *, stamped_at: datetime, edition: int) -> HttpResponse:
    """One whole day. A matter keeps its id, so that a newer file moves the day and adds none."""
    day = Event()
    day.add("uid", f"{case.number}@lianxin")
    day.add("dtstamp", stamped_at)
    day.add("sequence", edition)
    day.add("dtstart", on)
    day.add("dtend", on + timedelta(days=1))
    day.add("transp", "TRANSPARENT")
    day.add("summary", told)
    if more:
        day.add("description", more)
    calendar = Calendar()
    calendar.add("prodid", "-//Lianxin//zh")
    calendar.add("version", "2.0")
    calendar.add_component(day)
    answer = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{case.number}.ics"'
    return answer

"""The day of what comes next, as a file for one's own calendar."""

from datetime import timedelta

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lianxin.affairs.opinions.following import Matter


def calendar_of(matter: Matter) -> bytes:
    """One all-day event: what is due on that day. Its id stays, so that a newer file moves it; no words of the matter."""
    assert matter.case.due_on
    number = matter.opinion.case.number
    event = Event()
    event.add("uid", f"{number}@lianxin")
    event.add("dtstamp", matter.case.changed_at)
    event.add("sequence", matter.case.edition)
    event.add("dtstart", matter.case.due_on)
    event.add("dtend", matter.case.due_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    coming = strip_tags(matter.now.next.text) if matter.now.next else ""
    event.add("summary", _("%(number)s：%(coming)s") % {"number": number, "coming": coming})
    file = Calendar()
    file.add("prodid", f"-//{settings.SITE_NAME}//{number}//")
    file.add("version", "2.0")
    file.add_component(event)
    return file.to_ical()

"""A joint meeting in tests: what was listed for it, who sat there, who opens its pages."""

from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client

from lianxin.affairs.opinions.actions import sorting
from lianxin.affairs.opinions.models import Meeting, Opinion
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import travel
from tests.affairs.opinions.builders import NOON, Office
from tests.affairs.opinions.unit_people import browser
from tests.ground.access.builders import make_grant

ON = date(2026, 3, 12)
MET = NOON + timedelta(days=2)
SAT = {"chair": "章谷雨（副主任）", "attended": "县人民政府：罗青禾\n县人民法院：谭秋实", "place": "三楼会议室"}


def clerk_of(office: Office) -> Client:
    """The browser of the office's own clerk."""
    with travel(NOON):
        make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    return browser(office.clerk)


def listed(office: Office, on: date = ON, at: datetime = NOON, **facts: Any) -> Opinion:
    """An opinion that is on the list of a day."""
    opinion = office.opinion(**facts)
    sorting.list_for_meeting(opinion, on, by=office.clerk.pk, at=at)
    return opinion


def met(office: Office, **said: str) -> Meeting:
    """The meeting of the day, with who sat there."""
    meeting = Meeting.of(office.congress, ON)
    meeting.lay_down(**SAT | said, by=office.clerk.pk, at=MET)
    return meeting

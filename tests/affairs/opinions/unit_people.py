"""People of units in tests of pages, and matters that were handed to their unit."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from lianxin.affairs.opinions.actions import handling, replying, sorting
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access.models import Grant, User
from lianxin.ground.cases.models import Handover
from lianxin.ground.people.models import Unit
from tests.affairs.opinions.builders import NOON, Office
from tests.ground.access.builders import make_grant, make_user

DAY = timedelta(days=1)


def somebody(role: str, unit: Unit, name: str = "") -> User:
    """A person with this role over a unit."""
    user = make_user(name)
    make_grant(user, role, Grant.Scope.UNIT, unit.pk)
    return user


def browser(user: User) -> Client:
    """A browser in which they are signed in."""
    client = Client()
    client.force_login(user)
    return client


def handed(office: Office, *others: Unit, at: datetime = NOON, **facts: Any) -> tuple[Opinion, Handover]:
    """An opinion that was handed to the roads bureau, with others to help; the bureau's handover."""
    opinion = office.opinion(**facts)
    sorting.accept(opinion, by=office.clerk.pk, at=at)
    if opinion.privacy == "found":
        sorting.see_privacy(opinion, by=office.clerk.pk, at=at)
    handling.hand_to_units(opinion, office.roads, others, by=office.clerk.pk, at=at)
    return opinion, Handover.objects.running().get(case=opinion.case_id, role="lead")


def answer(lead: Handover, by: User, *, at: datetime = NOON, **facts: Any) -> None:
    """The unit drafts, its head approves, and it goes out."""
    facts = {"text": "七盏灯都修好了。", "outcome": "solved"} | facts
    made = replying.draft(lead, by=by.pk, at=at, **facts)
    replying.approve(lead, by=by.pk, at=at, edition=made.edition)
    replying.send(lead, by=by.pk, at=at)

"""Two who press the same button at the same moment, each in a process of the server: it is done once, the other is told in words."""

import pytest

from tests.affairs.opinions.there import OFFICE, asked, holds

pytestmark = [pytest.mark.sql, pytest.mark.load]
PAGES = f"""{OFFICE}
from django.conf import settings
from django.test import Client
from lianxin.affairs.opinions.actions import replying
from lianxin.ground.access.models import Grant
from tests.ground.access.builders import make_grant, make_user
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"] = {{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

def grants(role, *over):
    with clock.travel(NOON):
        make_grant(office.clerk, role, *over)

def signed_in():
    client = Client()
    client.force_login(office.clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client

def posts(open_page, address, **said):
    with clock.travel(NOON):
        client = open_page()
        meet()
        answer = client.post(address() if callable(address) else address, said)
    print(json.dumps([answer.status_code, answer.content.decode()]))
"""
DESK = """
grants("office_clerk", Grant.Scope.PLACE, Region.objects.get(level="county").pk)
office.opinion()
"""
UNIT = """
grants("unit_clerk", Grant.Scope.UNIT, office.roads.pk)
_one, lead = working.handed(office)
made = replying.draft(lead, by=by, at=NOON, text="修好了。", outcome="solved")
replying.approve(lead, by=by, at=NOON, edition=made.edition)
"""
LEAD = 'Handover.objects.running().get(role="lead").pk'
BUTTONS = {  # what was before, the page, what is sent, and the question whose answer is 1 when it was done once
    "the desk accepts": (
        DESK,
        "signed_in, f'/desk/opinions/{first().pk}/accept/', edition=0",
        "opinions.accepted",
    ),
    "the unit replies": (
        UNIT,
        f"signed_in, f'/unit/opinions/{{{LEAD}}}/send/', edition=1",
        "opinions.replied",
    ),
}


@pytest.mark.parametrize("button", BUTTONS)
def test_pressed_by_two_at_once_it_is_done_once(whole, button):
    before, page, kind = BUTTONS[button]
    whole.python(f"{PAGES}\n{before}\nprint(json.dumps(1))")
    answers = whole.together(*[f"{PAGES}\nposts({page})"] * 2)
    assert 302 in [status for status, _said in answers]
    for status, said in answers:
        assert status == 302 or (status in (404, 409, 422) and "<h1" in said), (status, said[:400])
    assert asked(whole, f"Event.objects.filter(kind='{kind}').count()") == 1
    holds(whole)

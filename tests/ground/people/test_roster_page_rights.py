"""The page of the roster shows what one may do there, and says why not the rest."""

import re
from typing import Any

import pytest
from django.test import Client

from lianxin.ground.access import can
from lianxin.ground.access.policy import Answer
from lianxin.ground.people.models import Body, Region
from lianxin.ground.people.views import roster
from tests.ground.access.builders import make_platform
from tests.ground.people.builders import make_congress, make_county
from tests.ground.people.clerks import sign_in

pytestmark = pytest.mark.django_db

ROSTER, EXPORT = "/desk/roster/", "/desk/roster/workbook/"
WHY = re.compile("“导入名册”由[^，。]*代表工作机构工作人员来做")


@pytest.fixture
def congress() -> Body:
    make_platform(county_code="990101")
    return make_congress(make_county())


@pytest.fixture
def township(congress: Body, client: Client) -> Client:
    """Somebody of a township, who may export and not import."""
    return sign_in(client, "township_clerk", Region.objects.get(name="石桥镇"))


def said(client: Client, address: str = ROSTER) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def test_who_may_export_alone_gets_the_workbook_and_reads_who_imports(township: Client) -> None:
    page = said(township)
    assert f'href="{EXPORT}"' in page
    assert f'href="{EXPORT}?template=1"' in page
    assert WHY.search(page)
    assert 'type="file"' not in page
    assert township.get(EXPORT).status_code == 200


def test_who_may_export_alone_sends_nothing(township: Client) -> None:
    answer = township.post(ROSTER)
    assert answer.status_code == 403
    assert WHY.search(answer.content.decode())


def test_who_may_export_alone_is_led_there(township: Client) -> None:
    assert f'href="{ROSTER}"' in said(township, "/desk/")


def test_who_may_both_gets_the_form_and_the_workbook(congress: Body, client: Client) -> None:
    page = said(sign_in(client, "office_clerk", congress.region))
    assert 'type="file"' in page
    assert f'href="{EXPORT}"' in page
    assert 'class="why"' not in page


def test_who_may_import_alone_gets_the_form_and_reads_who_exports(
    congress: Body, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def may(user: Any, code: str) -> Answer:
        return Answer(False, "导出由别人来做") if code == "people.export_roster" else can(user, code)

    monkeypatch.setattr(roster, "can", may)
    page = said(sign_in(client, "office_clerk", congress.region))
    assert 'type="file"' in page
    assert "导出由别人来做" in page
    assert f'href="{EXPORT}"' not in page

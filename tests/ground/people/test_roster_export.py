"""The roster goes out as a workbook, or an empty one to fill in."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from lianxin.ground.access.models import User
from lianxin.ground.people.models import Body, Region
from tests.ground.people.bringing import EXPORT, enter
from tests.ground.people.builders import make_congress, make_mandate, make_person

pytestmark = pytest.mark.django_db


def rows(content: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(BytesIO(content))["代表名册"].iter_rows(min_row=2, values_only=True))


def test_the_template_is_empty_and_names_the_congresses_in_reach(clerk: User, congress: Body, client: Client) -> None:
    make_mandate(congress)
    answer = client.get(EXPORT, {"template": 1})
    assert "attachment" in answer["Content-Disposition"]
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["代表名册", "选区", "填写说明"]
    assert rows(answer.content) == []
    assert congress.name in [row[5] for row in book["填写说明"].iter_rows(values_only=True)]


def test_the_export_holds_what_lies_in_ones_reach_with_whom_it_elects(congress: Body, client: Client) -> None:
    bridge, city = Region.objects.get(name="石桥镇"), Region.objects.get(name="澄州市")
    make_mandate(make_congress(bridge, "township"), make_person("谭秋实"))
    make_mandate(congress, make_person("罗青禾"))
    cities = make_congress(city, "city")
    make_mandate(cities, make_person("向晚亭"), electing_body=congress)
    make_mandate(cities, make_person("何松涛"))
    everybody = {"谭秋实", "罗青禾", "向晚亭"}
    for role, place, names in (
        ("township_clerk", bridge, {"谭秋实"}),
        ("office_clerk", congress.region, everybody),
    ):
        browser = Client()
        enter(browser, role, place)
        assert {row[3] for row in rows(browser.get(EXPORT).content)} == names


def test_phones_are_exported_to_whoever_may_see_them(
    congress: Body, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_mandate(congress, make_person(phone="13800000001"))
    enter(client, "office_clerk", congress.region)
    assert rows(client.get(EXPORT).content)[0][9] == "13800000001"
    from lianxin.ground.access.answering import Reach
    from lianxin.ground.people.views import roster

    nowhere, far = Reach(False, frozenset()), roster.reach
    monkeypatch.setattr(roster, "reach", lambda user, code: nowhere if code == "people.see_phone" else far(user, code))
    assert rows(client.get(EXPORT).content)[0][9] is None

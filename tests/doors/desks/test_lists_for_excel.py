"""Every list that somebody works from goes to Excel: real types, text that stays text, and only what they may see."""

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from lianxin.account.publishing.models.wording import Wording, Words
from lianxin.affairs.stations.models import Station
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import day_of, now
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Unit
from tests.affairs.opinions.builders import NOON, Office
from tests.affairs.opinions.unit_people import answer, browser, handed, somebody
from tests.affairs.stations.builders import OPENED_ON
from tests.affairs.suggestions import builders as suggestions
from tests.ground.access.builders import make_grant, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
FORMULA = "=cmd|' /C calc'!A0 电话13800001234"


@pytest.fixture
def office(db: None) -> Office:
    return Office()


@pytest.fixture
def desk(office: Office, travel: Any) -> Client:
    travel(NOON)
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    return browser(office.clerk)


def sheet(client: Client, address: str) -> list[dict[str, Any]]:
    """The rows by head; no cell is a formula."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    page = load_workbook(io.BytesIO(answer.content)).active
    assert (page.page_setup.orientation, page.print_title_rows) == ("landscape", "$1:$1")
    head, *rows = page.iter_rows()
    assert all(cell.data_type != "f" for row in rows for cell in row)
    return [{name.value: cell for name, cell in zip(head, row, strict=True)} for row in rows]


def test_what_lies_with_a_unit(office: Office, travel: Any) -> None:
    travel(NOON)
    opinion, _lead = handed(office, words=FORMULA)
    head = browser(somebody("unit_head", office.roads))
    (row,) = sheet(head, "/unit/opinions/list.xlsx?tab=sign")
    assert (row["编号"].value, row["承办单位"].value) == (opinion.case.number, "交通运输局")
    assert row["标题"].value.startswith("=cmd")
    assert "13800001234" not in row["标题"].value
    assert (row["交来日期"].value.date(), row["第几轮"].value) == (day_of(NOON), 1)
    assert row["到期日"].is_date
    assert sheet(head, "/unit/opinions/list.xlsx?tab=done") == []
    assert sheet(browser(somebody("unit_head", office.housing, "乙")), "/unit/opinions/list.xlsx?tab=sign") == []


def test_what_lies_with_a_deputy(office: Office, travel: Any) -> None:
    travel(NOON)
    user = make_user("代表")
    make_grant(user, "deputy", Grant.Scope.BODY, office.congress.pk)
    office.mandate.person.link(user, by=None, at=NOON)
    own = office.opinion(mandate=office.mandate)
    office.opinion()
    assert [row["编号"].value for row in sheet(browser(user), "/me/opinions/list.xlsx")] == [own.case.number]
    assert sheet(browser(user), "/me/opinions/list.xlsx?past=1") == []
    suggestions.make_suggestion(office)
    (draft,) = sheet(browser(user), "/me/suggestions/list.xlsx?tab=mine")
    assert (draft["编号"].value, draft["进展"].value, draft["提出日期"].value) == ("", "草稿", "")


def test_promises_of_an_office_and_of_a_unit(office: Office, desk: Client) -> None:
    opinion, lead = handed(office)
    head = somebody("unit_head", office.roads)
    answer(lead, head, outcome="later", promise=FORMULA, promised_on=date(2026, 6, 1))
    for client, address in ((desk, "/desk/promises/list.xlsx"), (browser(head), "/unit/promises/list.xlsx")):
        (row,) = sheet(client, address)
        assert (row["承诺的日子"].value.date(), row["编号"].value) == (date(2026, 6, 1), opinion.case.number)
        assert row["承诺的事"].value.startswith("=cmd")
        assert "13800001234" not in row["承诺的事"].value
        assert row["谁承诺的"].value == "交通运输局"
        assert sheet(client, f"{address}?fate=kept") == []


def test_suggestions_that_a_unit_answers(office: Office, travel: Any) -> None:
    travel(NOON)
    made, _lead = suggestions.handed(office)
    head = browser(somebody("unit_head", office.roads))
    (row,) = sheet(head, "/unit/suggestions/list.xlsx")
    assert (row["编号"].value, row["承办单位"].value) == (made.number, "交通运输局")
    assert row["领衔代表"].value == office.mandate.person.name
    assert sheet(head, "/unit/suggestions/list.xlsx?past=1") == []


def test_stations_with_their_places_and_deputies(office: Office, desk: Client) -> None:
    office.station.post(office.mandate, on=OPENED_ON, by=None, at=now())
    Station.objects.filter(pk=office.station.pk).update(phone="0717-6100000", way_in="=1+1")
    (row,) = sheet(desk, "/desk/stations/list.xlsx")
    assert (row["乡镇街道"].value, row["村、社区"].value) == ("石桥镇", office.village.name)
    assert (row["代表人数"].value, row["代表人数"].data_type) == (1, "n")
    assert (row["电话"].value, row["怎么走"].value) == ("0717-6100000", "=1+1")
    assert sheet(desk, "/desk/stations/list.xlsx?q=没有这个站") == []


def test_units_each_before_its_offices(office: Office, desk: Client) -> None:
    Unit.objects.create(name="安全科", kind="office", parent=office.roads, region=office.county)
    rows = sheet(desk, "/desk/units/list.xlsx")
    assert [row["名称"].value for row in rows][:2] == ["交通运输局", "安全科"]
    assert rows[1]["上级单位"].value == "交通运输局"


def test_bodies_and_their_sessions(office: Office, desk: Client) -> None:
    committee = office.congress.form("standing_committee", "常务委员会", on=date(2026, 1, 5), by=None, at=now())
    committee.take_in(office.mandate.person, "member", on=date(2026, 1, 5), by=None, at=now())
    days = {"starts_on": date(2026, 1, 8), "ends_on": date(2026, 1, 11)}
    office.congress.hold_session(5, **days, by=None, at=now())
    congress, formed = sheet(desk, "/desk/bodies/list.xlsx")
    assert (congress["名称"].value, congress["代表人数"].value) == (office.congress.name, 1)
    assert (formed["名称"].value, formed["成员人数"].value, formed["代表人数"].value) == ("常务委员会", 1, "")
    (session,) = sheet(desk, "/desk/sessions/list.xlsx")
    assert (session["第几次会议"].value, session["结束日期"].value.date()) == (5, date(2026, 1, 11))


def test_news_by_tab(office: Office, desk: Client) -> None:
    Wording.begin(office.congress, Words("news", "=开会", "28日开会。"), id=new_id(), by=office.clerk.pk, at=now())
    (row,) = sheet(desk, "/desk/news/list.xlsx?tab=drafts")
    assert (row["题目"].value, row["机构"].value, row["版本"].value) == ("=开会", office.congress.name, 1)
    assert row["起草日期"].is_date
    assert sheet(desk, "/desk/news/list.xlsx?tab=public") == []

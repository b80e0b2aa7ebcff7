"""The inbox, the rota and suggestions for Excel: real types, one query for however many rows, and nobody's name."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from lianxin.affairs.opinions import inbox, taking_out
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import today
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.unit_people import browser
from tests.affairs.stations.builders import make_shift, make_station
from tests.affairs.suggestions.builders import submitted
from tests.ground.access.builders import make_grant

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


@pytest.fixture
def desk(office, travel):
    travel(NOON)
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    return browser(office.clerk)


def sheet(desk, address):
    answer = desk.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    head, *rows = load_workbook(io.BytesIO(answer.content)).active.iter_rows()
    names = [cell.value for cell in head]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_a_view_of_the_inbox_stands_there_with_days_and_numbers(office, desk):
    opinion = office.opinion(words="=cmd|' /C calc'!A0 我叫王秀兰，电话13800001234", subject="roads")
    (row,) = sheet(desk, "/desk/opinions/inbox.xlsx")
    assert row["编号"].value == opinion.case.number
    assert row["收到日期"].value.date() == date(2026, 3, 10)
    assert row["收到日期"].is_date
    assert row["到期日"].is_date
    assert (row["几个人反映"].value, row["几个人反映"].data_type) == (1, "n")
    assert row["标题"].data_type == "s"
    assert row["标题"].value.startswith("=cmd")
    assert "13800001234" not in row["标题"].value
    assert row["类别"].value == "道路交通"
    assert row["乡镇街道"].value == "石桥镇"


def test_it_follows_the_view_and_its_filters(office, desk):
    office.opinion(subject="roads")
    assert len(sheet(desk, "/desk/opinions/inbox.xlsx?subject=roads")) == 1
    assert sheet(desk, "/desk/opinions/inbox.xlsx?subject=water") == []
    assert sheet(desk, "/desk/opinions/inbox.xlsx?view=ended") == []


@pytest.mark.usefixtures("platform_stays_known")
def test_however_many_there_are_they_are_one_query(office, desk):
    for _time in range(3):
        office.opinion()
    seen, sieve = Opinion.objects.visible_to(office.clerk), inbox.Sieve.of({})
    list(taking_out.rows(seen, sieve, today()))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(list(taking_out.rows(seen, sieve, today()))) == 3
    assert len([one for one in asked if "SELECT" in one["sql"]]) == 1


def test_suggestions_are_taken_out_by_tab(office, desk):
    made = submitted(office)
    (row,) = sheet(desk, "/desk/suggestions/list.xlsx?tab=review")
    assert (row["编号"].value, row["领衔代表"].value) == (made.number, office.mandate.person.name)
    assert row["提出日期"].is_date
    assert sheet(desk, "/desk/suggestions/list.xlsx?tab=ended") == []


def test_the_rota_of_a_month_is_taken_out(office, desk):
    station = make_station(office.village, office.congress)
    make_shift(station, office.mandate, on=date(2026, 3, 20))
    (row,) = sheet(desk, "/desk/rota/rota.xlsx?month=2026-03")
    assert row["日期"].value.date() == date(2026, 3, 20)
    assert row["值班代表"].value == office.mandate.person.name
    assert (row["还缺几位"].value, row["乡镇街道"].value) == (1, "石桥镇")
    assert sheet(desk, "/desk/rota/rota.xlsx?month=2026-04") == []

"""The book of papers: what was issued, by its number, on a page and as a workbook."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianxin.ground.access.models import Grant
from lianxin.ground.core.events import Ref
from lianxin.ground.core.ids import new_id
from lianxin.ground.documents import papers
from tests.ground.access.builders import make_grant, make_user
from tests.ground.documents.builders import PDF, lay_down, make_paper
from tests.ground.people.builders import make_congress, make_county

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
BOOK, WORKBOOK = "/papers/", "/papers/book.xlsx"


@pytest.fixture
def county(platform, travel, printer):
    travel(datetime(2026, 3, 10, 4, tzinfo=UTC))
    return make_county()


@pytest.fixture
def head(county):
    return lay_down(make_congress(county))


@pytest.fixture
def clerk(county):
    return browser(county)


def browser(county):
    user, client = make_user(), Client()
    make_grant(user, "office_clerk", Grant.Scope.PLACE, county.pk)
    client.force_login(user)
    return client


def shown(client, address=BOOK):
    return client.get(address).content.decode()


def rows(client, address=WORKBOOK):
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(address).content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()], sheet


def test_papers_stand_there_latest_first_and_open(clerk, head):
    first = make_paper(head)
    papers.make.func(str(first.pk))
    second = make_paper(head)
    page = shown(clerk)
    assert page.index(second.number) < page.index(first.number)
    assert page.count("正在生成") == 1
    assert clerk.get(f"{BOOK}{first.pk}.pdf").content == PDF
    assert clerk.get(f"{BOOK}{second.pk}.pdf").status_code == 404


def test_a_county_reads_its_townships_papers_and_no_other_county_s(clerk, head, county):
    township = county.parts.get(name="石桥镇")
    own = make_paper(lay_down(make_congress(township, "township"), "石人函"))
    other_county = make_county("远山县")
    other = make_paper(lay_down(make_congress(other_county), "远人办函"))
    page = shown(clerk)
    assert own.number in page
    assert other.number not in page
    assert clerk.get(f"{BOOK}{other.pk}.docx").status_code == 404
    assert other.number in shown(browser(other_county))


def test_a_year_is_a_year_of_the_office(clerk, head, travel):
    last = make_paper(head, at=datetime(2025, 12, 31, 15, 59, tzinfo=UTC))  # 23:59 in China
    first = make_paper(head, at=datetime(2025, 12, 31, 16, 0, tzinfo=UTC))
    assert (last.number, first.number) == ("青人办函〔2025〕1号", "青人办函〔2026〕1号")
    assert first.number in shown(clerk)
    assert last.number not in shown(clerk)
    assert last.number in shown(clerk, f"{BOOK}?year=2025")
    assert 'href="?year=2025"' in shown(clerk)


@pytest.mark.parametrize("year", ["", "9999", "0000", "-1", "二〇二六", "２０２６", "2026 "])
def test_a_year_that_is_none_is_this_one(clerk, head, year):
    paper = make_paper(head)
    assert paper.number in clerk.get(BOOK, {"year": year}).content.decode()


def test_the_workbook_has_days_as_days_and_all_else_as_text(clerk, head):
    about = Ref("thing", new_id())
    make_paper(head, title="=cmd|' /C calc'!A0")
    gone = make_paper(head, about)
    papers.erase(about, at=datetime(2026, 3, 12, 4, tzinfo=UTC))
    told, sheet = rows(clerk)
    assert told[0][:4] == ["发文字号", "种类", "标题", "主送"]
    assert told[1][:4] == ["青人办函〔2026〕1号", "转办函", "=cmd|' /C calc'!A0", "交通运输局"]
    assert sheet["C2"].data_type == "s"
    assert [cell.date() for cell in (sheet["F2"].value, sheet["G3"].value)] == [date(2026, 3, 10), date(2026, 3, 12)]
    assert told[2][0] == gone.number


def test_before_the_first_paper_it_says_where_papers_come_from(clerk, county):
    assert "还没有出过公文" in shown(clerk)
    assert len(rows(clerk)[0]) == 1


@pytest.mark.usefixtures("platform_stays_known")
def test_the_page_asks_as_many_queries_for_fifty_as_for_one(clerk, head):
    make_paper(head)
    shown(clerk)  # the platform and its rules are read once in a process
    with CaptureQueriesContext(connection) as for_one:
        shown(clerk)
    for _paper in range(50):
        make_paper(head)
    with CaptureQueriesContext(connection) as for_fifty:
        page = shown(clerk)
    assert page.count('<th scope="row"') == 50
    assert len(for_fifty) == len(for_one) <= 8


def note(client, paper, **told):
    """Note a print as the page proposes it."""
    fields = client.get(f"{BOOK}{paper.pk}/").context["form"]
    return client.post(f"{BOOK}{paper.pk}/", {name: fields[name].value() for name in fields.fields} | told)


def test_how_many_copies_were_printed_for_whom_stands_with_the_paper(clerk, head):
    paper = make_paper(head)
    page = clerk.get(f"{BOOK}{paper.pk}/")
    assert page.context["form"]["to"].value() == "交通运输局，存档"
    assert note(clerk, paper, copies=20)["Location"] == f"{BOOK}{paper.pk}/"
    note(clerk, paper, copies=5, to="县政府办公室")
    page = shown(clerk, f"{BOOK}{paper.pk}/")
    assert "一共印了25份" in page
    assert "20份，发给：交通运输局，存档" in page
    assert [event.facts["copies"] for event in papers.runs_of(paper).order_by("pk")] == [20, 5]


def test_a_print_that_is_pressed_twice_is_noted_once(clerk, head):
    paper = make_paper(head)
    told = {"copies": 3, "to": "存档", "runs": 0}
    assert clerk.post(f"{BOOK}{paper.pk}/", told).status_code == 302
    again = clerk.post(f"{BOOK}{paper.pk}/", told)
    assert again.status_code == 422
    assert "已经记过一次印发" in again.content.decode()
    assert papers.runs_of(paper).count() == 1


@pytest.mark.parametrize("copies", ["0", "-1", "10000", "许多"])
def test_copies_are_a_number_that_somebody_can_print(clerk, head, copies):
    paper = make_paper(head)
    assert note(clerk, paper, copies=copies).status_code == 422
    assert not papers.runs_of(paper).exists()

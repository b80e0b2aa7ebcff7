"""The pages on which a ledger is brought, looked at and taken over."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from lianxin.affairs.opinions import tasks
from lianxin.affairs.opinions.models import LedgerUpload, Opinion
from lianxin.ground.access.models import Grant, User
from lianxin.ground.core import clock
from tests.affairs.opinions.bringing import LEDGER, LEDGERS, RECEPTION, STAGE, bring, sheet, upload
from tests.affairs.opinions.builders import NOON, Office
from tests.affairs.opinions.unit_people import browser
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.bringing import said, work

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = [
    {"收到日期": date(2026, 3, number), "哪里的事": "橘林村", "原话": f"第{number}盏灯不亮"} for number in (1, 2, 3)
]


@pytest.fixture
def client(office: Office, travel: Any, settings: Any, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path / "files"
    travel(NOON)
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    return browser(office.clerk)


def test_a_ledger_is_looked_at_before_anything_happens_and_then_comes_in(client: Client) -> None:
    page = bring(client, sheet(LEDGER, *ROWS, {"收到日期": "昨天", "原话": "路断了"}))["Location"]
    assert "正在核对" in said(client, page)
    work()
    looked = said(client, page, HX_Request="true")
    assert "<html" not in looked
    assert "导入这3件" in looked
    assert "A5" in looked
    assert "盏灯不亮" not in looked
    assert Opinion.objects.count() == 0

    client.post(f"{page}take/")
    assert "正在导入" in said(client, page)
    work()
    assert "导入了3件" in said(client, page)
    assert (Opinion.objects.count(), upload().stage, upload().file.name) == (3, STAGE.TAKEN, "")
    assert "新来的" in said(client, "/desk/opinions/")


def test_the_same_again_makes_nothing_twice(client: Client) -> None:
    for _time in range(2):
        page = bring(client, sheet(LEDGER, *ROWS))["Location"]
        work()
        client.post(f"{page}take/")
        work()
    assert "每一行都已经在平台上" in said(client, page)
    assert Opinion.objects.count() == 3


def test_a_worker_that_was_cut_short_goes_on_where_it_stopped(
    client: Client, travel: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = bring(client, sheet(LEDGER, *ROWS))["Location"]
    work()
    client.post(f"{page}take/")
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "_work", lambda *_: None)
        work()
    travel(NOON + timedelta(minutes=6))
    assert "好一会儿没有动静" in said(client, page)
    for _time in range(2):
        client.post(f"{page}take/")
    work()
    assert (Opinion.objects.count(), upload().stage) == (3, STAGE.TAKEN)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("台账.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧格式"),
        ("台账.xlsx", "收到日期,原话\n2026-03-01,灯不亮".encode(), "要的是Excel工作簿"),
        ("台账.csv", "收到日期,原话\n".encode("utf-16"), "看不出这是什么文件"),
        ("台账.csv", b"", "这个文件是空的"),
    ],
)
def test_what_is_no_table_is_refused_in_words(client: Client, name: str, content: bytes, told: str) -> None:
    answer = bring(client, content, name)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not LedgerUpload.objects.exists()


def test_a_table_without_our_heads_says_what_is_missing(client: Client) -> None:
    page = bring(client, sheet(("姓名", "电话"), {"姓名": "甲"}))["Location"]
    work()
    assert "缺了：内容、时间" in said(client, page)
    assert upload().stage == STAGE.REFUSED


def test_a_book_of_receptions_wants_its_station(client: Client, office: Office) -> None:
    content = sheet(RECEPTION, {"日期": date(2026, 3, 1), "原话": "灯不亮"})
    page = bring(client, content)["Location"]
    work()
    assert "先选是哪个站的" in said(client, page)
    page = bring(client, content, station=office.station)["Location"]
    work()
    assert "导入这1件" in said(client, page)


def test_empty_sheets_have_the_columns_of_our_own_books(client: Client) -> None:
    for kind, heads in (("ledger", LEDGER), ("reception", ("日期", "值班代表", "谁听的"))):
        answer = client.get(f"{LEDGERS}{kind}.xlsx")
        ((*found,),) = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
        assert tuple(found)[: len(heads)] == heads
    assert client.get(f"{LEDGERS}roster.xlsx").status_code == 404


def test_a_keeper_brings_the_book_of_their_own_station_alone(client: Client, office: Office) -> None:
    keeper = make_user("易南乔")
    make_grant(keeper, "station_keeper", Grant.Scope.STATION, office.station.pk)
    own = browser(keeper)
    page = bring(own, sheet(LEDGER, {"收到日期": date(2026, 3, 1), "原话": "灯不亮"}), station=office.station)[
        "Location"
    ]
    work()
    assert "导入这1件" in said(own, page)
    assert client.get(page).status_code == 404
    assert client.post(f"{page}take/").status_code == 404


def test_who_left_the_post_meanwhile_imports_nothing(client: Client, office: Office) -> None:
    page = bring(client, sheet(LEDGER, *ROWS))["Location"]
    work()
    client.post(f"{page}take/")
    Grant.objects.filter(user=office.clerk).delete()
    work()
    assert Opinion.objects.count() == 0
    assert "代写意见" in upload().report["unreadable"]


def test_a_ledger_is_kept_for_a_day(client: Client, travel: Any) -> None:
    bring(client, sheet(LEDGER, *ROWS))
    kept = Path(upload().file.path)
    assert tasks.throw_old_ledgers_away(clock.now()).startswith("删去0份")
    travel(NOON + timedelta(hours=25))
    assert tasks.throw_old_ledgers_away(clock.now()).startswith("删去1份")
    assert not kept.exists()
    assert "文件已删去" in said(client, LEDGERS)


def test_somebody_else_cannot_bring_one(office: Office, client: Client) -> None:
    assert browser(make_user("路人")).get(LEDGERS).status_code == 403
    assert isinstance(office.clerk, User)

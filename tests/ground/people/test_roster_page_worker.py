"""When the worker falls silent over a roster, and when nobody decides for a day."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from lianxin.ground.access.models import User
from lianxin.ground.core import clock
from lianxin.ground.people import tasks
from lianxin.ground.people.models import Mandate
from tests.ground.people.bringing import ROSTER, STAGE, bring, said, upload, work
from tests.ground.people.workbooks import workbook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folder")]


def test_after_five_silent_minutes_one_may_ask_again(
    clerk: User, client: Client, tmp_path: Path, travel: Callable[[timedelta], None]
) -> None:
    page = bring(client, workbook(tmp_path))
    work()
    client.post(f"{page['Location']}take/")
    assert "好一会儿没有动静" not in said(client, page["Location"])
    travel(timedelta(minutes=6))
    assert "好一会儿没有动静了。什么也没有改" in said(client, page["Location"])
    client.post(f"{page['Location']}take/")
    assert work() == 2  # the worker that was silent, and the second one: the roster comes in once
    assert (upload().stage, Mandate.objects.count()) == (STAGE.TAKEN, 1)


def test_a_check_that_was_cut_short_is_asked_for_again(
    clerk: User, client: Client, tmp_path: Path, travel: Callable[[timedelta], None]
) -> None:
    page = bring(client, workbook(tmp_path))
    travel(timedelta(minutes=6))
    client.post(f"{page['Location']}take/")
    work()
    assert upload().stage == STAGE.CHECKED


def test_asking_twice_takes_over_once(clerk: User, client: Client, tmp_path: Path) -> None:
    page = bring(client, workbook(tmp_path))
    work()
    for _time in range(2):
        client.post(f"{page['Location']}take/")
    assert work() == 1


def test_after_a_day_the_file_is_gone_and_the_page_says_so(
    clerk: User, client: Client, tmp_path: Path, travel: Callable[[timedelta], None]
) -> None:
    page = bring(client, workbook(tmp_path))
    work()
    file = Path(upload().file.path)
    assert tasks.throw_stale_rosters_away(clock.now()).startswith("删去0份")
    travel(timedelta(hours=25))
    assert tasks.throw_stale_rosters_away(clock.now()).startswith("删去1份")
    assert not file.exists()
    assert "放了一天" in said(client, page["Location"])
    assert "文件已删去" in said(client, ROSTER)
    assert client.post(f"{page['Location']}take/").status_code == 302
    assert (work(), upload().stage) == (0, STAGE.CHECKED)


def test_a_file_that_no_row_knows_is_deleted_after_a_day(
    clerk: User, client: Client, tmp_path: Path, travel: Callable[[timedelta], None]
) -> None:
    bring(client, workbook(tmp_path))
    stray = Path(upload().file.path).with_name(f"{uuid4().hex}.xlsx")
    stray.write_bytes(b"left behind")
    tasks.throw_stale_rosters_away(clock.now())
    assert stray.exists()
    travel(timedelta(hours=25))
    tasks.throw_stale_rosters_away(clock.now())
    assert not stray.exists()


def test_a_file_that_somebody_cleared_away_is_told_as_gone(clerk: User, client: Client, tmp_path: Path) -> None:
    page = bring(client, workbook(tmp_path))
    Path(upload().file.path).unlink()
    work()
    assert "已经删去，什么也没有导入" in said(client, page["Location"])

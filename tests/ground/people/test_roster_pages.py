"""The pages of the roster: bring a workbook, see what it would change, take it over."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from lianxin.ground.access.models import User
from lianxin.ground.core import clock
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.jobs.tasks import run_some
from lianxin.ground.people import tasks
from lianxin.ground.people.models import Body, Mandate, Person, Region, RosterUpload
from lianxin.ground.people.roster import unpacking
from tests.ground.access.builders import make_grant, make_platform, make_user
from tests.ground.people.builders import make_congress, make_county, make_mandate, make_person
from tests.ground.people.workbooks import deputy, workbook

pytestmark = pytest.mark.django_db(transaction=True)

ROSTER, EXPORT = "/desk/roster/", "/desk/roster/workbook/"
STAGE = RosterUpload.Stage


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def congress() -> Body:
    make_platform(county_code="990101")
    return make_congress(make_county())


@pytest.fixture
def clerk(congress: Body, client: Client) -> User:
    """Somebody of the county's office, signed in."""
    return enter(client, "office_clerk", congress.region)


def enter(client: Client, role: str, place: Region | None) -> User:
    user = make_user()
    make_grant(user, role, "place", place.pk if place else None)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def bring(client: Client, file: Path | bytes, name: str = "名册.xlsx") -> Any:
    """Upload a workbook, as the form does without JavaScript."""
    content = file if isinstance(file, bytes) else file.read_bytes()
    return client.post(ROSTER, {"file": SimpleUploadedFile(name, content)})


def work() -> int:
    """Let the worker do what waits."""
    return run_some(new_id(), lambda: False)


def said(client: Client, address: str, **headers: str) -> str:
    page = client.get(address, headers=headers)
    assert page.status_code == 200
    return page.content.decode()


def upload() -> RosterUpload:
    return RosterUpload.objects.latest("made_at")


def test_a_roster_is_brought_checked_seen_and_taken_over(clerk: User, client: Client, tmp_path: Path) -> None:
    page = bring(client, workbook(tmp_path, [deputy(), deputy(代表证号="002", 姓名="谭秋实")]))
    assert (page.status_code, page["Location"]) == (302, f"{ROSTER}{upload().pk}/")
    assert "正在核对" in said(client, page["Location"])
    assert work() == 1
    report = said(client, page["Location"])
    assert "现在什么也没有改" in report
    assert "谭秋实" in report
    assert not Person.objects.exists()

    taken = client.post(f"{page['Location']}take/")
    assert (taken.status_code, taken["Location"]) == (302, page["Location"])
    assert "正在导入" in said(client, page["Location"])
    work()
    assert "已经导入" in said(client, page["Location"])
    assert Mandate.objects.count() == 2
    assert (upload().stage, upload().file.name) == (STAGE.TAKEN, "")


def test_the_file_is_deleted_once_it_was_taken_over_or_refused(clerk: User, client: Client, tmp_path: Path) -> None:
    for facts, stage in (({}, STAGE.TAKEN), ({"手机": "138"}, STAGE.REFUSED)):
        bring(client, workbook(tmp_path, [deputy(**facts)]))
        file = Path(upload().file.path)
        assert file.stat().st_mode & 0o777 == 0o600
        work()
        client.post(f"{ROSTER}{upload().pk}/take/")
        work()
        assert (upload().stage, file.exists()) == (stage, False)


def test_mistakes_are_told_by_cell_with_what_was_found_and_expected(
    clerk: User, client: Client, tmp_path: Path
) -> None:
    page = bring(client, workbook(tmp_path, [deputy(性别="男性", 手机="138")]))
    work()
    report = said(client, page["Location"])
    for word in ("有2处要改", "代表名册", "F2", "男性", "是不是“男”？", "G2", "11位手机号"):
        assert word in report
    assert client.post(f"{page['Location']}take/").status_code == 302
    work()
    assert (upload().stage, Person.objects.count()) == (STAGE.REFUSED, 0)


def test_a_new_name_is_warned_of_before_anything_is_taken_over(clerk: User, client: Client, tmp_path: Path) -> None:
    rows = [deputy(手机="13800000001", 行业="教师"), deputy(代表证号="002", 姓名="谭秋实", 手机="13800000002")]
    bring(client, workbook(tmp_path, rows))
    work()
    client.post(f"{ROSTER}{upload().pk}/take/")
    work()
    page = bring(client, workbook(tmp_path, [rows[0] | {"姓名": "谭秋实", "行业": "老师"}, rows[1]]))
    work()
    report = said(client, page["Location"])
    words = [
        "有1位代表要改名",
        "其中1位要改成另一位在任代表的名字",
        "照这样导入",
        "新的行业写法：老师",
        "chip--red",
        "罗青禾 → 谭秋实",
    ]
    assert [word for word in words if word not in report] == []
    assert sorted(words, key=report.index) == words


def test_of_which_columns_more_is_wrong_stands_before_the_long_list(
    clerk: User, client: Client, tmp_path: Path
) -> None:
    page = bring(client, workbook(tmp_path, [deputy(代表证号=f"{n}", 手机="138") for n in range(1, 103)]))
    work()
    report = said(client, page["Location"])
    assert report.index("“手机”还有2处") < report.index("F2</span>")


def test_what_only_the_worker_sees_to_be_broken_is_told_plainly(clerk: User, client: Client, tmp_path: Path) -> None:
    page = bring(client, workbook(tmp_path, change=lambda book: book.active.delete_rows(2)))
    work()
    assert "名册是空的" in said(client, page["Location"])


def test_the_same_roster_again_needs_no_import(clerk: User, client: Client, tmp_path: Path) -> None:
    for _time in range(2):
        page = bring(client, workbook(tmp_path))
        work()
        client.post(f"{page['Location']}take/")
        work()
    page = bring(client, workbook(tmp_path))
    work()
    report = said(client, page["Location"])
    assert "和平台里的一样" in report
    assert "照这样导入" not in report


def test_what_became_wrong_between_the_look_and_the_import_is_told(
    clerk: User, congress: Body, client: Client, tmp_path: Path
) -> None:
    page = bring(client, workbook(tmp_path))
    work()
    congress.terms.update(number=8)
    client.post(f"{page['Location']}take/")
    work()
    assert "已经建立的届：8" in said(client, page["Location"])
    assert not Person.objects.exists()


def test_names_in_a_workbook_are_words_and_never_markup(clerk: User, client: Client, tmp_path: Path) -> None:
    page = bring(client, workbook(tmp_path, [deputy(性别="<script>x</script>")]), name="<b>名册.xlsx")
    work()
    report = said(client, page["Location"])
    assert "<script>x" not in report
    assert "&lt;b&gt;名册" in report


# What is refused at once


def test_without_a_file_or_with_an_empty_one_the_form_comes_back(clerk: User, client: Client) -> None:
    for answer in (client.post(ROSTER), bring(client, b"")):
        assert answer.status_code == 422
        assert "data-mistakes" in answer.content.decode()
    assert not RosterUpload.objects.exists()


@pytest.mark.parametrize(("content", "told"), [(b"%PDF-1.7", "PDF"), ("姓名,届次".encode(), "纯文本")])
def test_another_kind_of_file_is_called_by_its_name_at_once(
    clerk: User, client: Client, content: bytes, told: str
) -> None:
    answer = bring(client, content)
    assert (answer.status_code, told in answer.content.decode()) == (422, True)


def test_a_file_that_is_too_large_is_refused_at_once(
    clerk: User, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianxin.ground.people.forms.LIMITS", unpacking.Limits(sent=1000))
    answer = bring(client, workbook(tmp_path))
    assert (answer.status_code, "最多只能" in answer.content.decode()) == (422, True)


# When the worker falls silent, and after a day


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


# Who may


def test_a_roster_is_seen_by_whoever_brought_it_and_nobody_else(
    clerk: User, congress: Body, client: Client, tmp_path: Path
) -> None:
    page = bring(client, workbook(tmp_path))
    work()
    other = Client()
    enter(other, "office_clerk", congress.region)
    assert other.get(page["Location"]).status_code == 404
    assert other.post(f"{page['Location']}take/").status_code == 404
    assert "名册.xlsx" not in said(other, ROSTER)
    assert (upload().stage, work()) == (STAGE.CHECKED, 0)


def test_whoever_works_for_one_township_brings_its_roster_alone(congress: Body, client: Client, tmp_path: Path) -> None:
    bridge = Region.objects.get(name="石桥镇")
    make_congress(bridge, "township")
    enter(client, "office_clerk", bridge)
    page = bring(client, workbook(tmp_path, [deputy(), deputy(所属人大="石桥镇人民代表大会")]))
    work()
    report = said(client, page["Location"])
    assert "有1处要改" in report
    assert "这不在您负责的范围里，所以不能“导入名册”" in report
    page = bring(client, workbook(tmp_path, [deputy(所属人大="石桥镇人民代表大会")]))
    work()
    client.post(f"{page['Location']}take/")
    work()
    assert Mandate.objects.get().congress.region == bridge


def test_whose_grant_ended_in_between_takes_nothing_over(clerk: User, client: Client, tmp_path: Path) -> None:
    page = bring(client, workbook(tmp_path))
    work()
    client.post(f"{page['Location']}take/")
    clerk.grants.all().delete()
    work()
    assert (upload().stage, Person.objects.count()) == (STAGE.REFUSED, 0)


def test_outsiders_sign_in_first_and_others_read_why_not(congress: Body, client: Client) -> None:
    for address in (ROSTER, EXPORT, f"{ROSTER}{uuid4()}/"):
        assert Client().get(address)["Location"].startswith("/accounts/login/")
    enter(client, "leader", congress.region)
    for answer in (
        client.get(ROSTER),
        client.post(ROSTER),
        client.get(EXPORT),
        client.post(f"{ROSTER}{uuid4()}/take/"),
    ):
        assert (answer.status_code, "由" in answer.content.decode()) == (403, True)


def test_pages_that_change_nothing_are_read_and_the_one_that_does_is_posted(clerk: User, client: Client) -> None:
    assert client.get(f"{ROSTER}{uuid4()}/take/").status_code == 405
    assert client.post(EXPORT).status_code == 405
    assert client.post(f"{ROSTER}{uuid4()}/").status_code == 405
    assert client.get(f"{ROSTER}{uuid4()}/").status_code == 404


# Without JavaScript, and with it


def test_without_javascript_the_page_asks_again_by_itself_until_it_knows(
    clerk: User, client: Client, tmp_path: Path
) -> None:
    page = bring(client, workbook(tmp_path))
    waiting = said(client, page["Location"])
    assert '<noscript><meta http-equiv="refresh"' in waiting
    work()
    known = said(client, page["Location"])
    assert 'http-equiv="refresh"' not in known
    assert f'<form method="post" action="{page["Location"]}take/"' in known


def test_with_javascript_only_the_report_is_asked_for_until_it_is_there(
    clerk: User, client: Client, tmp_path: Path
) -> None:
    page = bring(client, workbook(tmp_path))
    part = said(client, page["Location"], hx_request="true")
    assert part.startswith(f'<div id="upload-{upload().pk}"')
    assert 'hx-trigger="every 2s"' in part
    work()
    assert "hx-get" not in said(client, page["Location"], hx_request="true")


# Export


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
    for place, names in ((bridge, {"谭秋实"}), (congress.region, {"谭秋实", "罗青禾", "向晚亭"})):
        browser = Client()
        enter(browser, "office_clerk", place)
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

"""The pages of the roster: bring a workbook, see what it would change, take it over."""

from pathlib import Path

import pytest
from django.test import Client

from lianxin.ground.access.models import User
from lianxin.ground.people.models import Body, Mandate, Person, RosterUpload
from lianxin.ground.people.roster import unpacking
from tests.ground.people.bringing import ROSTER, STAGE, bring, said, upload, work
from tests.ground.people.workbooks import deputy, workbook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folder")]


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

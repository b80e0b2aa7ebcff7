"""Ties out of the workbook that offices fill: all of it, or nothing, with every cell that is wrong."""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from lianxin.affairs.contact.jobs import throw_old_lists_away
from lianxin.affairs.contact.models import Household, Tie, TieUpload
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body, Mandate, Region
from lianxin.ground.vault.models import Identity
from tests.ground.people.bringing import work
from tests.ground.people.builders import make_mandate, make_person

pytestmark = pytest.mark.django_db(transaction=True)
AsUser = Callable[[User], Client]
HEADS = (
    "代表姓名 *",
    "代表证号或所在代表团",
    "结对方式 *",
    "联系户姓名 *",
    "电话",
    "村（社区） *",
    "同意方式 *",
    "起始日期 *",
)
SCHEME = "代表联系选民"
ROW = ("罗青禾", "", SCHEME, "郗棠梨", "13800571986", "石桥镇柳溪村", "书面", "2026-03-01")


def workbook(*rows: Sequence[Any], heads: Sequence[str] = HEADS) -> SimpleUploadedFile:
    book, out = openpyxl.Workbook(), BytesIO()
    book.active.title = "结对表"
    for row in (heads, *rows):
        book.active.append(list(row))
    book.save(out)
    return SimpleUploadedFile("结对.xlsx", out.getvalue())


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bring(as_user: AsUser, office: User) -> Callable[..., TieUpload]:
    browser = as_user(office)

    def bring(*rows: Sequence[Any], take: bool = True) -> TieUpload:
        browser.post("/desk/ties/upload/", {"file": workbook(*rows)})
        work()
        upload = TieUpload.objects.latest("made_at")
        if take and upload.stage == "checked":
            browser.post(f"/desk/ties/uploads/{upload.pk}/take/")
            work()
            upload.refresh_from_db()
        assert browser.get(f"/desk/ties/uploads/{upload.pk}/").status_code == 200
        return upload

    return bring


def problems(upload: TieUpload) -> list[tuple[str, str]]:
    return [(one["cell"], one["expected"]) for one in upload.report["problems"]]


def test_a_workbook_is_checked_first_and_then_taken_over_whole(
    bring: Callable[..., TieUpload], deputy: Mandate, congress: Body
) -> None:
    other = ("罗青禾", "", SCHEME, "郗棠梨", "", "橘林村", "电话", date(2026, 3, 2))
    looked = bring(ROW, other, take=False)
    assert looked.report["counts"] == {"households": 2, "ties": 2, "unchanged": 0}
    assert not Tie.objects.exists()
    assert not Household.objects.exists()
    upload = bring(ROW, other)
    assert (upload.stage, upload.file.name) == ("taken", "")
    household = Household.objects.get(region__name="柳溪村")
    assert Tie.objects.of(deputy).toward("household", household.pk).get().from_on == date(2026, 3, 1)
    assert (household.way, household.asked_by, household.body) == ("written", deputy, congress)
    assert Identity.objects.get(voice_id=household.pk).unseal().phone == "13800571986"
    assert Event.objects.filter(kind__startswith="contact.").count() == 4


def test_the_same_workbook_twice_changes_nothing(bring: Callable[..., TieUpload], deputy: Mandate) -> None:
    bring(ROW)
    again = bring(ROW, take=False)
    assert again.report["counts"] == {"households": 0, "ties": 0, "unchanged": 1}
    assert again.report["is_empty"]
    assert (Household.objects.count(), Tie.objects.count()) == (1, 1)


def test_a_household_that_is_known_is_tied_to_a_second_deputy_and_not_kept_twice(
    bring: Callable[..., TieUpload], deputy: Mandate, congress: Body
) -> None:
    make_mandate(congress, make_person("谭秋实"))
    bring(ROW)
    bring(("谭秋实", *ROW[1:]))
    assert (Household.objects.count(), Tie.objects.count()) == (1, 2)


def test_deputies_of_one_name_need_a_card_or_a_delegation_and_the_mistake_says_so(
    bring: Callable[..., TieUpload], deputy: Mandate, congress: Body
) -> None:
    second = make_mandate(congress, make_person("罗青禾"), card_number="1097")
    refused = bring(ROW)
    assert refused.stage == "refused"
    cell, expected = problems(refused)[0]
    assert cell == "B2"
    assert "叫“罗青禾”的代表有2位" in expected
    assert "1097" in expected
    assert bring((ROW[0], "1097", *ROW[2:])).stage == "taken"
    assert Tie.objects.get().who_id == second.pk


def test_every_wrong_cell_is_told_and_nothing_is_taken_over(bring: Callable[..., TieUpload], deputy: Mandate) -> None:
    wrong = ("谭秋实", "", "廿长联系", "", "一三八", "柳溪村", "点头", "2099-01-01")
    upload = bring(ROW, wrong, ROW)
    told = dict(problems(upload))
    assert upload.stage == "refused"
    assert {"C3", "D3", "E3", "F3", "G3"} <= set(told)
    assert "前面写上乡镇" in told["F3"]
    assert "第2行" in told["D4"]
    assert not Household.objects.exists()


def test_a_report_repeats_no_resident(bring: Callable[..., TieUpload], deputy: Mandate) -> None:
    upload = bring(ROW, (*ROW[:3], "郗棠梨（女）", "138005719861", *ROW[5:]))
    assert upload.report["problem_count"] == 2
    assert not any(word in str(upload.report) for word in ("郗棠梨", "13800571"))


def test_a_clerk_brings_households_of_the_own_township_alone(
    as_user: AsUser, elsewhere: User, deputy: Mandate, village: Region
) -> None:
    as_user(elsewhere).post("/desk/ties/upload/", {"file": workbook(ROW)})
    work()
    upload = TieUpload.objects.get()
    assert upload.stage == "refused"
    assert {cell for cell, _expected in problems(upload)} == {"A2", "F2"}


def test_what_is_no_list_of_ties_is_refused(bring: Callable[..., TieUpload], deputy: Mandate) -> None:
    upload = bring()
    assert "结对表是空的" in upload.report["unreadable"]


def test_the_template_can_be_filled_and_brought(as_user: AsUser, office: User) -> None:
    book = openpyxl.load_workbook(BytesIO(as_user(office).get("/desk/ties/upload/template.xlsx").content))
    heads = [cell.value for cell in book["结对表"][1]]
    assert heads[:3] == ["代表姓名 *", "代表证号或所在代表团", "结对方式 *"]
    allowed = [one.formula1 for one in book["结对表"].data_validations.dataValidation]
    assert any(SCHEME in words and "廿长" in words for words in allowed)


def test_a_list_that_nobody_took_over_is_thrown_away_after_a_day(office: User) -> None:
    assert throw_old_lists_away(now()) == "0"

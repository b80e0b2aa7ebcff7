from datetime import date
from pathlib import Path

import chinese_calendar
import pytest

from lianxin.lib.calendars import SHIPPED, Calendar, YearFileError, YearNotAnnounced, read_year, shipped_calendar

from . import slow

PLAIN_2027 = "year: 2027\nholidays:\n  - name: 元旦\n    off: [2027-01-01]\n    work: [2027-01-02]\n"


def year_file(directory: Path, text: str, name: str = "2027.yaml") -> Path:
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_day_of_the_year_is_worked_as_the_other_source_says(year):
    calendar = shipped_calendar()
    for day in slow.days(date(year, 1, 1), date(year, 12, 31)):
        assert calendar.is_working_day(day) == chinese_calendar.is_workday(day), day


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_make_up_day_and_weekday_off_is_the_other_source_s(year):
    found = read_year(SHIPPED / f"{year}.yaml")
    assert set(found.work) == {day for day in chinese_calendar.workdays if day.year == year}
    weekdays_off = {day for day in chinese_calendar.holidays if day.year == year and day.weekday() < 5}
    assert {day for day in found.off if day.weekday() < 5} == weekdays_off


def test_a_year_not_announced_is_refused_in_words_that_say_what_to_do():
    with pytest.raises(YearNotAnnounced) as refusal:
        shipped_calendar().is_working_day(date(2027, 1, 4))
    assert refusal.value.year == 2027
    for words in ("还没有2027年的节假日安排", "国务院办公厅发布", "2027.yaml", str(SHIPPED)):
        assert words in str(refusal.value)


def test_a_year_before_the_first_file_is_refused_without_asking_for_a_notice():
    with pytest.raises(YearNotAnnounced, match="从2004年开始，没有2003年的"):
        shipped_calendar().is_working_day(date(2003, 12, 31))


def test_an_installation_adds_a_year_by_a_file_in_its_own_directory(tmp_path):
    year_file(tmp_path, PLAIN_2027)
    calendar = Calendar.load(tmp_path)
    assert calendar.kind(date(2027, 1, 1)) == "holiday"
    assert calendar.kind(date(2027, 1, 2)) == "make_up"
    assert calendar.last_day == date(2027, 12, 31)
    with pytest.raises(YearNotAnnounced, match="2028.yaml，放进 " + str(tmp_path)):
        calendar.is_working_day(date(2028, 1, 3))


def test_an_installation_s_file_replaces_the_shipped_year(tmp_path):
    year_file(tmp_path, "year: 2026\nholidays:\n  - name: 元旦\n    off: [2026-01-01]\n", "2026.yaml")
    assert Calendar.load(tmp_path).is_working_day(date(2026, 10, 1))


def test_the_version_follows_the_days_and_nothing_else(tmp_path):
    shipped = shipped_calendar().version
    text = (SHIPPED / "2026.yaml").read_text(encoding="utf-8")
    year_file(tmp_path, "# another remark\n" + text.replace("国庆节", "国庆"), "2026.yaml")
    assert Calendar.load(tmp_path).version == shipped
    year_file(tmp_path, text.replace("2026-10-10", "2026-10-11"), "2026.yaml")
    assert Calendar.load(tmp_path).version != shipped
    assert shipped.startswith("2004-2026.")


def test_a_gap_between_years_is_refused(tmp_path):
    year_file(tmp_path, PLAIN_2027.replace("2027", "2028").replace("2028-01-02", "2028-01-08"), "2028.yaml")
    with pytest.raises(YearFileError, match="请补上 2027.yaml"):
        Calendar.load(tmp_path)


def test_a_directory_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(YearFileError, match="没有这个目录"):
        Calendar.load(tmp_path / "nowhere")


def test_a_yaml_file_not_named_like_a_year_is_refused_and_others_are_left_alone(tmp_path):
    year_file(tmp_path, PLAIN_2027)
    (tmp_path / "README.md").write_text("说明", encoding="utf-8")
    assert Calendar.load(tmp_path).years[-1] == 2027
    year_file(tmp_path, PLAIN_2027, "2027年.yaml")
    with pytest.raises(YearFileError, match="四位年份加 .yaml"):
        Calendar.load(tmp_path)


HEAD = "year: 2027\nholidays:\n"
WRONG_FILES = {
    "an unknown key": (HEAD + "  - name: 元旦\n    of: [2027-01-01]\n", 4, "holidays[0]", "“of”", "name、off、work"),
    "an unknown key on top": (PLAIN_2027 + "note: x\n", 6, "", "“note”", "year、holidays、notices"),
    "a missing key": ("year: 2027\n", 1, "", "缺少“holidays”", "holidays"),
    "a key twice": ("year: 2027\n" + PLAIN_2027, 2, "", "“year”写了两次", "每个键只写一次"),
    "another year than its name": (PLAIN_2027.replace("year: 2027", "year: 2028"), 1, "year", "“2028”", "2027"),
    "a date outside the year": (
        HEAD + "  - name: 元旦\n    off: [2026-12-31]\n",
        4,
        "holidays[0].off",
        "2026-12-31",
        "2027年的日期",
    ),
    "a date that does not exist": (
        HEAD + "  - name: x\n    off: [2027-02-30]\n",
        4,
        "holidays[0].off",
        "“2027-02-30”",
        "日期",
    ),
    "a date in another form": (HEAD + "  - name: x\n    off: [2027/2/3]\n", 4, "holidays[0].off", "“2027/2/3”", "日期"),
    "a range backwards": (
        HEAD + "  - name: x\n    off: [2027-02-03..2027-02-01]\n",
        4,
        "holidays[0].off",
        "结束早于开始",
        "先早后晚",
    ),
    "a day off and made up": (
        PLAIN_2027.replace("2027-01-02", "2027-01-01"),
        5,
        "holidays[0].work",
        "2027-01-01，已写明因元旦放假",
        "只写一次",
    ),
    "a day made up twice": (
        PLAIN_2027.replace("-01-02]", "-01-02, 2027-01-02]"),
        5,
        "holidays[0].work",
        "2027-01-02，已写明",
        "只写一次",
    ),
    "a make-up day on a weekday": (
        PLAIN_2027.replace("01-02", "01-04"),
        5,
        "holidays[0].work",
        "2027-01-04，星期一",
        "周末",
    ),
    "a holiday without days": (HEAD + "  - name: 元旦\n", 3, "holidays[0]", "既没有 off 也没有 work", "off"),
    "a holiday without a name": (HEAD + "  - name:\n    off: [2027-01-01]\n", 3, "holidays[0].name", "空的", "一个值"),
    "days that are no list": (HEAD + "  - name: x\n    off: 2027-01-01\n", 4, "holidays[0].off", "不是列表", "列表"),
    "no days off at all": (HEAD + "  - name: x\n    work: [2027-01-02]\n", 3, "holidays", "没有一天放假", "各个节日"),
    "broken YAML": ("year: [2027\n", 2, "", "读不通的YAML", "YAML"),
    "an empty file": ("", None, "", "空文件", "holidays"),
    "a bare list": ("- 2027-01-01\n", 1, "", "不是“键: 值”的形式", "year"),
}


@pytest.mark.parametrize("case", WRONG_FILES)
def test_a_wrong_year_file_is_refused_with_file_line_key_found_and_expected(tmp_path, case):
    text, line, key, found, expected = WRONG_FILES[case]
    path = year_file(tmp_path, text)
    with pytest.raises(YearFileError) as refusal:
        read_year(path)
    error = refusal.value
    assert (error.path, error.line, error.key) == (path, line, key)
    assert found in error.found
    assert expected in error.expected
    for part in (str(path), error.key, error.found, error.expected):
        assert part in str(error)


@pytest.mark.parametrize("day", range(4, 9))
def test_no_day_from_monday_to_friday_can_be_made_up(tmp_path, day):
    path = year_file(tmp_path, PLAIN_2027.replace("2027-01-02", f"2027-01-0{day}"))
    with pytest.raises(YearFileError, match=f"星期{'一二三四五'[day - 4]}"):
        read_year(path)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "2027.yaml"
    path.write_bytes("year: 2027 # 元旦".encode("gb18030"))
    with pytest.raises(YearFileError, match="UTF-8"):
        read_year(path)


def test_each_year_from_2007_on_names_its_notice():
    for year in range(2007, 2027):
        assert any(f"〔{year - 1}〕" in notice for notice in read_year(SHIPPED / f"{year}.yaml").notices), year

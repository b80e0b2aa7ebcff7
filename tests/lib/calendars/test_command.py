import subprocess
import sys
from pathlib import Path

import pytest

from lianxin.lib.calendars import SHIPPED
from lianxin.lib.calendars.__main__ import main

ROOT = Path(__file__).parents[3]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    told = capsys.readouterr()
    return code, told.out.strip(), told.err.strip()


def test_it_answers_as_a_module_without_django():
    program = (
        "import sys, runpy; sys.argv = ['calendars', 'workdays', '2026-09-30', '+30']\n"
        "try:\n    runpy.run_module('lianxin.lib.calendars', run_name='__main__')\n"
        "except SystemExit as end:\n    assert end.code == 0\n"
        "assert not any(name.split('.')[0] == 'django' for name in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "2026年11月17日（星期二）"


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("workdays", "2026-09-30", "+1"), "2026年10月8日（星期四）"),
        (("workdays", "2026-10-08", "-1"), "2026年9月30日（星期三）"),
        (("due", "2026-08-31", "1个月"), "2026年9月30日（星期三）"),
        (("due", "2026-09-02", "1 month", "--working"), "2026年10月8日（星期四）"),
        (("day", "2026-02-14"), "2026年2月14日（星期六） 农历乙巳年腊月廿七\n调休上班（春节）"),
        (("day", "2026-02-17"), "2026年2月17日（星期二） 农历丙午年正月初一\n放假（春节）"),
        (("day", "2026-03-07"), "2026年3月7日（星期六） 农历丙午年正月十九\n周末"),
        (
            ("next", "每月5日 moved next_working_day", "--after", "2026-09-30", "--count", "2"),
            "原定2026年10月5日（星期一），逢国庆节放假，改到2026年10月8日（星期四）。\n2026年11月5日（星期四）。",
        ),
        (("next", "每周日，遇节假日取消", "--after", "2026-09-30"), "往后两年都没有这样的日子。"),
        (("check", str(SHIPPED / "2026.yaml")), f"{SHIPPED / '2026.yaml'}：2026年，放假33天，调休上班6天。"),
    ],
)
def test_it_answers_in_plain_words(capsys, arguments, answer):
    assert run(capsys, *arguments) == (0, answer, "")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("workdays", "2026-12-20", "30"), "还没有2027年的节假日安排"),
        (("due", "2026-09-30", "30"), "没有写单位"),
        (("next", "五号见"), "看不懂“五号见”"),
        (("--years", "/nowhere", "version"), "没有这个目录"),
        (("check", "/nowhere/2027.yaml"), "/nowhere/2027.yaml"),
    ],
)
def test_it_refuses_with_the_reason_and_a_failing_code(capsys, arguments, reason):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (1, "")
    assert reason in err


def test_a_directory_of_year_files_extends_it(capsys, tmp_path):
    _, shipped, _ = run(capsys, "version")
    (tmp_path / "2027.yaml").write_text(
        "year: 2027\nholidays:\n  - name: 元旦\n    off: [2027-01-01]\n", encoding="utf-8"
    )
    code, answer, _ = run(capsys, "--years", str(tmp_path), "workdays", "2026-12-31", "1")
    assert (code, answer) == (0, "2027年1月4日（星期一）")
    _, version, _ = run(capsys, "--years", str(tmp_path), "version")
    assert shipped.startswith("2004-2026.")
    assert version.startswith("2004-2027.")


def test_a_date_that_is_none_is_refused_by_the_parser(capsys):
    with pytest.raises(SystemExit) as end:
        main(("workdays", "明天", "3"))
    assert end.value.code == 2
    assert "日期" in capsys.readouterr().err

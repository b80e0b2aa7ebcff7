"""The calendars on the command line: `python -m lianxin.lib.calendars --help`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from . import (
    Calendar,
    RuleTextError,
    Span,
    SpanError,
    YearFileError,
    YearNotAnnounced,
    chinese_day,
    local_day,
    lunar_date,
    next_after,
    parse_rule,
    read_year,
    span_end,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it answered, 1 if it had to refuse (the reason is on the error stream)."""
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except (YearNotAnnounced, YearFileError, SpanError, RuleTextError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _workdays(options: argparse.Namespace) -> None:
    calendar = Calendar.load(options.years)
    print(chinese_day(calendar.add_working_days(options.day, options.count)))


def _due(options: argparse.Namespace) -> None:
    calendar = Calendar.load(options.years)
    end = span_end(options.day, Span.parse(options.span), calendar, ends_on_working_day=options.working)
    print(chinese_day(end))


def _next(options: argparse.Namespace) -> None:
    calendar = Calendar.load(options.years)
    rule, day = parse_rule(options.rule), options.after
    for _ in range(options.count):
        occurrence = next_after(rule, day, calendar)
        if occurrence is None or occurrence.held_on is None:
            print("往后两年都没有这样的日子。")
            return
        print(occurrence.chinese())
        day = occurrence.held_on


def _day(options: argparse.Namespace) -> None:
    calendar = Calendar.load(options.years)
    lunar = lunar_date(options.day)
    print(f"{chinese_day(options.day)} 农历{lunar.chinese_year()}{lunar.chinese()}")
    print(_KINDS[calendar.kind(options.day)].format(holiday=calendar.holiday(options.day)))


_KINDS = {"working": "工作日", "make_up": "调休上班（{holiday}）", "weekend": "周末", "holiday": "放假（{holiday}）"}


def _check(options: argparse.Namespace) -> None:
    for path in options.files:
        year = read_year(path)
        print(f"{path}：{year.year}年，放假{len(year.off)}天，调休上班{len(year.work)}天。")


def _version(options: argparse.Namespace) -> None:
    print(Calendar.load(options.years).version)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lianxin.lib.calendars", description="工作日、时限、轮值日的计算")
    parser.add_argument("--years", type=Path, metavar="目录", help="另放年份文件的目录，例如放 2027.yaml 的地方")
    commands = parser.add_subparsers(required=True, metavar="命令")

    workdays = commands.add_parser("workdays", help="某日之后（负数为之前）第几个工作日")
    workdays.add_argument("day", type=date.fromisoformat, metavar="日期")
    workdays.add_argument("count", type=int, metavar="天数", help="例如 +30、-5")
    workdays.set_defaults(command=_workdays)

    due = commands.add_parser("due", help="期间的最后一日，例如 due 2026-09-30 30个工作日")
    due.add_argument("day", type=date.fromisoformat, metavar="起算日", help="当日不计入")
    due.add_argument("span", metavar="期间")
    due.add_argument(
        "--working", action="store_true", help="最后一日不上班的，顺延到下一个工作日（民法典第二百零三条）"
    )
    due.set_defaults(command=_due)

    following = commands.add_parser("next", help="下一次是哪天，例如 next 每月5日，遇节假日顺延")
    following.add_argument("rule", metavar="规律")
    following.add_argument("--after", type=date.fromisoformat, default=local_day(datetime.now(UTC)), metavar="日期")
    following.add_argument("--count", type=int, default=1, metavar="次数")
    following.set_defaults(command=_next)

    day = commands.add_parser("day", help="某日是农历哪天、上不上班")
    day.add_argument("day", type=date.fromisoformat, metavar="日期")
    day.set_defaults(command=_day)

    check = commands.add_parser("check", help="检查年份文件")
    check.add_argument("files", type=Path, nargs="+", metavar="文件")
    check.set_defaults(command=_check)

    commands.add_parser("version", help="日历数据的版本").set_defaults(command=_version)
    return parser


if __name__ == "__main__":
    sys.exit(main())

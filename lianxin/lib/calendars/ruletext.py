"""Recurring rules as text, written as a regulation writes them: 单月15日，遇节假日顺延."""

import re
import unicodedata
from collections.abc import Callable

from .errors import RuleTextError
from .patterns import (
    EVEN_MONTHS,
    EVERY_MONTH,
    ODD_MONTHS,
    QUARTER_STARTS,
    DaysOfMonth,
    MarketDays,
    NthWeekday,
    Pattern,
    Reckoning,
    Weekdays,
)
from .recurrence import MOVES_ZH, Avoid, Move, Recurrence
from .words import parse_number

_HOW = (
    "可以写：每月5日、单月15日、双月10日、每季度首月8日、每年3月、9月的1日、每周二、每月第2个周四、"
    "每月最后一个周五、农历逢一、六、公历逢五、十；后面可以加“，遇节假日顺延”"
    "（顺延、提前、就近、取消；只避开放假通知写明的日子写“遇法定节假日”）"
)

_NUMBER = r"[0-9一二三四五六七八九十]+"
_MONTHS = rf"(?P<months>每月|单月|双月|每季度首月|每年(?:{_NUMBER}月)(?:、{_NUMBER}月)*的?)"
_MONTHS_MEANT = {"每月": EVERY_MONTH, "单月": ODD_MONTHS, "双月": EVEN_MONTHS, "每季度首月": QUARTER_STARTS}
_MOVE = re.compile(r"(?P<pattern>.*?)[,，;； ]*(?:遇(?P<law>法定)?节假日(?P<move>[^ ]+)|moved (?P<word>\w+))")
_MOVES_MEANT = {word: move for move, word in MOVES_ZH.items()}


def parse_rule(text: str) -> Recurrence:
    """The rule the text tells. `parse_rule(rule.chinese()) == rule` for every rule.

    For command lines the ending may also be `moved next_working_day` (or another of `Move`). Raises RuleTextError.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    ending = _MOVE.fullmatch(plain)
    if ending is None:
        return Recurrence(_pattern(plain, text))
    pattern = _pattern(ending["pattern"].strip(), text)
    avoids = Avoid.HOLIDAYS if ending["law"] else Avoid.REST_DAYS
    return Recurrence(pattern, _move(ending["move"] or ending["word"], text), avoids)


def _move(word: str, text: str) -> Move:
    meant = _MOVES_MEANT.get(word) or next((move for move in Move if move.value == word), None)
    if meant is None:
        raise RuleTextError(f"“{text}”里的“{word}”不知道是怎么办：可以写{'、'.join(_MOVES_MEANT)}。")
    return meant


def _pattern(plain: str, text: str) -> Pattern:
    for form, build in _FORMS:
        found = form.fullmatch(plain)
        if found is None:
            continue
        try:
            return build(found)
        except ValueError as error:
            raise RuleTextError(f"“{text}”里的日子不存在。{_HOW}。") from error
    raise RuleTextError(f"看不懂“{text}”。{_HOW}。")


def _days_of_month(found: re.Match[str]) -> Pattern:
    return DaysOfMonth(_numbers(found["days"], "日"), _months(found))


def _nth_weekday(found: re.Match[str]) -> Pattern:
    nth = -1 if found["nth"] is None else _number(found["nth"])
    return NthWeekday(nth, _weekday(found["weekday"]), _months(found))


def _weekdays(found: re.Match[str]) -> Pattern:
    return Weekdays(frozenset(_weekday(part) for part in found["weekdays"].split("、")))


def _market_days(found: re.Match[str]) -> Pattern:
    digits = [_number(part) for part in found["digits"].split("、")]
    if any(not 1 <= digit <= 10 for digit in digits):
        raise ValueError(digits)
    reckoning = Reckoning.GREGORIAN if found["reckoning"] == "公历" else Reckoning.LUNAR
    return MarketDays(frozenset(digit % 10 for digit in digits), reckoning)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Pattern]], ...] = (
    (re.compile(rf"{_MONTHS}(?P<days>{_NUMBER}[日号](?:、{_NUMBER}[日号])*)"), _days_of_month),
    (
        re.compile(rf"{_MONTHS}(?:第(?P<nth>{_NUMBER})个|最后一个)(?:周|星期)(?P<weekday>[一二三四五六日天])"),
        _nth_weekday,
    ),
    (re.compile(r"每(?:周|星期)(?P<weekdays>[一二三四五六日天](?:、[一二三四五六日天])*)"), _weekdays),
    (re.compile(rf"(?P<reckoning>农历|公历)?逢(?P<digits>{_NUMBER}(?:、{_NUMBER})*)"), _market_days),
)


def _months(found: re.Match[str]) -> frozenset[int]:
    text = found["months"]
    return _MONTHS_MEANT.get(text) or _numbers(text.removeprefix("每年").removesuffix("的"), "月")


def _numbers(text: str, unit: str) -> frozenset[int]:
    return frozenset(_number(part.removesuffix("号").removesuffix(unit)) for part in text.split("、"))


def _number(text: str) -> int:
    number = parse_number(text)
    if number is None:
        raise ValueError(text)
    return number


def _weekday(name: str) -> int:
    return 7 if name == "天" else "一二三四五六日".index(name) + 1

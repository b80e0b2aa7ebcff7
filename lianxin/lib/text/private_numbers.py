"""Numbers that identify people: resident ID, bank card, telephone; in texts with half-width digits and hyphens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

Span = tuple[int, int]

LONGEST = 19  # digits of a bank card
MOST_GROUPS = 8  # into which people part a number, if not every digit stands alone
_LENGTHS = frozenset((11, 13, 15, 16, 17, 18, 19))
_RUN = re.compile("[0-9]+(?:[ -]{1,3}[0-9]+)*")
_DIGITS = re.compile("[0-9]+")
_CHECK_X = re.compile("[ -]{0,2}[xX](?![A-Za-z])")

# GB/T 2260: the first two digits of a region; 81 to 83 are the residence permits of Hong Kong, Macao and Taiwan people.
_REGIONS = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_SAID = re.compile(
    r"身份证(?:号码|号)?[ :是为]{0,5}(?P<it>[0-9](?:[ -]{0,3}[0-9]){16}[ -]{0,3}(?:[0-9](?![0-9])|[xX](?![0-9A-Za-z])))"
)
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))  # GB 11643-1999, ISO 7064 MOD 11-2

# How people part a mobile number into groups; any other parting is taken for several numbers.
_MOBILE_GROUPS = {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 4, 3), (4, 7), (3, 5, 3), (5, 6), (3, 4, 2, 2)}
_MOBILE_GROUPS |= {(3, 2, 2, 2, 2), (1,) * 11}
_MOBILE = re.compile("1[3-9][0-9]{9}")
_WITH_PREFIX = re.compile("(?:00)?861[3-9][0-9]{9}")
_PREFIX = re.compile(r"(?:\+ ?|00)?86[ -]{0,2}$|\(\+?86\)[ -]{0,2}$")

_LANDLINE = re.compile(
    r"(?<![0-9])(?<![0-9]-)(?P<it>(?:\(0(?:10|2[0-9]|[3-9][0-9]{2})\)|0(?:10|2[0-9]|[3-9][0-9]{2}))[ -]{0,3}"
    r"[2-8](?:[0-9]{6,7}|[0-9]{2,3}[ -][0-9]{4})(?![0-9])(?:[-转][0-9]{1,5}(?![0-9]))?)"
)
_LOCAL = re.compile(
    r"(?:电话|座机|固话|联系方式|致电|[Tt][Ee][Ll])(?:号码|号)?[ :是为.]{0,3}(?P<it>[2-8](?:[0-9]{6,7}|[0-9]{2,3}[ -][0-9]{4}))(?![0-9-])"
)


@dataclass(frozen=True, slots=True)
class Number:
    """Neighbouring groups of digits that may be one number: where, the digits alone, how many in each group."""

    start: int
    end: int
    digits: str
    groups: tuple[int, ...]


def groups_of_digits(text: str) -> Iterator[Number]:
    """All neighbouring groups with 11, 13 or 15 to 19 digits together.

    Every group begins at most 19 of them, for none holds more than 19 digits: linear.
    """
    for run in _RUN.finditer(text):
        groups = [group.span() for group in _DIGITS.finditer(text, run.start(), run.end())]
        offsets = list(accumulate((end - start for start, end in groups), initial=0))
        digits = "".join(text[start:end] for start, end in groups)
        for first, offset in enumerate(offsets[:-1]):
            for last in range(first, min(first + LONGEST, len(groups))):
                count = offsets[last + 1] - offset
                if count > LONGEST:
                    break
                if count in _LENGTHS and _is_one_number(groups, first, last):
                    lengths = tuple(end - start for start, end in groups[first : last + 1])
                    yield Number(groups[first][0], groups[last][1], digits[offset : offset + count], lengths)


def _is_one_number(groups: list[Span], first: int, last: int) -> bool:
    """Whether people would part a number so: into a few groups, or each digit alone, and then from end to end."""
    if last - first < MOST_GROUPS:
        return True
    alone = [end - start == 1 for start, end in groups[max(0, first - 1) : last + 2]]
    return sum(alone) == last - first + 1 and all(alone[first > 0 : last - first + 1 + (first > 0)])


def id_number_end(number: Number, text: str) -> int | None:
    """Where the number ends as a resident ID, of 18 characters with a true check or of the old 15 digits; else None."""
    x = _CHECK_X.match(text, number.end) if len(number.digits) == 17 else None
    if not _is_id_number(number.digits + "X" * bool(x)):
        return None
    return x.end() if x else number.end


def said_id_numbers(text: str) -> Iterator[Span]:
    """What is said to be a resident ID and has its length: who mistyped a digit is known by the others all the same."""
    yield from (found.span("it") for found in _SAID.finditer(text))


def _is_id_number(number: str) -> bool:
    if len(number) not in (15, 18) or not _REGIONS.match(number):
        return False
    if len(number) == 15:
        return _is_day("19" + number[6:12])
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _is_day(number[6:14]) and "10X98765432"[total % 11] == number[17]


def _is_day(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if not 1890 <= year <= 2099:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_bank_card(number: Number) -> bool:
    """Whether it has 16 to 19 digits in groups of 3 or more, begins as cards do and holds Luhn's check (GB/T 15694)."""
    digits = number.digits
    fits = len(digits) >= 16 and digits[0] in "34569" and min(number.groups) >= 3
    return fits and len(set(digits)) > 1 and _holds_luhn(digits)


def _holds_luhn(digits: str) -> bool:
    doubled = (2 * int(digit) for digit in digits[-2::-2])
    return (sum(int(digit) for digit in digits[-1::-2]) + sum(two // 10 + two % 10 for two in doubled)) % 10 == 0


def mobile_start(number: Number, text: str) -> int | None:
    """Where the number begins as a mobile number, with the +86 before it; None if it is none."""
    digits, start = number.digits, number.start
    if number.groups in _MOBILE_GROUPS and _MOBILE.fullmatch(digits):
        before = _PREFIX.search(text[max(0, start - 8) : start])
        return start - len(before[0]) if before else start
    if len(number.groups) == 1 and _WITH_PREFIX.fullmatch(digits):
        return start - (text[start - 1 : start] == "+")
    return None


def landlines(text: str) -> Iterator[Span]:
    """Landlines with their area code, and local numbers said to be a telephone."""
    for pattern in (_LANDLINE, _LOCAL):
        yield from (found.span("it") for found in pattern.finditer(text))

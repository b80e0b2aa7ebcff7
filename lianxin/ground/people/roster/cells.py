"""What a cell says, as offices fill it: full-width digits, phones as numbers, days in many forms, spaces at the end."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
EXCEL_EPOCH = date(1899, 12, 30)  # the day zero of serial days in workbooks of the 1900 system
SERIAL_DAYS = range(18_264, 73_050)  # 1950-01-01 to 2099-12-31
BLANK = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u2060"))


class NotThat(ValueError):
    """The cell does not say what its column wants."""


def text(value: Any) -> str:
    """The cell as words: full-width letters and digits made narrow, spaces at both ends and invisible ones gone.

    Chinese punctuation is kept as it is typed: only letters, digits and spaces have a narrow form worth wanting.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d")
    narrow = "".join(unicodedata.normalize("NFKC", c) if c.isalnum() or c.isspace() else c for c in str(value))
    return re.sub(r"\s+", " ", narrow.translate(BLANK)).strip()


def name(value: Any) -> str:
    """A person's name: spaces between two Han characters (张 三) are only there to align a column."""
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", text(value))


def number(value: Any) -> int:
    """A whole number, also written 第七届 as 7 or with full-width digits; raises NotThat."""
    digits = re.sub(r"[第届次]", "", text(value))
    if not digits.isascii() or not digits.isdecimal():
        raise NotThat
    return int(digits)


def phone(value: Any) -> str:
    """A phone number as digits: a mobile of 11, or a landline with its area code; raises NotThat."""
    said = text(value)
    if re.fullmatch(r"\d(\.\d+)?[Ee]\+?\d+", said):  # 1.38E+10: digits were lost when the file was saved as text
        whole = float(said)
        if len(said.split("E")[0].replace(".", "")) < 11:
            raise NotThat
        said = str(int(whole))
    digits = re.sub(r"[\s()（）-]|^\+?86(?=1)", "", said)
    if not re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}", digits):
        raise NotThat
    return digits


def day(value: Any) -> date:
    """A day: a real date, a serial day, 2021-12-03, 2021.12.3, 2021/12/3, 2021年12月3日 or 20211203; raises NotThat."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and int(value) in SERIAL_DAYS:
        return EXCEL_EPOCH + timedelta(days=int(value))
    said = text(value)
    found = DAY.fullmatch(said) or COMPACT_DAY.fullmatch(said)
    if not found:
        raise NotThat
    try:
        return date(*map(int, found.groups()))
    except ValueError as wrong:
        raise NotThat from wrong


def yes(value: Any) -> bool:
    """是 or 否, also √, yes, no; raises NotThat."""
    said = text(value).lower()
    if said in ("是", "√", "✓", "yes", "y", "同意", "1"):
        return True
    if said in ("否", "×", "no", "n", "不同意", "0", ""):
        return False
    raise NotThat

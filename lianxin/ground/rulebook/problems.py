"""What is wrong in a preset: file, line, key, what was found, what was expected, the nearest right word."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

LONGEST = 60  # characters of a value that an error repeats


@dataclass(frozen=True)
class Problem:
    """错处 One mistake in a preset, in words for whoever wrote the file. `line` 0 means the file as a whole."""

    file: str
    line: int
    key: str
    found: str
    expected: str
    nearest: str = ""

    def __str__(self) -> str:
        where = _("%(file)s 第%(line)d行") % {"file": self.file, "line": self.line} if self.line else self.file
        if self.key:
            where = f"{where} {self.key}"
        told = _("%(where)s：现在是%(found)s，应为%(expected)s。") % {
            "where": where,
            "found": self.found,
            "expected": self.expected,
        }
        return told + (_("最接近的是“%(word)s”。") % {"word": self.nearest} if self.nearest else "")


def nearest(word: str, right: Iterable[str], likeness: float = 0.6) -> str:
    """The right word that is most like `word`, or nothing where none is like it; `likeness` 1 is the same word."""
    return next(iter(difflib.get_close_matches(word, list(right), n=1, cutoff=likeness)), "")


def quoted(value: Any) -> str:
    """What was found, as an error repeats it."""
    if value is None or value == "":
        return _("空缺")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return _("一组键")
    if isinstance(value, tuple | list):
        return _("一列")
    text = str(value)
    return f"“{text[:LONGEST]}…”" if len(text) > LONGEST else f"“{text}”"


def listed(words: Iterable[str]) -> str:
    """Words one after the other, as the language joins them."""
    return _("、").join(words)

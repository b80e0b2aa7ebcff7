"""What the calendars refuse, each in words that say what is missing and what to do."""

from collections.abc import Sequence
from pathlib import Path


class YearNotAnnounced(ValueError):  # noqa: N818 - says what is the case, not that something broke
    """No file tells which days of `year` are worked, so nothing is computed for it: neither guessed nor assumed."""

    def __init__(self, year: int, known: Sequence[int], directory: Path) -> None:
        self.year = year
        self.known = tuple(known)
        self.directory = directory
        super().__init__(self._words())

    def _words(self) -> str:
        first, last = self.known[0], self.known[-1]
        if self.year < first:
            return f"节假日数据从{first}年开始，没有{self.year}年的，不能计算{self.year}年的工作日。"
        return (
            f"还没有{self.year}年的节假日安排（现有{first}年至{last}年），不能计算{self.year}年的工作日。"
            f"国务院办公厅发布《关于{self.year}年部分节假日安排的通知》后，"
            f"请照 {last}.yaml 的样子写好 {self.year}.yaml，放进 {self.directory}。"
        )


class YearFileError(ValueError):
    """A year's file that cannot be trusted. Names file, line, key, what was found and what was expected."""

    def __init__(self, path: Path, line: int | None, key: str, found: str, expected: str) -> None:
        self.path = path
        self.line = line
        self.key = key
        self.found = found
        self.expected = expected
        place = f"{path}" if line is None else f"{path} 第{line}行"
        subject = f"{key}：" if key else ""
        super().__init__(f"{place}：{subject}现在是{found}，应为{expected}。")


class SpanError(ValueError):
    """A span of time that cannot be read, or cannot be used where it stands. The message says how to write it."""


class RuleTextError(ValueError):
    """A recurring rule that cannot be read. The message says how such rules are written."""

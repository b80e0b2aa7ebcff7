"""The yearly files: which days of a year the state gave off, and which weekend days it made working days.

One file a year, `years/<year>.yaml`, written from the State Council's notice. Its form:

    year: 2026
    notices: [国办发明电〔2025〕7号]            # may be left out where the number is not known
    holidays:
      - name: 国庆节
        off: [2026-10-01..2026-10-07]          # days off, single days or first..last
        work: [2026-09-20, 2026-10-10]         # make-up working days 调休上班
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import yaml

from .errors import YearFileError

SHIPPED = Path(__file__).with_name("years")
"""The directory of the files that come with the product."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every value stays text: we read the dates ourselves
_FILE_NAME = re.compile(r"\d{4}\.yaml")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Year:
    """一年的节假日安排: the days given off and the make-up working days of one year, each with its holiday's name."""

    year: int
    notices: tuple[str, ...]
    off: Mapping[date, str]
    work: Mapping[date, str]

    @property
    def digest(self) -> str:
        """A hash of what the file says about days; comments, names and order do not change it."""
        lines = [f"{day} off" for day in self.off] + [f"{day} work" for day in self.work]
        return sha256("\n".join([str(self.year), *sorted(lines)]).encode()).hexdigest()


def read_years(*directories: Path) -> list[Year]:
    """The years of all the directories, oldest first. A later directory's file replaces an earlier one's year.

    Raises YearFileError for a file that does not hold up, for a YAML file that is not named like a year (its year
    would silently be missing), and for a directory that does not exist.
    """
    years: dict[int, Year] = {}
    for directory in directories:
        for path in _year_paths(directory):
            found = read_year(path)
            years[found.year] = found
    return [years[number] for number in sorted(years)]


def _year_paths(directory: Path) -> Iterator[Path]:
    if not directory.is_dir():
        raise YearFileError(directory, None, "", "没有这个目录", "存放年份文件的目录")
    for path in sorted(directory.iterdir()):
        if path.suffix in {".yaml", ".yml"} and not path.name.startswith("."):
            yield path


def read_year(path: Path) -> Year:
    """The year that the file at `path` describes. Raises YearFileError with line, key, found and expected."""
    if not _FILE_NAME.fullmatch(path.name):
        raise YearFileError(path, None, "文件名", f"“{path.name}”", "四位年份加 .yaml，例如 2027.yaml")
    return _Reader(path).year()


class _Reader:
    """Reads one file; remembers where each day was said, so that a contradiction can name its place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.number = int(path.stem)
        self.off: dict[date, str] = {}
        self.work: dict[date, str] = {}

    def year(self) -> Year:
        fields = self._fields(self._root(), "", required=("year", "holidays"), optional=("notices",))
        self._check_number(fields["year"])
        notices = tuple(text for _, text in self._texts(fields["notices"], "notices")) if "notices" in fields else ()
        for place, node in enumerate(self._items(fields["holidays"], "holidays")):
            self._holiday(node, f"holidays[{place}]")
        if not self.off:
            raise self._wrong(fields["holidays"], "holidays", "没有一天放假", "这一年的各个节日")
        return Year(self.number, notices, self.off, self.work)

    def _root(self) -> yaml.Node:
        try:
            root = yaml.compose(self.path.read_text(encoding="utf-8"), Loader=_LOADER)
        except UnicodeDecodeError as error:
            raise YearFileError(self.path, None, "", "不是UTF-8文字", "UTF-8编码的YAML文件") from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            raise YearFileError(self.path, line, "", f"读不通的YAML（{error.problem}）", "合乎格式的YAML") from error
        except yaml.YAMLError as error:
            raise YearFileError(self.path, None, "", f"读不通的YAML（{error}）", "合乎格式的YAML") from error
        if root is None:
            raise YearFileError(self.path, None, "", "空文件", "year、holidays 两项")
        return root

    def _check_number(self, node: yaml.Node) -> None:
        text = self._text(node, "year")
        if text != self.path.stem:
            raise self._wrong(node, "year", f"“{text}”", f"与文件名相同的 {self.path.stem}")

    def _holiday(self, node: yaml.Node, key: str) -> None:
        fields = self._fields(node, key, required=("name",), optional=("off", "work"))
        if "off" not in fields and "work" not in fields:
            raise self._wrong(node, key, "既没有 off 也没有 work", "放假日 off 或调休上班日 work")
        name = self._text(fields["name"], f"{key}.name")
        if "off" in fields:
            self._days(fields["off"], f"{key}.off", name, self._put_off)
        if "work" in fields:
            self._days(fields["work"], f"{key}.work", name, self._put_work)

    def _days(self, node: yaml.Node, key: str, name: str, put: Callable[[yaml.Node, str, date, str], None]) -> None:
        for item, text in self._texts(node, key):
            first, dots, last = text.partition("..")
            start = self._day(item, key, first)
            end = self._day(item, key, last) if dots else start
            if end < start:
                raise self._wrong(item, key, f"“{text}”，结束早于开始", "先早后晚的两个日期")
            for offset in range((end - start).days + 1):
                put(item, key, start + timedelta(offset), name)

    def _put_off(self, node: yaml.Node, key: str, day: date, name: str) -> None:
        self._refuse_second(node, key, day)
        self.off[day] = name

    def _put_work(self, node: yaml.Node, key: str, day: date, name: str) -> None:
        self._refuse_second(node, key, day)
        if day.weekday() < 5:
            raise self._wrong(
                node, key, f"{day}，星期{'一二三四五'[day.weekday()]}", "周末的日子（调休上班日总在周六或周日）"
            )
        self.work[day] = name

    def _refuse_second(self, node: yaml.Node, key: str, day: date) -> None:
        if day in self.off:
            raise self._wrong(node, key, f"{day}，已写明因{self.off[day]}放假", "每一天只写一次")
        if day in self.work:
            raise self._wrong(node, key, f"{day}，已写明因{self.work[day]}调休上班", "每一天只写一次")

    def _day(self, node: yaml.Node, key: str, text: str) -> date:
        try:
            day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            raise self._wrong(node, key, f"“{text}”", f"日期，例如 {self.number}-10-01")
        if day.year != self.number:
            raise self._wrong(node, key, f"{day}", f"{self.number}年的日期（别的年份的日子写在那一年的文件里）")
        return day

    def _fields(
        self, node: yaml.Node, key: str, *, required: tuple[str, ...], optional: tuple[str, ...]
    ) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong(node, key, "不是“键: 值”的形式", "、".join(required + optional))
        fields: dict[str, yaml.Node] = {}
        for name_node, value in node.value:
            name = str(name_node.value)
            if name not in required + optional:
                raise self._wrong(name_node, key, f"不认识的键“{name}”", "、".join(required + optional))
            if name in fields:
                raise self._wrong(name_node, key, f"“{name}”写了两次", "每个键只写一次")
            fields[name] = value
        for name in required:
            if name not in fields:
                raise self._wrong(node, key, f"缺少“{name}”", "、".join(required + optional))
        return fields

    def _items(self, node: yaml.Node, key: str) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self._wrong(node, key, "不是列表", "列表")
        return list(node.value)

    def _texts(self, node: yaml.Node, key: str) -> Iterator[tuple[yaml.Node, str]]:
        for item in self._items(node, key):
            yield item, self._text(item, key)

    def _text(self, node: yaml.Node, key: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self._wrong(node, key, "空的或不是单个的值", "一个值")
        return str(node.value).strip()

    def _wrong(self, node: yaml.Node, key: str, found: str, expected: str) -> YearFileError:
        return YearFileError(self.path, node.start_mark.line + 1, key, found, expected)

"""Reads one YAML file of a preset: plain data, the line of each key, and every mistake of writing.

Plain YAML alone: no anchors, aliases or tags. Words stay words: only true, false, null and whole numbers mean
something else, so that 9:00 is no number of seconds and `no` is no False (YAML 1.2, core schema).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _
from yaml.composer import ComposerError
from yaml.reader import ReaderError

from lianxin.ground.rulebook.problems import Problem, quoted

Path = tuple[str | int, ...]

LARGEST = 1024 * 1024  # bytes; the longest regulation is a tenth of it
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_TAB = re.compile(r" *\t")


@dataclass(frozen=True)
class Mark:
    """Where something is written."""

    file: str
    line: int


@dataclass
class Tree:
    """The plain data of one file, or of several laid over each other, and where each of its keys is written."""

    data: Any
    marks: dict[Path, Mark] = field(default_factory=dict)

    def mark(self, path: Path) -> Mark:
        """Where the thing at `path` is written, or the nearest thing around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark("", 0))


def key_path(path: Path) -> str:
    """A path as people read it: kinds.point.fittings[2].name; list items count from 1."""
    told = ""
    for step in path:
        told += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if told else step
    return told


def decode(file: str, content: bytes) -> tuple[str, list[Problem]]:
    """The text of a file, without byte order mark and with plain line ends, or what is wrong with its letters."""
    if len(content) > LARGEST:
        found = _("%(count)d字节") % {"count": len(content)}
        return "", [Problem(file, 0, "", found, _("至多%(count)d字节") % {"count": LARGEST})]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = _("%(encoding)s编码的文字") % {"encoding": _encoding(content)}
        return "", [Problem(file, line, "", found, _("UTF-8编码：用编辑器“另存为”，编码选UTF-8"))]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return _("别的")
    return "GBK"


def parse(file: str, text: str) -> tuple[Tree, list[Problem]]:
    """The data of a file, and all that is wrong in how it is written; with a mistake the data may be incomplete."""
    lines = text.split("\n")
    tabs = [
        Problem(file, number, "", _("用制表符（Tab）缩进"), _("用空格缩进，每层两个空格"))
        for number, line in enumerate(lines, 1)
        if _TAB.match(line)
    ]
    if tabs:
        return Tree({}), tabs
    try:
        root = yaml.compose(text, Loader=_PlainLoader)
    except yaml.YAMLError as error:
        return Tree({}), [_syntax(file, lines, error)]
    except RecursionError:
        return Tree({}), [Problem(file, 0, "", _("层数太多的内容"), _("至多几十层的键和列"))]
    if root is None:
        return Tree({}), [Problem(file, 0, "", _("空文件"), _("至少一个键；用不着这份文件，就删掉它"))]
    reader = _Reader(file)
    data = reader.plain(root, ())
    if not isinstance(data, dict):
        found = with_colon_hint(_("一组键，如“name: 名称”"), data)
        return Tree({}), [Problem(file, 1, "", quoted(data), found)]
    reader.marks[()] = Mark(file, 1)
    return Tree(data, reader.marks), reader.problems


@dataclass(frozen=True)
class Written:
    """A word as it is written: at which path and line, from which letter to which, whether without quotes."""

    path: Path
    value: str
    line: int
    start: int
    end: int
    is_plain: bool


def words_of(text: str) -> Iterator[Written]:
    """Every word of a file that can be read, in its order; none of one that cannot."""
    try:
        root = yaml.compose(text, Loader=_PlainLoader)
    except (yaml.YAMLError, RecursionError):
        return
    yield from _words_below(root, ())


def _words_below(node: yaml.Node | None, path: Path) -> Iterator[Written]:
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark, node.end_mark
        yield Written(path, node.value, start.line + 1, start.index, end.index, node.style is None)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _words_below(value, (*path, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _words_below(item, (*path, number))


def with_colon_hint(expected: str, value: Any) -> str:
    """`expected`, and a word about the full-width colon where `value` holds one."""
    if isinstance(value, str) and "：" in value:
        return expected + _("（冒号要用半角的“:”，后面空一格）")
    return expected


class _PlainLoader(yaml.SafeLoader):
    """Composes plain YAML and refuses anchors, aliases and tags."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None or event.tag is not None:
            raise ComposerError(None, None, "&, * or !", event.start_mark)
        return super().compose_node(parent, index)


def _syntax(file: str, lines: list[str], error: yaml.YAMLError) -> Problem:
    """The mistake that YAML itself names, with the line as it is written."""
    if isinstance(error, ReaderError):
        line = "\n".join(lines).count("\n", 0, error.position)
        return Problem(file, line + 1, "", _("不能打印的字符"), _("可以打印的文字"))
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = _blamed(lines, min(mark.line, len(lines) - 1) if mark else 0)
    written = lines[line].strip()
    if isinstance(error, ComposerError) and error.problem == "&, * or !":
        return Problem(file, line + 1, "", quoted(written), _("直接写出的内容，不用“&”、“*”、“!”这些记号"))
    expected = _("YAML的写法：“键: 值”，同一层左边对齐，引号成对（%(said)s）") % {
        "said": getattr(error, "problem", None) or error
    }
    return Problem(file, line + 1, "", quoted(written), with_colon_hint(expected, written))


def _blamed(lines: list[str], line: int) -> int:
    """The line at fault: YAML stumbles one line after a full-width colon."""
    above = lines[line - 1] if line else ""
    return line - 1 if "：" in above and ":" not in above and "：" not in lines[line] else line


class _Reader:
    """Turns nodes into plain data: dict, tuple, str, int, bool or None, and notes where each stands."""

    def __init__(self, file: str):
        self.file = file
        self.marks: dict[Path, Mark] = {}
        self.problems: list[Problem] = []

    def plain(self, node: yaml.Node, path: Path) -> Any:
        """The data of a node at `path`."""
        self.marks.setdefault(path, Mark(self.file, node.start_mark.line + 1))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.plain(item, (*path, number)) for number, item in enumerate(node.value))
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(Problem(self.file, line, key_path(path), _("一组或一列作键"), _("一个词作键")))
                continue
            key = key_node.value
            inner = (*path, key)
            if key in data:
                expected = _("只写一次；第%(line)d行已经写了") % {"line": self.marks[inner].line}
                self.problems.append(Problem(self.file, line, key_path(inner), _("又写了一次"), expected))
                continue
            self.marks[inner] = Mark(self.file, _line_of(value_node) or line)
            data[key] = self.plain(value_node, inner)
        return data


def _line_of(node: yaml.Node) -> int:
    """The line of a word that is written below its key; 0 for anything else."""
    return node.start_mark.line + 1 if isinstance(node, yaml.ScalarNode) and node.value else 0


def _scalar(node: Any) -> Any:
    """A word, unless it is written plainly and is a whole number, true, false or null."""
    if node.style is not None:
        return node.value
    if node.value in _WORDS:
        return _WORDS[node.value]
    return int(node.value) if _WHOLE.fullmatch(node.value) else node.value

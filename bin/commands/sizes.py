"""The longest files and functions: long is a question, not an error."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bin.commands.environment import ROOT

FOLDERS = ("lianxin", "config", "bin", "bench", "tests")
SHOWN = 10

Sized = tuple[int, str]  # lines, and what has them


def table() -> str:
    """The ten longest files and the ten longest functions, longest first."""
    files = sorted(_files(), reverse=True)[:SHOWN]
    functions = sorted(_functions(), reverse=True)[:SHOWN]
    lines = ["longest files (guide 200, look again at 400; templates 80 and 120)", *_lines(files)]
    return "\n".join([*lines, "longest functions (guide 20, look again at 40)", *_lines(functions)])


def _lines(rows: list[Sized]) -> list[str]:
    return [f"{count:6}  {what}" for count, what in rows]


def _files() -> Iterator[Sized]:
    for file in [*_sources("*.py"), *_sources("*.html"), *_sources("*.css"), *_sources("*.js")]:
        yield len(file.read_text().splitlines()), str(file.relative_to(ROOT))


def _functions() -> Iterator[Sized]:
    for file in _sources("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                yield node.end_lineno - node.lineno + 1, f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"


def _sources(pattern: str) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (file for file in (ROOT / folder).rglob(pattern) if "migrations" not in file.parts)

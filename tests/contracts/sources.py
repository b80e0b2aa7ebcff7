"""The files of the project: what is committed, or would be."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def committed() -> tuple[Path, ...]:
    """Every file that git keeps, or would keep, that exists."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(file for name in listed.stdout.split("\0") if name and (file := ROOT / name).is_file())


def files(*patterns: str, under: str = "") -> Iterator[tuple[str, str]]:
    """Name and text of every committed text file that fits one of the patterns."""
    for file in committed():
        name = str(file.relative_to(ROOT))
        if name.startswith(under) and any(file.match(pattern) for pattern in patterns):
            try:
                yield name, file.read_text()
            except UnicodeDecodeError:
                continue  # a picture or an archive holds no words


def found(pattern: str, *patterns: str, under: str = "", besides: tuple[str, ...] = ()) -> list[str]:
    """Every `file:line: text` where the regular expression is found."""
    wanted = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in files(*patterns, under=under)
        if name not in besides
        for number, line in enumerate(text.splitlines(), 1)
        if wanted.search(line)
    ]

"""bin/check: how the code is written. Every check runs; one that fails fails the command. --fix mends what it can first."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from bin.commands import environment, licences, sizes
from lianxin.terminal import say

TOOLS = environment.VENV / "bin"
DJADE = (TOOLS / "djade", "--target-version", "5.2")
TESTS = {"DJANGO_SETTINGS_MODULE": "tests.settings"}


def main(arguments: list[str]) -> int:
    """Run every check; the answer is how many failed."""
    environment.prepare(dev=True)
    if "--fix" in arguments:
        mend()
    failed = [name for name, passes in CHECKS.items() if not _told(name, passes)]
    say("最长的文件与函数", "The longest files and functions")
    print(sizes.table())
    print(f"\n✗ {', '.join(failed)}" if failed else "\n✓ check")
    return len(failed)


def runs(*command: str | os.PathLike[str]) -> Callable[[], bool]:
    """A check that passes when the command ends well."""

    def check() -> bool:
        return subprocess.run(command, cwd=environment.ROOT, env=os.environ | TESTS).returncode == 0

    return check


def templates_are_formatted() -> bool:
    """Every template is written as djade writes it."""
    return not templates() or runs(*DJADE, "--check", *templates())()


def templates() -> list[Path]:
    """Every template of the product."""
    return [*environment.ROOT.glob("lianxin/**/templates/**/*.html")]


def mend() -> None:
    """Format code and templates, and mend what the linter knows how to."""
    say("整理格式", "Formatting")
    runs(TOOLS / "ruff", "check", "--fix", "--quiet", ".")()
    runs(TOOLS / "ruff", "format", "--quiet", ".")()
    runs(*DJADE, *templates())()


def shell_can_be_read() -> bool:
    """Every shell script parses."""
    scripts = [file for file in (environment.ROOT / "bin").iterdir() if file.is_file()]
    return all(runs("sh", "-n", file)() for file in [*scripts, environment.ROOT / ".ci" / "run"])


def licences_are_allowed() -> bool:
    """No package carries a licence that the product may not."""
    for name in (refused := licences.refused()):
        print("  ", name)
    return not refused


def parts_are_listed() -> bool:
    """The list of parts can be written, and tells of each under which licence it is carried."""
    licences.write_sbom()
    for name in (untold := licences.without_licence()):
        print("  ", name)
    return not untold


def _told(name: str, passes: Callable[[], bool]) -> bool:
    say(f"检查：{name}", f"Check: {name}")
    return passes()


CHECKS: dict[str, Callable[[], bool]] = {
    "format": runs(TOOLS / "ruff", "format", "--check", "--quiet", "."),
    "lint": runs(TOOLS / "ruff", "check", "--quiet", "."),
    "types": runs(TOOLS / "mypy"),
    "layers": runs(TOOLS / "lint-imports"),
    "templates": templates_are_formatted,
    "migrations": runs(environment.PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"),
    "shell": shell_can_be_read,
    "licences": licences_are_allowed,
    "parts": parts_are_listed,
}

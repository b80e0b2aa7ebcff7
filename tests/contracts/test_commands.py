"""`lianxin help` lists the commands of the product: every one, and nothing of Django's own."""

import os
import subprocess
import sys

import pytest
from django.core.management import get_commands

from lianxin.__main__ import COMMANDS, command_of
from tests.contracts.sources import ROOT


def own() -> set[str]:
    """The commands that the apps of the product bring."""
    return {name for name, app in get_commands().items() if str(app).startswith("lianxin.")}


def named(line: str) -> str:
    """The command that a line of the list names; what follows it is in capitals."""
    name, rest = command_of([word for word in line.split() if not word.isupper()], set(get_commands()))
    assert rest == []
    return name


def test_every_command_of_the_product_is_listed_and_no_other():
    assert sorted(map(named, COMMANDS)) == sorted(own())


@pytest.mark.parametrize("asked", [[], ["help"], ["--help"]])
@pytest.mark.parametrize(("language", "english"), [("en_US.UTF-8", True), ("zh_CN.UTF-8", False)])
def test_help_is_told_in_plain_words(asked: list[str], language: str, english: bool, tmp_path):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LIANXIN_", "DJANGO_", "LC_"))}
    done = subprocess.run(
        [sys.executable, "-m", "lianxin", *asked],
        cwd=ROOT,
        env=clean | {"LANG": language, "LC_ALL": language, "LIANXIN_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert len([line for line in lines if line.startswith("  lianxin ")]) == len(COMMANDS)
    assert ("bring a backup back" in done.stdout) == english
    assert "恢复一份备份" in done.stdout
    assert "makemigrations" not in done.stdout
    assert max(map(len, lines)) < 120


@pytest.mark.parametrize(("typed", "meant"), [("bakup", "backup"), ("帮帮我", "help")])
def test_an_unknown_command_is_told_in_chinese_first_and_leads_to_the_list(typed, meant, tmp_path):
    environ = os.environ | {"LC_ALL": "en_US.UTF-8", "LIANXIN_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "lianxin", typed], cwd=ROOT, env=environ, capture_output=True, text=True
    )
    chinese, english = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    assert chinese.startswith(f"✗ 没有“{typed}”这个命令。")
    assert english.strip().startswith(f"There is no command “{typed}”.")
    assert all(f"lianxin {meant}" in line and "lianxin help" in line for line in (chinese, english))


def test_the_options_of_one_command_are_still_told(tmp_path):
    environ = os.environ | {"LIANXIN_HOME": str(tmp_path)}
    for asked in (["restore", "--help"], ["help", "restore"]):
        done = subprocess.run(
            [sys.executable, "-m", "lianxin", *asked], cwd=ROOT, env=environ, capture_output=True, text=True
        )
        assert (done.returncode, "--replace" in done.stdout) == (0, True)

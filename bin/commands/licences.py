"""Which licences the product's packages carry, and the list of its parts (SBOM, CycloneDX) in build/sbom.json."""

import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any

from bin.commands.environment import MODULES, ROOT, VENV

COPYLEFT = re.compile(r"\b(A|L)?GPL|GNU|SSPL|EUPL|Commons Clause", re.IGNORECASE)
UNKNOWN = re.compile(r"^\s*(unknown|)\s*$", re.IGNORECASE)
ALLOWED = {
    "psycopg": "LGPL-3.0-only: used unchanged as a library of its own, which the LGPL allows any product",
    "psycopg-binary": "LGPL-3.0-only: the same library, compiled",
}


def refused() -> list[str]:
    """Every package of the product, Python's and npm's, whose licence it may not carry or does not tell."""
    return [
        f"{name}: {licence or 'no licence told'}"
        for name, licence in sorted([*_python(), *_npm()])
        if name not in ALLOWED and (COPYLEFT.search(licence) or UNKNOWN.match(licence))
    ]


def write_sbom() -> None:
    """Write build/sbom.json."""
    file = ROOT / "build" / "sbom.json"
    file.parent.mkdir(exist_ok=True)
    command = [str(VENV / "bin" / "cyclonedx-py"), "requirements", "--output-reproducible", "--short-PURLs"]
    command += ["--pyproject", "pyproject.toml", "--output-file", str(file), "requirements/run.txt"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    parts = json.loads(file.read_text())
    parts["components"] += [
        {
            "type": "library",
            "bom-ref": f"npm-{name}",
            "name": name,
            "version": facts["version"],
            "purl": f"pkg:npm/{name.replace('@', '%40')}@{facts['version']}",
            "licenses": [{"expression": facts["license"]}],
        }
        for name, facts in _locked_by_npm()
    ]
    file.write_text(json.dumps(parts, indent=2, ensure_ascii=False) + "\n")


def names_in(requirements: str) -> list[str]:
    """The packages that a locked list of requirements names for this kind of computer."""
    lines = [line for line in requirements.splitlines() if "==" in line and "win32" not in line]
    return [line.split("==")[0].strip() for line in lines]


def _python() -> Iterator[tuple[str, str]]:
    names = names_in((ROOT / "requirements" / "run.txt").read_text())
    command = [str(VENV / "bin" / "pip-licenses"), "--from=mixed", "--format=json", "--packages", *names]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    for package in json.loads(answer.stdout):
        yield package["Name"], package["License"]


def _npm() -> Iterator[tuple[str, str]]:
    for name, _facts in _locked_by_npm():
        yield name, str(json.loads((MODULES / name / "package.json").read_text()).get("license", ""))


def _locked_by_npm() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, facts in json.loads((ROOT / "package-lock.json").read_text())["packages"].items():
        if path and not facts.get("dev"):
            yield path.rpartition("node_modules/")[2], facts

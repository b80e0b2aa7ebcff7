"""Which licences the product's packages carry, and the list of its parts (SBOM, CycloneDX) in build/sbom.json."""

import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any

from bin.commands.environment import MODULES, ROOT, VENV

COPYLEFT = re.compile(r"\b(A|L)?GPL|GNU|SSPL|EUPL|Commons Clause", re.IGNORECASE)
UNKNOWN = re.compile(r"^\s*(unknown|)\s*$", re.IGNORECASE)
SPDX = re.compile(r"[A-Za-z0-9.+-]+( (OR|AND|WITH) [A-Za-z0-9.+-]+)*")
ALLOWED = {
    "pi_heif": "LGPL-3.0-only: decodes photos with libheif and libde265, libraries of their own, unchanged; no encoder",
    "psycopg": "LGPL-3.0-only: used unchanged as a library of its own, which the LGPL allows any product",
    "psycopg-binary": "LGPL-3.0-only: the same library, compiled",
}
CARRIED = (  # parts that no list of packages names: see NOTICE
    {
        "type": "library",
        "bom-ref": "carried-htmx",
        "name": "htmx",
        "description": "served from the package django-htmx, which carries it",
        "licenses": [{"expression": "0BSD"}],
    },
    {
        "type": "data",
        "bom-ref": "carried-townships",
        "name": "lianxin/ground/people/places/data/townships.csv",
        "description": "codes and names from the register of the Ministry of Civil Affairs",
        "licenses": [{"license": {"name": "Facts of a public register"}}],
    },
    {
        "type": "data",
        "bom-ref": "carried-outlines",
        "name": "lianxin/ground/people/places/data/county_outlines.geojson",
        "description": "outlines of counties; the file names no source of its own",
        "licenses": [{"license": {"name": "Not told: the file names no source and no licence"}}],
    },
    {
        "type": "data",
        "bom-ref": "carried-years",
        "name": "lianxin/lib/calendars/years",
        "description": "days off and make-up working days from the yearly notices of the State Council",
        "licenses": [{"license": {"name": "Official notices (Copyright Law of China, art. 5)"}}],
    },
)


def refused() -> list[str]:
    """Every package of the product, Python's and npm's, whose licence it may not carry or does not tell."""
    return [
        f"{name}: {licence or 'no licence told'}"
        for name, licence in sorted([*_python(), *_npm()])
        if name not in ALLOWED and (COPYLEFT.search(licence) or UNKNOWN.match(licence))
    ]


def write_sbom() -> None:
    """Write build/sbom.json: every part that is installed with the product or lies in its folders, with its licence."""
    file = ROOT / "build" / "sbom.json"
    file.parent.mkdir(exist_ok=True)
    command = [str(VENV / "bin" / "cyclonedx-py"), "requirements", "--output-reproducible", "--short-PURLs"]
    command += ["--pyproject", "pyproject.toml", "--output-file", str(file), "requirements/run.txt"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    parts = json.loads(file.read_text())
    told = {_plain(name): licence for name, licence in _python()}
    locked = {_plain(name) for name in names_in((ROOT / "requirements" / "run.txt").read_text())}
    parts["components"] = [part for part in parts["components"] if _plain(part["name"]) in locked]
    for part in parts["components"]:
        if licence := told.get(_plain(part["name"])):
            part["licenses"] = [_licence(licence)]
    parts["components"] += [*_from_npm(), *CARRIED]
    file.write_text(json.dumps(parts, indent=2, ensure_ascii=False) + "\n")


def without_licence() -> list[str]:
    """Parts that build/sbom.json lists without saying under which licence, or on what ground, the product carries them."""
    parts = json.loads((ROOT / "build" / "sbom.json").read_text())["components"]
    return [part["name"] for part in parts if not part.get("licenses")]


def names_in(requirements: str) -> list[str]:
    """The packages that a locked list of requirements names for this kind of computer."""
    lines = [line for line in requirements.splitlines() if "==" in line and "win32" not in line]
    return [line.split("==")[0].strip() for line in lines]


def _plain(name: str) -> str:
    """A package's name as all its spellings are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(said: str) -> dict[str, Any]:
    """A licence as CycloneDX writes it: an SPDX expression, or the name by which the package calls it."""
    return {"expression": said} if SPDX.fullmatch(said) else {"license": {"name": said}}


def _from_npm() -> Iterator[dict[str, Any]]:
    for name, facts in _locked_by_npm():
        yield {
            "type": "library",
            "bom-ref": f"npm-{name}",
            "name": name,
            "version": facts["version"],
            "purl": f"pkg:npm/{name.replace('@', '%40')}@{facts['version']}",
            "licenses": [_licence(facts["license"])],
        }


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

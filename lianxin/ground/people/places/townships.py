"""Townships: the package's list, corrected by the register of the Ministry of Civil Affairs.

The two count differently. The package has the statisticians' codes of 2023, and its villages carry those codes;
the register has the codes in force at the end of 2025. The same digits often mean another township, so what
belongs together is found by name, which no two townships of a county share, and never by code.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lianxin.ground.people.places import package

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Township:
    """A township by its official code. `statistics_code` begins the codes of its villages; "" where none are listed."""

    code: str
    name: str
    county: str
    statistics_code: str


def townships(code: str) -> Iterator[Township]:
    """The townships whose county's code begins with `code`, in the order of the statisticians' codes.

    In this order, for each township of the package's list:
    1. One of the same name in the register's list of the same county gives the code.
    2. `data/same_townships.csv` names the pairs that are written differently; code and name are the register's.
    3. A development zone has no list in the register, which names its townships under the counties around it:
       one of the same name in the same city, not found by 1 or 2, gives the code. The township lies in the zone.
    4. Any other keeps its code: the register knows no farms and estates, and this copy of it not every county.
    What the register has beyond that is new since 2023 and comes last, without villages.
    """
    listed = list(package.names_below("streets.csv", code[:4]))
    for township in corrected(listed, register(code[:4]), same_townships()):
        if township.county.startswith(code):
            yield township


def corrected(
    listed: Iterable[tuple[str, str]], official: dict[tuple[str, str], str], same: dict[str, str]
) -> Iterator[Township]:
    """The rule itself. `official` tells the code by county and name, `same` by the statisticians' code."""
    listed = list(listed)
    here = {(code[:6], name) for code, name in listed}
    counties = {county for county, _name in official}
    official_names = {code: name for (_county, name), code in official.items()}
    elsewhere = {key: code for key, code in official.items() if key not in here and code not in same.values()}
    in_city = _standing_once(((county[:4], name), code) for (county, name), code in elsewhere.items())
    for code, name in listed:
        county = code[:6]
        found = official.get((county, name)) or same.get(code)
        if not found and county not in counties:
            found = in_city.get((county[:4], name))
        if found:
            elsewhere = {key: left for key, left in elsewhere.items() if left != found}
        yield Township(found or code, official_names.get(found or "", name), county, code)
    for (county, name), code in sorted(elsewhere.items(), key=lambda item: item[1]):
        yield Township(code, name, county, "")


def _standing_once(codes: Iterable[tuple[tuple[str, str], str]]) -> dict[tuple[str, str], str]:
    """Code by city and name; a name that two counties of the city share tells nothing."""
    found: dict[tuple[str, str], list[str]] = {}
    for key, code in codes:
        found.setdefault(key, []).append(code)
    return {key: here[0] for key, here in found.items() if len(here) == 1}


@cache
def _register() -> list[tuple[str, str, str]]:
    with (DATA / "townships.csv").open(encoding="utf-8", newline="") as file:
        return [(row["county_code"], row["town_code"], row["town"]) for row in csv.DictReader(file)]


def register(below: str) -> dict[tuple[str, str], str]:
    """The register's codes by county and name, for the counties whose code begins so."""
    return {(county, name): code for county, code, name in _register() if county.startswith(below)}


@cache
def same_townships() -> dict[str, str]:
    """The register's code by the statisticians' code, for townships that the two write differently."""
    with (DATA / "same_townships.csv").open(encoding="utf-8", newline="") as file:
        return {row["statistics_code"]: row["official_code"] for row in csv.DictReader(file)}

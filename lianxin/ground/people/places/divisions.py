"""The official division codes, province to village, of any place of the country."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from lianxin.ground.people.errors.places import NoSuchDivision
from lianxin.ground.people.places import package
from lianxin.ground.people.places.names import place_name
from lianxin.ground.people.places.townships import townships

# Lines of the list of cities that are headings over counties which stand under the province itself.
HEADINGS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


@dataclass(frozen=True)
class Division:
    """A place: its code, name and level, and the code of the place around it, which is "" at the top."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True)
class Upper:
    """The names of provinces, cities and counties by code: three thousand lines."""

    provinces: Mapping[str, str]
    cities: Mapping[str, str]
    counties: Mapping[str, str]

    def is_city(self, code: str) -> bool:
        """Whether the code stands for a city, not for a heading of the list."""
        return code in self.cities and self.cities[code] not in HEADINGS

    def is_county(self, code: str) -> bool:
        """Whether the code stands for a county; a city without counties is listed as its own only county."""
        return code in self.counties and self.counties[code] != self.cities[code[:4]]

    def ground(self, county: str) -> str:
        """The code of what the townships of this line lie in: the county, or the city that has none."""
        return county if self.is_county(county) else county[:4]

    def lines(self, code: str) -> Iterator[Division]:
        """The places around `code`, itself, and those in it down to the counties, from the top."""
        yield Division(code[:2], self.provinces[code[:2]], "province", "")
        for city, name in self.cities.items():
            if self.is_city(city) and (city.startswith(code) or city == code[:4]):
                yield Division(city, name, "city", city[:2])
        for county, name in self.counties.items():
            if self.is_county(county) and county.startswith(code):
                around = county[:4] if self.is_city(county[:4]) else county[:2]
                yield Division(county, name, "county", around)


@cache
def upper() -> Upper:
    """Read provinces, cities and counties. Raises DivisionsMissing."""
    return Upper(package.names("provinces.csv"), package.names("cities.csv"), package.names("areas.csv"))


def find(code: str) -> str:
    """The code of the place that `code` names: for 441900 it is 4419, a city without counties.

    Raises NoSuchDivision where it names nothing, or a heading (1101 市辖区).
    """
    known = upper()
    if code in known.counties:
        return known.ground(code)
    if known.is_city(code) or code in known.provinces:
        return code
    raise NoSuchDivision(code, known.provinces.get(code[:2], "") if code in known.cities else "")


def divisions(code: str, *, with_villages: bool) -> Iterator[Division]:
    """Every place around, at and in `code`, each after the place around it. Raises NoSuchDivision, DivisionsMissing."""
    code, known = find(code), upper()
    yield from known.lines(code)
    township_by_statistics_code = {}
    for township in townships(code):
        township_by_statistics_code[township.statistics_code] = township.code
        yield Division(township.code, township.name, "township", known.ground(township.county))
    if with_villages:
        for village, listed in package.names_below("villages.csv", code):
            yield Division(village, place_name(listed), "village", township_by_statistics_code[village[:9]])

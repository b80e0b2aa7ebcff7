"""The official lists: what the package says, and how the register of townships corrects it."""

from collections import Counter
from pathlib import Path

import pytest

from lianxin.ground.people.errors.places import DivisionsMissing, NoSuchDivision
from lianxin.ground.people.places import divisions, package
from lianxin.ground.people.places.divisions import Division
from lianxin.ground.people.places.names import place_name
from lianxin.ground.people.places.townships import Township, corrected

LOCALITIES = {  # townships and villages
    "420504": (5, 52),
    "520627": (23, 446),
    "610981": (21, 309),
    "331022": (10, 295),
    "2201": (231, 2798),
}


def lines(code: str, with_villages: bool = False) -> list[Division]:
    return list(divisions.divisions(code, with_villages=with_villages))


@pytest.mark.parametrize("code", LOCALITIES)
def test_the_five_localities_are_complete(code: str) -> None:
    counted = Counter(line.level for line in lines(code, with_villages=True))
    assert (counted["township"], counted["village"]) == LOCALITIES[code]


def test_a_name_is_no_key() -> None:
    listed, called = Counter(), Counter()
    for code in LOCALITIES:
        for village, name in package.names_below("villages.csv", code):
            listed[village[:6], name] += 1
            called[village[:6], place_name(name)] += 1
    assert sum(count for count in listed.values() if count > 1) == 129
    assert sum(count for count in called.values() if count > 1) == 131  # 先锋村 and 先锋村委会 are one name


def test_a_city_has_its_counties_and_its_development_zones() -> None:
    counties = [line for line in lines("2201") if line.level == "county"]
    zones = [line.name for line in counties if line.name.endswith("开发区")]
    assert (len(counties) - len(zones), len(zones)) == (11, 4)


@pytest.mark.parametrize("code", LOCALITIES)
def test_every_code_stands_once_and_every_place_comes_after_the_one_around_it(code: str) -> None:
    seen = {""}
    for line in lines(code, with_villages=True):
        assert line.parent in seen
        assert line.code not in seen
        seen.add(line.code)


def test_villages_lie_in_the_township_of_their_list_not_in_the_one_their_digits_now_mean() -> None:
    found = {line.code: line for line in lines("420504", with_villages=True)}
    village = next(line for line in found.values() if line.name == "长岭村")
    assert village.code.startswith("420504201")  # 联棚乡 by the statisticians
    assert found[village.parent] == Division("420504202", "联棚乡", "township", "420504")


def test_a_villages_township_was_so_called_on_its_own_list() -> None:
    listed = dict(package.names_below("streets.csv", "2201"))
    found = {line.code: line for line in lines("2201", with_villages=True)}
    others = {
        (listed[line.code[:9]], found[line.parent].name) for line in found.values() if line.level == "village"
    }  # fmt: skip
    assert {pair for pair in others if pair[0] != pair[1]} == {
        ("先峰乡", "先锋乡"),
        ("大青嘴镇", "大青咀镇"),
        ("二十家子镇", "二十家子满族镇"),
        ("龙山乡", "龙山满族乡"),
    }


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("110101", ["北京市", "东城区"]),
        ("500229", ["重庆市", "城口县"]),
        ("429004", ["湖北省", "仙桃市"]),
        ("659001", ["新疆维吾尔自治区", "石河子市"]),
        ("441900", ["广东省", "东莞市"]),
        ("620201", ["甘肃省", "嘉峪关市"]),
        ("420504", ["湖北省", "宜昌市", "点军区"]),
        ("2201", ["吉林省", "长春市"]),
    ],
)
def test_what_lies_around_a_place_are_places_and_no_headings(code: str, chain: list[str]) -> None:
    assert [line.name for line in lines(code)][: len(chain)] == chain
    assert [line.parent for line in lines(code)][: len(chain)] == ["", *[line.code for line in lines(code)]][
        : len(chain)
    ]


@pytest.mark.parametrize("code", ["1101", "5002", "4290", "99", "420599", "4205041", "", "点军区"])
def test_a_code_that_names_no_place_is_refused(code: str, db: None) -> None:
    with pytest.raises(NoSuchDivision):
        lines(code)


def test_a_heading_is_told_from_a_code_that_does_not_exist(db: None) -> None:
    with pytest.raises(NoSuchDivision, match="北京市"):
        lines("1101")


def test_a_missing_package_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, db: None) -> None:
    monkeypatch.setattr(package, "FOLDER", tmp_path)
    divisions.upper.cache_clear()
    with pytest.raises(DivisionsMissing, match="./bin/run"):
        lines("420504")


OFFICIAL = {("990101", "石桥镇"): "990101101", ("990101", "花溪镇"): "990101102", ("990101", "新城街道"): "990101003"}


def rule(*listed: tuple[str, str], same: dict[str, str] | None = None) -> list[Township]:
    return list(corrected(listed, OFFICIAL, same or {}))


def test_a_township_is_found_by_name_whatever_its_digits() -> None:
    first, second, *_new = rule(("990101102", "石桥镇"), ("990101103", "花溪镇"))
    assert first == Township("990101101", "石桥镇", "990101", "990101102")
    assert second == Township("990101102", "花溪镇", "990101", "990101103")


def test_a_township_of_a_development_zone_gets_its_code_from_the_county_and_stays_in_the_zone() -> None:
    (zone,) = [found for found in rule(("990171001", "新城街道")) if found.name == "新城街道"]
    assert zone == Township("990101003", "新城街道", "990171", "990171001")


def test_a_township_written_differently_is_found_by_the_list_of_pairs() -> None:
    (found,) = [
        found for found in rule(("990101200", "花溪乡"), same={"990101200": "990101102"}) if found.statistics_code
    ]
    assert (found.code, found.name) == ("990101102", "花溪镇")


def test_a_farm_that_the_register_does_not_know_keeps_its_code() -> None:
    (farm,) = [found for found in rule(("990101400", "南河农场")) if found.name == "南河农场"]
    assert farm.code == "990101400"


def test_a_township_newer_than_the_list_comes_without_villages() -> None:
    assert rule(("990101101", "石桥镇"), ("990101102", "花溪镇"))[-1] == Township("990101003", "新城街道", "990101", "")

"""Places, districts, deputies and stations of each demonstration come to what the published accounts of the five localities tell.

Places come from the official list, which holds where it and an account differ. What an account does not tell is not asserted.
"""

from collections import Counter

import pytest

from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.rules import Form, StationRules
from lianxin.doors.demo.building.sessions import ELECTED_ON
from lianxin.doors.demo.building.whole import FOUNDED_ON, OPENED_ON, history
from lianxin.ground.core.clock import start_of, today, travel
from lianxin.ground.people.founding import found_platform
from lianxin.ground.people.models import District, Mandate, Region
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.load, pytest.mark.either]

FIVE = set(CongressLevel.values)


def build(preset: str) -> Region:
    """The demonstration without sign-ins and the later sessions, which are held on other days and add nothing that is counted."""
    with travel(start_of(FOUNDED_ON)):
        home = found_platform(preset, at=start_of(FOUNDED_ON), is_demo=True)
    for on, step in sorted(history(preset, home), key=lambda dated: dated[0]):
        if on == OPENED_ON or on in ELECTED_ON.values():
            with travel(start_of(on)):
                step(on)
    return home


def places() -> tuple[int, int]:
    """How many townships and how many villages there are."""
    levels = Counter(Region.objects.values_list("level", flat=True))
    return levels[Level.TOWNSHIP], levels[Level.VILLAGE]


def deputies() -> Counter[str]:
    """How many deputies of each level there are."""
    return Counter(Mandate.objects.values_list("level", flat=True))


def stations() -> Counter[str]:
    """How many stations of each kind there are."""
    return Counter(Station.objects.values_list("kind", flat=True))


def test_dianjun_has_5_townships_52_villages_and_29_homes_stations_and_points() -> None:
    """Chutian Zhuren 2023/6: 29个“家站点”, households of three kinds besides; 57名乡人大代表 are contacted, 36 of the district."""
    build("dianjun")
    rules, kinds = in_force(today()).section(StationRules), stations()
    by_form = Counter(dict.fromkeys(Form, 0))
    for kind, count in kinds.items():
        by_form[rules.kinds[kind].form] += count

    assert places() == (5, 52)
    assert set(deputies()) == FIVE
    assert deputies()[CongressLevel.TOWNSHIP] >= 57
    assert deputies()[CongressLevel.COUNTY] >= 36
    assert by_form[Form.HOME] + by_form[Form.STATION] + by_form[Form.POINT] == 29
    assert {"residence_household", "trade_household", "business_household"} <= set(kinds)


def test_yanhe_has_23_townships_446_villages_115_districts_and_270_deputies_of_its_own() -> None:
    """The county's account: 1500多名四级人大代表, 270名县人大代表, 115个选区; it counts 444 villages, the official list 446."""
    build("yanhe")
    counted, districts = deputies(), District.objects.filter(congress__level=CongressLevel.COUNTY)
    four = sum(counted[level] for level in FIVE - {CongressLevel.NATIONAL})

    assert places() == (23, 446)
    assert 1500 < four < 1600
    assert counted[CongressLevel.COUNTY] == 270
    assert districts.count() == 115
    assert Region.objects.filter(district_parts__district__in=districts).distinct().count() == 446
    assert_a_station_in_each_township_of_yanhe()


def assert_a_station_in_each_township_of_yanhe() -> None:
    """The same account: 23个乡镇(街道)全部建立代表联络站, 官舟、团结、谯家3个示范联络站; one window, one service station."""
    rules, kinds = in_force(today()).section(StationRules), stations()
    shown = Station.objects.filter(kind="demonstration_station")
    of_townships = Station.objects.filter(kind__in=("station", "demonstration_station"))

    assert set(shown.values_list("region__name", flat=True)) == {"官舟镇", "团结街道", "谯家镇"}
    assert (of_townships.count(), of_townships.values("region").distinct().count()) == (23, 23)
    assert set(of_townships.values_list("region__level", flat=True)) == {Level.TOWNSHIP}
    assert rules.kinds["demonstration_station"].fittings == rules.kinds["station"].fittings
    assert (kinds["window"], kinds["service_station"]) == (1, 1)


def test_xunyang_has_21_towns_309_villages_and_more_than_a_thousand_deputies() -> None:
    """The city's account of 2021: 全市309个村(社区), 全市千余名代表, stations of the city, the towns and the villages."""
    build("xunyang")
    towns = Station.objects.filter(kind="town_station").values("region").distinct()

    assert places() == (21, 309)
    assert 1000 < sum(deputies().values()) < 2000
    assert set(deputies()) == FIVE
    assert (stations()["city_station"], stations()["town_station"], towns.count()) == (1, 21, 21)
    assert stations()["village_point"] > 0


def test_sanmen_has_10_townships_295_villages_and_stations_where_voters_are_away_or_came_from_away() -> None:
    """The standing committee's account tells no numbers of deputies; stations away from home, and in industrial parks."""
    build("sanmen")

    assert places() == (10, 295)
    assert set(deputies()) == FIVE
    assert stations()["station"] == 10
    assert stations()["away_station"] > 0
    assert stations()["park_point"] > 0


def test_changchun_has_11_counties_4_development_zones_and_more_than_9000_deputies_of_five_levels() -> None:
    """The People's Congress paper of 2019: 五级人大代表9000余人; 2300余 trained are 87% of the counties' deputies; 329 reported."""
    home = build("changchun")
    counties = Region.objects.within(home).filter(level=Level.COUNTY)
    zones = counties.filter(name__endswith="开发区").count()
    counted = deputies()

    assert (counties.count() - zones, zones) == (11, 4)
    assert set(counted) == FIVE
    assert 9000 < sum(counted.values()) < 10_000
    assert 2300 / 0.87 < counted[CongressLevel.COUNTY] < 2400 / 0.87
    assert counted[CongressLevel.CITY] >= 329
    assert stations()["workstation"] > 0

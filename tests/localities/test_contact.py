"""Households and ties of each demonstration come to what the published accounts of the five localities tell."""

from collections import Counter

import pytest

from lianxin.affairs.contact.bound import short
from lianxin.affairs.contact.models import Household, Tie
from lianxin.affairs.contact.rules import ContactRules
from lianxin.doors.demo.building.whole import history, tied_on
from lianxin.ground.core.clock import start_of, today, travel
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Region
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook import in_force
from lianxin.ground.vault.models import Identity
from tests.localities.test_counts import build

pytestmark = [pytest.mark.django_db, pytest.mark.load, pytest.mark.either]


def tied(preset: str) -> dict[str, Counter[str]]:
    """The demonstration with its ties: by scheme how many ties there are, how many deputies, how many others."""
    home = build(preset)
    for on, step in sorted(history(preset, home), key=lambda dated: dated[0]):
        if on == tied_on():
            with travel(start_of(on)):
                step(on)
    found: dict[str, Counter[str]] = {}
    for scheme, who, toward in Tie.objects.on(today()).values_list("scheme", "who_id", "toward_id"):
        counted = found.setdefault(scheme, Counter())
        counted.update({"ties": 1, f"who {who}": 1, f"toward {toward}": 1})
    return {code: _distinct(counted) for code, counted in found.items()}


def _distinct(counted: Counter[str]) -> Counter[str]:
    many = Counter(key.split()[0] for key in counted)
    return Counter({"ties": counted["ties"], "who": many["who"], "toward": many["toward"]})


def test_xunyang_has_a_thousand_deputies_and_ten_thousand_households_and_nobody_is_short() -> None:
    """The account of November 2021: 每人固定联系5名人大代表和5户群众, 每人固定联系10户群众, 千余名代表与万余户群众."""
    found = tied("xunyang")
    households = found["household"]
    assert 1000 < households["who"] < 2000
    assert households["ties"] == households["toward"] == 10 * households["who"] > 10_000
    for code in ("committee_deputy", "committee_household", "presidium_deputy", "presidium_household"):
        assert found[code]["ties"] == 5 * found[code]["who"]
    schemes = in_force(today()).section(ContactRules).schemes
    assert not any(short(code, scheme, today()).exists() for code, scheme in schemes.items())
    count = Household.objects.count()
    assert count == Identity.objects.count() == Event.objects.filter(kind="contact.household_added").count()
    assert Tie.objects.count() == Event.objects.filter(kind="contact.tied").count()


def test_yanhe_ties_270_deputies_to_115_districts_every_village_and_810_voters() -> None:
    """The county's account: 270名县人大代表联系115个选区、444个村(社区)、810位选民; the official list has 446 villages."""
    found = tied("yanhe")
    assert (found["district"]["who"], found["district"]["toward"]) == (270, 115)
    assert found["village"]["toward"] == Region.objects.filter(level=Level.VILLAGE).count() == 446
    assert found["village"]["who"] == 270
    assert (found["voter"]["who"], found["voter"]["toward"]) == (270, 810)


def test_dianjun_ties_36_deputies_57_deputies_and_5_voters_to_each_and_20_households() -> None:
    """Chutian Zhuren 2023/6: 联系36名区人大代表, 联系57名乡人大代表, 每名人大代表联系5名选民; 包保的20户农户."""
    found = tied("dianjun")
    assert (found["committee"]["toward"], found["presidium"]["toward"]) == (36, 57)
    assert found["voter"]["ties"] == 5 * found["voter"]["who"]
    assert found["twenty"]["ties"] == 20 * found["twenty"]["who"]


def test_changchun_ties_the_leaders_and_the_members_of_its_committee() -> None:
    """The report of May 2019: 1名全国人大代表、1名省代表和2名市代表, 1个代表团, 12个代表小组; 其他组成人员2名市代表."""
    found = tied("changchun")
    each = {code: counted["ties"] // counted["who"] for code, counted in found.items()}
    assert each == {
        "director_national": 1,
        "director_province": 1,
        "director_city": 2,
        "director_delegation": 1,
        "director_group": 12,
        "member_city": 2,
    }

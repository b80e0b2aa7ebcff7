"""Whom a regulation is about on the platform: real deputies and stations, with posts, places, leave and ties."""

from datetime import date
from fractions import Fraction

import pytest

from lianxin.account.duty.parties.reading import parties
from lianxin.ground.core.clock import now
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Body, Mandate, MandatePause, Membership, Person, Region, Unit
from lianxin.lib.scoring.periods import Stretch
from tests.account.duty.builders import HEAD, make_regulation
from tests.affairs.contact.builders import make_household, make_tie
from tests.affairs.stations.builders import make_station
from tests.ground.access.builders import make_platform
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate, make_person

pytestmark = pytest.mark.django_db

YEAR = Stretch(date(2026, 1, 1), date(2027, 1, 1))
ITEM = "visits: {name: 走访, assumed: true, counts: visit, gives: {each: 1}, at_most: open%s}"


@pytest.fixture
def congress() -> Body:
    make_platform()
    return make_congress(make_county())


def written(whom: str = "kind: mandate", item: str = "", rest: str = ""):
    """A regulation that concerns these, with one item that tells them apart by whatever stands in `item`."""
    head = HEAD.replace("{kind: mandate}", f"{{{whom}}}") + rest
    return make_regulation(ITEM % (f", {item}" if item else ""), head=head)


def names(found):
    return [party.name for party in found]


def traits_of(item: str, mandate: Mandate) -> dict[str, frozenset[str]]:
    (party,) = (one for one in parties(written(item=f"for: {{{item}}}"), YEAR) if one.id == mandate.pk)
    return party.traits


def join(mandate: Mandate, body: Body, role: str, **days: date) -> None:
    Membership.objects.create(body=body, person=mandate.person, role=role, **days)


def formed(congress: Body, kind: str, name: str) -> Body:
    return congress.form(kind, name, on=date(2022, 1, 1), by=None, at=now())


def test_deputies_are_those_whose_mandates_run_in_the_period(congress):
    make_mandate(congress, make_person("冉春生"))
    make_mandate(congress, make_person("代早走"), ends_on=date(2025, 12, 31), ending="resigned")
    left = make_mandate(congress, make_person("田半年"), ends_on=date(2026, 6, 30), ending="resigned")
    late = make_mandate(congress, make_person("安补选"), starts_on=date(2026, 9, 1), beginning="by_election")
    make_mandate(congress, make_person("后来人"), starts_on=date(2027, 1, 1))

    found = {party.name: party for party in parties(written(), YEAR)}

    assert list(found) == ["冉春生", "田半年", "安补选"]
    assert found["田半年"].tenure.holds(date(2026, 6, 30))
    assert not found["田半年"].tenure.holds(date(2026, 7, 1))
    assert (found["田半年"].id, found["安补选"].tenure.start, found["安补选"].id) == (left.pk, late.starts_on, late.pk)


def test_a_body_has_the_deputies_of_its_place_and_whom_it_elects(congress):
    county = congress.region
    township = make_congress(Region.objects.get(name="石桥镇"), "township")
    city = make_congress(county.parent, "city")
    make_mandate(congress, make_person("县代表"))
    make_mandate(township, make_person("乡代表"))
    make_mandate(city, make_person("市代表"), electing_body=congress)
    make_mandate(city, make_person("别县选的"))

    assert sorted(names(parties(written(), YEAR, congress))) == ["乡代表", "县代表", "市代表"]
    assert names(parties(written(), YEAR, township)) == ["乡代表"]
    assert sorted(names(parties(written("kind: mandate, level: [county, township]"), YEAR, congress))) == [
        "乡代表",
        "县代表",
    ]
    assert len(parties(written(), YEAR)) == 4


def test_posts_are_named_as_papers_name_them_and_stand_at_the_own_level(congress):
    committee = formed(congress, "standing_committee", "云江区人大常委会")
    chair, member, other = (make_mandate(congress, make_person(name)) for name in ("主任甲", "委员乙", "代表丙"))
    township = make_congress(Region.objects.get(name="石桥镇"), "township")
    also = make_mandate(township, member.person)
    join(chair, committee, "director")
    join(member, committee, "member")

    assert traits_of("post: 常委会组成人员", member)["post"] >= {"standing_committee", "常委会组成人员", "委员"}
    assert "leader" not in traits_of("leader: true", member)
    assert traits_of("leader: true", chair)["leader"] == {"yes"}
    assert "post" not in traits_of("post: 委员", other)
    assert "post" not in traits_of("post: 委员", also)
    assert sorted(names(parties(written("kind: mandate, post: 常委会组成人员"), YEAR))) == ["主任甲", "委员乙"]


def test_the_post_at_work_is_a_post_too(congress):
    mandate = make_mandate(congress, make_person("谭秋实", post="村党支部书记、主任"), trade="农民")
    assert traits_of("trade: 农民", mandate)["trade"] == {"农民"}
    assert traits_of("post: 主任", mandate)["post"] == {"村党支部书记", "主任"}


def test_a_group_is_the_last_one_of_the_period(congress):
    first, second = formed(congress, "group", "甲组"), formed(congress, "group", "乙组")
    moved, left = make_mandate(congress), make_mandate(congress, ends_on=date(2026, 3, 31), ending="resigned")
    join(moved, first, "member", ends_on=date(2026, 5, 31))
    join(moved, second, "member", starts_on=date(2026, 6, 1))
    join(left, first, "member", ends_on=date(2026, 3, 31))

    assert traits_of("group: 甲组", moved)["group"] == {"乙组"}
    assert traits_of("group: 甲组", left)["group"] == {"甲组"}


def test_deputies_lie_where_they_were_elected_and_posted(congress):
    village = Region.objects.get(name="柳溪村", parent__name="石桥镇")
    mandate = make_mandate(congress, district=make_district(congress, village))
    make_station(village, congress, name="柳溪联系点").post(mandate, on=date(2026, 2, 1), by=None, at=now())
    township = make_mandate(make_congress(Region.objects.get(name="花溪乡"), "township"))

    told = traits_of("township: 石桥镇, station: 柳溪联系点", mandate)
    assert told["township"] == {"石桥镇", village.parent.code}
    assert told["village"] == {"柳溪村", village.code}
    assert told["station"] == {"柳溪联系点", "point", "代表联系点"}
    assert "花溪乡" in traits_of("township: 石桥镇", township)["township"]


def test_leave_counts_where_the_regulation_knows_it(congress):
    mandate = make_mandate(congress)
    MandatePause.objects.create(mandate=mandate, kind="leave", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 20))
    MandatePause.objects.create(mandate=mandate, kind="suspended", starts_on=date(2026, 12, 1))
    known = written(
        rest="leave:\n  leave: {name: 请长假, taken_off: true}\n  suspended: {name: 暂停, taken_off: false}\n"
    )

    (party,) = parties(known, YEAR)
    (leave,) = party.tenure.leaves
    assert (leave.kind, leave.start, leave.end) == ("leave", date(2026, 3, 1), date(2026, 3, 21))
    (party,) = parties(written(), YEAR)
    assert party.tenure.leaves == ()


def test_a_tie_counts_for_the_days_on_which_it_ran(congress):
    village = Region.objects.get(name="柳溪村", parent__name="石桥镇")
    mandate = make_mandate(congress)
    make_tie(mandate, make_household(village, congress), on=date(2022, 4, 1))
    ended = make_tie(mandate, make_household(village, congress), on=date(2022, 4, 1))
    ended.end(on=date(2026, 7, 1), by=None, at=now())
    asked = "asks: {at_least: 2, toward: voter, every: half_year, if_nothing_required: full}"
    item = f"visits: {{name: 走访, assumed: true, counts: visit, {asked}, gives: {{full: 1}}}}"

    (party,) = parties(make_regulation(item), YEAR)

    middle = date(2026, 7, 1)
    assert party.targets("voter", Stretch(YEAR.start, middle)) == 2
    assert party.targets("voter", Stretch(middle, YEAR.end)) == 1
    assert party.targets("voter", YEAR) == 1 + Fraction(181, 365)
    assert party.targets("other", YEAR) == 0


def test_ties_are_read_where_they_are_counted_themselves(congress):
    village = Region.objects.get(name="柳溪村", parent__name="石桥镇")
    make_tie(make_mandate(congress), make_household(village, congress), on=date(2022, 4, 1))
    item = (
        "tied: {name: 结对, assumed: true, counts: {ties: voter}, gives: {full: 1},"
        " asks: {at_least: 5, if_nothing_required: full}}"
    )

    (party,) = parties(make_regulation(item), YEAR)

    assert party.targets("voter", YEAR) == 1


def test_words_in_full_width_are_the_same_words(congress):
    make_mandate(congress, make_person("谭秋实", post="主任（兼）"))
    assert names(parties(written('kind: mandate, post: "主任(兼)"'), YEAR)) == ["谭秋实"]


def test_a_tie_is_held_against_the_days_that_were_served(congress):
    village = Region.objects.get(name="柳溪村", parent__name="石桥镇")
    mandate = make_mandate(congress, starts_on=date(2026, 7, 1), beginning="by_election")
    make_tie(mandate, make_household(village, congress), on=date(2026, 7, 1))
    item = (
        "visits: {name: 走访, assumed: true, counts: visit, gives: {full: 1},"
        " asks: {at_least: 2, toward: voter, if_nothing_required: full}}"
    )

    (party,) = parties(make_regulation(item), YEAR)

    assert party.targets("voter", YEAR) == 1
    assert party.targets("voter", Stretch(YEAR.start, date(2026, 7, 1))) == 0


def test_stations_groups_places_and_units_are_parties_too(congress):
    village = Region.objects.get(name="柳溪村", parent__name="石桥镇")
    make_station(village, congress, name="柳溪联系点")
    make_station(village, congress, name="老联系点").close(on=date(2025, 12, 31), by=None, at=now())
    formed(congress, "group", "甲组")
    Unit.objects.create(name="交通运输局", kind="department", region=congress.region)

    assert names(parties(written("kind: station, station: 代表联系点"), YEAR, congress)) == ["柳溪联系点"]
    assert parties(written("kind: station, station: 家"), YEAR, congress) == []
    assert names(parties(written("kind: group"), YEAR, congress)) == ["甲组"]
    assert names(parties(written("kind: township"), YEAR)) == ["石桥镇", "花溪乡"]
    assert names(parties(written("kind: village, township: 花溪乡"), YEAR, congress)) == ["柳溪村", "茶山村"]
    assert names(parties(written("kind: unit"), YEAR, congress)) == ["交通运输局"]


def test_places_of_the_country_without_a_congress_are_nobodys(congress):
    elsewhere = make_county("望溪县")
    assert elsewhere.parts.count() == 2
    assert len(parties(written("kind: township"), YEAR)) == 2


def test_one_party_is_read_alone(congress):
    mandate, _other = make_mandate(congress, make_person("冉春生")), make_mandate(congress)
    assert names(parties(written(), YEAR, only=mandate.pk)) == ["冉春生"]
    assert parties(written(), YEAR, only=new_id()) == []


def many(congress: Body, count: int) -> None:
    people = Person.objects.bulk_create([Person(name=f"代表{number}") for number in range(count)])
    term, group = congress.terms.get(), formed(congress, "group", f"组{count}")
    Mandate.begin_all(
        [
            Mandate(
                person=person,
                term=term,
                congress=congress,
                level="county",
                card_number=f"{count}-{number}",
                starts_on=date(2022, 1, 1),
            )
            for number, person in enumerate(people)
        ],
        by=None,
    )
    Membership.objects.bulk_create([Membership(body=group, person=person, role="member") for person in people])


def test_however_many_there_are_it_takes_as_many_queries(congress, django_assert_max_num_queries):
    item = (
        "visits:\n  name: 走访\n  assumed: true\n  counts: visit\n"
        "  asks: {at_least: 1, toward: voter, if_nothing_required: full}\n  gives: {full: 1}\n"
        "  weights:\n  - {for: {group: 甲, township: 石桥镇, station: point, post: 主任, leader: true}, times: 2}\n"
    )
    asked = make_regulation(item, head=HEAD + "leave:\n  leave: {name: 请长假, taken_off: true}\n")
    many(congress, 3)
    with django_assert_max_num_queries(7):
        assert len(parties(asked, YEAR)) == 3
    many(congress, 60)
    with django_assert_max_num_queries(7):
        assert len(parties(asked, YEAR)) == 63

"""Electoral districts: drawn over places, redrawn on a day, and following their places."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from lianxin.ground.core.models import Event, EventMeasure
from lianxin.ground.people.errors.districts import (
    DistrictEmpty,
    DistrictEnded,
    DistrictNumberTaken,
    PlaceInTwoDistricts,
    PlaceOutsideCongress,
)
from lianxin.ground.people.errors.places import RegionInDistrict
from lianxin.ground.people.models import Body, District, Mandate, Region
from lianxin.ground.people.models.district import districts_of
from tests.ground.people.builders import make_congress, make_county, make_mandate, make_region

pytestmark = pytest.mark.django_db

AT = datetime(2026, 7, 1, 9, tzinfo=timezone.get_default_timezone())
START = date(2022, 1, 1)
ON = date(2026, 6, 1)
BEFORE = date(2026, 5, 31)


@pytest.fixture
def congress() -> Body:
    return make_congress(make_county())


def place(name: str, township: str = "石桥镇") -> Region:
    return Region.objects.get(name=name, parent__name=township)


def draw(congress: Body, number: str, *regions: Region) -> District:
    return District.draw(congress, number, f"第{number}选区", regions, on=START, by=None, at=AT)


def covered(district: District, day: date) -> list[str]:
    names = district.parts.on(day).values_list("region__parent__name", "region__name")
    return sorted(f"{around}{name}" for around, name in names)


def test_a_district_covers_its_places_and_what_lies_in_them(congress: Body) -> None:
    first, _second = draw(congress, "1", place("石桥镇", "云江区")), draw(congress, "2", place("茶山村", "花溪乡"))
    grid = place("渡口村").add_grid("一组", by=None, at=AT)

    assert districts_of(grid, ON) == [first]
    assert districts_of(place("柳溪村", "花溪乡"), ON) == []


def test_a_drawn_district_leaves_one_event_of_its_congress(congress: Body) -> None:
    district = draw(congress, "1", place("渡口村"), place("橘林村"))

    event = Event.objects.get(subject_id=district.id)
    assert (event.kind, event.body_id) == ("people.district_drawn", congress.id)
    assert EventMeasure.objects.get(event=event).count == 2


def test_a_place_in_two_districts_of_one_congress_is_refused_with_names(congress: Body) -> None:
    draw(congress, "1", place("石桥镇", "云江区"))
    with pytest.raises(PlaceInTwoDistricts, match="渡口村会同时在第2选区和第1选区"):
        draw(congress, "2", place("渡口村"))
    assert District.objects.count() == 1


def test_a_place_around_a_covered_one_is_refused_too(congress: Body) -> None:
    draw(congress, "1", place("渡口村"))
    with pytest.raises(PlaceInTwoDistricts, match="渡口村"):
        draw(congress, "2", place("石桥镇", "云江区"))


def test_districts_of_two_congresses_may_cover_one_place(congress: Body) -> None:
    township = make_congress(place("石桥镇", "云江区"), level="township")
    draw(congress, "1", place("渡口村"))
    draw(township, "1", place("渡口村"))
    assert len(districts_of(place("渡口村"), ON)) == 2


def test_a_number_a_place_and_a_congress_have_to_fit(congress: Body) -> None:
    draw(congress, "1", place("渡口村"))
    with pytest.raises(DistrictNumberTaken, match="第1选区"):
        draw(congress, "1", place("橘林村"))
    with pytest.raises(DistrictEmpty):
        draw(congress, "2")
    with pytest.raises(PlaceOutsideCongress, match="东河县"):
        draw(congress, "2", make_region("东河县", "county"))


def test_a_redrawn_district_covers_other_places_from_the_day_on(congress: Body) -> None:
    district = draw(congress, "1", place("渡口村"), place("橘林村"))
    district.redraw([place("渡口村"), place("柳溪村")], on=ON, by=None, at=AT)

    assert covered(district, BEFORE) == ["石桥镇橘林村", "石桥镇渡口村"]
    assert covered(district, ON) == ["石桥镇柳溪村", "石桥镇渡口村"]
    assert (districts_of(place("橘林村"), BEFORE), districts_of(place("橘林村"), ON)) == ([district], [])


def test_a_district_redrawn_twice_on_a_day_has_the_last_shape(congress: Body) -> None:
    district = draw(congress, "1", place("渡口村"))
    district.redraw([place("橘林村")], on=ON, by=None, at=AT)
    district.redraw([place("柳溪村")], on=ON, by=None, at=AT)

    assert covered(district, BEFORE) == ["石桥镇渡口村"]
    assert covered(district, ON) == ["石桥镇柳溪村"]


def test_a_redrawn_district_may_not_take_what_is_anothers(congress: Body) -> None:
    first, _second = draw(congress, "1", place("渡口村")), draw(congress, "2", place("橘林村"))
    with pytest.raises(PlaceInTwoDistricts, match="橘林村"):
        first.redraw([place("渡口村"), place("橘林村")], on=ON, by=None, at=AT)
    assert covered(first, ON) == ["石桥镇渡口村"]


def test_a_closed_district_frees_its_number_and_its_places(congress: Body) -> None:
    old = draw(congress, "1", place("渡口村"))
    old.close(on=BEFORE, by=None, at=AT)
    new = District.draw(congress, "1", "新第1选区", [place("渡口村")], on=ON, by=None, at=AT)

    assert [districts_of(place("渡口村"), day) for day in (BEFORE, ON)] == [[old], [new]]
    with pytest.raises(DistrictEnded, match="第1选区"):
        old.redraw([place("橘林村")], on=ON, by=None, at=AT)


# Districts follow their places


def test_the_district_of_a_merged_village_follows_it_into_the_other(congress: Body) -> None:
    district = draw(congress, "1", place("渡口村"))
    place("渡口村").merge_into(place("橘林村"), on=ON, by=None, at=AT)

    assert covered(district, BEFORE) == ["橘林村渡口村"]  # it lies there now; on that day it was a place of its own
    assert covered(district, ON) == ["石桥镇橘林村"]


def test_the_deputies_of_a_merged_village_stand_for_where_it_lies_now(congress: Body) -> None:
    mandate = make_mandate(congress, district=draw(congress, "1", place("渡口村")))
    place("渡口村").merge_into(place("橘林村"), on=ON, by=None, at=AT)
    assert list(Mandate.objects.standing_for(place("橘林村"), ON)) == [mandate]


def test_villages_of_one_district_merge_and_stay_in_it(congress: Body) -> None:
    district = draw(congress, "1", place("渡口村"), place("橘林村"))
    place("渡口村").merge_into(place("橘林村"), on=ON, by=None, at=AT)
    assert covered(district, ON) == ["石桥镇橘林村"]


def test_villages_of_two_districts_do_not_merge_before_people_decide(congress: Body) -> None:
    first, _second = draw(congress, "1", place("渡口村")), draw(congress, "2", place("橘林村"))
    with pytest.raises(PlaceInTwoDistricts, match="第1选区.*第2选区|第2选区.*第1选区"):
        place("渡口村").merge_into(place("橘林村"), on=ON, by=None, at=AT)
    assert place("渡口村").ends_on is None
    assert covered(first, ON) == ["石桥镇渡口村"]


def test_a_district_keeps_the_ground_of_a_merged_township(congress: Body) -> None:
    district = draw(congress, "1", place("花溪乡", "云江区"))
    place("花溪乡", "云江区").merge_into(place("石桥镇", "云江区"), on=ON, by=None, at=AT)
    assert covered(district, ON) == ["石桥镇柳溪村", "石桥镇茶山村"]
    assert districts_of(place("渡口村"), ON) == []


def test_a_village_that_moves_out_of_a_covered_township_stays_in_its_district(congress: Body) -> None:
    district = draw(congress, "1", place("石桥镇", "云江区"))
    place("渡口村").move(place("花溪乡", "云江区"), on=ON, by=None, at=AT)

    assert covered(district, ON) == ["云江区石桥镇", "花溪乡渡口村"]
    assert [districts_of(place("渡口村", "花溪乡"), day) for day in (BEFORE, ON)] == [[district], [district]]


def test_a_village_that_moves_into_another_districts_township_belongs_to_it(congress: Body) -> None:
    first, second = draw(congress, "1", place("石桥镇", "云江区")), draw(congress, "2", place("花溪乡", "云江区"))
    place("渡口村").move(place("花溪乡", "云江区"), on=ON, by=None, at=AT)
    assert [districts_of(place("渡口村", "花溪乡"), day) for day in (BEFORE, ON)] == [[first], [second]]


def test_a_village_with_a_district_of_its_own_does_not_move_into_anothers_township(congress: Body) -> None:
    draw(congress, "1", place("渡口村"))
    draw(congress, "2", place("花溪乡", "云江区"))
    with pytest.raises(PlaceInTwoDistricts, match="渡口村"):
        place("渡口村").move(place("花溪乡", "云江区"), on=ON, by=None, at=AT)


def test_a_village_in_a_district_is_not_closed(congress: Body) -> None:
    draw(congress, "1", place("渡口村"))
    with pytest.raises(RegionInDistrict, match="第1选区"):
        place("渡口村").close(on=ON, by=None, at=AT)

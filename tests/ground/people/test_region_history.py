"""Places are renamed, moved, merged, given other codes and closed, and what was before stays known."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from lianxin.ground.core.models import Event
from lianxin.ground.people.errors import places as errors
from lianxin.ground.people.models import Region
from tests.ground.people.builders import make_county, make_region

pytestmark = pytest.mark.django_db

AT = datetime(2026, 7, 1, 9, tzinfo=timezone.get_default_timezone())
ON = date(2026, 6, 1)
BEFORE = date(2026, 5, 31)


@pytest.fixture
def county() -> Region:
    return make_county()


@pytest.fixture
def bridge(county: Region) -> Region:
    return county.parts.get(name="石桥镇")


@pytest.fixture
def flower(county: Region) -> Region:
    return county.parts.get(name="花溪乡")


def test_a_renamed_place_keeps_its_id_and_its_old_name_on_old_days(bridge: Region) -> None:
    bridge.rename("石桥街道", on=ON, by=None, at=AT, paper="云政函〔2026〕3号")

    bridge.refresh_from_db()
    assert (bridge.name, bridge.pinyin, bridge.initials) == ("石桥街道", "shiqiaojiedao", "sqjd")
    assert (bridge.name_on(BEFORE), bridge.name_on(ON)) == ("石桥镇", "石桥街道")
    assert bridge.changes.get().paper == "云政函〔2026〕3号"


def test_a_place_renamed_twice_has_the_name_of_the_day(bridge: Region) -> None:
    bridge.rename("石桥街道", on=date(2025, 1, 1), by=None, at=AT)
    bridge.rename("柳桥街道", on=ON, by=None, at=AT)

    names = [bridge.name_on(day) for day in (date(2024, 12, 31), date(2025, 1, 1), BEFORE, ON)]
    assert names == ["石桥镇", "石桥街道", "石桥街道", "柳桥街道"]


def test_a_rename_leaves_one_event_at_its_place(bridge: Region) -> None:
    bridge.rename("石桥街道", on=ON, by=None, at=AT)

    event = Event.objects.get()
    assert (event.kind, event.subject_id, event.township) == ("people.region_renamed", bridge.id, bridge.code)
    assert {text.name: text.text for text in event.texts.all()} == {"before": "石桥镇", "after": "石桥街道"}


@pytest.mark.parametrize("name", ["石桥镇", " 石桥镇 ", ""])
def test_a_name_that_is_none_or_the_old_one_is_refused(bridge: Region, name: str) -> None:
    with pytest.raises(errors.RegionNameKept, match="石桥镇"):
        bridge.rename(name, on=ON, by=None, at=AT)
    assert not bridge.changes.exists()


def test_a_day_to_come_is_refused(bridge: Region) -> None:
    with pytest.raises(errors.RegionChangeAhead, match="2026年7月2日"):
        bridge.rename("石桥街道", on=date(2026, 7, 2), by=None, at=AT)


def test_a_day_before_the_last_change_is_refused(bridge: Region) -> None:
    bridge.rename("石桥街道", on=ON, by=None, at=AT)
    with pytest.raises(errors.RegionChangedLater, match="2026年6月1日"):
        bridge.rename("柳桥镇", on=BEFORE, by=None, at=AT)


def test_two_offices_that_rename_from_old_copies_both_count(bridge: Region) -> None:
    other_copy = Region.objects.get(pk=bridge.pk)
    bridge.rename("石桥街道", on=ON, by=None, at=AT)
    other_copy.rename("柳桥镇", on=ON, by=None, at=AT)

    befores = list(bridge.changes.order_by("id").values_list("name_before", flat=True))
    assert befores == ["石桥镇", "石桥街道"]


def test_a_moved_place_takes_everything_in_it_along(bridge: Region, flower: Region) -> None:
    village = bridge.parts.get(name="橘林村")
    grid = village.add_grid("一组", by=None, at=AT)

    village.move(flower, on=ON, by=None, at=AT)

    grid.refresh_from_db()
    assert grid.path == f"{flower.path}{village.id.hex}/{grid.id.hex}/"
    assert set(Region.objects.within(flower).filter(level="grid")) == {grid}
    assert not Region.objects.within(bridge).filter(pk=village.pk).exists()


def test_where_a_moved_place_lay_before_stays_known(bridge: Region, flower: Region) -> None:
    village = bridge.parts.get(name="橘林村")
    before = village.path_ids

    village.move(flower, on=ON, by=None, at=AT)

    assert village.path_ids_on(BEFORE) == before
    assert village.path_ids_on(ON) == [*flower.path_ids, village.id]


def test_what_lies_in_a_moved_place_lay_elsewhere_before_too(county: Region, bridge: Region) -> None:
    elsewhere = make_region("东河县", "county", county.parent)
    village = bridge.parts.get(name="橘林村")
    before = village.path_ids

    bridge.move(elsewhere, on=ON, by=None, at=AT)
    village.refresh_from_db()

    assert village.path_ids[-3:] == [elsewhere.id, bridge.id, village.id]
    assert village.path_ids_on(BEFORE) == before


@pytest.mark.parametrize("to", ["花溪乡", "渡口村", "云江区"])
def test_a_township_cannot_lie_in_a_township_a_village_or_where_it_lies(bridge: Region, to: str) -> None:
    with pytest.raises(errors.RegionCannotLieThere, match=to):
        bridge.move(Region.objects.get(name=to), on=ON, by=None, at=AT)


def test_a_merged_place_ends_the_day_before_and_its_villages_lie_in_the_other(bridge: Region, flower: Region) -> None:
    flower.merge_into(bridge, on=ON, by=None, at=AT)

    flower.refresh_from_db()
    assert flower.ends_on == BEFORE
    assert flower in Region.objects.on(BEFORE)
    assert flower not in Region.objects.on(ON)
    assert sorted(bridge.parts.standing().values_list("name", flat=True)) == [
        "柳溪村",
        "柳溪村",
        "橘林村",
        "渡口村",
        "茶山村",
    ]


def test_the_villages_of_a_merged_township_know_where_they_lay(bridge: Region, flower: Region) -> None:
    village = flower.parts.get(name="茶山村")
    flower.merge_into(bridge, on=ON, by=None, at=AT)

    village.refresh_from_db()
    assert village.path_ids_on(BEFORE)[-2:] == [flower.id, village.id]
    assert village.path_ids[-2:] == [bridge.id, village.id]


def test_what_points_at_a_merged_place_is_found_in_the_one_that_took_it_in(bridge: Region, flower: Region) -> None:
    flower.merge_into(bridge, on=ON, by=None, at=AT)

    flower.refresh_from_db()
    assert ("place", bridge.id) in flower.access_scopes()
    assert flower in Region.objects.within(bridge)
    assert flower.place().township == bridge.code


def test_a_place_merged_twice_over_lies_in_the_last(county: Region, bridge: Region, flower: Region) -> None:
    third = make_region("岭上镇", "township", county)
    flower.merge_into(bridge, on=BEFORE, by=None, at=AT)
    bridge.merge_into(third, on=ON, by=None, at=AT)

    flower.refresh_from_db()
    assert flower.path_ids[-3:] == [third.id, bridge.id, flower.id]
    assert third.parts.standing().count() == 5


@pytest.mark.parametrize("other", ["石桥镇", "茶山村"])
def test_a_place_merges_only_into_another_of_its_level(bridge: Region, other: str) -> None:
    with pytest.raises(errors.RegionCannotMerge, match=other):
        bridge.merge_into(Region.objects.get(name=other), on=ON, by=None, at=AT)


def test_a_merged_place_cannot_change_any_more(bridge: Region, flower: Region) -> None:
    flower.merge_into(bridge, on=ON, by=None, at=AT)
    with pytest.raises(errors.RegionEnded, match="花溪乡"):
        flower.rename("花溪镇", on=ON, by=None, at=AT)


def test_a_place_gets_another_code_and_the_old_one_stays_known(bridge: Region) -> None:
    old = bridge.code
    bridge.recode("990101105", on=ON, by=None, at=AT)

    assert (bridge.code_on(BEFORE), bridge.code_on(ON)) == (old, "990101105")
    assert Event.objects.get().facts == {"on": "2026-06-01", "before": old, "after": "990101105"}


def test_two_places_swap_their_codes(county: Region) -> None:
    first = make_region("东街道", "township", county, code="990101001")
    second = make_region("西街道", "township", county, code="990101002")

    Region.recode_all([(first, "990101002"), (second, "990101001")], on=ON, by=None, at=AT)

    assert (first.code_on(BEFORE), first.code, second.code) == ("990101001", "990101002", "990101001")


def test_a_code_that_another_place_has_is_refused_with_its_name(county: Region, bridge: Region) -> None:
    make_region("东街道", "township", county, code="990101001")
    with pytest.raises(errors.RegionCodeTaken, match="东街道"):
        bridge.recode("990101001", on=ON, by=None, at=AT)


@pytest.mark.parametrize("code", ["9901", "99010110a", "９９０１０１００１"])
def test_a_code_of_the_wrong_shape_is_refused(bridge: Region, code: str) -> None:
    with pytest.raises(errors.RegionCodeUnfit, match="9位数字"):
        bridge.recode(code, on=ON, by=None, at=AT)


def test_a_closed_village_ends_with_its_grids(bridge: Region) -> None:
    village = bridge.parts.get(name="橘林村")
    grid = village.add_grid("一组", by=None, at=AT)
    village.close(on=ON, by=None, at=AT)

    grid.refresh_from_db()
    assert (village.ends_on, grid.ends_on) == (BEFORE, BEFORE)


def test_a_township_with_villages_is_not_closed(bridge: Region) -> None:
    with pytest.raises(errors.RegionNotEmpty, match="橘林村|柳溪村|渡口村"):
        bridge.close(on=ON, by=None, at=AT)


def test_grids_are_numbered_below_their_village(bridge: Region) -> None:
    village = bridge.parts.get(name="橘林村")
    codes = [village.add_grid(name, by=None, at=AT).code for name in ("一组", "二组")]
    assert codes == [f"{village.code}001", f"{village.code}002"]


def test_a_grid_number_is_never_given_twice(bridge: Region) -> None:
    village = bridge.parts.get(name="橘林村")
    village.add_grid("一组", by=None, at=AT).close(on=ON, by=None, at=AT)
    assert village.add_grid("一组", by=None, at=AT).code == f"{village.code}002"


def test_grids_lie_in_villages_alone_and_have_names_of_their_own(bridge: Region) -> None:
    village = bridge.parts.get(name="橘林村")
    village.add_grid("一组", by=None, at=AT)
    with pytest.raises(errors.GridNameTaken, match="一组"):
        village.add_grid("一组", by=None, at=AT)
    with pytest.raises(errors.RegionWithoutGrids, match="石桥镇"):
        bridge.add_grid("一组", by=None, at=AT)


def test_everything_in_a_township_lies_near_what_lies_in_it(county: Region, bridge: Region) -> None:
    village = make_region("柳溪村", "village", bridge)
    grid = make_region("第一网格", "grid", village)
    assert {place.township_path for place in (bridge, village, grid)} == {bridge.path}
    assert county.township_path == county.path

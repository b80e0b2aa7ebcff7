"""Places are loaded from the lists, once; what has changed on a newer list is told, and made when asked for."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lianxin.ground.core.models import Event, EventMeasure
from lianxin.ground.people.models import Region
from lianxin.ground.people.places import divisions, package
from lianxin.ground.people.places.loading import Loaded, load_region
from lianxin.ground.people.places.outlines import outlines
from tests.ground.people.builders import make_congress, make_district

pytestmark = pytest.mark.django_db

AT = datetime(2026, 7, 1, 9, tzinfo=timezone.get_default_timezone())
ON = date(2026, 6, 1)
BEFORE = date(2026, 5, 31)

TOWNSHIPS = {"990101101": "石桥镇", "990101200": "花溪乡"}
VILLAGES = {
    "990101101201": "渡口村委会",
    "990101101202": "橘林村委会",
    "990101200201": "茶山村委会",
    "990101200202": "柳溪村委会",
}
Write = Callable[..., None]


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """`lists(townships=…, villages=…)` writes a package of a made-up province with one county."""
    monkeypatch.setattr(package, "FOLDER", tmp_path)

    def write(townships: dict[str, str] = TOWNSHIPS, villages: dict[str, str] = VILLAGES) -> None:
        upper = {"provinces": {"99": "南江省"}, "cities": {"9901": "澄州市"}, "areas": {"990101": "云江区"}}
        for name, rows in (upper | {"streets": townships, "villages": villages}).items():
            text = "".join(f'{code},"{called}"\n' for code, called in sorted(rows.items()))
            (tmp_path / f"{name}.csv").write_text("code,name\n" + text, encoding="utf-8")
        divisions.upper.cache_clear()

    write()
    yield write
    divisions.upper.cache_clear()


def load(**options: bool) -> Loaded:
    return load_region("990101", by=None, at=AT, on=ON, **options)


def told(loaded: Loaded) -> set[tuple[str, str, str]]:
    return {(str(change.kind), change.name, change.after) for change in loaded.changes}


def test_a_county_comes_with_what_is_around_it_and_in_it(lists: Write) -> None:
    loaded = load()

    assert loaded.added == 9
    village = Region.objects.get(name="茶山村")
    assert [place.name for place in village.around()] == ["南江省", "澄州市", "云江区", "花溪乡", "茶山村"]
    assert (village.code, village.level, village.pinyin, village.initials) == (
        "990101200201", "village", "chashancun", "csc",
    )  # fmt: skip
    assert village.starts_on is None


def test_a_load_leaves_one_event_that_says_how_much(lists: Write) -> None:
    loaded = load()

    event = Event.objects.get()
    assert (event.kind, event.subject_id, event.county) == ("people.regions_loaded", loaded.region.id, "990101")
    assert dict(EventMeasure.objects.values_list("name", "count")) == {"added": 9, "changed": 0}


def test_loading_again_changes_nothing(lists: Write) -> None:
    load()
    loaded = load(apply_changes=True)

    assert (loaded.added, loaded.changes, loaded.held) == (0, [], [])
    assert (Region.objects.count(), Event.objects.count()) == (9, 1)


def test_villages_may_come_later(lists: Write) -> None:
    assert load(with_villages=False).added == 5
    loaded = load()
    assert (loaded.added, loaded.changes) == (4, [])


def test_townships_alone_do_not_tell_that_villages_are_gone(lists: Write) -> None:
    load()
    assert load(with_villages=False).changes == []


NEWER = {  # what a newer list says, and what is told of it
    "a name": (
        TOWNSHIPS | {"990101101": "石桥街道"}, VILLAGES,
        {("renamed", "石桥镇", "石桥街道")},
    ),
    "a code": (
        {"990101105": "石桥镇", "990101200": "花溪乡"}, VILLAGES | {},
        None,
    ),
    "a village in another township": (
        TOWNSHIPS,
        {"990101101201": "渡口村委会", "990101200203": "橘林村委会", "990101200201": "茶山村委会", "990101200202": "柳溪村委会"},
        {("recoded", "橘林村", "990101200203"), ("moved", "橘林村", "990101200")},
    ),
    "a village gone": (
        TOWNSHIPS, {code: name for code, name in VILLAGES.items() if name != "橘林村委会"},
        {("closed", "橘林村", "")},
    ),
}  # fmt: skip
NEWER["a code"] = (
    NEWER["a code"][0],
    {code.replace("990101101", "990101105"): name for code, name in VILLAGES.items()},
    {
        ("recoded", "石桥镇", "990101105"),
        ("recoded", "渡口村", "990101105201"),
        ("recoded", "橘林村", "990101105202"),
    },
)


@pytest.mark.parametrize("what", NEWER)
def test_what_a_newer_list_says_is_told_and_nothing_is_changed(lists: Write, what: str) -> None:
    load()
    before = list(Region.objects.order_by("id").values())
    townships, villages, differences = NEWER[what]
    lists(townships, villages)

    loaded = load()

    assert told(loaded) == differences
    assert list(Region.objects.order_by("id").values()) == before


@pytest.mark.parametrize("what", NEWER)
def test_what_a_newer_list_says_is_made_when_asked_for_and_then_done(lists: Write, what: str) -> None:
    load()
    ids = set(Region.objects.values_list("id", flat=True))
    townships, villages, differences = NEWER[what]
    lists(townships, villages)

    loaded = load(apply_changes=True)

    assert (told(loaded), loaded.refused, loaded.added) == (differences, [], 0)
    assert set(Region.objects.values_list("id", flat=True)) == ids
    again = load(apply_changes=True)
    assert (again.added, again.changes) == (0, [])


def test_what_was_before_stays_known(lists: Write) -> None:
    load()
    lists(*NEWER["a village in another township"][:2])
    load(apply_changes=True)

    village = Region.objects.get(name="橘林村")
    assert (village.code_on(BEFORE), village.code) == ("990101101202", "990101200203")
    assert village.parent.name == "花溪乡"
    assert Region.objects.get(id=village.path_ids_on(BEFORE)[-2]).name == "石桥镇"


def test_codes_that_changed_hands_go_to_their_places(lists: Write) -> None:
    load()
    lists({"990101200": "石桥镇", "990101101": "花溪乡"}, {})

    assert told(load(with_villages=False)) == {("recoded", "石桥镇", "990101200"), ("recoded", "花溪乡", "990101101")}
    load(with_villages=False, apply_changes=True)
    assert Region.objects.get(name="石桥镇").code == "990101200"
    assert Region.objects.get(name="花溪乡").code == "990101101"


def test_a_new_place_waits_while_its_code_is_anothers(lists: Write) -> None:
    load(with_villages=False)
    lists({"990101101": "岭上镇", "990101102": "石桥镇", "990101200": "花溪乡"}, {"990101101301": "顶头村委会"})

    loaded = load()
    assert [line.name for line in loaded.held] == ["岭上镇", "顶头村"]
    loaded = load(apply_changes=True)
    assert (loaded.held, loaded.added) == ([], 2)
    assert Region.objects.get(name="顶头村").parent.name == "岭上镇"


def test_what_the_office_changed_is_newer_than_the_list(lists: Write) -> None:
    load()
    bridge, flower = Region.objects.get(name="石桥镇"), Region.objects.get(name="花溪乡")
    bridge.rename("石桥街道", on=ON, by=None, at=AT)
    bridge.recode("990101001", on=ON, by=None, at=AT)
    flower.parts.get(name="茶山村").move(bridge, on=ON, by=None, at=AT)
    bridge.parts.get(name="橘林村").merge_into(bridge.parts.get(name="渡口村"), on=ON, by=None, at=AT)

    loaded = load(apply_changes=True)

    assert (loaded.added, loaded.changes, loaded.held) == (0, [], [])


def test_a_township_that_the_office_merged_does_not_come_back(lists: Write) -> None:
    load()
    Region.objects.get(name="花溪乡").merge_into(Region.objects.get(name="石桥镇"), on=ON, by=None, at=AT)

    loaded = load(apply_changes=True)

    assert (loaded.added, loaded.changes) == (0, [])
    assert Region.objects.standing().filter(level="township").count() == 1


def test_a_change_that_a_district_forbids_is_told_and_the_others_are_made(lists: Write) -> None:
    load()
    make_district(make_congress(Region.objects.get(name="云江区")), Region.objects.get(name="橘林村"))
    lists({"990101101": "石桥街道", "990101200": "花溪乡"}, NEWER["a village gone"][1])

    loaded = load(apply_changes=True)

    ((difference, error),) = loaded.refused
    assert (difference.region.name, "第一选区" in str(error)) == ("橘林村", True)
    assert Region.objects.standing().filter(name__in=["石桥街道", "橘林村"]).count() == 2


def test_grids_are_not_taken_for_places_that_are_gone(lists: Write) -> None:
    load()
    Region.objects.get(name="橘林村").add_grid("一组", by=None, at=AT)
    assert load(apply_changes=True).changes == []


def test_a_load_that_breaks_leaves_nothing(lists: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **facts: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("lianxin.ground.people.places.loading.record", broken)
    with pytest.raises(OSError, match="disk full"):
        load()
    assert not Region.objects.exists()


def test_a_real_county_stands_with_its_points() -> None:
    loaded = load_region("420504", by=None, at=AT)

    inside = Region.objects.within(loaded.region)
    assert inside.filter(level="township").count() == 5
    villages = inside.filter(level="village")
    assert villages.count() == 52
    assert all(outlines()["420504"].contains(place.latitude, place.longitude) for place in villages)
    assert not villages.filter(is_point_surveyed=True).exists()


def test_a_neighbour_of_a_loaded_county_shares_what_is_around_both() -> None:
    load_region("420504", by=None, at=AT, with_villages=False)
    load_region("420505", by=None, at=AT, with_villages=False)
    assert Region.objects.filter(level__in=["province", "city"]).count() == 2


def test_a_development_zone_and_a_county_around_it_do_not_take_from_each_other() -> None:
    load_region("220102", by=None, at=AT, with_villages=False)
    load_region("220172", by=None, at=AT, with_villages=False)
    loaded = load_region("220102", by=None, at=AT, with_villages=False, apply_changes=True)
    assert (loaded.added, loaded.changes, loaded.held) == (0, [], [])


# The command


def test_the_command_says_what_it_did(lists: Write, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_regions", "990101", "--with-villages")
    assert "云江区" in (said := capsys.readouterr().out)
    assert "9" in said


def test_the_command_tells_changes_and_makes_them_only_when_asked(
    lists: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_regions", "990101")
    lists({"990101101": "石桥街道", "990101200": "花溪乡"}, {})
    call_command("import_regions", "990101")
    assert "石桥镇" in (said := capsys.readouterr().out)
    assert "--apply-changes" in said
    assert Region.objects.filter(name="石桥镇").exists()

    call_command("import_regions", "990101", "--apply-changes", "--on", "2026-06-01")
    assert "石桥镇（990101101）更名为石桥街道" in capsys.readouterr().out
    assert Region.objects.get(name="石桥街道").changes.get().happened_on == ON


def test_the_command_refuses_a_code_in_plain_words(lists: Write) -> None:
    with pytest.raises(CommandError, match="990199"):
        call_command("import_regions", "990199")

"""The pages about places: browsing, finding, one place, and what the office records."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from lianxin.ground.access.models import Grant, User
from lianxin.ground.core.clock import today
from lianxin.ground.core.models import Event, Platform
from lianxin.ground.people.models import Region
from lianxin.ground.people.places.loading import load_region
from tests.ground.access.builders import make_grant, make_platform, make_user
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate, make_region

pytestmark = pytest.mark.django_db

AT = datetime(2026, 7, 1, 9, tzinfo=timezone.get_default_timezone())
ON = date(2026, 6, 1)


@pytest.fixture
def platform() -> Platform:
    return make_platform(county_code="990101")


@pytest.fixture
def county(platform: Platform) -> Region:
    county = make_county()
    Region.objects.filter(pk=county.pk).update(code="990101")
    return Region.objects.get(pk=county.pk)


@pytest.fixture
def bridge(county: Region) -> Region:
    return county.parts.get(name="石桥镇")


@pytest.fixture
def clerk(county: Region, client: Client) -> User:
    """Somebody of the county's office, signed in."""
    user = make_user()
    make_grant(user, "office_clerk", "place", county.pk)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def page_of(region: Region) -> str:
    return f"/places/{region.pk}/"


# Browsing and finding


def test_one_begins_at_the_platforms_own_place_or_at_the_top(county: Region, client: Client) -> None:
    page = client.get("/places/")
    assert page_of(county) in (text := page.content.decode())
    assert page_of(Region.objects.get(name="南江省")) in text


def test_before_any_place_is_loaded_the_page_says_how(platform: Platform, client: Client) -> None:
    assert "lianxin import regions" in client.get("/places/").content.decode()


@pytest.mark.parametrize(
    "words", ["橘林", "橘林村", "橘林村委会", "橘林村村民委员会", "julin", "JLC", "ｊｌｃ", " ju lin "]
)
def test_a_place_is_found_by_name_pinyin_and_initials(county: Region, client: Client, words: str) -> None:
    page = client.get("/places/", {"q": words})
    assert [found.name for found in page.context["found"]] == ["橘林村"]
    assert page.context["found"][0].lies_in == "南江省 澄州市 云江区 石桥镇"


def test_places_of_one_name_are_told_apart_by_where_they_lie(county: Region, client: Client) -> None:
    found = client.get("/places/", {"q": "柳溪村"}).context["found"]
    assert sorted(place.lies_in.split()[-1] for place in found) == ["石桥镇", "花溪乡"]


def test_in_the_platforms_place_the_middle_of_a_name_is_enough(county: Region, client: Client) -> None:
    make_region("小橘林村", "village", make_region("外乡", "township"))
    found = client.get("/places/", {"q": "林村"}).context["found"]
    assert [place.name for place in found] == ["橘林村"]


def test_a_merged_place_is_not_found_any_more(county: Region, client: Client) -> None:
    Region.objects.get(name="橘林村").merge_into(Region.objects.get(name="渡口村"), on=ON, by=None, at=AT)
    assert client.get("/places/", {"q": "橘林"}).context["found"] == []


@pytest.mark.parametrize(
    ("words", "told"), [("j", "两个字母"), ("天上", "换个写法"), ("%", "换个写法"), ("'", "换个写法")]
)
def test_what_finds_nothing_is_told(county: Region, client: Client, words: str, told: str) -> None:
    page = client.get("/places/", {"q": words})
    assert told in page.content.decode()


# One place


def test_a_place_shows_what_it_lies_in_what_lies_in_it_and_how_much(county: Region, client: Client) -> None:
    text = client.get(page_of(county)).content.decode()
    assert page_of(county.parent) in text
    assert page_of(county.parts.get(name="石桥镇")) in text
    assert "2个乡镇街道，5个村社区" in text


def test_a_place_tells_its_history_with_the_papers(bridge: Region, client: Client) -> None:
    bridge.rename("石桥街道", on=ON, by=None, at=AT, paper="云民函〔2026〕3号")
    other = Region.objects.get(name="花溪乡")
    other.merge_into(bridge, on=ON, by=None, at=AT)

    text = client.get(page_of(bridge)).content.decode()
    assert "更名，原名石桥镇（云民函〔2026〕3号）" in text
    assert "花溪乡并入" in text
    gone = client.get(page_of(other)).content.decode()
    assert "并入石桥街道" in gone
    assert "到2026年5月31日为止" in gone


def test_a_long_list_is_paged(county: Region, client: Client) -> None:
    township = make_region("大乡", "township", county)
    villages = [
        Region(code=f"990101999{n:03}", name=f"第{n}村", level="village", parent=township, path=f"{township.path}{n}/")
        for n in range(201)
    ]
    Region.objects.bulk_create(villages)

    first = client.get(page_of(township))
    assert (len(first.context["parts"]), first.context["counts"]) == (200, "201个村社区")
    second = client.get(page_of(township), {"after": first.context["page"].older})
    assert [part.name for part in second.context["parts"]] == ["第200村"]


def test_a_real_county_has_a_map_with_a_dot_for_every_village(platform: Platform, client: Client) -> None:
    county = load_region("420504", by=None, at=AT).region
    text = client.get(page_of(county)).content.decode()
    assert text.count("h0") == 52
    assert "示意位置" in text

    township = county.parts.order_by("code").first()
    drawing = client.get(page_of(township)).context["map"]
    assert (drawing.meant.count("h0"), drawing.dots.count("h0")) == (12, 40)


def test_a_zone_is_drawn_on_the_county_that_it_lies_in(platform: Platform, client: Client) -> None:
    zone = load_region("220172", by=None, at=AT).region
    drawing = client.get(page_of(zone)).context["map"]
    assert ([shape.code for shape in drawing.shapes], drawing.dots.count("h0")) == (["220102"], 74)


def test_a_place_without_an_outline_has_no_map(county: Region, client: Client) -> None:
    assert client.get(page_of(county)).context["map"] is None


@pytest.mark.parametrize("name", ["南江省", "澄州市", "云江区", "石桥镇", "橘林村"])
def test_a_page_of_a_place_asks_five_queries_at_most(
    county: Region, client: Client, name: str, django_assert_max_num_queries: Callable
) -> None:
    address = page_of(Region.objects.get(name=name))
    client.get(address)  # the platform is in memory from then on
    with django_assert_max_num_queries(5):
        client.get(address)


@pytest.mark.parametrize("address", ["/places/", "/places/?q=柳溪村"])
def test_browsing_and_finding_ask_five_queries_at_most(
    county: Region, client: Client, address: str, django_assert_max_num_queries: Callable
) -> None:
    with django_assert_max_num_queries(5):
        client.get(address)


def test_a_place_that_does_not_exist_is_not_found(platform: Platform, client: Client) -> None:
    assert client.get(f"/places/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("address", ["/places/", "/districts/"])
def test_pages_to_read_take_no_post(platform: Platform, client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


# What the office records


def test_the_office_renames_a_place(bridge: Region, clerk: User, client: Client) -> None:
    form = {"name": "石桥街道", "on": "2026-06-01", "paper": "云民函〔2026〕3号"}
    assert f'href="{page_of(bridge)}rename/"><span>更名</span>' in client.get(page_of(bridge)).content.decode()

    page = client.post(page_of(bridge) + "rename/", form)

    assert (page.status_code, page["Location"]) == (302, page_of(bridge))
    bridge.refresh_from_db()
    assert bridge.name == "石桥街道"
    assert Event.objects.get(kind="people.region_renamed").by_id == clerk.pk


def test_the_office_merges_moves_recodes_closes_and_adds_grids(county: Region, clerk: User, client: Client) -> None:
    bridge, flower = county.parts.get(name="石桥镇"), county.parts.get(name="花溪乡")
    tea, ferry, orange = (Region.objects.get(name=name) for name in ("茶山村", "渡口村", "橘林村"))
    day = {"on": "2026-06-01"}
    for region, kind, form in (
        (ferry, "merge", {"other": orange.pk}),
        (tea, "move", {"to": bridge.pk}),
        (flower.parts.get(name="柳溪村"), "close", {}),
        (flower, "recode", {"code": "990101200"}),
        (orange, "grid", {"name": "一组"}),
    ):
        assert client.post(f"{page_of(region)}{kind}/", form | day).status_code == 302, kind

    assert sorted(bridge.parts.standing().values_list("name", flat=True)) == ["柳溪村", "橘林村", "茶山村"]
    assert not flower.parts.standing().exists()
    assert Region.objects.get(code="990101200") == flower
    assert orange.parts.get(level="grid").name == "一组"


def test_what_a_rule_refuses_is_told_on_the_form(county: Region, clerk: User, client: Client) -> None:
    ferry, orange = Region.objects.get(name="渡口村"), Region.objects.get(name="橘林村")
    congress = make_congress(county)
    make_district(congress, ferry)
    make_district(congress, orange, number="2", name="第二选区")

    page = client.post(page_of(ferry) + "merge/", {"other": orange.pk, "on": "2026-06-01"})

    assert page.status_code == 422
    assert "第一选区" in (text := page.content.decode())
    assert "第二选区" in text
    assert Region.objects.get(pk=ferry.pk).ends_on is None


def test_a_form_without_a_day_is_sent_back(bridge: Region, clerk: User, client: Client) -> None:
    page = client.post(page_of(bridge) + "rename/", {"name": "石桥街道"})
    assert page.status_code == 422
    assert "石桥街道" in page.content.decode()


@pytest.mark.parametrize("kind", ["rename", "move", "merge", "recode", "close", "grid"])
def test_every_form_opens_with_the_day_filled_in(county: Region, clerk: User, client: Client, kind: str) -> None:
    page = client.get(page_of(Region.objects.get(name="橘林村")) + f"{kind}/")
    assert page.status_code == 200
    assert f'value="{today().isoformat()}"' in page.content.decode()


@pytest.mark.parametrize(("name", "kind"), [("石桥镇", "grid"), ("橘林村", "burn")])
def test_a_change_that_does_not_fit_the_place_is_not_found(
    county: Region, clerk: User, client: Client, name: str, kind: str
) -> None:
    assert client.get(page_of(Region.objects.get(name=name)) + f"{kind}/").status_code == 404


def test_a_villages_choice_to_merge_into_lies_in_its_county(county: Region, clerk: User, client: Client) -> None:
    make_region("外村", "village", make_region("外乡", "township"))
    text = client.get(page_of(Region.objects.get(name="橘林村")) + "merge/").content.decode()
    assert "花溪乡　茶山村" in text
    assert "外村" not in text


def test_who_is_not_signed_in_signs_in_first(bridge: Region, client: Client) -> None:
    page = client.get(page_of(bridge) + "rename/")
    assert page.status_code == 302
    assert "/login/" in page["Location"]
    assert "rename/" not in client.get(page_of(bridge)).content.decode()


def test_a_clerk_of_another_place_reads_why_not(bridge: Region, client: Client) -> None:
    user = make_user()
    make_grant(user, "office_clerk", "place", make_region("东河县", "county").pk)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.post(page_of(bridge) + "rename/", {"name": "石桥街道", "on": "2026-06-01"})

    assert page.status_code == 403
    assert "范围" in page.content.decode()
    assert not Event.objects.filter(kind="people.region_renamed").exists()


def test_a_clerk_does_not_merge_a_place_into_another_clerks(bridge: Region, client: Client) -> None:
    """Where rules give a township's clerk such a right, as an older version may have."""
    user, over = make_user(), {"scope_kind": "place", "scope_id": bridge.pk}
    Grant.objects.create(user=user, role="office_clerk", starts_on=date(2026, 1, 1), **over)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    form = {"other": Region.objects.get(name="茶山村").pk, "on": "2026-06-01"}

    page = client.post(page_of(bridge.parts.get(name="橘林村")) + "merge/", form)

    assert page.status_code == 403
    assert Region.objects.get(name="橘林村").ends_on is None


# Districts


def test_districts_are_listed_with_what_each_covers(county: Region, client: Client) -> None:
    district = make_district(make_congress(county), *Region.objects.filter(name="柳溪村"))
    text = client.get("/districts/").content.decode()
    assert f"/districts/{district.pk}/" in text
    assert "2个地方" in text


def test_a_district_shows_its_places_then_and_now_and_its_deputies(county: Region, client: Client) -> None:
    congress = make_congress(county)
    district = make_district(congress, Region.objects.get(name="橘林村"))
    make_mandate(congress, district=district)
    district.redraw([Region.objects.get(name="渡口村")], on=ON, by=None, at=AT)

    page = client.get(f"/districts/{district.pk}/")
    assert [part.region.name for part in page.context["parts"]] == ["渡口村"]
    assert [part.region.name for part in page.context["former"]] == ["橘林村"]
    assert "罗青禾" in page.content.decode()


def test_a_district_that_does_not_exist_is_not_found(platform: Platform, client: Client) -> None:
    assert client.get(f"/districts/{uuid4()}/").status_code == 404

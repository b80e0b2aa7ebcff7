"""Electoral districts are drawn, redrawn and closed on pages, township by township, without JavaScript."""

from datetime import date

import pytest
from django.test import Client

from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event
from lianxin.ground.people.errors.districts import DistrictNumberTaken, PlaceInTwoDistricts
from lianxin.ground.people.models import Body, District, Region
from tests.ground.people.builders import (
    make_congress,
    make_district,
    make_mandate,
    make_person,
    make_region,
)
from tests.ground.people.clerks import sign_in

pytestmark = pytest.mark.django_db


def place(name: str, within: str = "石桥镇") -> Region:
    return Region.objects.get(name=name, parent__name=within)


def test_districts_stand_in_the_order_of_their_numbers(client: Client, congress: Body) -> None:
    for number in ("10", "2", "1"):
        make_district(congress, number=number, name=f"第{number}选区")

    page = client.get("/districts/").content.decode()

    assert page.index("第1选区") < page.index("第2选区") < page.index("第10选区")


def test_the_list_pages_by_the_order_of_numbers(congress: Body) -> None:
    from lianxin.ground.core.paging import page_by_key

    for number in range(1, 13):
        make_district(congress, number=str(number), name=f"第{number}选区")
    keys, rows, asked = ("congress__name", "place_in_order", "id"), [], {}
    for _page in range(3):
        page = page_by_key(District.objects.in_order().select_related("congress"), keys, asked, size=5)
        rows += [district.number for district in page.rows]
        asked = {"after": page.older}

    assert rows == [str(number) for number in range(1, 13)]


def test_a_congress_may_be_asked_for_alone(client: Client, congress: Body) -> None:
    township = make_congress(congress.region.parts.get(name="石桥镇"), level="township")
    make_district(congress, name="县里的选区")
    make_district(township, name="镇里的选区")

    page = client.get(f"/districts/?congress={township.pk}").content.decode()

    assert "镇里的选区" in page
    assert "县里的选区" not in page


def test_the_office_draws_a_district_over_two_townships(office: Client, congress: Body) -> None:
    places = [place("橘林村").pk, place("茶山村", "花溪乡").pk]
    filled = {"number": "3", "name": "第三选区", "seats": "2", "on": "2026-11-03", "places": places}

    answer = office.post(f"/bodies/{congress.pk}/district/", filled)

    district = District.objects.get(number="3")
    assert answer["Location"] == district.get_absolute_url()
    assert (district.seats, district.starts_on) == (2, date(2026, 11, 3))
    assert set(district.parts.values_list("region", flat=True)) == set(places)


def test_looking_into_another_township_keeps_what_was_chosen_and_draws_nothing(office: Client, congress: Body) -> None:
    chosen, township = place("橘林村"), congress.region.parts.get(name="花溪乡")
    filled = {
        "number": "3",
        "name": "第三选区",
        "on": "2026-11-03",
        "places": [chosen.pk],
        "around": township.pk,
        "look": "1",
    }

    answer = office.post(f"/bodies/{congress.pk}/district/", filled)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'value="{chosen.pk}" checked' in page
    assert 'value="第三选区"' in page
    assert "茶山村" in page
    assert "data-mistakes" not in page
    assert not District.objects.exists()


def test_the_form_names_the_district_that_covers_a_place(office: Client, congress: Body) -> None:
    make_district(congress, place("橘林村"), name="橘林选区")

    page = office.get(f"/bodies/{congress.pk}/district/").content.decode()

    assert '橘林村 <small class="dim">橘林选区</small>' in page


def test_a_place_in_two_districts_is_told_in_plain_words(office: Client, congress: Body) -> None:
    make_district(congress, place("橘林村"), name="橘林选区")
    filled = {"number": "3", "name": "第三选区", "on": "2026-11-03", "places": [place("橘林村").pk]}

    answer = office.post(f"/bodies/{congress.pk}/district/", filled)

    assert answer.status_code == 422
    assert "橘林村会同时在" in answer.content.decode()
    assert "一个地方只能在一个选区" in answer.content.decode()
    assert District.objects.count() == 1


def test_every_place_in_two_districts_is_told_at_once(congress: Body) -> None:
    villages = [place("橘林村"), place("渡口村")]
    make_district(congress, *villages, name="橘林选区")

    with pytest.raises(PlaceInTwoDistricts, match="(橘林村|渡口村)会同时在.*同样在两个选区里的还有：(橘林村|渡口村)。"):
        District.draw(congress, "3", "第三选区", villages, on=date(2026, 11, 3), by=None, at=now())


def test_grids_of_a_village_can_be_chosen(office: Client, congress: Body) -> None:
    grid = place("橘林村").add_grid("第一网格", by=None, at=now())
    filled = {"number": "3", "name": "第三选区", "on": "2026-11-03", "places": [grid.pk]}

    assert "第一网格" in office.get(f"/bodies/{congress.pk}/district/").content.decode()
    office.post(f"/bodies/{congress.pk}/district/", filled)

    assert District.objects.get().parts.get().region == grid


def test_the_form_costs_the_same_for_many_villages(
    office: Client, congress: Body, django_assert_max_num_queries
) -> None:
    township = congress.region.parts.order_by("code").first()
    for number in range(40):
        make_district(
            congress, make_region(f"{number}号村", parent=township), number=str(number + 1), name=f"{number}区"
        )

    with django_assert_max_num_queries(16):
        page = office.get(f"/bodies/{congress.pk}/district/").content.decode()

    assert "39号村" in page


def test_a_district_is_redrawn_from_a_day_and_says_so(office: Client, congress: Body) -> None:
    district = make_district(congress, place("橘林村"))
    page = office.get(f"/districts/{district.pk}/redraw/").content.decode()
    assert f'value="{place("橘林村").pk}" checked' in page

    office.post(
        f"/districts/{district.pk}/redraw/", {"on": "2026-11-03", "places": [place("渡口村").pk], "is_sure": "on"}
    )

    page = office.get(district.get_absolute_url()).content.decode()
    assert page.index("渡口村") < page.index("以前的范围") < page.index("橘林村")
    assert "改了<b>第一选区</b>的范围" in page


def test_places_that_no_district_covers_are_told_before_and_after(office: Client, congress: Body) -> None:
    district = make_district(congress, place("橘林村"), place("渡口村"))
    make_mandate(congress, make_person("向晚亭"), district=district)
    address, kept = f"/districts/{district.pk}/redraw/", {"on": "2026-11-03", "places": [place("渡口村").pk]}
    assert "照样登记" not in office.get(address).content.decode()

    asked = office.post(address, kept)

    page = asked.content.decode()
    assert asked.status_code == 422
    assert "橘林村不在云江区人民代表大会的任何选区里" in page
    assert "还在任的有向晚亭" in page
    assert district.parts.filter(ends_on__isnull=True).count() == 2
    after = office.post(address, kept | {"is_sure": "on"}, follow=True).content.decode()
    assert "橘林村不在云江区人民代表大会的任何选区里" in after
    assert district.parts.get(ends_on__isnull=True).region == place("渡口村")


def test_a_district_that_ends_says_who_sits_and_what_it_leaves(office: Client, congress: Body) -> None:
    district = make_district(congress, place("橘林村"))
    make_mandate(congress, make_person("向晚亭"), district=district)
    address = f"/districts/{district.pk}/close/"
    page = office.get(address).content.decode()

    refused = office.post(address, {"on": "2026-11-03"})

    assert "橘林村不在云江区人民代表大会的任何选区里" in page
    assert "还在任的有向晚亭" in page
    assert refused.status_code == 422
    assert District.objects.get().ends_on is None
    assert office.post(address, {"on": "2026-11-03", "is_sure": "on"}).status_code == 302


def test_what_is_left_out_is_told_village_by_village_and_grid_by_grid(congress: Body) -> None:
    township, other = congress.region.parts.get(name="石桥镇"), congress.region.parts.get(name="花溪乡")
    grids = [place("橘林村").add_grid(name, by=None, at=now()) for name in ("第一网格", "第二网格")]
    district = make_district(congress, township)
    make_district(congress, other, number="2", name="第二选区")

    left = {place.name for place in district.left_out([place("柳溪村"), grids[0]])}

    assert left == {"第二网格", "渡口村"}
    assert {place.name for place in district.left_out()} == {"柳溪村", "橘林村", "渡口村"}
    assert district.left_out([township]) == []
    assert district.left_out([congress.region]) == []


def test_a_number_that_stands_is_refused(congress: Body) -> None:
    make_district(congress, number="1")
    other = make_district(congress, number="2", name="第二选区")
    other.number = "1"

    with pytest.raises(DistrictNumberTaken, match="第一选区"):
        other.amend(["number"], by=None, at=now())

    assert District.objects.get(pk=other.pk).number == "2"


def test_number_name_and_seats_are_changed_and_told(office: Client, congress: Body) -> None:
    district = make_district(congress, place("橘林村"))

    office.post(f"/districts/{district.pk}/amend/", {"number": "12", "name": "橘林选区", "seats": "3"})

    page = office.get(district.get_absolute_url()).content.decode()
    assert (District.objects.get().number, District.objects.get().seats) == ("12", 3)
    assert "的资料：名称、编号、名额" in page


def test_a_closed_district_changes_no_more(office: Client, congress: Body) -> None:
    district = make_district(congress, place("橘林村"))

    office.post(f"/districts/{district.pk}/close/", {"on": "2026-11-03", "is_sure": "on"})

    assert Event.objects.filter(kind="people.district_closed", subject_id=district.id).count() == 1
    assert office.get(f"/districts/{district.pk}/redraw/").status_code == 404
    assert office.post(f"/districts/{district.pk}/amend/", {"number": "1", "name": "新"}).status_code == 404


def test_what_a_browser_sends_may_be_anything(office: Client, congress: Body) -> None:
    filled = {"number": "3", "name": "第三选区", "on": "2026-11-03", "places": ["nothing", "0"], "around": "x"}

    assert office.post(f"/bodies/{congress.pk}/district/", filled).status_code == 422
    assert office.post(f"/bodies/{congress.pk}/district/", filled | {"look": "1"}).status_code == 200


def test_a_township_clerk_draws_for_the_own_congress_and_not_for_the_county(client: Client, congress: Body) -> None:
    township = congress.region.parts.get(name="石桥镇")
    own = make_congress(township, level="township")
    sign_in(client, "township_clerk", township)
    filled = {"number": "1", "name": "第一选区", "on": "2026-11-03", "places": [place("橘林村").pk]}

    assert client.post(f"/bodies/{congress.pk}/district/", filled).status_code == 403
    assert client.post(f"/bodies/{own.pk}/district/", filled).status_code == 302
    assert own.districts.count() == 1


def test_a_place_of_another_township_is_refused(client: Client, congress: Body) -> None:
    township = congress.region.parts.get(name="石桥镇")
    own = make_congress(township, level="township")
    sign_in(client, "township_clerk", township)
    elsewhere = place("茶山村", "花溪乡").pk

    filled = {"number": "1", "name": "第一选区", "on": "2026-11-03", "places": [elsewhere]}

    assert client.post(f"/bodies/{own.pk}/district/", filled).status_code == 422
    assert not own.districts.exists()


def test_deputies_of_a_city_are_not_elected_in_districts(office: Client, congress: Body) -> None:
    city = make_congress(congress.region.parent, level="city")

    assert office.get(f"/bodies/{city.pk}/district/").status_code == 404

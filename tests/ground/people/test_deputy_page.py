"""One deputy takes a seat by a page; who is who is decided as for the roster. And what is known of a mandate is mended there."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianxin.ground.core.clock import now, start_of
from lianxin.ground.core.models import Event
from lianxin.ground.people.errors.mandates import CardTaken, MandateEnded, SeatNotVacant, SeatTaken
from lianxin.ground.people.models import Body, Mandate, Membership, Person, Region
from lianxin.ground.people.roster.lookups import anywhere
from lianxin.ground.people.roster.single import add
from tests.ground.access.builders import make_platform
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate, make_person
from tests.ground.people.clerks import sign_in

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 3)


@pytest.fixture
def congress() -> Body:
    make_platform()
    congress = make_congress(make_county())
    make_district(congress, Region.objects.get(name="橘林村"), number="3", name="第三选区")
    return congress


def filled(congress: Body, **facts: Any) -> dict[str, Any]:
    told = {"name": "向晚亭", "phone": "138 0000 0001", "card_number": "A017", "beginning": "by_election",
            "starts_on": "2026-11-03"}  # fmt: skip
    return told | ({} if "district" in facts else {"district": congress.districts.get().pk}) | facts


def test_a_new_person_takes_a_seat(office: Client, congress: Body) -> None:
    group = congress.form("group", "第一小组", on=date(2022, 1, 1), by=None, at=now())

    answer = office.post(f"/bodies/{congress.pk}/deputy/", filled(congress, group=group.pk, trade="教师", sex="f"))

    mandate = Mandate.objects.get()
    assert answer["Location"] == mandate.person.get_absolute_url()
    assert (mandate.beginning, mandate.starts_on, mandate.trade, mandate.district.number) == (
        "by_election",
        ON,
        "教师",
        "3",
    )
    assert (mandate.person.phone, mandate.person.pinyin, mandate.person.sex) == ("13800000001", "xiangwanting", "f")
    assert Membership.objects.get().body == group
    assert not Event.objects.filter(kind="people.roster_taken_over").exists()


def test_a_known_name_and_phone_is_the_same_person(office: Client, congress: Body) -> None:
    known = make_person("向晚亭", phone="13800000001")

    office.post(f"/bodies/{congress.pk}/deputy/", filled(congress))

    assert Mandate.objects.get().person == known
    page = office.get(known.get_absolute_url()).content.decode()
    assert "记在同一个人名下" in page


def test_a_namesake_with_another_phone_is_another_person(office: Client, congress: Body) -> None:
    make_person("向晚亭", phone="13800000099")

    office.post(f"/bodies/{congress.pk}/deputy/", filled(congress))

    assert Person.objects.filter(name="向晚亭").count() == 2


def test_a_namesake_without_a_phone_is_told_beside_the_phone(office: Client, congress: Body) -> None:
    make_person("向晚亭")

    answer = office.post(f"/bodies/{congress.pk}/deputy/", filled(congress))

    assert answer.status_code == 422
    assert "两位同名的人都要有手机号" in str(answer.context["form"].errors["phone"])
    assert not Mandate.objects.exists()


def test_a_card_that_somebody_has_is_refused_and_nobody_changed(office: Client, congress: Body) -> None:
    held = make_mandate(congress, make_person("向晚亭", phone="13800000001"), card_number="A017")

    answer = office.post(f"/bodies/{congress.pk}/deputy/", filled(congress, employer="第一小学"))

    assert answer.status_code == 422
    assert "card_number" in answer.context["form"].errors
    assert Person.objects.get(pk=held.person_id).employer == ""


def test_cells_are_read_and_refused_as_in_the_roster(office: Client, congress: Body) -> None:
    answer = office.post(f"/bodies/{congress.pk}/deputy/", filled(congress, name="向 晚 亭", phone="12345"))

    assert "11位手机号" in str(answer.context["form"].errors["phone"])
    office.post(f"/bodies/{congress.pk}/deputy/", filled(congress, name="向 晚 亭"))
    assert Person.objects.get().name == "向晚亭"


def test_a_congress_without_a_term_says_so(office: Client, congress: Body) -> None:
    congress.terms.update(ends_on=ON)

    answer = office.post(f"/bodies/{congress.pk}/deputy/", filled(congress))

    assert "还没有登记届次" in answer.content.decode()


def test_a_township_clerk_seats_nobody_in_the_county(client: Client, congress: Body) -> None:
    township = congress.region.parts.get(name="石桥镇")
    own = make_congress(township, level="township")
    make_district(own, Region.objects.get(name="橘林村"))
    sign_in(client, "township_clerk", township)

    assert client.post(f"/bodies/{congress.pk}/deputy/", filled(congress)).status_code == 403
    assert client.post(f"/bodies/{own.pk}/deputy/", filled(own)).status_code == 302
    assert Mandate.objects.get().congress == own


def test_a_city_s_deputy_is_elected_by_a_county(client: Client) -> None:
    make_platform(preset="changchun")  # where offices of a city work on the platform too
    congress = make_congress(make_county())
    make_district(congress, Region.objects.get(name="橘林村"))
    city = make_congress(congress.region.parent, level="city")
    sign_in(client, "office_clerk", city.region)
    told = filled(congress, electing_body=congress.pk)
    del told["district"]

    assert client.post(f"/bodies/{city.pk}/deputy/", told).status_code == 302
    assert Mandate.objects.get().electing_body == congress


def test_trade_and_district_of_a_mandate_are_mended_and_told(office: Client, congress: Body) -> None:
    mandate = make_mandate(congress, card_number="A001")
    address = f"/desk/mandates/{mandate.pk}/amend/"
    told = {"card_number": "A001", "trade": "医生", "district": congress.districts.get().pk, "beginning": "elected"}
    told["starts_on"] = "2021-12-03"

    assert office.post(address, told).status_code == 302

    mandate.refresh_from_db()
    assert (mandate.trade, mandate.district) == ("医生", congress.districts.get())
    assert "的代表资料：选区、行业" in office.get(mandate.person.get_absolute_url()).content.decode()


def test_nobody_is_elected_with_everybody_else_in_midterm(office: Client, congress: Body) -> None:
    answer = office.post(f"/bodies/{congress.pk}/deputy/", filled(congress, beginning="elected"))

    assert "请选“补选”" in str(answer.context["form"].errors["beginning"])
    assert not Mandate.objects.exists()
    early = office.post(f"/bodies/{congress.pk}/deputy/", filled(congress, starts_on="2020-01-01"))
    assert "就任日期要在这一届里" in str(early.context["form"].errors["starts_on"])
    told = filled(congress, beginning="elected", starts_on="2021-12-03")
    assert office.post(f"/bodies/{congress.pk}/deputy/", told).status_code == 302


def test_the_first_day_of_a_mandate_is_mended_within_its_term(office: Client, congress: Body) -> None:
    mandate = make_mandate(congress, card_number="A001", beginning="by_election", starts_on=date(2023, 5, 1))
    address = f"/desk/mandates/{mandate.pk}/amend/"
    told = {"card_number": "A001", "beginning": "by_election", "starts_on": "2023-04-01"}

    outside = office.post(address, told | {"starts_on": "2020-04-01"})
    elected = office.post(address, told | {"beginning": "elected"})

    assert "就任日期要在这一届里" in outside.content.decode()
    assert "请选“补选”" in elected.content.decode()
    assert office.post(address, told).status_code == 302
    mandate.refresh_from_db()
    assert mandate.starts_on == date(2023, 4, 1)
    assert "的代表资料：起始日期" in office.get(mandate.person.get_absolute_url()).content.decode()


def test_no_choice_is_left_without_words(office: Client, congress: Body) -> None:
    mandate = make_mandate(congress)
    addresses = ("/units/new/", f"/people/{mandate.person_id}/amend/", f"/desk/mandates/{mandate.pk}/amend/")

    assert not [address for address in addresses if "-----" in office.get(address).content.decode()]


def test_a_card_of_another_deputy_is_refused_even_with_other_noughts(congress: Body) -> None:
    make_mandate(congress, make_person("罗青禾"), card_number="007")
    mandate = make_mandate(congress, make_person("谭秋实"), card_number="008")
    mandate.card_number = "7"

    with pytest.raises(CardTaken, match="罗青禾"):
        mandate.amend(["card_number"], by=None, at=now())


def test_a_deputy_changes_the_group_on_a_day(office: Client, congress: Body) -> None:
    first, second = (congress.form("group", name, on=date(2022, 1, 1), by=None, at=now()) for name in ("一组", "二组"))
    mandate = make_mandate(congress)
    first.take_in(mandate.person, "member", on=date(2022, 1, 1), by=None, at=now())

    office.post(f"/desk/mandates/{mandate.pk}/group/", {"group": second.pk, "on": "2026-11-03"})

    days = {it.body.name: (it.starts_on, it.ends_on) for it in Membership.objects.select_related("body")}
    assert days == {"一组": (date(2022, 1, 1), date(2026, 11, 2)), "二组": (ON, None)}


def test_a_wrong_group_of_the_same_day_never_was(office: Client, congress: Body) -> None:
    first, second = (congress.form("group", name, on=date(2022, 1, 1), by=None, at=now()) for name in ("一组", "二组"))
    mandate = make_mandate(congress)
    address = f"/desk/mandates/{mandate.pk}/group/"
    office.post(address, {"group": first.pk, "on": "2026-11-03"})

    office.post(address, {"group": second.pk, "on": "2026-11-03"})

    assert Membership.objects.get().body == second
    assert Event.objects.filter(kind="people.left", subject_id=first.id).count() == 1


def test_the_same_group_again_changes_nothing(office: Client, congress: Body) -> None:
    group = congress.form("group", "一组", on=date(2022, 1, 1), by=None, at=now())
    mandate = make_mandate(congress)
    group.take_in(mandate.person, "member", on=date(2022, 1, 1), by=None, at=now())

    office.post(f"/desk/mandates/{mandate.pk}/group/", {"group": group.pk, "on": "2026-11-03"})

    assert Membership.objects.get().starts_on == date(2022, 1, 1)


def test_a_delegation_is_no_group(office: Client, congress: Body) -> None:
    congress.form("group", "一组", on=ON, by=None, at=now())
    delegation = congress.form("delegation", "石桥代表团", on=ON, by=None, at=now())
    mandate = make_mandate(congress)
    address = f"/desk/mandates/{mandate.pk}/delegation/"

    assert "一组" not in office.get(address).content.decode()
    office.post(address, {"group": delegation.pk, "on": "2026-11-03"})

    assert Membership.objects.get().body == delegation


def test_one_deputy_reads_nobody_else(congress: Body) -> None:
    for number in range(30):
        make_mandate(congress, make_person(f"代表{number}"))
    said = {"congress": congress.name, "term": 7, "name": "向晚亭", "card_number": "A017", "starts_on": ON}

    with CaptureQueriesContext(connection) as asked:
        add(said | {"district": "3"}, by=None, at=now(), may=anywhere)

    of_people = [query["sql"] for query in asked if 'FROM "people_person"' in query["sql"]]
    assert of_people
    assert all("向晚亭" in sql for sql in of_people)


def test_who_is_elected_midterm_follows_on_the_one_who_left(office: Client, congress: Body) -> None:
    left = make_mandate(congress, make_person("谭秋实"), district=congress.districts.get())
    left.end("resigned", on=date(2026, 11, 1), by=None, at=now())
    page = office.get(f"/bodies/{congress.pk}/deputy/").content.decode()
    assert "谭秋实 · 第三选区" in page

    office.post(f"/bodies/{congress.pk}/deputy/", filled(congress, replaces=left.pk))

    mandate = Mandate.objects.get(person__name="向晚亭")
    assert mandate.replaces == left
    assert "谭秋实" in office.get(mandate.person.get_absolute_url()).content.decode()
    assert "向晚亭" in office.get(left.person.get_absolute_url()).content.decode()
    assert "谭秋实 · 第三选区" not in office.get(f"/bodies/{congress.pk}/deputy/").content.decode()


@pytest.mark.parametrize(("district", "starts_on"), [("4", "2026-11-03"), ("3", "2026-11-01")])
def test_nobody_follows_on_a_seat_elsewhere_or_not_yet_left(
    office: Client, congress: Body, district: str, starts_on: str
) -> None:
    make_district(congress, Region.objects.get(name="渡口村"), number="4", name="第四选区")
    left = make_mandate(congress, make_person("谭秋实"), district=congress.districts.get(number="3"))
    left.end("resigned", on=date(2026, 11, 1), by=None, at=now())
    seat = congress.districts.get(number=district)

    answer = office.post(
        f"/bodies/{congress.pk}/deputy/",
        filled(congress, district=seat.pk, replaces=left.pk, starts_on=starts_on),
    )

    assert answer.status_code == 422
    assert "谭秋实不是同一届、同一个选区" in str(answer.context["form"].errors["replaces"])
    assert not Mandate.objects.filter(person__name="向晚亭").exists()


def test_who_follows_whom_can_be_said_later_and_once(office: Client, congress: Body) -> None:
    district = congress.districts.get()
    left = make_mandate(congress, make_person("谭秋实"), district=district)
    left.end("resigned", on=date(2026, 11, 1), by=None, at=now())
    first, second = (
        make_mandate(congress, make_person(name), district=district, beginning="by_election", starts_on=ON)
        for name in ("向晚亭", "温渡舟")
    )

    for mandate in (first, second):
        mandate.replaces = left
    first.amend(["replaces"], by=None, at=now())
    with pytest.raises(SeatNotVacant, match="谭秋实"):
        second.amend(["replaces"], by=None, at=now())

    assert 'value="' + str(left.pk) in office.get(f"/desk/mandates/{first.pk}/amend/").content.decode()
    assert str(left.pk) not in office.get(f"/desk/mandates/{second.pk}/amend/").content.decode()


@pytest.fixture
def seat(congress: Body) -> tuple[Mandate, Mandate]:
    """A mandate that ended, and the one that followed on it in the third district."""
    make_district(congress, Region.objects.get(name="渡口村"), number="4", name="第四选区")
    district = congress.districts.get(number="3")
    left = make_mandate(congress, make_person("谭秋实"), district=district)
    left.end("resigned", on=date(2026, 11, 1), by=None, at=now())
    came = make_mandate(
        congress, make_person("向晚亭"), district=district, beginning="by_election", starts_on=ON, replaces=left
    )
    return left, came


@pytest.mark.parametrize(("district", "starts_on"), [("4", ON), ("3", date(2026, 11, 1))])
def test_who_follows_somebody_stays_in_that_seat_and_after_that_day(
    seat: tuple[Mandate, Mandate], congress: Body, district: str, starts_on: date
) -> None:
    came = seat[1]
    came.district, came.starts_on = congress.districts.get(number=district), starts_on

    with pytest.raises(SeatNotVacant, match="谭秋实"):
        came.amend(["district", "starts_on"], by=None, at=now())

    came.refresh_from_db()
    assert (came.district.number, came.starts_on) == ("3", ON)


def test_a_mandate_that_ended_and_that_somebody_followed_stays_as_it_was(
    seat: tuple[Mandate, Mandate], congress: Body
) -> None:
    left = seat[0]
    left.district, left.starts_on = congress.districts.get(number="4"), ON

    with pytest.raises(MandateEnded, match="不能再改"):
        left.amend(["district", "starts_on"], by=None, at=now())
    with pytest.raises(SeatTaken, match="向晚亭从2026年11月3日起"):
        left.correct_ending("resigned", "日期错了", on=ON, by=None, at=start_of(ON))

    left.refresh_from_db()
    assert (left.district.number, left.ends_on) == ("3", date(2026, 11, 1))

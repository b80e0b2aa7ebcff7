"""Stations open, take deputies in, are looked over and close; everybody may see them."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lianxin.affairs.stations.errors import (
    AlreadyPosted,
    ClosingAhead,
    NotPosted,
    StationClosed,
    StationRuns,
    StationThere,
)
from lianxin.affairs.stations.models import Fitting, Posting, Station
from lianxin.affairs.stations.receptions import next_receptions, receptions_of
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.access.models import Grant, User
from lianxin.ground.core.clock import now, today, travel
from lianxin.ground.core.models import Event
from lianxin.ground.people.errors.dated import DaysReversed
from lianxin.ground.people.models import Body
from lianxin.ground.rulebook import adopt, in_force
from lianxin.lib.calendars import lunar_date
from tests.affairs.stations.builders import make_station
from tests.ground.access.builders import make_grant, make_platform, make_user
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate, make_person

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)


@pytest.fixture
def congress() -> Body:
    make_platform()
    return make_congress(make_county())


@pytest.fixture
def station(congress: Body) -> Station:
    return make_station(congress.region.parts.get(name="石桥镇").parts.get(name="柳溪村"), congress)


@pytest.fixture
def keeper(station: Station) -> User:
    user = make_user("易南乔")
    make_grant(user, "station_keeper", Grant.Scope.STATION, station.pk)
    return user


def test_opening_tells_where(station: Station) -> None:
    event = Event.objects.get(kind="stations.opened")

    assert (event.subject_id, event.village) == (station.pk, station.region.code)
    assert event.parties.get().party_id == station.pk


def test_a_deputy_belongs_once_and_leaves_once(station: Station, congress: Body) -> None:
    mandate = make_mandate(congress)
    station.post(mandate, on=DAY, by=None, at=now())
    with pytest.raises(AlreadyPosted, match="罗青禾"):
        station.post(mandate, on=DAY, by=None, at=now())

    station.release(mandate, on=date(2026, 11, 20), by=None, at=now())

    assert Posting.objects.get().ends_on == date(2026, 11, 20)
    with pytest.raises(NotPosted):
        station.release(mandate, on=DAY, by=None, at=now())
    told = Event.objects.get(kind="stations.released")
    assert {party.kind for party in told.parties.all()} == {"station", "mandate"}


def test_a_closed_station_takes_nobody_in(station: Station, congress: Body) -> None:
    station.post(make_mandate(congress), on=DAY, by=None, at=now())

    station.close(on=date(2026, 11, 20), by=None, at=now())

    assert Posting.objects.get().ends_on == date(2026, 11, 20)
    with pytest.raises(StationClosed):
        station.post(make_mandate(congress), on=DAY, by=None, at=now())
    with pytest.raises(StationClosed):
        station.close(on=DAY, by=None, at=now())


def test_the_next_reception_is_moved_off_a_weekend_and_says_so(station: Station) -> None:
    (reception,) = next_receptions(in_force(DAY), station.kind, date(2026, 11, 21))

    assert (reception.name, reception.held_on) == ("5号见", date(2026, 12, 7))
    assert "逢周末" in reception.sentence


def test_a_reception_held_today_is_the_next_one(station: Station) -> None:
    (reception,) = next_receptions(in_force(DAY), station.kind, date(2026, 11, 5))

    assert reception.held_on == date(2026, 11, 5)


def test_next_year_is_told_as_provisional_before_its_holidays_are_announced(station: Station) -> None:
    (reception,) = next_receptions(in_force(DAY), station.kind, date(2026, 12, 20))

    assert reception.held_on.year == 2027
    assert "暂定" in reception.sentence


def test_days_that_a_station_sets_itself_are_read_from_the_station(congress: Body) -> None:
    adopt("yanhe", body_id=congress.id, by=None, at=now())
    own = in_force(DAY, congress.id)
    kind = next(
        code for rule in own.section(StationRules).receptions.values() if rule.is_set_by_station for code in rule.at
    )
    station = make_station(congress.region, congress, kind=kind)
    assert next_receptions(own, kind, DAY, station.reception_days) == []

    station.reception_days = "农历逢一、六"

    (reception,) = next_receptions(own, kind, DAY, station.reception_days)
    assert lunar_date(reception.held_on).day % 10 in (1, 6)


def test_days_that_no_calendar_knows_come_back_with_advice(client: Client, station: Station, keeper: User) -> None:
    client.force_login(keeper)
    facts = {"name": station.name, "is_step_free": "unknown", "reception_days": "有空就来"}

    answer = client.post(f"/desk/stations/{station.pk}/edit/", facts)

    assert answer.status_code == 422
    assert "有空就来" in answer.content.decode()


def test_everybody_sees_a_station_and_who_belongs_to_it(
    client: Client, station: Station, congress: Body, django_assert_max_num_queries
) -> None:
    for name in ("罗青禾", "谭秋实", "向晚亭"):
        station.post(make_mandate(congress, make_person(name)), on=DAY, by=None, at=now())

    with travel(datetime(2026, 11, 21, 9, tzinfo=timezone.get_current_timezone())):
        client.get("/")  # the platform and its rules are read once in a process
        with django_assert_max_num_queries(4):
            page = client.get(f"/stations/{station.pk}/").content.decode()

    assert all(word in page for word in ("谭秋实", "5号见", "000-5550001"))
    assert "/desk/stations/" not in page


def test_many_deputies_are_posted_at_once_or_none(
    station: Station, congress: Body, django_assert_max_num_queries
) -> None:
    many = [make_mandate(congress, make_person(f"向晚亭{number}")) for number in range(40)]

    with django_assert_max_num_queries(9):
        station.post_all(many, on=DAY, by=None, at=now())

    assert Event.objects.filter(kind="stations.posted").count() == 40
    new = make_mandate(congress, make_person("罗青禾"))
    with pytest.raises(AlreadyPosted, match="向晚亭7"):
        station.post_all([new, many[7]], on=DAY, by=None, at=now())
    assert not new.postings.exists()


def test_who_belonged_to_a_station_from_when_to_when(client: Client, station: Station, congress: Body) -> None:
    clerk, first = make_user("章谷雨"), make_mandate(congress, make_person("谭秋实"))
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    station.post(first, on=date(2024, 3, 1), by=None, at=now())
    station.release(first, on=date(2025, 2, 28), by=None, at=now())
    station.post(make_mandate(congress), on=date(2025, 3, 1), by=None, at=now())
    client.force_login(clerk)

    page = client.get(f"/desk/stations/{station.pk}/history/").content.decode()

    assert page.index("2025年3月1日起") < page.index("2024年3月1日至2025年2月28日")
    assert page.index("罗青禾") < page.index("谭秋实")
    assert "谭秋实" not in client.get(f"/stations/{station.pk}/").content.decode().partition('id="timeline"')[0]


def test_its_staff_see_what_happened_at_a_station_and_nobody_else(
    client: Client, station: Station, keeper: User, congress: Body
) -> None:
    station.post(make_mandate(congress), on=DAY, by=keeper.pk, at=now())
    address = f"/stations/{station.pk}/"
    assert "易南乔" not in client.get(address).content.decode()

    client.force_login(keeper)

    page = client.get(address).content.decode()
    assert all(word in page for word in ('id="timeline"', "易南乔", "编入"))
    alone = client.get(address, headers={"HX-Request": "true", "HX-Target": "timeline-more"}).content.decode()
    assert alone.lstrip().startswith("<section")


def test_a_station_is_closed_from_its_page_with_its_last_day(client: Client, station: Station, congress: Body) -> None:
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)
    page, address = f"/stations/{station.pk}/", f"/desk/stations/{station.pk}/close/"
    assert address in client.get(page).content.decode()
    assert "同一天调出" in client.get(address).content.decode()

    assert client.post(address, {"on": "2022-01-01"}).status_code == 422
    assert client.post(address, {"on": "2026-11-03"}).status_code == 302

    assert "2026年11月3日撤销" in client.get(page).content.decode()
    assert address not in client.get(page).content.decode()
    assert client.post(address, {"on": "2026-11-03"}).status_code == 422


def test_a_last_day_to_come_is_refused_in_words(client: Client, station: Station, congress: Body) -> None:
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)
    tomorrow = today() + timedelta(days=1)

    with pytest.raises(ClosingAhead):
        station.close(on=tomorrow, by=None, at=now())
    answer = client.post(f"/desk/stations/{station.pk}/close/", {"on": tomorrow.isoformat()})

    assert answer.status_code == 422
    assert "不能晚于今天" in answer.content.decode()
    station.refresh_from_db()
    assert station.ends_on is None


def test_a_closing_by_mistake_is_put_right_with_a_reason(client: Client, station: Station, congress: Body) -> None:
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)
    page, address = f"/stations/{station.pk}/", f"/desk/stations/{station.pk}/reopen/"
    assert address not in client.get(page).content.decode()
    with pytest.raises(StationRuns):
        station.reopen(reason="没撤", by=None, at=now())

    station.close(on=today(), by=clerk.pk, at=now())

    assert address in client.get(page).content.decode()
    assert "是最后一天" in client.get(page).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "选错了站点"}).status_code == 302
    station.refresh_from_db()
    assert station.ends_on is None
    assert "选错了站点" in client.get(page).content.decode()


def test_reopening_brings_back_whom_the_closing_took_out_and_nobody_else(station: Station, congress: Body) -> None:
    stays, gone, ended = (make_mandate(congress, make_person(name)) for name in ("罗青禾", "谭秋实", "向晚亭"))
    station.post_all([stays, gone, ended], on=DAY, by=None, at=now())
    station.release(stays, on=DAY, by=None, at=now())
    station.post(stays, on=DAY, by=None, at=now())
    station.release(gone, on=DAY, by=None, at=now())
    station.close(on=DAY, by=None, at=now())
    ended.end("resigned", on=DAY, by=None, at=now())

    station.reopen(reason="选错了站点", by=None, at=now())

    assert [posting.mandate for posting in station.postings.filter(ends_on__isnull=True)] == [stays]
    told = Event.objects.get(kind="stations.reopened").parties.filter(kind="mandate")
    assert [party.party_id for party in told] == [stays.pk]


def test_a_station_whose_name_was_taken_meanwhile_stays_closed(station: Station, congress: Body) -> None:
    station.close(on=DAY, by=None, at=now())
    make_station(station.region, congress, name=station.name)

    with pytest.raises(StationThere):
        station.reopen(reason="选错了站点", by=None, at=now())


def test_a_closed_station_receives_nobody_any_more(station: Station) -> None:
    assert receptions_of(station, DAY)[0].held_on == date(2026, 11, 5)
    station.close(on=date(2026, 11, 4), by=None, at=now())
    assert receptions_of(station, DAY) == []


def test_a_station_stands_under_the_rules_of_the_body_that_runs_it(client: Client, congress: Body) -> None:
    adopt("yanhe", body_id=congress.id, by=None, at=now())

    own = make_station(congress.region, congress, kind="window")

    assert own.rules_on(DAY).section(StationRules).name("window") == "人大代表接待窗口"
    assert "人大代表接待窗口" in client.get(f"/stations/{own.pk}/").content.decode()


def test_stations_stand_in_the_order_of_places_and_then_of_pinyin(client: Client, congress: Body) -> None:
    first, second = congress.region.parts.order_by("code")
    for place, name in ((second, "阿甲站"), (first, "张家站"), (first, "李家站"), (congress.region, "总站")):
        make_station(place, congress, name=name)

    page = client.get("/stations/").content.decode()

    at = [page.index(f"<b>{name}</b>") for name in ("李家站", "张家站", "阿甲站")]
    assert at == sorted(at)


def test_a_station_is_found_by_pinyin(client: Client, congress: Body) -> None:
    make_station(congress.region, congress, name="李家站")
    make_station(congress.region, congress, name="张家站")

    page = client.get("/stations/?q=lijia").content.decode()

    assert "<b>李家站</b>" in page
    assert "<b>张家站</b>" not in page


def test_an_english_page_calls_places_in_latin_letters_too(client: Client, station: Station) -> None:
    page = client.get("/stations/", headers={"accept-language": "en"}).content.decode()

    assert "Shiqiao Town 石桥镇 Liuxi Village 柳溪村" in page


def test_the_list_is_searched_and_paged(client: Client, congress: Body, django_assert_max_num_queries) -> None:
    township = congress.region.parts.get(name="石桥镇")
    for number in range(60):
        make_station(township, congress, name=f"联系点{number:02}")

    client.get("/")  # the platform and its rules are read once in a process
    with django_assert_max_num_queries(2):
        page = client.get("/stations/").content.decode()

    assert "联系点49" in page
    assert "联系点50" not in page
    assert "联系点07" in client.get("/stations/?q=点07").content.decode()


def test_a_keeper_amends_and_looks_over_the_own_station_alone(
    client: Client, station: Station, keeper: User, congress: Body
) -> None:
    client.force_login(keeper)
    facts = {"name": station.name, "address": "桥头路8号", "way_in": "有坡道", "phone": "", "is_step_free": "true"}

    assert client.post(f"/desk/stations/{station.pk}/edit/", facts).status_code == 302

    station.refresh_from_db()
    assert (station.address, station.is_step_free) == ("桥头路8号", True)
    assert Event.objects.get(kind="stations.amended").facts["what"] == "address+is_step_free+phone+way_in"
    other = make_station(congress.region, congress)
    assert client.get(f"/desk/stations/{other.pk}/edit/").status_code == 403
    assert client.get(f"/desk/stations/{station.pk}/deputies/").status_code == 403
    assert client.get(f"/desk/stations/{station.pk}/close/").status_code == 403


def test_a_fitting_is_judged_only_where_the_preset_names_it(client: Client, station: Station, keeper: User) -> None:
    client.force_login(keeper)

    answer = client.post(f"/desk/stations/{station.pk}/fittings/", {"key": "golden_door", "state": "there"})

    assert answer.status_code == 422
    assert not Fitting.objects.exists()


def test_the_office_opens_a_station_and_puts_a_deputy_there(client: Client, congress: Body) -> None:
    clerk, mandate = make_user("章谷雨"), make_mandate(congress)
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)
    township = congress.region.parts.get(name="石桥镇")
    facts = {
        "kind": "point",
        "body": congress.pk,
        "name": "桥头联系点",
        "starts_on": "2026-11-03",
        "is_step_free": "unknown",
    }
    assert str(township.pk) in client.get("/desk/stations/new/?q=shiqiao").content.decode()

    assert client.post(f"/desk/stations/new/{township.pk}/", facts).status_code == 302
    assert "已经有一个" in client.post(f"/desk/stations/new/{township.pk}/", facts).content.decode()

    station = Station.objects.get(name="桥头联系点")
    assert "桥头联系点" in client.get(f"/stations/{station.pk}/").content.decode()
    address, chosen = f"/desk/stations/{station.pk}/deputies/", {"mandates": [mandate.pk], "on": "2026-11-03"}
    assert client.post(address, chosen).status_code == 302
    assert station.postings.get().mandate == mandate
    assert client.post(address, chosen).status_code == 422
    assert client.post(address, {"on": "2026-11-03"}).status_code == 422
    assert client.post(f"/desk/stations/{station.pk}/deputies/", {"release": "abc"}).status_code == 422
    client.post(f"/desk/stations/{station.pk}/deputies/", {"release": station.postings.get().pk})
    assert station.postings.get().ends_on is not None


def test_a_form_with_a_mistake_comes_back_with_it(client: Client, congress: Body) -> None:
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)

    address = f"/desk/stations/new/{congress.region_id}/"

    assert client.post(address, {"kind": "castle", "name": "", "starts_on": "昨天"}).status_code == 422
    assert not Station.objects.exists()


def test_a_station_is_opened_only_within_reach(client: Client, congress: Body) -> None:
    clerk = make_user("邹麦穗")
    make_grant(clerk, "township_clerk", Grant.Scope.PLACE, congress.region.parts.get(name="石桥镇").pk)
    client.force_login(clerk)
    elsewhere = congress.region.parts.get(name="花溪乡")

    assert client.get(f"/desk/stations/new/{elsewhere.pk}/").status_code == 404
    assert str(elsewhere.pk) not in client.get("/desk/stations/new/?q=huaxi").content.decode()


def test_a_last_day_before_the_first_is_refused_in_words(station: Station, congress: Body) -> None:
    mandate = make_mandate(congress)
    station.post(mandate, on=DAY, by=None, at=now())

    with pytest.raises(DaysReversed, match="早于起始日期"):
        station.release(mandate, on=date(2026, 11, 1), by=None, at=now())
    with pytest.raises(DaysReversed):
        station.close(on=date(2026, 11, 1), by=None, at=now())
    with pytest.raises(DaysReversed):
        mandate.end("resigned", on=date(2020, 1, 1), by=None, at=now())


def test_stations_that_receive_are_shown_alone_each_with_its_day(
    client: Client, congress: Body, django_assert_max_num_queries
) -> None:
    township = congress.region.parts.get(name="石桥镇")
    for number in range(30):
        make_station(township, congress, name=f"联系点{number:02}")
    make_station(township, congress, name="阿甲之家", kind="home")
    assert "阿甲之家" in client.get("/stations/").content.decode()

    with travel(datetime(2026, 11, 21, 9, tzinfo=timezone.get_current_timezone())), django_assert_max_num_queries(7):
        page = client.get("/stations/?reception=1").content.decode()

    assert "阿甲之家" not in page
    assert page.count("下次5号见：12月7日星期一 9:00") == 30


def test_days_that_stations_set_themselves_tell_which_of_them_receive(client: Client, congress: Body) -> None:
    adopt("yanhe", body_id=congress.id, by=None, at=now())
    make_station(congress.region, congress, kind="station", name="逢三站", reception_days="每周三")
    make_station(congress.region, congress, kind="station", name="未定站")

    page = client.get("/stations/?reception=1").content.decode()

    assert "逢三站" in page
    assert "未定站" not in page


def test_calling_is_offered_only_where_there_is_a_number(client: Client, congress: Body) -> None:
    village = congress.region.parts.get(name="石桥镇").parts.get(name="柳溪村")
    household = make_station(village, congress, kind="residence_household", phone="")
    page = client.get(household.get_absolute_url()).content.decode()
    assert "可以打电话问" not in page
    assert "可以看看别的站点" in page

    make_station(village.parent.parts.get(name="渡口村"), congress, name="渡口村联系点")
    make_station(village.parent, congress, kind="station", name="石桥镇联络站", phone="07176000000")

    page = client.get(household.get_absolute_url()).content.decode()
    assert "石桥镇联络站</a>转达：0717-6000000" in page
    called = make_station(village, congress, kind="residence_household", phone="07176000000")
    assert "可以打电话问" in client.get(called.get_absolute_url()).content.decode()


def test_fittings_are_looked_over_only_where_the_rules_name_some(
    client: Client, station: Station, keeper: User, congress: Body
) -> None:
    client.force_login(keeper)
    assert f"/desk/stations/{station.pk}/fittings/" not in client.get(f"/stations/{station.pk}/").content.decode()

    adopt("yanhe", body_id=congress.id, by=None, at=now())
    fitted = make_station(congress.region, congress, kind="station")
    make_grant(keeper, "station_keeper", Grant.Scope.STATION, fitted.pk)

    assert f"/desk/stations/{fitted.pk}/fittings/" in client.get(f"/stations/{fitted.pk}/").content.decode()


def test_a_new_station_is_offered_what_fits_its_place_first(client: Client, congress: Body) -> None:
    clerk, township = make_user("章谷雨"), congress.region.parts.get(name="石桥镇")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)
    own = make_congress(township, "township")
    village = township.parts.get(name="柳溪村")

    page = client.get(f"/desk/stations/new/{village.pk}/").content.decode()

    assert page.index("代表联系点") < page.index("代表之家")
    assert re.search(rf'<option value="{own.pk}" selected', page)
    assert "---------" not in page
    at_the_township = client.get(f"/desk/stations/new/{township.pk}/").content.decode()
    assert at_the_township.index("代表之家") < at_the_township.index("代表联系点")


def test_deputies_of_the_place_itself_are_offered_first(client: Client, station: Station, congress: Body) -> None:
    clerk = make_user("章谷雨")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    client.force_login(clerk)
    make_mandate(congress, make_person("安外地"))
    make_mandate(congress, make_person("周本村"), district=make_district(congress, station.region))

    page = client.get(f"/desk/stations/{station.pk}/deputies/").content.decode()

    assert page.index("周本村") < page.index("本地代表") < page.index("安外地")
    assert page.count("本地代表") == 1

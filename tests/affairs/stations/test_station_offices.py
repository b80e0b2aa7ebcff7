"""The office opens stations, the keeper looks after the own one."""

import re

import pytest
from django.test import Client

from lianxin.affairs.stations.models import Fitting, Station
from lianxin.ground.access.models import Grant, User
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body
from lianxin.ground.rulebook import adopt
from tests.affairs.stations.builders import make_station
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_congress, make_mandate

pytestmark = pytest.mark.django_db


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
    assert "规则里没有这一项" in answer.content.decode()
    assert not Fitting.objects.exists()


def test_fittings_are_looked_over_only_where_the_rules_name_some(
    client: Client, station: Station, keeper: User, congress: Body
) -> None:
    client.force_login(keeper)
    assert f"/desk/stations/{station.pk}/fittings/" not in client.get(f"/stations/{station.pk}/").content.decode()

    adopt("yanhe", body_id=congress.id, by=None, at=now())
    fitted = make_station(congress.region, congress, kind="station")
    make_grant(keeper, "station_keeper", Grant.Scope.STATION, fitted.pk)

    assert f"/desk/stations/{fitted.pk}/fittings/" in client.get(f"/stations/{fitted.pk}/").content.decode()

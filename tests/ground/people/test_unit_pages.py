"""Handling units are established, changed and closed on pages; their clerks and their record are shown to the office."""

from datetime import date

import pytest
from django.test import Client

from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event
from lianxin.ground.people.errors.units import UnitEnded, UnitHasOffices, UnitInItself, UnitThere
from lianxin.ground.people.models import Region, Unit
from tests.ground.access.builders import make_grant, make_platform, make_user
from tests.ground.people.builders import make_congress, make_county
from tests.ground.people.clerks import sign_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)


@pytest.fixture
def county() -> Region:
    make_platform()
    county = make_county()
    make_congress(county)
    return county


def make_unit(county: Region, name: str = "交通运输局", parent: Unit | None = None) -> Unit:
    facts = {"kind": "department", "region": county, "parent": parent, "starts_on": DAY}
    return Unit.establish(name=name, by=None, at=now(), **facts)


def test_a_name_stands_once_at_a_place(county: Region) -> None:
    make_unit(county)

    with pytest.raises(UnitThere):
        make_unit(county)


def test_a_unit_closes_after_its_offices_and_changes_no_more(county: Region) -> None:
    unit = make_unit(county)
    office = make_unit(county, "交通运输局办公室", unit)
    with pytest.raises(UnitHasOffices, match="交通运输局办公室"):
        unit.close(on=DAY, by=None, at=now())

    office.close(on=DAY, by=None, at=now())
    unit.close(on=DAY, by=None, at=now())

    assert Unit.objects.get(pk=unit.pk).ends_on == DAY
    assert Event.objects.filter(kind="people.unit_closed").count() == 2
    with pytest.raises(UnitEnded):
        unit.amend(["phone"], by=None, at=now())


def test_no_unit_stands_under_itself(county: Region) -> None:
    unit = make_unit(county)
    unit.parent = make_unit(county, "交通运输局办公室", unit)

    with pytest.raises(UnitInItself):
        unit.amend(["parent"], by=None, at=now())

    assert Unit.objects.get(pk=unit.pk).parent is None


def test_an_office_clerk_establishes_a_unit_in_the_own_county(client: Client, county: Region) -> None:
    sign_in(client, "office_clerk", county)
    filled = {
        "name": "水利局",
        "kind": "department",
        "region": county.pk,
        "phone": "0717 6670000",
        "starts_on": "2026-11-03",
    }

    answer = client.post("/units/new/", filled)

    unit = Unit.objects.get(name="水利局")
    assert (answer.status_code, answer["Location"]) == (302, unit.get_absolute_url())
    assert (unit.phone, unit.region, unit.starts_on) == ("07176670000", county, DAY)


def test_a_place_out_of_reach_cannot_be_chosen(client: Client, county: Region) -> None:
    sign_in(client, "office_clerk", make_county("远山县"))
    filled = {"name": "水利局", "kind": "department", "region": county.pk, "starts_on": "2026-11-03"}

    assert client.post("/units/new/", filled).status_code == 422
    assert not Unit.objects.exists()


def test_what_changed_is_told_by_its_column(client: Client, county: Region) -> None:
    unit = make_unit(county)
    sign_in(client, "office_clerk", county)
    filled = {"name": unit.name, "kind": "department", "parent": "", "phone": "0717-6672345", "address": "江南路1号"}

    assert client.post(f"/units/{unit.pk}/amend/", filled).status_code == 302

    page = client.get(unit.get_absolute_url()).content.decode()
    assert "改动了<b>交通运输局</b>的资料：办公地址、办公电话" in page
    assert "07176672345" in page


def test_the_page_names_its_clerks_to_the_office_alone(client: Client, county: Region) -> None:
    unit, clerk = make_unit(county), make_user("汪艾香")
    make_grant(clerk, "unit_clerk", Grant.Scope.UNIT, unit.pk)

    everybody = client.get(unit.get_absolute_url()).content.decode()
    office = sign_in(client, "office_clerk", county).get(unit.get_absolute_url()).content.decode()

    assert "汪艾香" not in everybody
    assert "汪艾香" in office


def test_a_refused_name_leaves_the_heading_as_it_was(client: Client, county: Region) -> None:
    make_unit(county, "水利局")
    unit = make_unit(county)
    sign_in(client, "office_clerk", county)

    answer = client.post(f"/units/{unit.pk}/amend/", {"name": "水利局", "kind": "department", "parent": ""})

    assert answer.status_code == 422
    assert "已经有一个叫“水利局”的承办单位" in answer.content.decode()
    assert f'<a href="{unit.get_absolute_url()}">交通运输局</a>' in answer.content.decode()


def test_a_township_clerk_reads_who_may_change_units(client: Client, county: Region) -> None:
    unit = make_unit(county)

    answer = sign_in(client, "township_clerk", county.parts.get(name="石桥镇")).get(f"/units/{unit.pk}/amend/")

    assert answer.status_code == 403
    assert "改动承办单位" in answer.content.decode()


def test_an_office_is_set_up_under_its_unit_and_closes(client: Client, county: Region) -> None:
    unit = make_unit(county)
    sign_in(client, "office_clerk", county)

    client.post(f"/units/{unit.pk}/office/", {"name": "交通运输局办公室", "starts_on": "2026-11-03"})

    office = unit.offices.get()
    assert (office.kind, office.region) == ("office", county)
    assert client.get(f"/units/{office.pk}/office/").status_code == 404
    assert client.post(f"/units/{office.pk}/close/", {"on": "2026-11-03"}).status_code == 302
    assert client.get(f"/units/{office.pk}/close/").status_code == 404

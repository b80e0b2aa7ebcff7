"""Whose roster is whose: who sees what was brought, and who may take it over."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from lianxin.ground.access.models import User
from lianxin.ground.people.models import Body, Mandate, Person
from tests.ground.people.bringing import EXPORT, ROSTER, STAGE, bring, enter, said, upload, work
from tests.ground.people.builders import make_congress
from tests.ground.people.workbooks import deputy, workbook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folder")]


def test_a_roster_is_seen_by_whoever_brought_it_and_nobody_else(
    clerk: User, congress: Body, client: Client, tmp_path: Path
) -> None:
    page = bring(client, workbook(tmp_path))
    work()
    other = Client()
    enter(other, "office_clerk", congress.region)
    assert other.get(page["Location"]).status_code == 404
    assert other.post(f"{page['Location']}take/").status_code == 404
    assert "名册.xlsx" not in said(other, ROSTER)
    assert (upload().stage, work()) == (STAGE.CHECKED, 0)


def test_whoever_works_for_one_county_brings_its_roster_alone(
    clerk: User, congress: Body, client: Client, tmp_path: Path
) -> None:
    make_congress(congress.region.parent, "city")
    page = bring(client, workbook(tmp_path, [deputy(), deputy(所属人大="澄州市人民代表大会")]))
    work()
    report = said(client, page["Location"])
    assert "有1处要改" in report
    assert "这不在您负责的范围里，所以不能“导入名册”" in report
    page = bring(client, workbook(tmp_path))
    work()
    client.post(f"{page['Location']}take/")
    work()
    assert Mandate.objects.get().congress == congress


def test_whose_grant_ended_in_between_takes_nothing_over(clerk: User, client: Client, tmp_path: Path) -> None:
    page = bring(client, workbook(tmp_path))
    work()
    client.post(f"{page['Location']}take/")
    clerk.grants.all().delete()
    work()
    assert (upload().stage, Person.objects.count()) == (STAGE.REFUSED, 0)


def test_outsiders_sign_in_first_and_others_read_why_not(congress: Body, client: Client) -> None:
    for address in (ROSTER, EXPORT, f"{ROSTER}{uuid4()}/"):
        assert Client().get(address)["Location"].startswith("/accounts/login/")
    enter(client, "leader", congress.region)
    for answer in (
        client.get(ROSTER),
        client.post(ROSTER),
        client.get(EXPORT),
        client.post(f"{ROSTER}{uuid4()}/take/"),
    ):
        assert (answer.status_code, "由" in answer.content.decode()) == (403, True)


def test_pages_that_change_nothing_are_read_and_the_one_that_does_is_posted(clerk: User, client: Client) -> None:
    assert client.get(f"{ROSTER}{uuid4()}/take/").status_code == 405
    assert client.post(EXPORT).status_code == 405
    assert client.post(f"{ROSTER}{uuid4()}/").status_code == 405
    assert client.get(f"{ROSTER}{uuid4()}/").status_code == 404

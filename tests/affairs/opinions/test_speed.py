"""How many queries the pages of opinions ask, in the middle of a matter's life and however many there are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.voices import multiply
from lianxin.affairs.opinions import search
from lianxin.affairs.opinions.actions import handling, judging, telling
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access.models import Grant
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.events import Ref
from lianxin.ground.core.models import Platform
from lianxin.ground.rulebook.models import RulebookVersion
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.unit_people import answer, browser, handed, somebody
from tests.ground.access.builders import make_grant
from tests.ground.documents.builders import make_file

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
LIST, CASE = 8, 12  # at most, the platform and its rules not counted, which are asked every other second
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _a_week_later(travel):
    travel(NOON + 7 * DAY)


@pytest.fixture
def desk(office):
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    return browser(office.clerk)


@pytest.fixture
def handler(office):
    return somebody("unit_clerk", office.roads, "赵连江")


def queries(client, address, **headers):
    """How many a page asks besides the platform and its rules, once the process is warm."""
    assert client.get(address, **headers).status_code == 200
    Platform.current()
    with CaptureQueriesContext(connection) as asked:
        client.get(address, **headers)
    kept = (Platform._meta.db_table, RulebookVersion._meta.db_table)
    return sum(not any(f'FROM "{table}"' in query["sql"] for table in kept) for query in asked.captured_queries)


def entered(opinion):
    client = Client()
    assert client.post("/follow/", {"code": opinion.code}).status_code == 302
    return client


def answered(office, handler):
    """Signed in by the unit, added to by its author, answered, rated as unsolved, and handed over again."""
    opinion, lead = handed(office)
    handling.sign_in(lead, by=handler.pk, at=NOON)
    handling.contact(lead, "到现场看过。", by=handler.pk, at=NOON)
    telling.add(opinion, "在桥头东边。", at=NOON)
    answer(lead, handler, at=NOON + DAY)
    judging.rate(opinion, "no", "no", why="not_done", at=NOON + 2 * DAY)
    judging.reopen(opinion, "还是不亮", at=NOON + 3 * DAY)
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON + 4 * DAY)
    return opinion, Handover.objects.running().get(case=opinion.case_id, role="lead")


@pytest.mark.parametrize("subject", ["roads", ""])
def test_a_new_opinion_takes_few_queries(office, desk, subject):
    opinion = office.opinion(station=office.station, subject=subject)
    make_file(owner=Ref("opinion", opinion.pk))
    address = opinion.get_absolute_url()
    assert queries(desk, address) <= CASE
    assert queries(desk, address, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="read") <= CASE
    assert queries(entered(opinion), "/follow/matter/") <= CASE


def test_an_opinion_in_its_second_round_takes_few_queries(office, desk, handler):
    opinion, lead = answered(office, handler)
    address = opinion.get_absolute_url()
    assert queries(desk, address) <= CASE
    assert queries(desk, address, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="read") <= CASE
    assert queries(browser(handler), f"/unit/opinions/{lead.pk}/") <= CASE
    assert queries(entered(opinion), "/follow/matter/") <= CASE
    Opinion.objects.filter(pk=opinion.pk).update(is_public=True, privacy="seen")
    assert queries(Client(), f"/opinions/{opinion.case.number}/") <= CASE


def lists(desk, handler):
    """How many queries each list takes."""
    addresses = ("/desk/opinions/", "/desk/opinions/?view=open", "/desk/opinions/search/?q=路灯")
    found = [queries(desk, address) for address in addresses]
    found.append(queries(browser(handler), "/unit/opinions/?tab=sign"))
    return found + [queries(Client(), address) for address in ("/opinions/", "/opinions/?q=路灯")]


def test_lists_take_few_queries_and_no_more_for_more_opinions(office, desk, handler):
    opinion, _lead = handed(office)
    few = lists(desk, handler)
    assert max(few) <= LIST
    multiply([Opinion.objects.with_case().get(pk=opinion.pk)], 70, ["桥头的路灯不亮"], days=30)
    search.rebuild()
    assert lists(desk, handler) == few

"""A suggestion that two hundred deputies join: its pages, its papers, the list that is taken out."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianxin.affairs.suggestions.actions import submitting
from lianxin.affairs.suggestions.letters import assignment
from lianxin.affairs.suggestions.letters import reply as letter
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.models.suggestion import Signature
from lianxin.affairs.suggestions.seen import Seen
from lianxin.ground.access.models import Grant
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import today
from lianxin.ground.documents.models import Letterhead
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.unit_people import browser, somebody
from tests.affairs.suggestions.builders import make_suggestion, reply
from tests.ground.access.builders import make_grant
from tests.ground.documents.builders import lay_down
from tests.ground.people.builders import make_mandate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.sql, pytest.mark.usefixtures("platform_stays_known")]


@pytest.fixture(autouse=True)
def noon(office, travel):
    travel(NOON)
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)


def answered_with(office, many):
    """One that so many joined, answered, and its handover to the unit."""
    draft = make_suggestion(office)
    mandates = [make_mandate(office.congress, make_person(f"代表甲{number}")) for number in range(many)]
    signed = {"suggestion": draft, "asked_at": NOON, "signed_at": NOON, "digest": draft.digest}
    Signature.objects.bulk_create([Signature(mandate=one, **signed) for one in mandates])
    submitting.submit(draft, by=office.clerk.pk, at=NOON)
    submitting.hand_over(draft, office.roads, (), by=office.clerk.pk, at=NOON)
    made = Suggestion.objects.with_case().get(pk=draft.pk)
    lead = Handover.objects.get(case=made.case_id, role="lead")
    reply(office, lead)
    submitting.publish(Suggestion.objects.with_case().get(pk=draft.pk), by=office.clerk.pk, at=NOON)
    return made, lead


def test_every_page_names_all_behind_their_number_and_asks_no_more_questions(office, client):
    few, many = answered_with(office, 2), answered_with(office, 200)
    desk, unit = browser(office.clerk), browser(somebody("unit_clerk", office.roads))
    for who, name, which in ((client, "public_suggestion", 0), (desk, "suggestion", 0), (unit, "unit_suggestion", 1)):
        asked = []
        for made in (few, many):
            address = reverse(f"suggestions:{name}", args=[made[which].pk])
            who.get(address)
            with CaptureQueriesContext(connection) as queries:
                page = who.get(address).content.decode()
            asked.append(len(queries))
        assert asked[0] == asked[1], name
        assert "<summary>共200人</summary>" in page, name
        assert "代表甲0、" in page, name
        assert "、代表甲199" in page, name


def test_the_workbook_names_all_and_asks_no_more_questions(office):
    desk, address, asked = browser(office.clerk), reverse("suggestions:workbook") + "?tab=judging", []
    for many in (2, 200):
        made, _lead = answered_with(office, many)
        stale = {"suggestion": made, "asked_at": NOON, "signed_at": NOON, "digest": "f" * 64}
        Signature.objects.create(mandate=make_mandate(office.congress, make_person("早先附议")), **stale)
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            content = b"".join(desk.get(address))
        asked.append(len(queries))
        head, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        joined = {row[head.index("编号")]: row[head.index("附议代表")] for row in rows}
        assert joined[made.number].split("、") == [f"代表甲{number}" for number in range(many)]
    assert asked[0] == asked[1]


def test_papers_tell_the_number_and_the_list_keeps_its_line(office):
    _made, lead = answered_with(office, 200)
    lead = Handover.objects.select_related("round", "case__body", "case__suggestion__lead__person").get(pk=lead.pk)
    told = {"issuer": "青禾县交通运输局", "mark": "青交函", "contact": ""}
    own = Letterhead.lay_down(office.roads, by=None, at=NOON, **told)
    assert letter(Seen(lead, today()), own, today()).to == f"{office.mandate.person.name}等201位代表"
    notice = assignment(Seen(lead, today()), lay_down(office.congress), today())
    assert f"{office.mandate.person.name}代表领衔、200位代表附议" in notice.body[0].text
    answer = browser(office.clerk).get(reverse("suggestions:workbook") + "?tab=judging")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == 2

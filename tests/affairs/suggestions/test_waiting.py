"""What waits with suggestions stands at home: of the office, of units and their heads, of deputies."""

import pytest

from lianxin.affairs.suggestions import waiting
from lianxin.affairs.suggestions.actions import answering, drafting
from lianxin.affairs.suggestions.doing import UNIT
from lianxin.ground.access.models import Grant
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.unit_people import browser, somebody
from tests.affairs.suggestions.builders import DAY, answered, handed, make_suggestion, submitted
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_mandate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


@pytest.fixture(autouse=True)
def noon(travel):
    travel(NOON)


def deputy(mandate):
    user = make_user(mandate.person.name)
    mandate.person.link(user, by=None, at=NOON)
    make_grant(user, "deputy", Grant.Scope.BODY, mandate.congress_id)
    return user


def told(user):
    return [found.title for ask in waiting.ASKS if (found := ask(user))]


def test_the_office_is_told_what_to_hand_over(office):
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    assert told(office.clerk) == []
    submitted(office)
    assert told(office.clerk) == ["1件代表建议要审查交办"]
    assert "1件代表建议要审查交办" in browser(office.clerk).get("/desk/").content.decode()


def test_a_unit_is_told_what_to_sign_in_and_what_is_due_and_its_head_what_to_approve(office, travel):
    clerk, head = somebody("unit_clerk", office.roads), somebody("unit_head", office.roads)
    _made, lead = handed(office)
    assert told(clerk) == ["1件代表建议要签收，或者快到期"]
    UNIT.sign_in(lead, by=clerk.pk, at=NOON)
    assert told(clerk) == []
    travel(NOON + 200 * DAY)
    assert waiting.at_unit(clerk).note == "其中1件已经超期。"
    assert waiting.to_approve(head) is None
    answering.draft(lead, text="修好了。", outcome="solved", by=clerk.pk, at=NOON)
    answering.ask_approval(lead, by=clerk.pk, at=NOON)
    assert waiting.to_approve(head).title == "1份建议的答复等您批准"
    assert "1份建议的答复等您批准" in browser(head).get("/unit/").content.decode()


def test_a_deputy_is_told_what_to_join_and_what_to_judge_until_when(office, travel):
    lead = deputy(office.mandate)
    beside = make_mandate(office.congress, make_person("罗青禾"))
    colleague = deputy(beside)
    drafting.ask(make_suggestion(office), beside, by=office.clerk.pk, at=NOON)
    assert told(colleague) == ["1件建议请您附议"]
    assert told(lead) == []
    answered(office)
    assert told(lead) == ["1份答复等您评价"]
    home = browser(lead).get("/me/").content.decode()
    assert home.count("1份答复等您评价") == 1  # it stands on top, and not in the list below once more
    assert f'<a class="btn btn--main" href="{waiting.to_rate(lead).href}">去看看</a>' in home
    travel(NOON + 200 * DAY)
    assert told(lead) == []


def test_a_unit_reads_its_own_contact_and_approval_and_no_other_unit_s(office):
    clerk, other = somebody("unit_clerk", office.roads), somebody("unit_clerk", office.housing)
    made, lead = handed(office, office.housing)
    UNIT.sign_in(lead, by=clerk.pk, at=NOON)
    UNIT.contact(lead, "到村里看了路灯", by=clerk.pk, at=NOON)
    helper = made.case.handovers.running().get(party_id=office.housing.pk)
    assert "到村里看了路灯" in browser(clerk).get(f"/unit/suggestions/{lead.pk}/").content.decode()
    assert "到村里看了路灯" not in browser(other).get(f"/unit/suggestions/{helper.pk}/").content.decode()

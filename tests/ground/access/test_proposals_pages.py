"""What the system administrator proposes, the security administrator reads, and approves or sends back."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.access.waiting import waiting_for
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.events import tell
from lianxin.ground.core.models import Event
from lianxin.ground.core.parts import Part, _drawers, register_part
from lianxin.ground.rulebook import adopt, in_force
from lianxin.ground.rulebook.bases import begun_with
from lianxin.ground.rulebook.loading import files_of
from lianxin.ground.rulebook.models import RulesProposal, proposal
from tests.ground.access.test_rules_pages import NEW, OLD, changed, check, draft_in, propose, text
from tests.ground.people.builders import make_congress, make_county

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(as_user, system):
    """Rules that the system administrator proposed from the desk, for the new year."""
    browser = as_user(system)
    answer = propose(browser, draft_in(check(browser, changed(a=(OLD, NEW)))))
    assert answer.status_code == 302
    return RulesProposal.objects.get()


def page(browser, thing, kind=""):
    return (
        reverse("access:decide_rules", args=[thing.pk, kind]) if kind else reverse("access:proposal", args=[thing.pk])
    )


def act(browser, thing, kind, **words):
    return browser.post(page(browser, thing, kind), words)


def point(day, body=None):
    return in_force(day, body).section(StationRules).name("point")


def test_what_one_proposes_another_reads_and_puts_into_force_from_its_day(proposed, as_user, system, security):
    browser = as_user(security)

    read = browser.get(page(browser, proposed)).content.decode()
    assert all(words in read for words in ("邬系统", "按新办法第2条", "2027年1月1日", "整个平台"))
    assert '<span class="is-added">+    name: 代表连心点</span>' in read
    assert point(date(2027, 1, 1)) == "代表联系点"

    assert act(browser, proposed, "approve").status_code == 302
    assert (point(date(2026, 12, 31)), point(date(2027, 1, 1))) == ("代表联系点", "代表连心点")
    assert "邬系统提出，宓安全批准" in text(browser.get("/desk/rules/"))
    told = text(browser.get(page(browser, proposed)))
    assert "已批准" in told
    assert "宓安全" in told


def test_the_event_names_both(proposed, as_user, security):
    act(as_user(security), proposed, "approve")

    event = Event.objects.get(kind="rulebook.approved")
    assert str(tell([event])[0].sentence) == "宓安全批准了邬系统提出的宜昌市点军区的规则，从2027年1月1日起施行"


def test_nobody_approves_what_they_proposed_themselves(proposed, security):
    """Not even where a locality gives both rights to one role."""
    RulesProposal.objects.update(proposed_by_id=security.pk)
    own = RulesProposal.objects.get()

    for decide in (own.approve, lambda **told: own.send_back("不行", **told)):
        with pytest.raises(proposal.OwnProposal, match="您自己提出"):
            decide(by=security.pk, at=now())


def test_who_proposes_is_not_asked_to_approve(proposed, as_user, system, audit):
    assert act(as_user(system), proposed, "approve").status_code == 403
    assert act(as_user(audit), proposed, "approve").status_code == 403
    assert as_user(audit).get(page(None, proposed)).status_code == 403


def test_whoever_may_approve_sees_at_home_that_it_waits(proposed, as_user, system, security):
    assert "1份新规则等人批准" in text(as_user(security).get("/desk/"))
    assert "新规则" not in [one.title for one in waiting_for(system)]

    act(as_user(security), proposed, "approve")
    assert "等人批准" not in text(as_user(security).get("/desk/"))


def test_sent_back_with_a_reason_it_is_mended_and_proposed_again(proposed, as_user, system, security):
    assert act(as_user(security), proposed, "send-back", reason=" ").status_code == 422
    assert act(as_user(security), proposed, "send-back", reason="叫法和办法不一样").status_code == 302

    browser = as_user(system)
    assert "1份新规则退回来了" in text(browser.get("/desk/"))
    assert "叫法和办法不一样" in text(browser.get(page(browser, proposed)))
    base = f"proposal:{proposed.pk}"
    assert f'value="{base}" selected' in browser.get(f"/desk/rules/check/?base={base}").content.decode()
    assert propose(browser, draft_in(check(browser, base=base))).status_code == 302
    again = RulesProposal.objects.get(state="waiting")
    assert again.files == proposed.files


def test_it_is_given_up_and_stays_readable(proposed, as_user, system, security):
    browser = as_user(system)

    assert act(browser, proposed, "withdraw").status_code == 302
    assert "作废" in text(browser.get(page(browser, proposed)))
    answer = act(as_user(security), proposed, "approve")
    assert answer.status_code == 422
    assert "已经有人批准、退回或作废" in text(answer)


def test_it_is_decided_once(proposed, security):
    first, second = RulesProposal.objects.get(), RulesProposal.objects.get()
    first.approve(by=security.pk, at=now())

    with pytest.raises(proposal.DecidedAlready):
        second.send_back("不行", by=security.pk, at=now())


def test_it_is_not_approved_after_its_day(proposed, as_user, security, travel):
    travel(date(2027, 1, 2) - today())
    browser = as_user(security)

    assert "2027年1月1日已经过了" in text(browser.get(page(browser, proposed)))
    answer = act(browser, proposed, "approve")
    assert answer.status_code == 422
    assert "已经过了" in text(answer)
    assert RulesProposal.objects.get().is_waiting


def test_it_is_not_approved_over_rules_that_came_meanwhile(proposed, as_user, security):
    texts = files_of("dianjun")
    texts["dianjun/names.yaml"] += b"  opinion_box: \xe6\x84\x8f\xe8\xa7\x81\xe7\xae\xb1\n"
    other = begun_with("preset:dianjun", {file.partition("/")[2]: text for file, text in texts.items()})
    adopt(other.preset(), body_id=None, by=None, at=now(), on=today() + timedelta(days=1))
    browser = as_user(security)

    assert "又启用了别的规则" in text(browser.get(page(browser, proposed)))
    assert act(browser, proposed, "approve").status_code == 422
    assert point(date(2027, 1, 1)) == "代表联系点"


def test_it_is_checked_anew_under_the_law_of_the_day(proposed, as_user, security):
    files = proposed.files | {
        "dianjun/stations.yaml": proposed.files["dianjun/stations.yaml"].replace("notice: 2天", "notcie: 2天")
    }
    RulesProposal.objects.update(files=files)
    browser = as_user(security)

    told = text(browser.get(page(browser, proposed)))
    assert "按今天的法律检查，有2处要改" in told
    assert "notcie" in told
    assert act(browser, proposed, "approve").status_code == 422


def test_a_body_takes_rules_of_its_own(as_user, system, security):
    congress, browser = make_congress(make_county()), as_user(system)
    propose(browser, draft_in(check(browser, changed(a=(OLD, NEW)))), body=str(congress.pk))
    own = RulesProposal.objects.get()
    assert "云江区人民代表大会" in text(browser.get(page(browser, own)))

    act(as_user(security), own, "approve")

    assert point(date(2027, 1, 1), congress.pk) == "代表连心点"
    assert point(date(2027, 1, 1)) == "代表联系点"


def test_upper_apps_tell_what_it_would_do(proposed, as_user, security):
    def drawer(request, thing):
        return Part(f"<p>{thing.starts_on}: 3人</p>")

    register_part("access:proposal", drawer)
    try:
        assert "2027-01-01: 3人" in as_user(security).get(page(None, proposed)).content.decode()
    finally:
        _drawers["access:proposal"].remove(drawer)


def test_what_is_not_there_is_not_found(as_user, security):
    missing = UUID(int=7)
    assert as_user(security).get(reverse("access:proposal", args=[missing])).status_code == 404
    assert as_user(security).get(reverse("access:decide_rules", args=[missing, "approve"])).status_code == 404


def test_what_the_office_has_to_fill_in_is_filled_in_and_proposed(as_user, system, security):
    browser, key = as_user(system), "dianjun/contact.yaml:schemes.committee.at_least"
    listed = browser.get("/desk/rules/open/").content.decode()
    assert f'name="{key}"' in listed
    assert "整数，至少1" in text(browser.get("/desk/rules/open/"))

    wrong = browser.post("/desk/rules/open/", {key: "很多"})
    assert wrong.status_code == 422
    assert 'value="很多"' in wrong.content.decode()
    assert "应为整数，至少1" in text(wrong)
    assert browser.post("/desk/rules/open/", {}).status_code == 422

    answer = browser.post("/desk/rules/open/", {key: "3"})
    page_ = answer.content.decode()
    assert '<span class="is-gone">-    at_least: 由办公室填写</span>' in page_
    assert '<span class="is-added">+    at_least: 3</span>' in page_
    assert propose(browser, draft_in(answer)).status_code == 302
    assert RulesProposal.objects.get().is_waiting


def test_who_only_approves_fills_in_nothing(as_user, security):
    assert as_user(security).get("/desk/rules/open/").status_code == 403

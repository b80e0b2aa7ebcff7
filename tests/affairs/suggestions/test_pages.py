"""Pages of suggestions, as each of their users uses them."""

import pytest
from django.urls import reverse

from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.suggestions import lineages
from lianxin.affairs.suggestions.actions import answering, drafting, submitting
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.access.models import Grant
from lianxin.ground.cases.models import Handover, Promise, Rating, Reply
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Person
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.unit_people import browser, somebody
from tests.affairs.suggestions.builders import (
    DAY,
    WORDS,
    answered,
    handed,
    make_suggestion,
    reply,
    running,
    submitted,
    taken_up,
)
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_mandate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def deputy(office, mandate=None):
    """The browser of the deputy of a mandate, the office's own where none is named."""
    mandate = mandate or office.mandate
    user = make_user(mandate.person.name)
    mandate.person.link(user, by=None, at=NOON)
    make_grant(user, "deputy", Grant.Scope.BODY, mandate.congress_id)
    return browser(user)


def clerk(office):
    user = make_user("办公室")
    make_grant(user, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    return browser(user)


def text_of(page):
    return page.content.decode()


def written(**facts):
    """What the form of a draft sends."""
    return {"title_": WORDS["title"], **{part: WORDS[part] for part in ("facts", "analysis", "advice")}} | facts


# Deputies


def test_from_an_opinion_to_a_number_in_four_pages(office, django_capture_on_commit_callbacks):
    own, mine = taken_up(office), deputy(office)
    held = Handover.objects.running().get(case=own.case_id)
    begins = f"{reverse('suggestions:new')}?of={own.pk}"
    assert f'href="{begins}"' in text_of(mine.get(reverse("opinions:deputy_matter", args=[held.pk])))
    assert f'value="{own.pk}" ' in text_of(mine.get(begins))
    mine.post(begins, written(id=new_id(), opinions=[own.pk]))
    draft = Suggestion.objects.get()
    page = text_of(mine.get(reverse("suggestions:deputy_suggestion", args=[draft.pk])))
    assert "写好了就提出" in page
    answer = mine.post(reverse("suggestions:deputy_act", args=[draft.pk, "submit"]))
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.number
    assert draft.number in text_of(mine.get(reverse("suggestions:deputy_suggestions")))


def test_a_form_that_lacks_a_title_keeps_what_was_written(office):
    mine = deputy(office)
    answer = mine.post(reverse("suggestions:new"), written(title_="", id=new_id()))
    assert answer.status_code == 422
    assert WORDS["analysis"] in text_of(answer)
    assert not Suggestion.objects.exists()


def test_a_draft_that_was_changed_meanwhile_is_not_overwritten_and_nothing_is_lost(office):
    mine, draft = deputy(office), make_suggestion(office)
    drafting.amend(draft, edition=0, facts="同时改的。", by=office.clerk.pk, at=NOON)
    answer = mine.post(reverse("suggestions:edit", args=[draft.pk]), written(facts="我写的。", edition=0))
    assert answer.status_code == 422
    assert "我写的。" in text_of(answer)
    draft.refresh_from_db()
    assert draft.facts == "同时改的。"


def test_nobody_writes_another_deputys_draft_and_others_do_not_know_of_it(office):
    draft = make_suggestion(office)
    other = make_mandate(office.congress, make_person("罗青禾"))
    theirs = deputy(office, other)
    assert theirs.get(reverse("suggestions:deputy_suggestion", args=[draft.pk])).status_code == 404
    drafting.ask(draft, other, by=office.clerk.pk, at=NOON)
    assert theirs.get(reverse("suggestions:deputy_suggestion", args=[draft.pk])).status_code == 200
    for page in ("edit", "joining"):
        assert theirs.get(reverse(f"suggestions:{page}", args=[draft.pk])).status_code == 403
    assert theirs.post(reverse("suggestions:deputy_act", args=[draft.pk, "submit"])).status_code == 403


def test_who_was_asked_joins_what_the_page_shows(office):
    draft, other = make_suggestion(office), make_mandate(office.congress, make_person("罗青禾"))
    drafting.ask(draft, other, by=office.clerk.pk, at=NOON)
    theirs, address = deputy(office, other), reverse("suggestions:deputy_act", args=[draft.pk, "sign"])
    page = reverse("suggestions:deputy_suggestion", args=[draft.pk])
    assert theirs.get(address)["Location"] == page
    seen = draft.digest
    assert f'name="digest" value="{seen}"' in text_of(theirs.get(page))
    assert WORDS["advice"] in text_of(theirs.get(page))
    drafting.amend(draft, edition=0, advice="改过了。", by=office.clerk.pk, at=NOON)
    assert theirs.post(address, {"digest": seen}).status_code == 422
    assert theirs.post(address, {"digest": draft.digest}).status_code == 302
    assert draft.joined().get().mandate == other


@pytest.mark.parametrize("kind", ["rate", "withdraw", "submit", "drop"])
def test_who_joins_a_suggestion_does_nothing_with_it_once_it_was_submitted(office, kind):
    draft, other = make_suggestion(office), make_mandate(office.congress, make_person("罗青禾"))
    drafting.ask(draft, other, by=office.clerk.pk, at=NOON)
    submitting.submit(draft, by=office.clerk.pk, at=NOON)
    theirs = deputy(office, other)
    told = {"reason": "不要了", "satisfied": "yes", "solved": "yes"}
    assert theirs.post(reverse("suggestions:deputy_act", args=[draft.pk, kind]), told).status_code == 403
    assert theirs.get(reverse("suggestions:edit", args=[draft.pk])).status_code == 403


def test_who_joins_reads_nothing_that_others_write_to_each_other(office):
    draft, other = make_suggestion(office), make_mandate(office.congress, make_person("罗青禾"))
    third = make_mandate(office.congress, make_person("祁远帆"))
    drafting.ask(draft, other, by=office.clerk.pk, at=NOON)
    drafting.refuse(drafting.ask(draft, third, by=office.clerk.pk, at=NOON), by=office.clerk.pk, at=NOON)
    submitting.submit(draft, by=office.clerk.pk, at=NOON)
    submitting.hand_over(draft, office.roads, by=office.clerk.pk, at=NOON)
    submitting.ask_return(running(draft, role="lead"), "归水利局管", by=office.clerk.pk, at=NOON)
    page = reverse("suggestions:deputy_suggestion", args=[draft.pk])
    assert "祁远帆" in text_of(deputy(office).get(page))
    theirs = text_of(deputy(office, other).get(page))
    assert "祁远帆" not in theirs
    assert "归水利局管" not in theirs


def test_colleagues_are_found_by_name_and_asked_together(office):
    mine, draft = deputy(office), make_suggestion(office)
    other = make_mandate(office.congress, make_person("罗青禾"))
    address = reverse("suggestions:joining", args=[draft.pk])
    third = make_mandate(office.congress, make_person("谭秋实"))
    assert "罗青禾" in text_of(mine.get(address, {"q": "lqh"}))
    mine.post(address, {"mandates": [other.pk, third.pk]})
    assert {one.mandate for one in draft.signatures.all()} == {other, third}
    again = mine.post(address, {"mandates": [other.pk, office.mandate.pk]})
    assert (again.status_code, draft.signatures.count()) == (422, 2)  # all of them, or none


def test_the_lead_rates_and_nobody_else(office):
    made = answered(office)
    address = reverse("suggestions:deputy_act", args=[made.pk, "rate"])
    strange = deputy(office, make_mandate(office.congress, make_person("罗青禾")))
    assert strange.post(address, {"satisfied": "yes", "solved": "yes"}).status_code == 404
    mine = deputy(office)
    assert mine.post(address, {"satisfied": "no", "solved": "no"}).status_code == 422
    assert mine.post(address, {"satisfied": "no", "solved": "no", "words": "没有说什么时候修。"}).status_code == 302
    assert Rating.objects.get().satisfied == "no"


# The office


def test_the_office_reviews_hands_over_and_publishes(office):
    made, desk = submitted(office), clerk(office)
    page = reverse("suggestions:suggestion", args=[made.pk])
    assert made.title in text_of(desk.get(reverse("suggestions:suggestions")))
    assert "交办" in text_of(desk.get(page))
    edition = desk.get(reverse("suggestions:act", args=[made.pk, "hand-over"])).context["form"].initial["edition"]
    desk.post(reverse("suggestions:act", args=[made.pk, "hand-over"]), {"unit": office.roads.pk, "edition": edition})
    assert running(made).party == ("unit", office.roads.pk)
    edition += 1
    desk.post(reverse("suggestions:act", args=[made.pk, "publish"]), {"edition": edition})
    assert Suggestion.objects.public().get() == made


def test_nothing_is_ticked_before_the_office_chose_and_a_second_unit_helps(office):
    made, desk = submitted(office), clerk(office)
    address = reverse("suggestions:act", args=[made.pk, "hand-over"])
    assert " checked" not in text_of(desk.get(address))
    for unit in (office.roads, office.housing):
        edition = desk.get(address).context["form"].initial["edition"]
        desk.post(address, {"unit": unit.pk, "edition": edition})
    assert running(made, role="co").party == ("unit", office.housing.pk)


def test_publishing_says_when_somebody_spoke_who_did_not_agree_to_be_read(office):
    own = taken_up(office)
    Opinion.objects.filter(pk=own.pk).update(visibility="staff", is_public=False)
    made, _lead = handed(office, opinions=[own])
    page = clerk(office).get(reverse("suggestions:act", args=[made.pk, "publish"]))
    assert "没有同意公开" in text_of(page)


def test_an_old_page_of_the_office_does_nothing(office):
    made, desk = submitted(office), clerk(office)
    address = reverse("suggestions:act", args=[made.pk, "decline"])
    edition = desk.get(address).context["form"].initial["edition"]
    submitting.hand_over(made, office.roads, by=office.clerk.pk, at=NOON)
    answer = desk.post(address, {"cause": "court", "reason": "案件。", "edition": edition})
    assert answer.status_code == 422
    assert "有了变化" in text_of(answer)


def test_a_desk_of_another_county_does_not_know_of_it(office):
    from tests.ground.people.builders import make_county

    made, user = submitted(office), make_user("别处")
    make_grant(user, "office_clerk", Grant.Scope.PLACE, make_county("远山县").pk)
    assert browser(user).get(reverse("suggestions:suggestion", args=[made.pk])).status_code == 404


# Units


def test_a_unit_signs_in_drafts_and_sends_after_its_head_approved(office):
    made, lead = handed(office)
    unit, head = (browser(somebody(role, office.roads)) for role in ("unit_clerk", "unit_head"))
    page = reverse("suggestions:unit_suggestion", args=[lead.pk])
    assert made.title in text_of(unit.get(reverse("suggestions:unit_suggestions")))
    assert "请先签收" in text_of(unit.get(page))
    unit.post(reverse("suggestions:unit_act", args=[lead.pk, "sign-in"]))
    told = {"text": "我局接管。", "outcome": "solved", "edition": 0, "then": "ask"}
    unit.post(reverse("suggestions:unit_draft", args=[lead.pk]), told)
    assert "等负责人批准" in text_of(unit.get(page))
    head.post(reverse("suggestions:unit_act", args=[lead.pk, "approve"]), {"edition": 1})
    unit.post(reverse("suggestions:unit_act", args=[lead.pk, "send"]), {"edition": 1})
    made.refresh_from_db()
    assert made.case.stage == "answered"


def test_a_unit_sees_no_word_of_voices_that_are_not_public(office):
    own = taken_up(office, words="柳溪村路灯坏了，我家小孩摔了。")
    Opinion.objects.filter(pk=own.pk).update(visibility="staff", is_public=False, title="小孩摔了")
    _made, lead = handed(office, opinions=[own])
    page = text_of(
        browser(somebody("unit_clerk", office.roads)).get(reverse("suggestions:unit_suggestion", args=[lead.pk]))
    )
    assert "小孩" not in page
    assert own.case.number not in page
    assert "石桥镇" not in page
    assert "一件不公开的群众意见" in page


def test_suggestions_do_not_stand_among_the_opinions_of_a_unit(office):
    handed(office)
    unit = browser(somebody("unit_clerk", office.roads))
    assert WORDS["title"] not in text_of(unit.get(reverse("opinions:unit_queue")))


def test_a_unit_says_that_its_promise_was_kept_and_another_cannot(office):
    made, lead = handed(office)
    reply(office, lead, outcome="later", promise="换灯杆", promised_on=(NOON + 20 * DAY).date())
    promise = Promise.objects.get()
    address = reverse("suggestions:unit_promise_kept", args=[lead.pk, promise.pk])
    unit, strange = (browser(somebody("unit_clerk", one)) for one in (office.roads, office.housing))
    assert strange.post(address, {"note": "换了"}).status_code == 404
    assert address in text_of(unit.get(reverse("suggestions:unit_suggestion", args=[lead.pk])))
    assert unit.post(address, {"note": "现场看过。"}).status_code == 302
    promise.refresh_from_db()
    assert promise.kept_at
    assert clerk(office).get(reverse("suggestions:promise_kept", args=[made.pk, promise.pk])).status_code == 200


def test_why_the_deputy_is_not_satisfied_is_read_by_whoever_answers_again(office):
    made, lead = handed(office)
    reply(office, lead)
    answering.rate(made, "no", "no", words="没有说什么时候修。", by=office.clerk.pk, at=NOON)
    submitting.hand_over(made, office.roads, by=office.clerk.pk, at=NOON)
    again = running(made, role="lead")
    unit = browser(somebody("unit_clerk", office.roads))
    pages = (
        clerk(office).get(reverse("suggestions:suggestion", args=[made.pk])),
        unit.get(reverse("suggestions:unit_suggestion", args=[again.pk])),
    )
    assert ["没有说什么时候修。" in text_of(page) for page in pages] == [True, True]


# Everybody


def test_everybody_reads_what_was_published_and_its_replies_and_nothing_else(office, client):
    made = answered(office)
    assert client.get(reverse("suggestions:public_suggestion", args=[made.pk])).status_code == 404
    submitting.publish(made, by=office.clerk.pk, at=NOON)
    page = text_of(client.get(reverse("suggestions:public_suggestion", args=[made.pk])))
    assert "路灯由我局接管" in page
    assert WORDS["advice"] in page
    assert WORDS["title"] in text_of(client.get(reverse("suggestions:public")))


def test_what_looks_private_is_named_before_and_hidden_after_it_is_public(office, client):
    made = answered(office)
    Reply.objects.update(text="路灯已经修好，有事打13800001234。")
    Suggestion.objects.filter(pk=made.pk).update(
        title="请看看我叫王秀兰的来信", facts="她的身份证号是11010519491231002X。"
    )
    warned = text_of(clerk(office).get(reverse("suggestions:act", args=[made.pk, "publish"])))
    for told in ("姓名“王秀兰”", "身份证号“11010519491231002X”", "电话“13800001234”"):
        assert told in warned
    submitting.publish(made, by=office.clerk.pk, at=NOON)
    pages = text_of(client.get(reverse("suggestions:public_suggestion", args=[made.pk])))
    pages += text_of(client.get(reverse("suggestions:public")))
    assert "路灯已经修好" in pages
    for hidden in ("王秀兰", "11010519491231002X", "13800001234"):
        assert hidden not in pages
    assert "13800001234" in text_of(clerk(office).get(reverse("suggestions:suggestion", args=[made.pk])))


def test_the_author_reads_what_became_of_it(office, client):
    own = taken_up(office)
    made = submitted(office, opinions=[own])
    client.post("/follow/", {"code": own.code})
    page = text_of(client.get(reverse("opinions:matter")))
    assert made.number in page
    assert made.title not in page  # it may tell of others who said the same


def test_an_opinion_that_a_draft_stands_on_already_leads_to_that_draft(office):
    own, desk = taken_up(office), deputy(office)
    user = Person.objects.get(pk=office.mandate.person_id).user
    page = f"{reverse('suggestions:new')}?of={own.pk}"
    assert lineages.begins(user, own.pk) == page
    asked = desk.get(page)
    assert own.text in text_of(asked)  # beside the form, to be told in words of the deputy's own
    assert not asked.context["form"].initial.get("facts")
    made = make_suggestion(office, opinions=[own])
    assert lineages.begins(user, own.pk) == reverse("suggestions:edit", args=[made.pk])

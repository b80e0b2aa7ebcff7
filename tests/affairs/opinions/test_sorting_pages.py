"""What a desk does with an opinion, from its page: each act, old pages, two tabs, and who may not."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from lianxin.affairs.opinions.actions import handling, judging, replying, sorting
from lianxin.affairs.opinions.following import answers_of
from lianxin.affairs.opinions.forms.desk import rules_of
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.routing import Complaint
from lianxin.ground.access.models import Grant
from lianxin.ground.cases.models import Case, Handover, Reply, Step
from lianxin.ground.core.clock import travel
from lianxin.ground.core.events import Ref
from lianxin.ground.documents import actions as documents
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.people.models import Unit
from lianxin.ground.vault.models import Opening
from tests.affairs.opinions.builders import NOON, make_opinion
from tests.ground.access.builders import make_grant, make_user
from tests.ground.documents.builders import encoded, picture, upload
from tests.ground.people.builders import make_congress, make_district, make_mandate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
INBOX = "/desk/opinions/"
TOLD = "我叫王秀兰，电话13800001234，路灯不亮。"


@pytest.fixture(autouse=True)
def _at_noon():
    with travel(NOON):
        yield


@pytest.fixture
def clerk(office, client):
    """The office's own clerk, signed in."""
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    client.force_login(office.clerk)
    return client


def case_of(opinion):
    return Case.objects.get(pk=opinion.case_id)


def running(opinion):
    return Handover.objects.running().get(case=opinion.case_id)


def address(opinion, kind):
    return reverse("opinions:act", args=[opinion.pk, kind])


def done(clerk, opinion, kind, **said):
    """Press the button; where it leads."""
    said.setdefault("edition", case_of(opinion).edition)
    return clerk.post(address(opinion, kind), said)


def test_it_is_taken_and_one_stays_with_it(clerk, office):
    opinion = office.opinion()
    went = done(clerk, opinion, "accept", **{"from": "view=new"})
    assert went["Location"] == f"{INBOX}?view=new&open={opinion.pk}"
    assert case_of(opinion).stage == "accepted"


def test_after_an_answer_the_next_one_is_read(clerk, office):
    with travel(NOON - timedelta(hours=2)):
        first = make_opinion(office.village)
    second = office.opinion(words="另一件事")
    went = done(clerk, first, "answer", text="已经修好。", outcome="solved", **{"from": "view=new"})
    assert went["Location"] == f"{INBOX}?view=new&open={second.pk}"
    assert Reply.objects.get().text == "已经修好。"


def test_where_one_came_from_leads_nowhere_else(clerk, office):
    opinion = office.opinion()
    went = done(clerk, opinion, "accept", **{"from": "//evil.example/?view=new&next=http://evil.example"})
    assert went["Location"].startswith(f"{INBOX}?view=new")
    assert "evil" not in went["Location"]


def test_it_is_declined_with_a_cause_and_a_reason(clerk, office):
    opinion = office.opinion()
    assert done(clerk, opinion, "decline", cause="private").status_code == 422
    assert case_of(opinion).stage == "received"
    done(clerk, opinion, "decline", cause="private", reason="两家之间的事，请找村里的调解员。")
    assert case_of(opinion).ending == "declined"


def test_more_is_asked_and_the_clock_is_held(clerk, office):
    opinion = office.opinion()
    done(clerk, opinion, "more", question="是哪一盏灯？")
    assert case_of(opinion).waits_for == "author"
    page = clerk.get(opinion.get_absolute_url()).content.decode()
    assert "起停了：等反映人补充" in page
    assert "working days, counted from" in clerk.get(
        opinion.get_absolute_url(), headers={"accept-language": "en"}
    ).content.decode().replace("\n", " ")


def test_it_goes_on_the_list_of_a_meeting(clerk, office):
    opinion = office.opinion()
    assert done(clerk, opinion, "meeting", on="2026-03-09").status_code == 422
    done(clerk, opinion, "meeting", on="2026-03-20")
    sheet = clerk.get(reverse("opinions:meeting", args=[office.congress.pk, date(2026, 3, 20)]))
    assert opinion.title in sheet.content.decode()
    assert "1件" in clerk.get(reverse("opinions:meetings")).content.decode()
    assert clerk.get(f"{INBOX}meetings/{office.congress.pk}/2026-02-30/").status_code == 404


def test_a_sheet_that_is_handed_round_gives_nobody_away(clerk, office):
    opinion = office.opinion(words=TOLD, title="路灯")
    sorting.list_for_meeting(opinion, date(2026, 3, 20), by=office.clerk.pk, at=NOON)
    sheet = clerk.get(reverse("opinions:meeting", args=[office.congress.pk, date(2026, 3, 20)])).content.decode()
    assert "路灯不亮" in sheet
    assert "13800001234" not in sheet
    assert "王秀兰" not in sheet


def test_it_goes_to_a_deputy_found_by_name(clerk, office):
    opinion = office.opinion()
    assert "罗青禾" in clerk.get(address(opinion, "deputy"), {"q": "罗青"}).content.decode()
    assert "没有找到" in clerk.get(address(opinion, "deputy"), {"q": "查无此人"}).content.decode()
    done(clerk, opinion, "deputy", mandate=office.mandate.pk)
    assert running(opinion).party_id == office.mandate.pk


@pytest.mark.parametrize("signs_in", [True, False])
def test_whoever_hands_it_to_a_deputy_learns_that_nobody_tells_them(clerk, office, signs_in):
    if signs_in:
        office.mandate.person.link(make_user(), by=office.clerk.pk, at=NOON)
    opinion = office.opinion()
    asked = clerk.get(address(opinion, "deputy"), {"q": "罗青"}).content.decode()
    done(clerk, opinion, "deputy", mandate=office.mandate.pk)
    told = clerk.get(INBOX).content.decode()
    assert ("没有登录" in asked, "没有登录" in told) == (not signs_in, not signs_in)
    assert "转给罗青禾代表了" in told
    assert ("代表看到的那一页" in clerk.get(opinion.get_absolute_url()).content.decode()) == (not signs_in)


def test_a_matter_of_the_whole_county_offers_no_deputy_of_a_higher_congress(clerk, office):
    higher = make_congress(office.county.parent, "city")
    make_mandate(higher, make_person("汪石桥"), electing_body=office.congress)
    make_mandate(office.congress, make_person("艾半夏"), district=make_district(office.congress, office.village))
    near = clerk.get(address(office.opinion(), "deputy")).content.decode()
    assert "艾半夏 <small>在这里选出" in near
    assert "汪石桥 <small>在这里选出" not in near
    assert "在这里选出" not in clerk.get(address(make_opinion(office.county), "deputy")).content.decode()


def test_what_was_picked_stays_while_another_unit_is_looked_for(clerk, office):
    page = clerk.get(
        address(office.opinion(), "unit"),
        {"q": "住房", "lead": office.roads.pk, "others": [office.housing.pk, "nonsense"]},
    ).content.decode()
    assert page.count("交通运输局") >= 2
    assert page.count(" checked") == 2


def test_the_next_meeting_is_offered_and_the_nearest_are_named_for_merging(clerk, office):
    first, second = office.opinion(), office.opinion(words="去小学的路上七盏路灯不亮，孩子摸黑走。")
    done(clerk, first, "meeting", on="2026-03-20")
    assert 'value="2026-03-20"' in clerk.get(address(second, "meeting")).content.decode()
    page = clerk.get(address(second, "merge")).content.decode()
    assert f"into={case_of(first).number}" in page
    chosen = clerk.get(address(second, "merge"), {"into": case_of(first).number}).content.decode()
    assert first.title in chosen


def test_it_goes_to_a_lead_and_a_co_handler(clerk, office):
    opinion = office.opinion()
    page = clerk.get(address(opinion, "unit"), {"q": "交通"}).content.decode()
    assert ("交通运输局" in page, "住房和城乡建设局" in page) == (True, False)
    done(clerk, opinion, "unit", lead=office.roads.pk, others=[office.roads.pk, office.housing.pk])
    held = Handover.objects.running().filter(case=opinion.case_id).values_list("role", "party_id")
    assert set(held) == {("lead", office.roads.pk), ("co", office.housing.pk)}


def test_a_suggested_unit_says_why_and_is_not_ticked(clerk, office):
    opinion = office.opinion(subject="roads")
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    page = clerk.get(address(opinion, "unit")).content.decode()
    assert "交通运输局 <small>规则里“道路交通”一般交给它" in page
    assert "checked" not in page
    earlier = office.opinion(subject="roads")
    handling.hand_to_units(earlier, office.housing, by=office.clerk.pk, at=NOON)
    page = clerk.get(opinion.get_absolute_url()).content.decode()
    assert "最近同类1件，1件交给它" in page
    assert "建议类别" not in page


def test_a_unit_that_is_complained_of_is_neither_suggested_nor_given_it(clerk, office):
    opinion = office.opinion(subject="roads", complaint=Complaint.of(office.roads))
    assert "规则里" not in clerk.get(address(opinion, "unit")).content.decode()
    refused = done(clerk, opinion, "unit", lead=office.roads.pk)
    assert refused.status_code == 422
    assert "投诉的就是" in refused.content.decode()


def test_what_may_give_somebody_away_is_looked_at_first(clerk, office):
    opinion = office.opinion(words=TOLD)
    refused = done(clerk, opinion, "unit", lead=office.roads.pk)
    assert refused.status_code == 422
    assert "还没有人看过" in refused.content.decode()
    done(clerk, opinion, "privacy")
    assert done(clerk, opinion, "unit", lead=office.roads.pk).status_code == 302


def test_what_may_be_private_is_looked_at_where_it_is_read(clerk, office):
    opinion = office.opinion(words=TOLD)
    beside = clerk.get(f"{INBOX}?view=private&open={opinion.pk}").content.decode()
    assert "可能有：姓名、电话。" in beside
    assert f'action="{address(opinion, "privacy")}"' in beside
    went = done(clerk, opinion, "privacy", **{"from": "view=private"})
    assert went["Location"].startswith(f"{INBOX}?view=private")
    assert "可能有：" not in clerk.get(went["Location"]).content.decode()


def test_words_are_hidden_after_a_preview_that_says_where_it_acts(clerk, office):
    opinion = office.opinion(words=f"{TOLD}王秀兰问过村里。")
    page = clerk.get(address(opinion, "redact")).content.decode()
    assert "13800001234（电话）" in page
    assert "checked" not in page
    said = {"found": ["13800001234"], "words": "王秀兰\n", "reason": "姓名和电话"}
    seen = done(clerk, opinion, "redact", preview="1", **said)
    assert seen.status_code == 200
    assert "“王秀兰”：2处" in seen.content.decode()  # the title passes over the words that hold the name
    assert "王秀兰" in Opinion.objects.get(pk=opinion.pk).text
    went = clerk.post(address(opinion, "redact"), said | {"edition": case_of(opinion).edition}, follow=True)
    assert "遮住了3处" in went.content.decode()
    assert "王秀兰" not in Opinion.objects.get(pk=opinion.pk).text
    compared = clerk.get(f"{opinion.get_absolute_url()}?words=1").content.decode()
    assert "<del>" in compared
    assert "王秀兰" in compared


def test_words_that_do_not_stand_there_are_told(clerk, office):
    opinion = office.opinion()
    refused = done(clerk, opinion, "redact", words="张三", reason="姓名")
    assert refused.status_code == 422
    assert "没有遮盖任何地方" in refused.content.decode()
    assert done(clerk, opinion, "redact", words=" ", reason="姓名").status_code == 422


def test_it_is_made_private_and_placed(clerk, office):
    opinion = office.opinion()
    done(clerk, opinion, "hide", reason="说到了孩子")
    facts = {"region": office.village.parent_id, "title_": "路灯", "subject": "roads", "spot": "桥头"}
    done(clerk, opinion, "place", **facts)
    opinion.refresh_from_db()
    assert (opinion.visibility, opinion.title, opinion.subject, opinion.lacks_place) == ("staff", "路灯", "roads", True)


def test_two_are_merged_and_parted(clerk, office):
    main, other = office.opinion(), office.opinion(words="小学旁边的灯坏了。")
    number = case_of(main).number
    assert done(clerk, other, "merge", into="2603-9999").status_code == 422
    assert number in clerk.get(address(other, "merge"), {"into": number}).content.decode()
    done(clerk, other, "merge", into=number.lower())
    assert case_of(other).merged_into_id == main.case_id
    assert case_of(other).number in clerk.get(main.get_absolute_url()).content.decode()
    assert done(clerk, other, "split").status_code == 302
    assert case_of(other).merged_into_id is None


def test_a_private_one_is_not_merged_into_a_public_one(clerk, office):
    main, other = office.opinion(), office.opinion(visibility="staff")
    refused = done(clerk, other, "merge", into=case_of(main).number)
    assert refused.status_code == 422
    assert "一件公开、一件不公开" in refused.content.decode()


def test_a_township_passes_it_up(clerk, office):
    township = office.village.parent
    body = make_congress(township, "township")
    opinion = office.opinion()
    assert case_of(opinion).body_id == body.pk
    done(clerk, opinion, "pass_up")
    assert case_of(opinion).body_id == office.congress.pk


def test_it_is_taken_back_from_a_unit(clerk, office):
    opinion = office.opinion()
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    act = reverse("opinions:handover_act", args=[running(opinion).pk, "take_back"])
    assert act in clerk.get(opinion.get_absolute_url()).content.decode()
    clerk.post(act, {"edition": case_of(opinion).edition, "reason": "交错了"})
    assert (running(opinion).role, case_of(opinion).waits_for) == ("assign", "office")


@pytest.mark.parametrize(("kind", "role"), [("agree", "assign"), ("refuse", "lead")])
def test_a_return_is_agreed_to_or_not(clerk, office, kind, role):
    opinion = office.opinion()
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    handling.ask_return(running(opinion), "这段归公路段管", by=office.clerk.pk, at=NOON)
    act = reverse("opinions:handover_act", args=[running(opinion).pk, kind])
    clerk.post(act, {"edition": case_of(opinion).edition, "reason": "这段是村道"})
    assert running(opinion).role == role
    assert not running(opinion).return_asked_at


def test_an_old_page_is_told_and_does_nothing(clerk, office):
    opinion = office.opinion()
    clerk.get(opinion.get_absolute_url())
    sorting.ask_more(opinion, "哪一盏？", by=None, at=NOON)
    refused = done(clerk, opinion, "decline", edition=0, cause="private", reason="个人的事")
    assert refused.status_code == 422
    assert "您打开这一页以后" in refused.content.decode()
    assert case_of(opinion).ending == ""


def test_of_two_tabs_the_second_is_told(clerk, office):
    opinion = office.opinion()
    assert done(clerk, opinion, "accept", edition=0).status_code == 302
    second = done(clerk, opinion, "accept", edition=0)
    assert second.status_code == 422
    assert "有了变化" in second.content.decode()


def test_what_was_merged_in_another_tab_is_told(clerk, office):
    main, other = office.opinion(), office.opinion(words="小学旁边的灯坏了。")
    sorting.merge(other, main, by=office.clerk.pk, at=NOON)
    refused = done(clerk, other, "decline", cause="private", reason="个人的事")
    assert refused.status_code == 422
    assert "并案了" in refused.content.decode()


@pytest.mark.parametrize("kind", ["accept", "decline", "deputy", "unit", "more", "meeting", "hide"])
def test_the_bar_takes_a_step_back(clerk, office, kind):
    opinion = office.opinion()
    said = {
        "cause": "private",
        "reason": "个人的事",
        "mandate": office.mandate.pk,
        "lead": office.roads.pk,
        "question": "哪一盏？",
        "on": "2026-03-20",
    }
    done(clerk, opinion, kind, **said)
    undo = reverse("opinions:undo", args=[Step.objects.get(case=opinion.case_id).pk])
    assert undo in clerk.get(INBOX).content.decode()
    went = clerk.post(undo, headers={"Referer": f"http://testserver{INBOX}?view=new&evil=1"})
    assert went["Location"] == f"{INBOX}?view=new&open={opinion.pk}"
    assert (case_of(opinion).stage, case_of(opinion).waits_for) == ("received", "office")
    assert Opinion.objects.get(pk=opinion.pk).visibility == "unnamed"
    again = clerk.post(undo, follow=True)
    assert "不能撤销了" in again.content.decode()


def undo_on(page):
    return re.search(rf'action="({INBOX}undo/[^"]+)"', page.content.decode())


@pytest.mark.parametrize("kind", ["merge", "place", "answer", "pass_up"])
def test_what_is_hard_to_mend_afterwards_is_taken_back_too(clerk, office, kind):
    main = office.opinion(words="小学旁边的灯坏了。")
    if kind == "pass_up":
        make_congress(office.village.parent, "township")
    opinion = office.opinion()
    was = case_of(opinion)
    place = {"region": office.village.parent_id, "title_": "路灯", "spot": "桥头"}
    done(clerk, opinion, kind, into=case_of(main).number, text="修好了。", outcome="solved", **place)
    clerk.post(undo_on(clerk.get(INBOX))[1])
    now = case_of(opinion)
    assert (now.stage, now.merged_into_id, now.body_id) == (was.stage, None, was.body_id)
    opinion.refresh_from_db()
    assert (opinion.spot, case_of(main).voices) == ("", 1)


def test_what_was_taken_back_from_a_unit_lies_there_again(clerk, office):
    opinion = office.opinion()
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    held = running(opinion)
    act = reverse("opinions:handover_act", args=[held.pk, "take_back"])
    clerk.post(act, {"edition": case_of(opinion).edition, "reason": "交错了"})
    clerk.post(undo_on(clerk.get(INBOX))[1])
    assert running(opinion).pk == held.pk


def test_a_step_before_the_last_one_is_not_offered(clerk, office):
    main, other = office.opinion(), office.opinion(words="小学旁边的灯坏了。")
    sorting.merge(other, main, by=office.clerk.pk, at=NOON)
    done(clerk, other, "split")
    assert undo_on(clerk.get(INBOX)) is None


def test_nobody_takes_back_the_step_of_another(clerk, office, client):
    opinion = office.opinion()
    sorting.accept(opinion, by=make_user().pk, at=NOON)
    clerk.post(reverse("opinions:undo", args=[Step.objects.get().pk]))
    assert case_of(opinion).stage == "accepted"


def test_several_are_taken_after_a_page_of_what_would_happen(clerk, office):
    first, second = office.opinion(), office.opinion(words="另一件事")
    sorting.accept(second, by=office.clerk.pk, at=NOON)
    picked = {"act": "accept", "pick": [first.pk, second.pk], "from": "view=new"}
    seen = clerk.post(f"{INBOX}bulk/", picked).content.decode()
    assert "1件可以办" in seen
    assert "不能这样办了" in seen
    assert case_of(first).stage == "received"
    editions = {f"edition-{one.pk}": case_of(one).edition for one in (first, second)}
    told = clerk.post(f"{INBOX}bulk/", picked | editions | {"fields": "1", "confirmed": "1"}).content.decode()
    assert "办好了1件" in told
    assert case_of(first).stage == "accepted"


def test_several_are_given_to_a_unit_and_an_old_one_among_them_is_told(clerk, office):
    first, second = office.opinion(), office.opinion(words="另一件事")
    picked = {"act": "unit", "pick": [first.pk, second.pk], "fields": "1"}
    assert clerk.post(f"{INBOX}bulk/", picked | {"previewed": "1", "lead": "交通"}).status_code == 422
    seen = clerk.post(f"{INBOX}bulk/", picked | {"previewed": "1", "lead": "交通运输局"})
    assert "2件可以办" in seen.content.decode()
    assert not Handover.objects.filter(role="lead").exists()
    editions = {f"edition-{one.pk}": case_of(one).edition for one in (first, second)}
    sorting.accept(second, by=office.clerk.pk, at=NOON)
    told = clerk.post(f"{INBOX}bulk/", picked | editions | {"confirmed": "1", "lead": "交通运输局"}).content.decode()
    assert "办好了1件" in told
    assert "您打开这一页以后" in told
    assert [one.case_id for one in Handover.objects.filter(role="lead")] == [first.case_id]


def test_several_are_offered_the_next_meeting_and_the_names_of_units(clerk, office):
    first, second = office.opinion(), office.opinion(words="另一件事")
    done(clerk, first, "meeting", on="2026-03-20")
    assert 'value="2026-03-20"' in clerk.post(f"{INBOX}bulk/", {"act": "meeting", "pick": [second.pk]}).content.decode()
    page = clerk.post(f"{INBOX}bulk/", {"act": "unit", "pick": [second.pk]}).content.decode()
    assert '<option value="交通运输局">' in page


def test_nothing_ticked_is_told(clerk, office):
    assert clerk.post(f"{INBOX}bulk/", {"act": "accept", "pick": ["nonsense"]}).status_code == 422


def test_another_code_is_shown_once(clerk, office):
    opinion = office.opinion()
    old, page = opinion.code, reverse("opinions:reissue_code", args=[opinion.pk])
    assert clerk.post(page, {"edition": 0}).status_code == 422
    shown = clerk.post(page, {"edition": 0, "is_author": "on"})
    new = Opinion.objects.get(pk=opinion.pk).code
    assert new != old
    assert new in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_who_the_author_is_is_shown_once_with_a_purpose_and_a_reason(clerk, office):
    opinion = office.opinion(name="王秀兰", phone="13800001234")
    page = reverse("opinions:identity", args=[opinion.pk])
    assert "13800001234" not in clerk.get(page).content.decode()
    assert clerk.post(page, {"purpose": "call", "reason": ""}).status_code == 422
    shown = clerk.post(page, {"purpose": "call", "reason": "要和本人约时间上门"})
    assert "13800001234" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert Opening.objects.get().opened_by == office.clerk


def test_who_told_nothing_of_themselves_is_told_so(clerk, office):
    page = reverse("opinions:identity", args=[office.opinion().pk])
    assert clerk.get(page).status_code == 200


def test_a_photo_is_looked_at_before_it_is_public(clerk, office):
    opinion = office.opinion()
    facts = {"kind": FileKind.PHOTO, "owner": Ref("opinion", opinion.pk), "by": None, "at": NOON}
    photo = documents.keep(upload(encoded(picture())), **facts)
    look = reverse("opinions:look", args=[opinion.pk, photo.pk])
    assert look in clerk.get(opinion.get_absolute_url()).content.decode()
    assert clerk.post(look, {"from": ""}).status_code == 422
    clerk.post(look, {"sees": "all"})
    assert File.objects.get(pk=photo.pk).is_public
    file = reverse("opinions:desk_file", args=[opinion.pk, photo.pk])
    assert clerk.get(file)["Content-Type"] == "image/jpeg"
    other = reverse("opinions:desk_file", args=[office.opinion(words="别的").pk, photo.pk])
    assert clerk.get(other).status_code == 404


def test_what_came_with_an_answer_is_looked_at_before_the_author_sees_it(clerk, office):
    opinion = office.opinion()
    answer = replying.answer_now(opinion, "已经修好。", "solved", by=office.clerk.pk, at=NOON)
    facts = {"kind": FileKind.ATTACHMENT, "owner": Ref("reply", answer.pk), "by": None, "at": NOON}
    added = documents.keep(upload(encoded(picture())), **facts)
    look = reverse("opinions:look", args=[opinion.pk, added.pk])
    assert "1件答复的附件要看" in clerk.get("/desk/").content.decode()
    assert look in clerk.get(opinion.get_absolute_url()).content.decode()
    rules = rules_of(opinion)
    assert answers_of(case_of(opinion), rules)[0].files == []
    assert "给办的单位" not in clerk.get(look).content.decode()
    clerk.post(look, {"sees": "all"})
    assert answers_of(case_of(opinion), rules)[0].files == [added]
    assert "附件要看" not in clerk.get("/desk/").content.decode()


def test_the_desk_looks_through_the_eyes_of_those_who_handle_it(clerk, office):
    opinion = office.opinion(words=TOLD, title="路灯不亮", name="王秀兰", phone="13800001234")
    lens = reverse("opinions:as_handlers", args=[opinion.pk])
    page = clerk.get(opinion.get_absolute_url()).content.decode()
    assert lens in page
    assert "大家看不到：隐私还没有看" in page
    seen = clerk.get(lens).content.decode()
    assert "路灯不亮" in seen
    for hidden in ("王秀兰", "13800001234"):
        assert hidden not in seen
    done(clerk, opinion, "privacy")
    done(clerk, opinion, "accept")
    assert reverse("opinions:public_matter", args=[case_of(opinion).number]) in clerk.get(lens).content.decode()


def test_where_a_unit_handles_it_others_are_asked_to_help(clerk, office):
    opinion = office.opinion()
    assert "请人协办" not in clerk.get(opinion.get_absolute_url()).content.decode()
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    page = clerk.get(opinion.get_absolute_url()).content.decode()
    assert "请人协办" in page
    assert "btn--main" not in re.search(r'id="acts".*', page, re.DOTALL)[0]


def test_a_keeper_reads_why_a_unit_is_not_for_them_to_give(office, client):
    keeper = make_user("罗站长")
    make_grant(keeper, "station_keeper", Grant.Scope.STATION, office.station.pk)
    client.force_login(keeper)
    opinion = office.opinion(station=office.station)
    page = client.get(opinion.get_absolute_url()).content.decode()
    assert "“交办意见”由" in page
    assert client.post(address(opinion, "unit"), {}).status_code == 403
    assert client.post(address(opinion, "accept"), {"edition": 0}).status_code == 302


def test_a_page_shows_the_second_round_under_the_first(clerk, office):
    opinion = office.opinion()
    replying.answer_now(opinion, "已经修好。", "solved", by=office.clerk.pk, at=NOON)
    judging.reopen(opinion, "第三盏还是不亮", at=NOON + timedelta(days=1))
    page = clerk.get(opinion.get_absolute_url()).content.decode()
    assert "第2轮" in page
    assert "反映人说没解决" in page
    assert page.count("<ol>") >= 2


def test_there_is_no_other_act(clerk, office):
    assert clerk.get(address(office.opinion(), "burn")).status_code == 404


def test_a_closed_unit_is_not_offered(clerk, office):
    Unit.objects.filter(pk=office.roads.pk).update(ends_on=date(2026, 3, 1))
    assert "交通运输局" not in clerk.get(address(office.opinion(subject="roads"), "unit")).content.decode()


def shown_on(page):
    return re.search(r'name="shown" value="(\w+)"', page)[1]


def test_what_is_changed_after_the_preview_is_shown_again_before_it_is_done(clerk, office):
    opinion = office.opinion()
    sent = {"act": "unit", "pick": [opinion.pk], "fields": "1"}
    preview = clerk.post(f"{INBOX}bulk/", sent | {"previewed": "1", "lead": office.roads.name}).content.decode()
    confirmed = sent | {"confirmed": "1", "shown": shown_on(preview)}
    changed = clerk.post(f"{INBOX}bulk/", confirmed | {"lead": office.housing.name}).content.decode()
    assert "您改过了，这是改了以后的结果，还没有办。" in changed
    assert case_of(opinion).stage == "received"
    again = confirmed | {"lead": office.housing.name, "shown": shown_on(changed)}
    told = clerk.post(f"{INBOX}bulk/", again).content.decode()
    assert f"<b>{office.housing.name}</b>" in told
    assert case_of(opinion).handovers.running().get().party_id == office.housing.pk


def test_a_number_that_is_typed_shows_what_it_names_before_they_are_joined(clerk, office):
    main, other = office.opinion(title="河堤没有护栏"), office.opinion(words="别的事")
    page = clerk.get(address(other, "merge")).content.decode()
    typed = {"into": case_of(main).number, "shown": shown_on(page)}
    seen = done(clerk, other, "merge", **typed)
    assert "河堤没有护栏" in seen.content.decode()
    assert case_of(other).merged_into_id is None
    assert done(clerk, other, "merge", **typed | {"shown": shown_on(seen.content.decode())}).status_code == 302
    assert case_of(other).merged_into_id == main.case_id


def test_words_that_are_changed_after_the_preview_are_not_hidden_unseen(clerk, office):
    opinion = office.opinion(words="我叫王秀兰，住在河边。", title="河边的事")
    said = {"words": "王秀兰", "reason": "名字"}
    page = done(clerk, opinion, "redact", preview="1", **said).content.decode()
    assert "“王秀兰”：1处" in page
    changed = done(clerk, opinion, "redact", **said | {"words": "河边", "shown": shown_on(page)}).content.decode()
    assert "“河边”：1处" in changed
    assert "王秀兰" in Opinion.objects.get(pk=opinion.pk).text
    assert done(clerk, opinion, "redact", **said | {"words": "河边", "shown": shown_on(changed)}).status_code == 302
    assert Opinion.objects.get(pk=opinion.pk).title == "▇▇▇的事"


def test_where_a_word_does_not_stand_nothing_is_offered_but_another_look(clerk, office):
    opinion = office.opinion(words="我叫王秀兰，住在河边。", title="河边的事")
    page = done(clerk, opinion, "redact", preview="1", words="王秀兰\n李春生", reason="名字").content.decode()
    assert "“李春生”：没有这几个字" in page
    assert "先看遮了以后的样子" in page
    assert ">遮住</button>" not in page


def test_what_was_written_stays_while_a_place_is_looked_for(clerk, office):
    opinion = office.opinion()
    asked = {"q": office.village.name, "spot": "桥头第三家门口", "subject": "water", "title_": "桥头水管漏水"}
    form = clerk.get(address(opinion, "place"), asked).context["form"]
    assert [form[name].value() for name in ("spot", "subject", "title_")] == ["桥头第三家门口", "water", "桥头水管漏水"]


def steps(clerk, opinion):
    page = clerk.get(opinion.get_absolute_url())
    return [(step["name"], step["state"]) for step in page.context["reading"].rounds()[-1]["steps"]]


def test_what_came_back_is_to_be_handed_over_next(clerk, office):
    opinion = office.opinion()
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    assert steps(clerk, opinion)[2:4] == [("交办", "done"), ("答复", "now")]
    lead = case_of(opinion).handovers.get(role="lead")
    handling.ask_return(lead, "县道不归我们养护", by=office.clerk.pk, at=NOON)
    handling.agree_to_return(lead, by=office.clerk.pk, at=NOON)
    assert steps(clerk, opinion)[1:4] == [("收下", "done"), ("交办", "now"), ("答复", "next")]


def test_of_what_was_cut_short_nothing_is_said_to_follow(clerk, office):
    merged, declined = office.opinion(), office.opinion(words="别的事")
    sorting.merge(merged, office.opinion(), by=office.clerk.pk, at=NOON)
    sorting.decline(declined, "private", "个人之间的事", by=office.clerk.pk, at=NOON)
    assert steps(clerk, merged) == [("收到", "done"), ("并案了", "done")]
    assert steps(clerk, declined) == [("收到", "done"), ("没有收", "done")]

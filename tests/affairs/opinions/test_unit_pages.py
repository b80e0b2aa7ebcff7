"""The pages of a unit: its queue, a matter, and what the unit does with it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lianxin.affairs.opinions.actions import handling, judging, replying, sorting, telling
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.seen import SHOWN
from lianxin.ground.access.actions import leave
from lianxin.ground.access.models import Grant
from lianxin.ground.cases.models import Case, Handover, Reply
from lianxin.ground.core.events import Ref, all_kinds
from lianxin.ground.core.models import Event, EventText
from lianxin.ground.documents import actions as documents
from lianxin.ground.documents.models import File, FileKind
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.unit_people import DAY, answer, browser, handed, somebody
from tests.ground.access.builders import make_grant
from tests.ground.documents.builders import encoded, picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


@pytest.fixture(autouse=True)
def noon(office, travel):
    travel(NOON)


@pytest.fixture
def clerk(office):
    return browser(somebody("unit_clerk", office.roads, "宁霜降"))


@pytest.fixture
def head(office):
    return browser(somebody("unit_head", office.roads, "沈立夏"))


@pytest.fixture
def stranger(office):
    return browser(somebody("unit_clerk", office.housing, "别的单位"))


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def jpeg():
    return upload(encoded(picture()))


def url(name, handover, *more):
    return reverse(f"opinions:{name}", args=[handover.pk, *more])


def act(client, handover, kind, **facts):
    return client.post(url("unit_act", handover, kind), facts)


def text_of(response):
    return response.content.decode()


# The queue


def test_what_was_handed_over_waits_to_be_signed_in(clerk, office):
    _opinion, lead = handed(office)
    page = clerk.get("/unit/opinions/")
    assert page.context["tab"] == "sign"
    assert [line.handover for line in page.context["lines"]] == [lead]
    assert "还剩15个工作日" in text_of(page)
    assert [line.mine for line in page.context["lines"]] == ["交通运输局"]


def test_each_matter_stands_in_one_tab(clerk, office):
    matters = [handed(office)[1] for _ in range(4)]
    handling.sign_in(matters[1], by=office.clerk.pk, at=NOON)
    replying.draft(matters[2], by=office.clerk.pk, at=NOON, text="修好了。", outcome="solved")
    replying.ask_approval(matters[2], by=office.clerk.pk, at=NOON)
    answer(matters[3], office.clerk)
    shown = [
        [line.handover for line in clerk.get(path).context["lines"]]
        for path in (
            "/unit/opinions/?tab=sign",
            "/unit/opinions/?tab=doing",
            "/unit/opinions/drafts/",
            "/unit/opinions/past/",
        )
    ]
    assert shown == [[matter] for matter in matters]


def test_the_soonest_due_comes_first_and_a_held_clock_last(clerk, office):
    held, early, late = (handed(office, at=NOON - days * DAY) for days in (9, 2, 1))
    sorting.ask_more(held[0], "哪一盏？", by=office.clerk.pk, at=NOON)
    lines = clerk.get("/unit/opinions/").context["lines"]
    assert [line.handover for line in lines] == [early[1], late[1], held[1]]


def test_an_office_of_the_unit_belongs_to_its_queue(clerk, office):
    room = office.roads.offices.create(name="养护科", kind="office", region=office.county)
    opinion = office.opinion()
    handling.hand_to_units(opinion, room, by=office.clerk.pk, at=NOON)
    (line,) = clerk.get("/unit/opinions/").context["lines"]
    assert (line.mine, line.handover.party_id) == ("养护科", room.pk)
    assert clerk.get(url("unit_matter", line.handover)).status_code == 200


def test_others_who_handle_it_are_named_and_how_often_it_came_back(clerk, stranger, office):
    opinion, lead = handed(office, office.housing)
    Case.objects.filter(pk=opinion.case_id).update(returns=2)
    page = text_of(clerk.get("/unit/opinions/"))
    assert "住房和城乡建设局" in page
    assert "退回过2次" in page
    assert "协办" in text_of(stranger.get("/unit/opinions/"))


def test_a_page_of_three_hundred_is_followed_by_key(clerk, office):
    matters = [handed(office)[1].pk for _ in range(53)]
    first = clerk.get("/unit/opinions/")
    link = re.search(r'href="(\?[^"]*after=[^"]*)"', text_of(first))[1].replace("&amp;", "&")
    second = clerk.get(f"/unit/opinions/{link}")
    seen = [line.handover.pk for page in (first, second) for line in page.context["lines"]]
    assert seen == matters


def test_a_page_with_many_matters_asks_no_more_than_one_with_few(clerk, office, django_assert_max_num_queries):
    for _ in range(12):
        handed(office, office.housing)
    clerk.get("/unit/opinions/")
    with django_assert_max_num_queries(8):
        clerk.get("/unit/opinions/")


def test_a_matter_asks_at_most_a_dozen_questions_beside_who_asks(clerk, office, django_assert_max_num_queries):
    _opinion, lead = handed(office, office.housing)
    replying.draft(lead, by=office.clerk.pk, at=NOON, text="修好了。", outcome="solved")
    clerk.get(url("unit_matter", lead))
    with django_assert_max_num_queries(18):
        clerk.get(url("unit_matter", lead))


# Who is kept out


def test_another_unit_does_not_know_that_it_is_there(stranger, office):
    _opinion, lead = handed(office)
    names = [("unit_matter",), ("unit_draft",), ("unit_act", "contact"), ("unit_act", "return"), ("unit_act", "send")]
    assert {stranger.get(url(name, lead, *more)).status_code for name, *more in names} == {404}
    assert {stranger.post(url(name, lead, *more)).status_code for name, *more in names[1:]} == {404}
    assert stranger.get("/unit/opinions/").context["lines"] == []
    lead.refresh_from_db()
    assert lead.is_running


def test_a_clerk_does_not_approve_and_reads_why(clerk, office):
    _opinion, lead = handed(office)
    made = replying.draft(lead, by=office.clerk.pk, at=NOON, text="修好了。", outcome="solved")
    for kind in ("approve", "send-back"):
        assert act(clerk, lead, kind, edition=made.edition, remark="改").status_code == 403
    assert Reply.objects.get().approved_at is None


def test_acts_are_done_by_post_alone(clerk, office):
    _opinion, lead = handed(office)
    assert clerk.get(url("unit_act", lead, "sign-in")).status_code == 200
    lead.refresh_from_db()
    assert lead.signed_in_at is None
    assert clerk.get(url("unit_act", lead, "paint")).status_code == 404


# What a unit sees


PRIVATE = "我叫王秀兰，电话13800001234，家住柳溪村三组12号。"
TOLD = ("王秀兰", "13800001234")


def test_a_unit_never_reads_who_said_it(clerk, office):
    opinion, lead = handed(office, phone="13900005678", name="王秀兰", title="我叫王秀兰，路灯不亮")
    telling.add(opinion, PRIVATE, at=NOON)
    telling.correct(opinion, PRIVATE, at=NOON)
    page = text_of(clerk.get(url("unit_matter", lead)))
    for hidden in (*TOLD, "13900005678", opinion.code):
        assert hidden not in page
    assert "反映人补充" in page
    assert "▇▇▇" in page


def test_no_kind_of_event_tells_a_unit_private_words(clerk, office, record_any):
    opinion, lead = handed(office)
    for code in sorted(all_kinds()):
        if code.startswith("opinions."):
            record_any(code, opinion, PRIVATE)
    page = text_of(clerk.get(url("unit_matter", lead)))
    assert EventText.objects.filter(text=PRIVATE).count() > 10
    assert [hidden for hidden in TOLD if hidden in page] == []


@pytest.fixture
def record_any(office):
    """Writes an event of any kind about an opinion, with the same words in each of its texts."""

    def write(code, opinion, words):
        like = opinion.told
        event = Event.objects.create(
            kind=code,
            subject_kind="opinion",
            subject_id=opinion.pk,
            by_id=None,
            happened_at=NOON,
            recorded_at=NOON,
            happened_on=like.happened_on,
            recorded_on=like.recorded_on,
        )
        for name in all_kinds()[code].texts:
            EventText.objects.create(event=event, name=name, text=words, salt=b"0" * EventText.SALT_BYTES)

    return write


def test_ratings_and_hidden_reasons_are_not_told(clerk, office):
    assert SHOWN.keys().isdisjoint({"opinions.rated", "opinions.redacted", "opinions.hidden", "opinions.told"})
    opinion, lead = handed(office)
    answer(lead, office.clerk)
    judging.rate(opinion, "no", "no", words="态度很差", at=NOON + DAY)
    page = text_of(clerk.get(url("unit_matter", lead)))
    assert "态度很差" not in page
    assert "不满意" not in page


def test_what_was_redacted_stays_hidden(clerk, office):
    opinion = office.opinion(words="我叫王秀兰，路灯不亮。")
    sorting.redact(opinion, ["王秀兰"], "姓名", by=office.clerk.pk, at=NOON)
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    lead = Handover.objects.running().get(case=opinion.case_id)
    page = text_of(clerk.get(url("unit_matter", lead)))
    assert "王秀兰" not in page
    assert "路灯不亮" in page


def test_place_subject_and_spot_are_told(clerk, office):
    _opinion, lead = handed(office, subject="roads", spot="小学门口，找13800001234")
    page = text_of(clerk.get(url("unit_matter", lead)))
    assert "石桥镇" in page
    assert "道路交通" in page
    assert "小学门口" in page
    assert "13800001234" not in page


def photo_of(opinion, kind=FileKind.PHOTO):
    return documents.keep(jpeg(), kind=kind, owner=Ref("opinion", opinion.pk), by=None, at=NOON)


def test_a_photo_is_shown_once_it_was_looked_at(clerk, stranger, office):
    opinion, lead = handed(office)
    photo = photo_of(opinion)
    assert clerk.get(url("unit_file", lead, photo.pk)).status_code == 404
    photo.look(by=office.clerk.pk, at=NOON, is_public=False)
    assert clerk.get(url("unit_file", lead, photo.pk)).status_code == 404
    photo.look(by=office.clerk.pk, at=NOON, is_public=False, is_for_handlers=True)
    assert clerk.get(url("unit_file", lead, photo.pk)).status_code == 200
    photo.look(by=office.clerk.pk, at=NOON, is_public=True)
    assert str(photo.pk) in text_of(clerk.get(url("unit_matter", lead)))
    assert clerk.get(url("unit_file", lead, photo.pk))["Content-Type"] == "image/jpeg"
    assert stranger.get(url("unit_file", lead, photo.pk)).status_code == 404


def test_a_scanned_letter_is_never_shown(clerk, office):
    opinion, lead = handed(office)
    scan = photo_of(opinion, FileKind.SCAN)
    scan.look(by=office.clerk.pk, at=NOON, is_public=False)
    assert clerk.get(url("unit_file", lead, scan.pk)).status_code == 404
    assert str(scan.pk) not in text_of(clerk.get(url("unit_matter", lead)))


def test_a_photo_of_another_matter_is_not_reached_by_way_of_ones_own(clerk, office):
    _opinion, lead = handed(office)
    other = office.opinion()
    photo = photo_of(other)
    photo.look(by=office.clerk.pk, at=NOON, is_public=True)
    assert clerk.get(url("unit_file", lead, photo.pk)).status_code == 404


def test_earlier_rounds_stand_with_their_answers(clerk, office, travel):
    opinion, lead = handed(office)
    answer(lead, office.clerk)
    judging.reopen(opinion, "我叫王秀兰，第三盏还是不亮", at=NOON + DAY)
    sorting.redact(opinion, ["王秀兰"], "姓名", by=office.clerk.pk, at=NOON + DAY)
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON + 2 * DAY)
    again = Handover.objects.running().get(case=opinion.case_id, role="lead")
    travel(NOON + 2 * DAY)
    page = text_of(clerk.get(url("unit_matter", again)))
    assert "七盏灯都修好了。" in page
    assert "第2轮" in page
    assert "第三盏还是不亮" in page
    assert "王秀兰" not in page


# Signing in, first contact, giving back


def test_it_is_signed_in_with_one_press(clerk, office):
    opinion, lead = handed(office)
    assert act(clerk, lead, "sign-in").status_code == 302
    act(clerk, lead, "sign-in")
    assert Event.objects.filter(kind="opinions.signed_in").count() == 1
    assert "写答复" in text_of(clerk.get(url("unit_matter", lead)))


def test_the_clocks_of_signing_in_and_contact_are_the_presets(clerk, office, travel):
    _opinion, lead = handed(office)
    travel(NOON + timedelta(days=7))

    def running():
        (line,) = clerk.get("/unit/opinions/").context["lines"]
        return [(code, reading.is_late) for code, reading in line.small]

    assert running() == [("opinions_sign_in", True)]
    handling.sign_in(lead, by=office.clerk.pk, at=NOON)
    assert running() == [("opinions_contact", False)]
    handling.contact(lead, "说过了", by=office.clerk.pk, at=NOON)
    assert running() == []


def test_the_first_contact_is_noted_and_needs_words(clerk, office):
    _opinion, lead = handed(office)
    assert act(clerk, lead, "contact", note=" ").status_code == 422
    assert act(clerk, lead, "contact", note="请办公室转告，周四去看").status_code == 302
    assert "请办公室转告" in text_of(clerk.get(url("unit_matter", lead)))


def test_it_is_given_back_with_a_reason_until_the_last_day(clerk, office, travel):
    _opinion, lead = handed(office)
    page = text_of(clerk.get(url("unit_act", lead, "return")))
    assert "2026年3月17日" in page
    assert act(clerk, lead, "return", reason="").status_code == 422
    assert act(clerk, lead, "return", reason="这段归公路段").status_code == 302
    assert "等办公室同意" in text_of(clerk.get(url("unit_matter", lead)))


def test_too_late_it_is_told_until_when_it_could_be_given_back(clerk, office, travel):
    _opinion, lead = handed(office)
    travel(NOON + timedelta(days=9))
    refused = act(clerk, lead, "return", reason="这段归公路段")
    assert refused.status_code == 422
    assert "2026年3月17日" in text_of(refused)
    assert "申请退回的期限" in text_of(clerk.get(url("unit_matter", lead)))


def test_why_giving_back_was_refused_is_told(clerk, office):
    _opinion, lead = handed(office)
    handling.ask_return(lead, "不归我们", by=office.clerk.pk, at=NOON)
    handling.refuse_return(lead, "县道X204归你们养护", by=office.clerk.pk, at=NOON)
    page = text_of(clerk.get(url("unit_matter", lead)))
    assert "办公室不同意退回" in page
    assert "县道X204归你们养护" in page


def test_who_was_taken_off_sees_that_it_is_gone_and_keeps_the_past(clerk, office):
    opinion, lead = handed(office)
    handling.sign_in(lead, by=office.clerk.pk, at=NOON)
    handling.take_back(lead, "改由住建局办", by=office.clerk.pk, at=NOON)
    page = clerk.get(url("unit_matter", lead))
    assert "已经不在你们这里了" in text_of(page)
    assert opinion.text not in text_of(page)
    assert [line.handover for line in clerk.get("/unit/opinions/past/").context["lines"]] == [lead]
    refused = act(clerk, lead, "contact", note="打了电话")
    assert refused.status_code == 409
    assert "已经不在您这里了" in text_of(refused)
    assert clerk.post(url("unit_draft", lead), {"text": "修好了"}).status_code == 409


def test_who_was_taken_off_does_not_read_what_came_after(clerk, office):
    opinion, lead = handed(office)
    handling.take_back(lead, "改由住建局办", by=office.clerk.pk, at=NOON)
    handling.hand_to_units(opinion, office.housing, by=office.clerk.pk, at=NOON + DAY)
    other = Handover.objects.running().get(case=opinion.case_id)
    answer(other, office.clerk, at=NOON + DAY, text="住建局的答复")
    page = text_of(clerk.get(url("unit_matter", lead)))
    assert "住建局的答复" not in page
    assert "住房和城乡建设局" not in page


def test_what_was_handed_over_by_mistake_and_taken_back_at_once_is_not_there(clerk, office):
    opinion, lead = handed(office)
    step = opinion.case.steps.order_by("edition").last()
    sorting.undo(step.pk, by=office.clerk.pk, at=NOON)
    assert clerk.get(url("unit_matter", lead)).status_code == 404
    assert clerk.get("/unit/opinions/past/").context["lines"] == []


# Drafts, approval, sending


FULL = {"text": "七盏灯都修好了。", "outcome": "solved", "edition": 0, "measures": "换电缆140米"}


def test_no_class_of_reply_is_ticked_beforehand(clerk, office):
    _opinion, lead = handed(office)
    page = text_of(clerk.get(url("unit_draft", lead)))
    assert page.count('type="radio"') == 4
    assert "checked" not in page


def test_a_draft_is_saved_approved_and_sent(clerk, head, office):
    opinion, lead = handed(office)
    assert clerk.post(url("unit_draft", lead), FULL | {"then": "ask"}).status_code == 302
    assert [line.handover for line in head.get("/unit/opinions/drafts/").context["lines"]] == [lead]
    assert act(clerk, lead, "send", edition=1).status_code == 422
    assert "批准" in text_of(head.get(url("unit_matter", lead)))
    assert act(head, lead, "approve", edition=1).status_code == 302
    assert act(clerk, lead, "send", edition=1).status_code == 302
    opinion.case.refresh_from_db()
    assert (opinion.case.stage, opinion.case.outcome, opinion.case.outcome_by) == ("answered", "solved", "unit")
    assert "换电缆140米" in text_of(clerk.get(url("unit_matter", lead)))


def test_the_head_sends_a_draft_back_and_the_clerk_reads_why(clerk, head, office):
    _opinion, lead = handed(office)
    clerk.post(url("unit_draft", lead), FULL | {"then": "ask"})
    assert act(head, lead, "send-back", edition=1, remark="").status_code == 422
    assert act(head, lead, "send-back", edition=1, remark="写明换了几盏").status_code == 302
    handling.sign_in(lead, by=office.clerk.pk, at=NOON)
    page = text_of(clerk.get(url("unit_matter", lead)))
    assert "写明换了几盏" in page
    assert "送审" in page


def test_the_head_does_not_approve_what_was_changed_meanwhile(clerk, head, office):
    _opinion, lead = handed(office)
    clerk.post(url("unit_draft", lead), FULL | {"then": "ask"})
    clerk.post(url("unit_draft", lead), FULL | {"edition": 1, "text": "没修好"})
    refused = act(head, lead, "approve", edition=1)
    assert refused.status_code == 422
    assert Reply.objects.get().approved_at is None


def test_two_who_write_at_once_see_both_texts_and_lose_nothing(clerk, office):
    _opinion, lead = handed(office)
    colleague = browser(somebody("unit_clerk", office.roads, "同事"))
    assert clerk.post(url("unit_draft", lead), FULL | {"text": "甲写的"}).status_code == 302
    told = colleague.post(url("unit_draft", lead), FULL | {"text": "乙写的"})
    assert told.status_code == 422
    assert "甲写的" in text_of(told)
    assert "乙写的" in text_of(told)
    assert Reply.objects.get().text == "甲写的"
    again = re.search(r'name="edition" value="(\d+)"', text_of(told))[1]
    assert colleague.post(url("unit_draft", lead), FULL | {"text": "甲乙一起", "edition": again}).status_code == 302
    assert Reply.objects.get().text == "甲乙一起"


def test_what_comes_later_is_promised_with_a_day(clerk, office):
    _opinion, lead = handed(office)
    later = FULL | {"outcome": "later"}
    refused = clerk.post(url("unit_draft", lead), later)
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"promise", "promised_on"}
    past = later | {"promise": "换灯杆", "promised_on": "2026-03-10"}
    assert set(clerk.post(url("unit_draft", lead), past).context["form"].errors) == {"promised_on"}
    assert clerk.post(url("unit_draft", lead), past | {"promised_on": "2026-06-30"}).status_code == 302


def test_what_is_not_later_promises_nothing(clerk, office):
    _opinion, lead = handed(office)
    clerk.post(url("unit_draft", lead), FULL | {"promise": "换灯杆", "promised_on": "2026-06-30"})
    assert (Reply.objects.get().promise, Reply.objects.get().promised_on) == ("", None)


def test_what_goes_to_the_head_is_whole(clerk, office):
    _opinion, lead = handed(office)
    half = {"edition": 0, "text": "", "then": "ask"}
    assert set(clerk.post(url("unit_draft", lead), half).context["form"].errors) == {"text", "outcome"}
    assert not Reply.objects.exists()
    assert clerk.post(url("unit_draft", lead), {"edition": 0, "text": "写了一半"}).status_code == 302


def test_an_attachment_goes_with_the_reply(clerk, stranger, office):
    _opinion, lead = handed(office)
    assert clerk.post(url("unit_draft", lead), FULL | {"attachment": jpeg()}).status_code == 302
    file = File.objects.get(kind=FileKind.ATTACHMENT)
    assert file.owner == Ref("reply", Reply.objects.get().pk)
    assert clerk.get(url("unit_file", lead, file.pk)).status_code == 200
    assert stranger.get(url("unit_file", lead, file.pk)).status_code == 404
    assert stranger.post(url("unit_discard", lead, file.pk)).status_code == 404
    assert clerk.post(url("unit_discard", lead, file.pk)).status_code == 302
    assert not File.objects.filter(pk=file.pk).exists()


def test_an_attachment_of_another_kind_is_refused_and_the_text_is_kept(clerk, office):
    _opinion, lead = handed(office)
    told = clerk.post(url("unit_draft", lead), FULL | {"attachment": SimpleUploadedFile("a.exe", b"MZ nothing")})
    assert told.status_code == 422
    assert "七盏灯都修好了。" in text_of(told)
    assert not File.objects.exists()


def test_an_attachment_taken_away_needs_another_approval(clerk, head, office):
    _opinion, lead = handed(office)
    clerk.post(url("unit_draft", lead), FULL | {"attachment": jpeg(), "then": "ask"})
    act(head, lead, "approve", edition=1)
    clerk.post(url("unit_discard", lead, File.objects.get().pk))
    assert act(clerk, lead, "send", edition=2).status_code == 422


def test_a_co_handlers_opinion_goes_to_the_lead(clerk, stranger, office):
    opinion, lead = handed(office, office.housing)
    co = Handover.objects.running().get(case=opinion.case_id, role="co")
    assert 'type="radio"' not in text_of(stranger.get(url("unit_draft", co)))
    assert stranger.post(url("unit_draft", co), {"text": "电缆归我们换", "edition": 0}).status_code == 302
    made = Reply.objects.get(handover=co)
    replying.approve(co, by=office.clerk.pk, at=NOON, edition=made.edition)
    assert act(stranger, co, "send", edition=made.edition).status_code == 302
    assert "电缆归我们换" in text_of(clerk.get(url("unit_matter", lead)))
    opinion.case.refresh_from_db()
    assert opinion.case.stage == "handling"


def test_a_co_handler_does_not_read_the_opinions_of_other_co_handlers(stranger, office):
    water = type(office.roads).objects.create(name="水利局", kind="department", region=office.county)
    opinion, _lead = handed(office, office.housing, water)
    other = Handover.objects.running().get(case=opinion.case_id, party_id=water.pk)
    answer(other, office.clerk, text="水利局的意见")
    own = Handover.objects.running().get(case=opinion.case_id, party_id=office.housing.pk)
    assert "水利局的意见" not in text_of(stranger.get(url("unit_matter", own)))


def test_what_was_sent_is_read_and_no_more_changed(clerk, office):
    _opinion, lead = handed(office)
    answer(lead, office.clerk)
    assert "在你们这里办完了" in text_of(clerk.get(url("unit_matter", lead)))
    for kind in ("send", "contact", "return", "ask"):
        assert act(clerk, lead, kind, edition=1, note="x", reason="x").status_code == 409
    assert Reply.objects.get().text == "七盏灯都修好了。"


def test_of_two_heads_on_one_page_the_second_is_told(head, clerk, office):
    _opinion, lead = handed(office)
    clerk.post(url("unit_draft", lead), FULL | {"then": "ask"})
    other = browser(somebody("unit_head", office.roads, "另一位"))
    assert act(head, lead, "send-back", edition=1, remark="写明哪七盏").status_code == 302
    clerk.post(url("unit_draft", lead), FULL | {"edition": 1, "text": "改过的"})
    assert act(other, lead, "approve", edition=1).status_code == 422


# Leaving


def test_where_a_clerk_leaves_the_unit_still_holds_it(office):
    _opinion, lead = handed(office)
    user = somebody("unit_clerk", office.roads, "离任者")
    after = somebody("unit_clerk", office.housing, "接任者")
    leave(user, after, by=None, at=NOON)
    lead.refresh_from_db()
    assert lead.is_running
    assert browser(user).get(url("unit_matter", lead)).status_code in (302, 403)
    assert browser(after).get(url("unit_matter", lead)).status_code == 200


def test_where_the_author_withdrew_the_first_who_remains_says_what_it_is_about(clerk, office):
    opinion, lead = handed(office)
    other = office.opinion(words="小学旁边的灯坏了，孩子怕黑。", title="小学旁边的灯坏了")
    sorting.merge(other, opinion, by=office.clerk.pk, at=NOON)
    telling.withdraw(opinion, at=NOON)
    queue, page = text_of(clerk.get("/unit/opinions/?tab=sign")), text_of(clerk.get(url("unit_matter", lead)))
    assert "小学旁边的灯坏了" in queue
    assert "孩子怕黑" in page
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    desk = browser(office.clerk)
    assert "小学旁边的灯坏了" in text_of(desk.get("/desk/opinions/?view=units"))
    assert "<h1>小学旁边的灯坏了</h1>" in text_of(desk.get(opinion.get_absolute_url()))


def test_an_erased_matter_is_empty_and_says_so(clerk, office):
    opinion, lead = handed(office)
    answer(lead, office.clerk)
    telling.withdraw(opinion, at=NOON)
    assert Opinion.objects.get(pk=opinion.pk).text == ""
    page = text_of(clerk.get(url("unit_matter", lead)))
    assert "看不到了" in page
    assert "路灯" not in page.split("经过")[0].split("我们的答复")[0]

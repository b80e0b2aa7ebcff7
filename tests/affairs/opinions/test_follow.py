"""A resident follows a matter by its code: what is shown, to whom, for how long, and what can be done there."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from lianxin.affairs.opinions import codes, dates, links
from lianxin.affairs.opinions.actions import handling, judging, replying, sorting, telling
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.receipts import Receipt
from lianxin.affairs.opinions.views.follow import entering, visits
from lianxin.ground.access.models import Hit
from lianxin.ground.cases.models import Case, Handover, Rating
from lianxin.ground.core.events import Ref
from lianxin.ground.core.models import Event, EventText
from lianxin.ground.documents.models import File
from lianxin.ground.messages.models import Reach
from lianxin.ground.vault.actions import keep
from lianxin.ground.vault.models import Identity
from lianxin.ground.vault.particulars import Particulars
from tests.affairs.opinions.builders import LAMPS, NOON
from tests.ground.documents.builders import encoded, make_file, picture

MATTER, FOLLOW = "/follow/matter/", "/follow/"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon(travel):
    travel(NOON)


def entered(opinion):
    """A browser in which the code was typed."""
    browser = Client()
    assert browser.post(FOLLOW, {"code": opinion.code}).status_code == 302
    return browser


def page(browser, path=MATTER):
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def another_code(opinion, by=1):
    """A whole code that nobody has."""
    plain = f"{(int(opinion.code[:-1]) + by) % 10**11:011}"
    return plain + codes.check_digit(plain)


@pytest.mark.parametrize("how", ["{}", "{0:.4} {1} {2}", "  {0:.4}-{1}-{2} ", "查询码：{0:.4} {1} {2}。"])
def test_the_code_opens_the_matter_however_it_was_typed(office, client, how):
    opinion = office.opinion()
    typed = how.format(opinion.code, opinion.code[4:8], opinion.code[8:])
    answer = client.post(FOLLOW, {"code": typed})
    assert (answer.status_code, answer["Location"]) == (302, MATTER)
    assert opinion.title in page(client)


def test_full_width_digits_are_digits(office, client):
    opinion = office.opinion()
    wide = "".join(chr(ord("０") + int(digit)) for digit in opinion.code)
    assert client.post(FOLLOW, {"code": wide}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "请填收据上的12位查询码"),
        ("4831 0927 556", "少了1位"),
        ("4831 0927 55620", "多了1位"),
        ("DJ-2609-0384", "这是编号"),
        ("没有数字", "少了12位"),
    ],
)
def test_what_cannot_be_a_code_is_told_at_once_and_asks_for_no_matter(client, db, typed, told):
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(FOLLOW, {"code": typed})
    assert [query["sql"] for query in asked if "opinion" in query["sql"] or "_hit" in query["sql"]] == []
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Hit.objects.exists()


def test_a_slip_of_one_digit_is_told_as_a_slip(office, client):
    code = office.opinion().code
    slipped = str((int(code[0]) + 1) % 10) + code[1:]
    assert "有一位数字不对" in client.post(FOLLOW, {"code": slipped}).content.decode()
    assert not Hit.objects.exists()


def test_wrong_codes_are_all_answered_alike(office, client):
    opinion = office.opinion()
    withdrawn = telling.reissue_code(opinion, by=office.clerk.pk, at=NOON)
    first, second = (client.post(FOLLOW, {"code": code}) for code in (another_code(opinion), opinion.code))
    assert withdrawn != opinion.code
    assert (first.status_code, second.status_code) == (422, 422)
    bare = [a.content.decode().partition("没有查到")[2].partition("</li>")[0] for a in (first, second)]
    assert bare[0] == bare[1] != ""
    assert visits.COOKIE not in client.cookies


def test_one_address_may_not_try_without_end(office, client):
    opinion = office.opinion()
    for number in range(entering.TRIES):
        client.post(FOLLOW, {"code": another_code(opinion, number + 1)})
    answer = client.post(FOLLOW, {"code": opinion.code})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert client.post(FOLLOW, {"code": opinion.code}, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_while_many_addresses_guess_each_gets_but_a_few_tries(office, client, monkeypatch):
    monkeypatch.setattr(entering, "WRONG_ANYWHERE", 5)
    opinion = office.opinion()
    for number in range(5):
        client.post(FOLLOW, {"code": another_code(opinion, number + 1)}, REMOTE_ADDR=f"203.0.113.{number}")
    tries = [
        client.post(FOLLOW, {"code": another_code(opinion, 50 + n)}, REMOTE_ADDR="198.51.100.7").status_code
        for n in range(entering.TRIES_WHEN_GUESSED + 1)
    ]
    assert tries == [422] * entering.TRIES_WHEN_GUESSED + [429]
    assert client.post(FOLLOW, {"code": opinion.code}, REMOTE_ADDR="198.51.100.8").status_code == 302


def test_the_code_stands_in_no_address_and_no_log(office, client, caplog):
    opinion = office.opinion()
    caplog.set_level("INFO")
    answer = client.post(FOLLOW, {"code": opinion.code})
    page(client)
    assert opinion.code not in answer["Location"] + caplog.text
    assert opinion.code not in str(answer.cookies)


def test_without_a_code_there_is_no_matter(office, client):
    office.opinion()
    assert client.get(MATTER)["Location"] == FOLLOW
    client.cookies[visits.COOKIE] = "x.0.code:1:2"
    assert client.get(MATTER)["Location"] == FOLLOW


def test_after_an_hour_and_after_a_new_code_it_is_asked_again(office, client, monkeypatch):
    opinion = office.opinion()
    browser = entered(opinion)
    telling.reissue_code(opinion, by=office.clerk.pk, at=NOON)
    assert browser.get(MATTER).status_code == 302
    browser = entered(Opinion.objects.get(pk=opinion.pk))
    monkeypatch.setattr(visits, "LASTS", timedelta(seconds=-1))
    assert browser.get(MATTER).status_code == 302


def test_what_was_written_when_the_hour_was_over_is_not_lost(office, monkeypatch):
    browser = entered(office.opinion())
    monkeypatch.setattr(visits, "LASTS", timedelta(seconds=-1))
    answer = browser.post(f"{MATTER}add/", {"words": "第三盏灯下面还有个坑，昨天摔了人。"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "no-store" in answer["Cache-Control"]
    assert "第三盏灯下面还有个坑，昨天摔了人。" in page
    assert f'href="{FOLLOW}"' in page
    assert "过了一小时要再填一次查询码" in page


def test_the_page_is_kept_nowhere_and_is_left_by_a_button(office):
    browser = entered(office.opinion())
    assert "no-store" in browser.get(MATTER)["Cache-Control"]
    browser.post("/follow/leave/")
    assert browser.get(MATTER).status_code == 302


def test_a_link_in_a_message_shows_a_button_and_opens_nothing_by_itself(office, client):
    opinion = office.opinion()
    address = links.address_of(opinion)
    answer = client.get(address)
    assert answer.status_code == 200
    assert visits.COOKIE not in client.cookies
    assert opinion.title not in answer.content.decode()
    assert client.post("/follow/link/", {"t": address.partition("t=")[2]})["Location"] == MATTER
    assert opinion.title in page(client)


def test_a_link_that_is_over_says_so(client, db):
    for answer in (client.get("/follow/link/?t=x"), client.post("/follow/link/", {"t": "x"})):
        assert answer.status_code == 404
        assert "用收据上的查询码" in answer.content.decode()


def test_the_sentence_says_who_and_by_when_at_every_stage(office):
    opinion = office.opinion()
    browser = entered(opinion)
    assert "3月13日前告诉您收下没有" in page(browser)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    assert "正在安排谁来办" in page(browser)
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    assert "在<b>交通运输局</b>手上。<br>3月31日前答复您。" in page(browser)


def test_a_late_matter_is_said_to_be_late(office, travel):
    opinion = office.opinion()
    travel(NOON + 10 * DAY)
    assert "原定3月13日，过了7天，我们在催。" in page(entered(opinion))


def test_what_offices_write_to_each_other_stands_nowhere(office):
    opinion = office.opinion(words="我叫王秀兰，路灯不亮。")
    sorting.redact(opinion, ["王秀兰"], "内部理由甲", by=office.clerk.pk, at=NOON)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    lead = Handover.objects.running().get(case=opinion.case_id, role="lead")
    handling.contact(lead, "内部备注乙", by=office.clerk.pk, at=NOON)
    handling.ask_return(lead, "内部理由丙", by=office.clerk.pk, at=NOON)
    handling.agree_to_return(lead, by=office.clerk.pk, at=NOON)
    shown = page(entered(opinion))
    assert "内部" not in shown
    assert "<b>交通运输局</b>退回" in shown
    assert "遮盖了1处" in shown


def test_those_merged_are_a_number_and_their_words_are_nobody_elses(office):
    main, other = office.opinion(words="我家门口的灯坏了。"), office.opinion(words="学校那边的灯也坏了。")
    sorting.merge(other, main, by=office.clerk.pk, at=NOON)
    telling.add(Opinion.objects.with_case().get(pk=other.pk), "别人的补充", at=NOON)
    mine, theirs = page(entered(main)), page(entered(other))
    assert "还有1个人说了同一件事" in mine
    assert "学校那边" not in mine
    assert "别人的补充" not in mine
    assert "我家门口" not in theirs
    assert "别人的补充" in theirs
    assert "并在一起办" in theirs


def test_one_who_was_merged_reads_the_answer(office):
    main, other = office.opinion(), office.opinion(words="学校那边的灯也坏了。")
    sorting.merge(other, main, by=office.clerk.pk, at=NOON)
    sorting.accept(main, by=office.clerk.pk, at=NOON)
    replying.answer_now(main, "都修好了。", "solved", by=office.clerk.pk, at=NOON)
    shown = page(entered(other))
    assert "都修好了。" in shown
    assert "请您评一评" in shown


def test_a_question_stands_on_top_and_is_answered_there(office):
    opinion = office.opinion()
    sorting.ask_more(opinion, "是哪个村？", by=office.clerk.pk, at=NOON)
    browser = entered(opinion)
    assert "是哪个村？" in page(browser)
    assert browser.post("/follow/matter/add/", {"words": ""}).status_code == 422
    assert browser.post("/follow/matter/add/", {"words": "柳溪村三组"})["Location"] == MATTER
    assert "柳溪村三组" in page(browser)
    assert Case.objects.get(pk=opinion.case_id).waits_for == "office"


def test_photos_are_added_and_nobody_else_sees_them_before_a_person_did(office):
    opinion = office.opinion()
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    browser = entered(opinion)
    photo = SimpleUploadedFile("IMG_1.jpg", encoded(picture()), "image/jpeg")
    assert browser.post("/follow/matter/add/", {"words": "拍了一张", "photos": photo})["Location"] == MATTER
    file = File.objects.of(Ref("opinion", opinion.pk)).get()
    assert (file.kind, file.is_public, file.added_by) == ("photo", False, None)
    assert str(file.pk) in page(browser)
    assert str(file.pk) not in page(Client(), f"/opinions/{opinion.case.number}/")


def test_what_is_no_photo_is_told_and_nothing_is_kept_of_it(office):
    opinion = office.opinion()
    text = SimpleUploadedFile("IMG_1.jpg", "不是照片".encode(), "image/jpeg")
    answer = entered(opinion).post("/follow/matter/add/", {"words": "拍了一张", "photos": text})
    assert answer.status_code == 422
    assert not File.objects.exists()
    assert not Event.objects.filter(kind="opinions.more_told").exists()


def test_photos_for_a_matter_that_ended_are_not_kept(office):
    opinion = office.opinion()
    sorting.decline(opinion, "private", "私事", by=office.clerk.pk, at=NOON)
    photo = SimpleUploadedFile("IMG_1.jpg", encoded(picture()), "image/jpeg")
    answer = entered(opinion).post("/follow/matter/add/", {"words": "拍了一张", "photos": photo})
    assert answer.status_code == 422
    assert not File.objects.exists()


def test_the_author_corrects_and_what_was_said_stays(office):
    opinion = office.opinion()
    browser = entered(opinion)
    browser.post("/follow/matter/correct/", {"words": "是六盏，不是七盏"})
    shown = page(browser)
    assert "是六盏，不是七盏" in shown
    assert LAMPS in shown


def test_a_matter_that_ended_takes_no_more(office):
    opinion = office.opinion()
    sorting.decline(opinion, "private", "这是两家之间的事", by=office.clerk.pk, at=NOON)
    browser = entered(opinion)
    shown = page(browser)
    assert "这是两家之间的事" in shown
    assert "补充情况" not in shown
    answer = browser.post("/follow/matter/add/", {"words": "再说一句"})
    assert answer.status_code == 422
    assert "没有收了" in answer.content.decode() or "不能这样办" in answer.content.decode()


def test_shutting_is_at_once_and_opening_waits_for_somebody_to_look(office):
    opinion = office.opinion()
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    browser = entered(opinion)
    browser.post("/follow/matter/show/", {"visibility": "staff"})
    opinion.refresh_from_db()
    assert (opinion.visibility, opinion.is_public) == ("staff", False)
    browser.post("/follow/matter/show/", {"visibility": "named", "shown_name": "老王"})
    opinion.refresh_from_db()
    assert (opinion.visibility, opinion.shown_name, opinion.is_public) == ("named", "老王", False)
    sorting.see_privacy(opinion, by=office.clerk.pk, at=NOON)
    opinion.refresh_from_db()
    assert opinion.is_public


def test_a_name_is_asked_for_and_a_complaint_is_never_public(office):
    from lianxin.affairs.opinions.routing import Complaint

    plain = entered(office.opinion())
    assert "公开时用的名字<small>选了写名字才要填</small>" in page(plain, "/follow/matter/show/")
    for name in ("", "　"):
        answer = plain.post("/follow/matter/show/", {"visibility": "named", "shown_name": name})
        assert answer.status_code == 422
        assert '<a href="#id_shown_name">公开时用的名字</a>：您选了写名字' in answer.content.decode()
    complaint = entered(office.opinion(complaint=Complaint.of(office.roads)))
    answer = complaint.post("/follow/matter/show/", {"visibility": "unnamed"})
    assert answer.status_code == 422
    assert "不公开" in answer.content.decode()


def test_withdrawing_says_what_goes_asks_for_a_tick_and_leaves_only_that_page(office):
    opinion = office.opinion(phone="13800001234", name="王秀兰")
    browser = entered(opinion)
    assert "马上销毁的" in page(browser, "/follow/matter/withdraw/")
    assert browser.post("/follow/matter/withdraw/", {}).status_code == 422
    assert browser.post("/follow/matter/withdraw/", {"sure": "on"})["Location"] == MATTER
    shown = page(browser)
    assert "您撤回了这件事" in shown
    assert "路灯" not in shown
    for path in ("add", "withdraw", "show", "messages"):
        assert browser.get(f"/follow/matter/{path}/").status_code == 404
    assert "您撤回了这件事" in page(entered(opinion))


def kept(shown):
    """What a page says that stays."""
    return shown.partition("还留着什么")[2].partition("</ul>")[0]


def test_what_stays_is_told_alike_before_and_after_withdrawing_and_stays(office):
    opinion = office.opinion(phone="13800001234", name="王秀兰", subject="roads", spot="三组路口")
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    replying.answer_now(opinion, "七盏灯都修好了。", "solved", by=office.clerk.pk, at=NOON)
    judging.rate(opinion, "no", "no", why="slow", words="等了两个月", at=NOON)
    browser = entered(opinion)
    before = kept(page(browser, "/follow/matter/withdraw/"))
    browser.post("/follow/matter/withdraw/", {"sure": "on"})
    assert kept(page(browser)) == before
    left = Opinion.objects.with_case().get(pk=opinion.pk)
    for told, stays in {
        "编号、日期、类别、怎么来的、哪个乡镇、村或网格": (left.case.number, left.said_on, left.subject, left.channel),
        "哪个乡镇、村或网格": left.case.region == office.village,
        "写到哪一户、哪条路的销毁": left.spot == "",
        "他们写的话和答复": left.case.replies.get().text == "七盏灯都修好了。",
        "您选过的“满意”“解决”和不满意什么": Rating.objects.get(voice_id=opinion.pk, satisfied="no").why == "slow",
        "没有您写的话": not EventText.objects.filter(event__kind="opinions.rated").exists(),
        "备份里旧的一份": True,
    }.items():
        assert told in before
        assert stays, told


def test_words_that_were_kept_long_enough_are_not_said_to_be_withdrawn(office):
    opinion = office.opinion(phone="13800001234", name="王秀兰")
    telling.expire_words(opinion, at=NOON)
    shown = page(entered(opinion))
    assert "原话保存期满" in shown
    assert "姓名和联系方式都销毁了" not in shown  # they have days of their own
    assert Identity.objects.filter(voice_id=opinion.pk).exists()


def test_who_came_by_a_link_types_the_code_before_destroying(office, client):
    opinion, other = office.opinion(), office.opinion()
    client.post("/follow/link/", {"t": links.token_of(opinion)})
    refused = client.post("/follow/matter/withdraw/", {"sure": "on", "code": other.code})
    assert refused.status_code == 422
    assert Case.objects.get(pk=opinion.case_id).ending == ""
    client.post("/follow/matter/withdraw/", {"sure": "on", "code": opinion.code})
    assert Case.objects.get(pk=opinion.case_id).ending == "withdrawn"


def test_messages_are_stopped_and_chosen_anew(office, settings):
    settings.SENDS_MAIL = True
    opinion = office.opinion()
    keep(opinion.pk, Particulars(email="a@example.com"), by=None, at=NOON)
    browser = entered(opinion)
    browser.post("/follow/matter/messages/", {"channel": "email"})
    assert "有进展发电子邮件给您" in page(browser)
    assert Reach.objects.open().filter(voice_id=opinion.pk).exists()
    browser.post("/follow/matter/messages/", {"channel": "none"})
    assert "现在不发消息" in page(browser)
    assert not Reach.objects.open().filter(voice_id=opinion.pk).exists()
    assert browser.post("/follow/matter/messages/", {"channel": "carrier pigeon"}).status_code == 422


@pytest.mark.parametrize(
    ("chosen", "left", "status"),
    [
        ("email", {}, 422),
        ("sms", {}, 422),
        ("email", {"phone": "13800001234"}, 422),
        ("sms", {"email": "a@example.com"}, 422),
        ("sms", {"phone": "13800001234"}, 302),
        ("none", {}, 302),
    ],
)
def test_a_way_without_an_address_is_refused_in_words(office, settings, chosen, left, status):
    settings.SENDS_MAIL, settings.SMS = True, "file:"
    opinion = office.opinion()
    if left:
        keep(opinion.pk, Particulars(**left), by=None, at=NOON)
    answer = entered(opinion).post("/follow/matter/messages/", {"channel": chosen})
    assert answer.status_code == status
    assert ("发了也收不到" in answer.content.decode()) == (status == 422)
    assert ("有进展发短信给您" in page(entered(opinion))) == (chosen == "sms" and status == 302)
    assert ("没有留过邮箱" in answer.content.decode()) == (status == 422 and chosen == "email")
    assert Reach.objects.filter(voice_id=opinion.pk).exists() == (chosen != "none" and status == 302)


def test_own_files_are_shown_and_nobody_elses(office):
    opinion, other = office.opinion(), office.opinion()
    own, theirs = make_file(owner=Ref("opinion", opinion.pk)), make_file(owner=Ref("opinion", other.pk))
    browser = entered(opinion)
    assert str(own.pk) in page(browser)
    assert browser.get(f"/follow/matter/files/{own.pk}/").status_code == 200
    assert browser.get(f"/follow/matter/files/{theirs.pk}/").status_code == 404


def test_the_day_goes_into_a_calendar(office):
    opinion = office.opinion()
    answer = entered(opinion).get("/follow/matter/calendar/")
    assert answer["Content-Type"].startswith("text/calendar")
    body = answer.content.decode()
    assert "DTSTART;VALUE=DATE:20260313" in body
    assert LAMPS not in body


def test_a_later_day_takes_the_place_of_the_one_on_the_receipt(office):
    opinion = office.opinion()
    first = dates.of_receipt(Receipt.of(opinion, "https://there"))
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    second = entered(opinion).get("/follow/matter/calendar/")
    (old,), (new,) = (Calendar.from_ical(file.content).walk("VEVENT") for file in (first, second))
    assert old["uid"] == new["uid"]
    assert old["sequence"] < new["sequence"]


def test_staff_who_type_a_code_leave_no_trace_of_themselves_in_it(office):
    opinion = office.opinion()
    browser = entered(opinion)
    browser.force_login(office.clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    browser.post("/follow/matter/add/", {"words": "补一句"})
    assert Event.objects.get(kind="opinions.more_told", subject_id=opinion.pk).by_id is None


def test_every_page_of_a_matter_asks_for_the_visit(client, db):
    for name in ("matter", "matter_rate", "matter_calendar", "matter_messages", "matter_withdraw"):
        assert client.get(reverse(f"opinions:{name}"))["Location"] == FOLLOW
    assert client.post(reverse("opinions:matter_add"), {"words": "x"})["Location"] == FOLLOW

"""What units promise, until when, and what becomes of it; what leaders read of what is stuck."""

from datetime import date, timedelta

import pytest

from lianxin.affairs.opinions import leading
from lianxin.affairs.opinions.actions import judging, replying
from lianxin.affairs.opinions.routing import Complaint
from lianxin.affairs.opinions.waiting_handlers import due, to_approve, to_send, to_sign_in
from lianxin.ground.access.models import Grant
from lianxin.ground.cases import jobs
from lianxin.ground.cases.models import Case, Handover, Promise
from lianxin.ground.core.clock import now
from lianxin.ground.people.models import Region
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.unit_people import DAY, answer, browser, handed, somebody
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_county

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
PROMISED = {"outcome": "later", "promise": "换灯杆十四根", "promised_on": date(2026, 6, 30)}


@pytest.fixture(autouse=True)
def noon(office, travel):
    travel(NOON)


@pytest.fixture
def clerk(office):
    return browser(somebody("unit_clerk", office.roads))


@pytest.fixture
def stranger(office):
    return browser(somebody("unit_clerk", office.housing))


def promised(office, **facts):
    opinion, lead = handed(office)
    answer(lead, office.clerk, **PROMISED | facts)
    return Promise.objects.get(case=opinion.case_id)


def in_office(role, scope, pk):
    user = make_user()
    make_grant(user, role, scope, pk)
    return user


def text_of(response):
    return response.content.decode()


def levels(page):
    return [clock.level for _promise, _title, clock in page.context["rows"]]


def test_a_promise_stands_with_its_day_until_it_is_settled(clerk, office):
    promised(office)
    page = clerk.get("/unit/promises/")
    assert "换灯杆十四根" in text_of(page)
    assert "2026年6月30日" in text_of(page)
    assert levels(page) == ["plenty"]


def test_the_nearer_the_day_the_more_it_presses(clerk, office, travel):
    promised(office)
    for day, level in ((date(2026, 6, 1), "soon"), (date(2026, 6, 30), "today"), (date(2026, 7, 1), "late")):
        travel(NOON.replace(month=day.month, day=day.day))
        assert levels(clerk.get("/unit/promises/")) == [level]


def test_a_unit_says_that_it_kept_its_promise_and_how_that_is_known(clerk, office):
    promise = promised(office)
    path = f"/unit/promises/{promise.pk}/kept/"
    assert clerk.post(path, {"note": " "}).status_code == 422
    assert clerk.post(path, {"note": "6月3日换完，有照片"}).status_code == 302
    assert clerk.get("/unit/promises/").context["rows"] == []
    assert "换灯杆十四根" in text_of(clerk.get("/unit/promises/?fate=kept"))
    again = clerk.post(path, {"note": "又换了"})
    assert again.status_code == 409
    assert "已经有了结果" in text_of(again)


def test_another_unit_sees_none_of_it(stranger, office):
    promise = promised(office)
    assert stranger.get("/unit/promises/").context["rows"] == []
    assert stranger.get(f"/unit/promises/{promise.pk}/kept/").status_code == 404
    assert stranger.post(f"/unit/promises/{promise.pk}/kept/", {"note": "做到了"}).status_code == 404
    promise.refresh_from_db()
    assert promise.kept_at is None


def test_a_promise_that_lapses_reopens_its_matter_by_itself(clerk, office, travel):
    promise = promised(office)
    travel(NOON.replace(month=7, day=1))
    assert jobs.lapse(now()) == "1"
    case = Case.objects.get(pk=promise.case_id)
    assert (case.stage, case.waits_for, case.rounds.count()) == ("accepted", "office", 2)
    assert "到期没做到" in text_of(clerk.get("/unit/promises/?fate=lapsed"))
    assert clerk.get("/unit/promises/").context["rows"] == []
    assert jobs.lapse(now()) == "0"


def test_one_that_was_kept_does_not_lapse(office, travel):
    promise = promised(office)
    judging.keep_promise(promise, "换完了", by=office.clerk.pk, at=NOON)
    travel(NOON.replace(month=7, day=1))
    assert jobs.lapse(now()) == "0"


def test_offices_see_the_promises_of_their_places_and_settle_none(office):
    promise = promised(office)
    page = browser(in_office("office_clerk", Grant.Scope.PLACE, office.county.pk)).get("/desk/promises/")
    assert "换灯杆十四根" in text_of(page)
    assert "交通运输局" in text_of(page)
    assert str(promise.pk) not in text_of(page)
    elsewhere = browser(in_office("office_clerk", Grant.Scope.PLACE, make_county("远山县").pk))
    assert elsewhere.get("/desk/promises/").context["rows"] == []


def test_a_list_of_many_promises_asks_few_questions(clerk, office, django_assert_max_num_queries):
    for _ in range(8):
        promised(office)
    clerk.get("/unit/promises/")
    with django_assert_max_num_queries(8):
        clerk.get("/unit/promises/")


# What waits


def test_what_waits_for_a_unit_is_counted(office, travel):
    user, head = somebody("unit_clerk", office.roads), somebody("unit_head", office.roads)
    assert (to_sign_in(user), due(user), to_approve(user), to_approve(head)) == (None, None, None, None)
    _opinion, lead = handed(office)
    assert to_sign_in(user).title == "1件要签收"
    Handover.objects.filter(pk=lead.pk).update(signed_in_at=NOON)
    assert to_sign_in(user) is None
    travel(NOON + timedelta(days=30))
    assert (due(user).title, due(user).note) == ("1件快到期或者超了期", "其中1件已经超期。")


def test_what_waits_for_a_head_is_counted_for_the_head_alone(office):
    user, head = somebody("unit_clerk", office.roads), somebody("unit_head", office.roads)
    _opinion, lead = handed(office)
    browser(user).post(
        f"/unit/opinions/{lead.pk}/draft/", {"text": "修好了", "outcome": "solved", "edition": 0, "then": "ask"}
    )
    assert to_approve(user) is None
    assert to_approve(head).title == "1份答复等您批准"
    assert "1份答复等您批准" in text_of(browser(head).get("/unit/"))


# What leaders read


@pytest.fixture
def leader(office):
    return in_office("leader", Grant.Scope.PLACE, office.county.pk)


def test_a_leader_reads_what_is_long_late_and_who_holds_it(leader, office, travel):
    opinion, _lead = handed(office)
    day = (NOON + timedelta(days=60)).date()
    travel(NOON + timedelta(days=60))
    jobs.tell_late(now())
    (row,) = leading.long_late(leader, day).rows
    assert (row.number, row.who) == (opinion.case.number, "交通运输局")
    assert row.days > 20
    page = text_of(browser(leader).get("/lead/"))
    assert opinion.case.number in page
    assert "交通运输局" in page


def test_a_leader_reads_what_is_due_within_half_a_month_before_it_is_late(leader, office, travel):
    opinion, lead = handed(office)
    due = Handover.objects.get(pk=lead.pk).due_on
    assert leading.due_soon(leader, due - timedelta(days=15)).count == 0
    (row,) = leading.due_soon(leader, due - timedelta(days=14)).rows
    assert (row.number, row.who) == (opinion.case.number, "交通运输局")
    (late,) = leading.due_soon(leader, due + timedelta(days=1)).rows
    assert late.days == 1
    travel(NOON + timedelta(days=10))
    assert opinion.case.number in text_of(browser(leader).get("/lead/"))


def test_what_is_late_stands_in_one_list_before_it_is_long_late_and_in_the_other_then(leader, office, travel):
    handed(office)
    travel(NOON + timedelta(days=25))
    jobs.tell_late(now())
    assert (leading.long_late(leader, now().date()).count, leading.due_soon(leader, now().date()).count) == (0, 1)
    travel(NOON + timedelta(days=60))
    jobs.tell_late(now())
    assert (leading.long_late(leader, now().date()).count, leading.due_soon(leader, now().date()).count) == (1, 0)


def test_a_leader_reads_what_units_pass_to_and_fro(leader, office):
    opinion, _lead = handed(office, office.housing)
    assert leading.to_and_fro(leader, NOON.date()).rows == []
    Case.objects.filter(pk=opinion.case_id).update(returns=2)
    (row,) = leading.to_and_fro(leader, NOON.date()).rows
    assert (row.number, row.returns) == (opinion.case.number, 2)


def test_a_leader_reads_no_resident_and_no_complaint(leader, office, travel):
    words = "我叫王秀兰，电话13800001234，路灯不亮。"
    handed(office, words=words, title="我叫王秀兰的路灯")
    complaint = office.opinion(complaint=Complaint.of(office.housing), words="投诉的内容很长")
    travel(NOON + timedelta(days=90))
    jobs.tell_late(now())
    page = text_of(browser(leader).get("/lead/"))
    for hidden in ("王秀兰", "13800001234", complaint.case.number, "投诉的内容"):
        assert hidden not in page


def test_a_leader_of_elsewhere_reads_none_of_it(office, travel):
    handed(office)
    travel(NOON + timedelta(days=90))
    jobs.tell_late(now())
    township = Region.objects.filter(level="township").order_by("code").last()
    user = in_office("leader", Grant.Scope.PLACE, township.pk)
    assert leading.long_late(user, now().date()).rows == []


# A unit that closes


def test_where_a_unit_closes_the_matter_goes_back_to_the_office(office, travel, clerk):
    opinion, lead = handed(office)
    office.roads.close(on=NOON.date(), by=None, at=NOON)
    travel(NOON + DAY)
    assert jobs.hand_back(now()) == "1"
    case = Case.objects.get(pk=opinion.case_id)
    assert (case.stage, case.waits_for) == ("accepted", "office")
    after = Handover.objects.running().get(case=case)
    assert (after.party_kind, after.follows, after.started_on) == ("body", lead, (NOON + DAY).date())
    assert "已经不在你们这里了" in text_of(clerk.get(f"/unit/opinions/{lead.pk}/"))


def test_a_reply_that_was_approved_waits_for_who_sends_it_and_is_marked_in_the_list(office):
    user = somebody("unit_clerk", office.roads)
    _opinion, lead = handed(office)
    made = replying.draft(lead, by=user.pk, at=NOON, text="修好了。", outcome="solved")
    assert to_send(user) is None
    assert "批准了，等送出" not in text_of(browser(user).get("/unit/opinions/?tab=sign"))
    replying.approve(lead, by=office.clerk.pk, at=NOON, edition=made.edition)
    assert (to_send(user).title, to_send(somebody("unit_clerk", office.housing))) == ("1份答复批准了，等送出", None)
    assert "批准了，等送出" in text_of(browser(user).get("/unit/opinions/?tab=sign"))
    replying.send(lead, by=user.pk, at=NOON)
    assert to_send(user) is None


def test_what_is_late_and_not_even_signed_in_is_told(office, travel):
    user = somebody("unit_clerk", office.roads)
    handed(office)
    travel(NOON + timedelta(days=60))
    assert due(user).note == "其中1件已经超期。"

"""The pages of a deputy: what lies with them, and what they may do with it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from lianxin.affairs.opinions.actions import handling
from lianxin.affairs.opinions.waiting_handlers import held
from lianxin.ground.access.models import Grant, User
from lianxin.ground.cases import jobs
from lianxin.ground.cases.models import Case, Handover, Reply
from lianxin.ground.core.clock import now
from lianxin.ground.core.events import Ref
from lianxin.ground.core.models import Event
from lianxin.ground.documents import actions as documents
from lianxin.ground.documents.models import FileKind
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.unit_people import DAY, browser
from tests.affairs.stations.builders import make_shift
from tests.ground.access.builders import make_grant, make_user
from tests.ground.documents.builders import encoded, picture, upload
from tests.ground.people.builders import make_mandate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


@pytest.fixture(autouse=True)
def noon(office, travel, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    travel(NOON)


def signed_in(office, mandate, name):
    user = make_user(name)
    make_grant(user, "deputy", Grant.Scope.BODY, office.congress.pk)
    mandate.person.link(user, by=None, at=NOON)
    return browser(user)


@pytest.fixture
def deputy(office):
    return signed_in(office, office.mandate, "罗青禾")


@pytest.fixture
def another(office):
    mandate = make_mandate(office.congress, make_person("向晚亭"))
    return signed_in(office, mandate, "向晚亭")


def told_to(office, **facts):
    opinion = office.opinion(mandate=office.mandate, **facts)
    return opinion, Handover.objects.running().get(case=opinion.case_id)


def url(name, handover, *more):
    return reverse(f"opinions:{name}", args=[handover.pk, *more])


def act(client, handover, kind, **facts):
    return client.post(url("deputy_act", handover, kind), facts)


def text_of(response):
    return response.content.decode()


def test_what_was_written_to_a_deputy_stands_on_their_list_with_a_clock(deputy, office):
    _opinion, own = told_to(office)
    page = deputy.get("/me/opinions/")
    assert [line.handover for line in page.context["lines"]] == [own]
    assert "还剩7天" in text_of(page)
    assert "代表答复" in text_of(page)


def test_the_soonest_due_stands_on_the_home(deputy, office):
    told_to(office)
    page = text_of(deputy.get("/me/"))
    assert "我跟着的事" in page
    assert "群众意见等您答复" in page
    assert "还剩7天" in page


def test_what_is_due_stands_before_a_later_turn_which_stands_with_the_stations(deputy, office, travel):
    own, turn = told_to(office)[1], NOON.date() + 20 * DAY
    office.station.post(office.mandate, on=NOON.date(), by=None, at=NOON)
    make_shift(office.station, office.mandate, on=turn)
    said = f"{date_format(turn)}轮到您值班"
    page = text_of(deputy.get("/me/"))
    assert own.due_on < turn
    assert "群众意见等您答复" in page
    assert said in page
    travel(NOON + 20 * DAY)
    today = text_of(deputy.get("/me/"))
    assert "今天轮到您值班" in today
    assert said not in today


def test_a_deputy_explains_and_it_is_called_so(deputy, office):
    opinion, own = told_to(office)
    assert "“解决了”不由代表说" in text_of(deputy.get(url("deputy_matter", own)))
    assert act(deputy, own, "explain", text=" ").status_code == 422
    assert act(deputy, own, "explain", text="问过交通局，下月修。").status_code == 302
    case = Case.objects.get(pk=opinion.case_id)
    assert (case.stage, case.outcome, case.outcome_by) == ("answered", "explained", "deputy")
    page = text_of(deputy.get(url("deputy_matter", own)))
    assert "已作说明" in page
    assert "问过交通局，下月修。" in page


def test_no_form_of_a_deputy_lets_them_say_solved(deputy, office):
    opinion, own = told_to(office)
    assert "radio" not in text_of(deputy.get(url("deputy_act", own, "explain")))
    act(deputy, own, "explain", text="修好了", outcome="solved", means="solved")
    assert Reply.objects.get(case=opinion.case_id).means == "explained"


def test_a_deputy_takes_up_once_and_passes_on_with_a_reason(deputy, office):
    opinion, own = told_to(office)
    led_to = act(deputy, own, "take-up")["Location"]
    taken = Handover.objects.running().get(case=opinion.case_id)
    assert led_to == url("deputy_matter", taken), "the former handover says that it is over"
    assert taken.role == "taken_up"
    page = text_of(deputy.get(url("deputy_matter", taken)))
    assert "您认领了，正在跟" in page
    assert url("deputy_act", taken, "take-up") not in page
    assert act(deputy, taken, "take-up").status_code == 422
    assert act(deputy, taken, "pass-on", reason="").status_code == 422
    assert act(deputy, taken, "pass-on", reason="要部门来办").status_code == 302
    assert Case.objects.get(pk=opinion.case_id).waits_for == "office"


def test_what_was_passed_on_is_read_only_and_tells_no_more(deputy, office):
    opinion, own = told_to(office)
    handling.pass_on(own, "要部门来办", by=office.clerk.pk, at=NOON)
    page = text_of(deputy.get(url("deputy_matter", own)))
    assert "已经不在您这里了" in page
    assert opinion.text not in page
    assert act(deputy, own, "explain", text="说明").status_code == 409
    assert [line.handover for line in deputy.get("/me/opinions/?past=1").context["lines"]] == [own]
    assert not Reply.objects.exists()


def test_a_stale_page_is_told_that_the_matter_lies_elsewhere(deputy, office):
    _opinion, own = told_to(office)
    page = deputy.get(url("deputy_act", own, "explain"))
    assert page.status_code == 200
    handling.take_back(own, "办公室来答复", by=office.clerk.pk, at=NOON)
    assert "已经不在您这里了" in text_of(act(deputy, own, "explain", text="说明"))


def test_another_deputy_does_not_know_that_it_is_there(another, office):
    _opinion, own = told_to(office)
    assert another.get(url("deputy_matter", own)).status_code == 404
    for kind in ("explain", "take-up", "pass-on"):
        assert another.get(url("deputy_act", own, kind)).status_code == 404
        assert act(another, own, kind, text="x", reason="x").status_code == 404
    assert another.get("/me/opinions/").context["lines"] == []
    assert deputy_of(own) == office.mandate.pk


def deputy_of(handover):
    return Handover.objects.running().get(case=handover.case_id).party_id


def test_a_deputy_does_not_see_who_said_it(deputy, office):
    words = "我叫王秀兰，电话13800001234，路灯不亮。"
    opinion, own = told_to(office, name="王秀兰", phone="13900005678", title="我叫王秀兰")
    page = text_of(deputy.get(url("deputy_matter", own)))
    assert [hidden for hidden in ("王秀兰", "13900005678", opinion.code) if hidden in page] == []
    raw, held_raw = told_to(office, words=words)
    assert raw.text == words
    page = text_of(deputy.get(url("deputy_matter", held_raw)))
    assert [hidden for hidden in ("王秀兰", "13800001234") if hidden in page] == []


def test_a_photo_is_shown_once_it_was_looked_at(deputy, another, office):
    opinion, own = told_to(office)
    owner = Ref("opinion", opinion.pk)
    photo = documents.keep(upload(encoded(picture())), kind=FileKind.PHOTO, owner=owner, by=None, at=NOON)
    assert deputy.get(url("deputy_file", own, photo.pk)).status_code == 404
    photo.look(by=office.clerk.pk, at=NOON, is_public=True)
    assert deputy.get(url("deputy_file", own, photo.pk)).status_code == 200
    assert another.get(url("deputy_file", own, photo.pk)).status_code == 404


def test_what_waits_for_a_deputy_is_counted_without_names(deputy, office, travel):
    told_to(office)
    travel(NOON + timedelta(days=9))
    user = User.objects.get(name="罗青禾")
    waiting = held(user)
    assert (waiting.title, waiting.note) == ("1件群众意见在您手上", "其中1件已经超期。")


def test_where_a_mandate_ends_the_matter_goes_back_with_a_clock_of_the_office(deputy, office, travel):
    opinion, own = told_to(office)
    office.mandate.end("resigned", on=NOON.date(), by=None, at=NOON)
    travel(NOON + 2 * DAY)
    assert jobs.hand_back(now()) == "1"
    case = Case.objects.get(pk=opinion.case_id)
    assert case.waits_for == "office"
    assert case.due_on is not None
    after = Handover.objects.running().get(case=case)
    assert (after.party_kind, after.follows) == ("body", own)
    assert Event.objects.filter(kind="opinions.handed_back").count() == 1
    assert act(deputy, own, "explain", text="说明").status_code in (403, 409)
    assert jobs.hand_back(now()) == "0"


def test_where_a_mandate_rests_the_matter_goes_back(office, travel):
    opinion, _own = told_to(office)
    office.mandate.pause("suspended", on=NOON.date(), by=None, at=NOON)
    travel(NOON + DAY)
    assert jobs.hand_back(now()) == "1"
    assert Case.objects.get(pk=opinion.case_id).waits_for == "office"


def test_a_list_of_many_asks_no_more_than_one_of_few(deputy, office, django_assert_max_num_queries):
    for _ in range(12):
        told_to(office)
    deputy.get("/me/opinions/")
    with django_assert_max_num_queries(8):
        deputy.get("/me/opinions/")

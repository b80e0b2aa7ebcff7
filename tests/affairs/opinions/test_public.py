"""What everybody reads: public matters alone, no more of a place or person than the author chose, nothing unseen."""

from datetime import date, timedelta

import pytest
from django.test import Client

from lianxin.affairs.opinions.actions import handling, judging, replying, sorting, telling
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.routing import Complaint
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.core.events import Ref
from tests.affairs.opinions.builders import NOON
from tests.ground.documents.builders import make_file

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon(travel):
    travel(NOON)


def published(office, **facts):
    """An opinion that was taken, and stands in public where it may."""
    opinion = office.opinion(**facts)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    return opinion


def page(client, path="/opinions/", status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def one(client, opinion, status=200):
    return page(client, f"/opinions/{opinion.case.number}/", status)


def answered(office, opinion, outcome="solved", **facts):
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    lead = Handover.objects.running().get(case=opinion.case_id, role="lead")
    draft = replying.draft(lead, by=office.clerk.pk, at=NOON, text="七盏灯都修好了。", outcome=outcome, **facts)
    replying.approve(lead, by=office.clerk.pk, at=NOON, edition=draft.edition)
    replying.send(lead, by=office.clerk.pk, at=NOON)


def test_what_was_taken_and_may_be_read_is_listed(office, client):
    opinion = published(office)
    assert opinion.title in page(client)
    assert opinion.text in one(client, opinion)


def test_what_is_not_public_is_neither_listed_nor_there(office, client):
    received = office.opinion(title="刚收到的")
    staff = published(office, visibility="staff", title="只给工作人员")
    complaint = published(office, complaint=Complaint.of(office.roads), title="投诉的")
    private = published(office, words="我叫王秀兰，路灯不亮。", title="有名字的")
    withdrawn = published(office, title="撤回的")
    telling.withdraw(withdrawn, at=NOON)
    declined = office.opinion(title="没有收的")
    sorting.decline(declined, "private", "私事", by=office.clerk.pk, at=NOON)
    shown = page(client)
    for opinion in (received, staff, complaint, private, withdrawn, declined):
        assert opinion.case.number not in shown
        one(client, opinion, 404)


def test_a_village_is_small_so_the_township_and_the_month_are_told(office, client):
    opinion = published(office, spot="三组桥头")
    shown = one(client, opinion) + page(client)
    assert office.village.parent.name in shown
    assert office.village.name not in shown
    assert "三组桥头" not in shown
    assert "2026年3月" in shown
    assert "3月10日" not in shown


def test_who_signs_by_name_is_named_and_nobody_else(office, client):
    named = published(office, visibility="named", shown_name="老王")
    unnamed = published(office, shown_name="老李", name="李大山", phone="13800001234")
    assert "老王" in one(client, named)
    shown = one(client, unnamed)
    assert "一位居民" in shown
    assert all(who not in shown for who in ("老李", "李大山", "1380000"))


def test_a_photo_is_shown_once_a_person_found_it_fit(office, client):
    opinion = published(office)
    photo = make_file(owner=Ref("opinion", opinion.pk))
    address = f"/opinions/{opinion.case.number}/files/{photo.pk}/"
    assert str(photo.pk) not in one(client, opinion)
    assert client.get(address).status_code == 404
    photo.look(by=office.clerk.pk, at=NOON, is_public=True)
    assert str(photo.pk) in one(client, opinion)
    assert client.get(address).status_code == 200
    assert client.get(f"/opinions/{published(office).case.number}/files/{photo.pk}/").status_code == 404


def test_what_the_unit_claims_and_what_the_resident_says_stand_apart(office, client):
    opinion = published(office)
    answered(office, opinion)
    assert "还没有评" in one(client, opinion)
    judging.rate(opinion, "no", "no", why="slow", words="我只对你们说的话", at=NOON)
    shown = one(client, opinion)
    claims = shown.partition('id="h-solved"')[2].partition("</dl>")[0]
    assert claims.index("承办单位") < claims.index("反映人")
    assert "没解决" in claims
    assert "七盏灯都修好了。" in shown
    assert "不满意" not in claims
    assert "我只对你们说的话" not in shown


def test_who_did_not_rate_is_said_not_to_have_rated(office, client):
    opinion = published(office)
    answered(office, opinion)
    judging.end_unjudged(Case.objects.get(pk=opinion.case_id), NOON + 20 * DAY)
    assert "没有评" in one(client, opinion)
    assert "还没有评" not in one(client, opinion)


def test_a_promise_stands_with_its_day(office, client):
    opinion = published(office)
    answered(office, opinion, "later", promise="换七盏灯", promised_on=date(2026, 6, 30))
    assert "换七盏灯" in one(client, opinion)
    assert "2026年6月30日" in one(client, opinion)


def test_the_list_is_by_place_subject_and_how_far_it_is(office, client):
    roads = published(office, subject="roads", title="路上的事")
    water = published(office, subject="water", title="水管的事")
    answered(office, water)
    assert roads.title in page(client, "/opinions/?subject=roads")
    assert water.title not in page(client, "/opinions/?subject=roads")
    assert water.title in page(client, "/opinions/?stage=answered")
    assert roads.title not in page(client, "/opinions/?stage=answered")
    assert roads.title in page(client, f"/opinions/?township={office.village.parent.code}")


@pytest.mark.parametrize(
    "query", ["stage=x", "township=x", "township=９", "after=x", "figure=x&period=2026", "period=0000"]
)
def test_a_query_that_makes_no_sense_is_left_out(office, client, query):
    assert published(office).title in page(client, f"/opinions/?{query}")


def test_where_nothing_fits_it_says_so_and_leads_to_all(office, client):
    nothing = page(client)
    assert "没有公开的事" in nothing
    assert "看全部" not in nothing
    published(office, subject="roads")
    for query in (
        "subject=water",
        "subject=x",
        "township=9",
        "stage=answered",
        "q=水管",
        "figure=opinions.received&period=2019",
    ):
        shown = page(client, f"/opinions/?{query}")
        empty = shown[shown.index('class="empty"') :]
        assert "没有符合条件的事" in empty, query
        assert '<a class="btn" href="/opinions/">看全部</a>' in empty, query


def test_me_too_is_one_tap_and_counts_once_for_a_browser(office, client):
    opinion = published(office)
    address = f"/opinions/{opinion.case.number}/echo/"
    for _time in range(3):
        assert client.post(address).status_code == 302
    assert Case.objects.get(pk=opinion.case_id).voices == 2
    assert "已经算进去了" in one(client, opinion)
    Client().post(address)
    assert Case.objects.get(pk=opinion.case_id).voices == 3


def test_me_too_is_no_door_to_what_is_not_public(office, client):
    opinion = office.opinion()
    assert client.post(f"/opinions/{opinion.case.number}/echo/").status_code == 404
    assert client.get(f"/opinions/{opinion.case.number}/echo/").status_code == 405
    assert Opinion.objects.get(pk=opinion.pk).case.voices == 1


def test_the_front_page_shows_what_was_answered_and_follows_a_code(office, client):
    opinion = published(office, title="刚答复的事")
    assert opinion.title not in page(client, "/")
    answered(office, opinion)
    assert opinion.title in page(client, "/")
    assert 'href="/follow/"' in page(client, "/")

"""The receipt: number, code, who answers by which day; on a screen, in a calendar, on a strip of paper."""

import html
import re
from datetime import timedelta

import pytest
import segno
from django.test import Client
from icalendar import Calendar

from lianxin.affairs.opinions.actions import sorting
from lianxin.affairs.opinions.codes import grouped
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.receipts import Receipt
from lianxin.ground.core.clock import travel
from tests.affairs.opinions.builders import LAMPS, NOON
from tests.affairs.opinions.teller import Teller, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def teller(office):
    with travel(NOON):
        yield Teller(Client(), office)


def test_it_shows_number_and_code_and_who_answers_by_when(teller, office):
    opinion = teller.tell()
    page = text(teller.get("receipt"))
    assert opinion.case.number in page
    assert grouped(opinion.code) in page
    assert f"{office.congress.name}在<time>2026年3月13日</time>前告诉您" in page


def test_a_deputy_answers_by_the_deputys_own_day(office):
    opinion = office.opinion(mandate=office.mandate)
    told = Receipt.of(opinion, "http://x").sentence
    assert told == f"{office.mandate.person.name}代表在<time>2026年3月17日</time>前答复您。"


def test_it_says_who_had_it_first_whatever_became_of_it(teller, office):
    opinion = teller.tell()
    before = Receipt.of(opinion, "").sentence
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    assert Receipt.of(opinion, "").sentence == before


def test_the_code_stands_in_no_address(teller):
    opinion = teller.tell()
    page = text(teller.get("receipt"))
    links = re.findall(r'(?:href|action)="([^"]*)"', page)
    assert links
    assert not any(opinion.code in link for link in links)
    assert Receipt.of(opinion, "http://x").follow == "http://x/follow/"


def test_the_picture_leads_to_the_matter_behind_a_sign_that_no_browser_sends(teller):
    opinion = teller.tell()
    leads_to = f"http://testserver/follow/#{opinion.code}"
    drawn = segno.make(leads_to, error="m").svg_data_uri(scale=4, border=2, light="#fff")
    assert drawn in html.unescape(text(teller.get("receipt")))


def test_the_page_of_the_code_is_a_link(teller):
    teller.tell()
    assert '<a href="http://testserver/follow/">http://testserver/follow/</a>' in text(teller.get("receipt"))


def test_it_says_whether_the_address_to_pass_on_opens_already(teller, office):
    opinion = teller.tell()
    address = f"/opinions/{opinion.case.number}/"
    for status, is_said in ((404, True), (200, False)):
        page = text(teller.get("receipt"))
        assert f"公开以后在 http://testserver{address} 看得到" in page
        assert ("这个网址现在还打不开" in page) == is_said
        assert Client().get(address).status_code == status
        if status == 404:
            sorting.accept(opinion, by=office.clerk.pk, at=NOON)


def test_another_browser_sees_no_receipt(teller):
    teller.tell()
    assert Client().get("/tell/receipt/").status_code == 302
    assert Client().get("/tell/receipt/day.ics").status_code == 302


def test_before_it_is_sent_there_is_none(teller):
    teller.until("seen")
    assert teller.get("receipt").url == "/tell/send/"


def test_the_calendar_holds_the_day_and_the_number_and_nothing_of_the_matter(teller):
    opinion = teller.tell()
    answer = teller.browser.get("/tell/receipt/day.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["dtstart"].dt.isoformat() == "2026-03-13"
    assert opinion.case.number in event["summary"]
    told = answer.content.decode()
    assert LAMPS[:4] not in told
    assert opinion.code not in told


def test_on_somebody_elses_telephone_it_can_be_cleared_away_and_the_matter_stays(teller):
    opinion = teller.tell()
    assert teller.post("drop").url == "/tell/"
    assert "收据从这个浏览器里清掉了。事情照办，查询码照用。" in text(teller.get())
    assert teller.get("receipt").url == "/follow/"
    assert Opinion.objects.get() == opinion


def test_once_it_is_gone_nobody_is_told_to_write_anew_what_was_sent(teller):
    teller.tell()
    with travel(NOON + timedelta(hours=25)):
        for page in ("receipt/", "receipt/day.ics"):
            answer = teller.browser.get(f"/tell/{page}", follow=True)
            assert answer.redirect_chain == [("/follow/", 302)]
            assert "收据不在这里了" in text(answer)
            assert "寄出了的不用再写" in text(answer)
        assert "寄出了的不用再写" in text(teller.browser.get("/tell/what/", follow=True))

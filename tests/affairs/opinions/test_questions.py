"""Who is asked for more knows until when, and hears it once more before the days are over."""

from datetime import timedelta

import pytest
from django.test import Client

from lianxin.affairs.opinions import times
from lianxin.affairs.opinions.actions import sorting, telling
from lianxin.affairs.opinions.codes import grouped
from lianxin.ground.core.clock import travel
from lianxin.ground.messages.models import Outgoing
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.test_telling_back import reached, told
from tests.affairs.opinions.working import DAY, merged

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.SENDS_MAIL = True


def asked(office, at=NOON):
    opinion = reached(office)
    sorting.ask_more(opinion, "哪条路？", by=office.clerk.pk, at=at)
    return opinion


def reminded(at):
    with travel(at):
        return times.remind(at)


def page_of(opinion, at=NOON):
    browser = Client()
    with travel(at):
        return browser.post("/follow/", {"code": grouped(opinion.code)}, follow=True).content.decode()


def test_the_question_says_until_when(office):
    opinion = asked(office)
    assert told(opinion)[-1].endswith("有一点没弄清，请您3月24日前补充几句。补充之前先等着您。")
    page = page_of(opinion)
    assert "请您3月24日前补充几句" in page
    assert "过了3月24日没有等到，就照现有的接着办" in page


def test_it_is_said_once_more_as_many_days_before_as_the_preset_says(office):
    opinion = asked(office)
    last = NOON + 14 * DAY
    assert [reminded(at) for at in (NOON + DAY, last - 4 * DAY, last - 3 * DAY)] == ["0", "0", "1"]
    assert told(opinion)[-1].endswith("还等您补充：3月24日前补上就行。没有等到，会照现有的接着办。")
    reminded(last - 2 * DAY)
    reminded(last)
    assert Outgoing.objects.filter(key__startswith="opinions.more.").count() == 1


def test_who_has_answered_hears_nothing_more(office):
    opinion = asked(office)
    telling.add(opinion, "去小学的那条。", at=NOON + DAY)
    assert reminded(NOON + 12 * DAY) == "0"


def test_who_is_asked_anew_has_new_days(office):
    opinion = asked(office)
    reminded(NOON + 12 * DAY)
    telling.add(opinion, "去小学的那条。", at=NOON + 12 * DAY)
    again = NOON + 12 * DAY + timedelta(hours=1)
    sorting.ask_more(opinion, "几盏？", by=office.clerk.pk, at=again)
    assert reminded(again + 12 * DAY) == "1"
    assert Outgoing.objects.filter(key__startswith="opinions.more.").count() == 2


def test_others_of_the_same_matter_are_not_told_to_add_anything(office):
    first, other = office.opinion(), office.opinion(words="路灯坏了三天。")
    merged(office, other, into=first)
    sorting.ask_more(first, "哪条路？", by=office.clerk.pk, at=NOON)
    page = page_of(other)
    assert "在等先说这件事的人补充" in page
    assert "请您" not in page.partition("<h2")[0]

"""Who holds the link of a message can stop them; the check tells what is stuck."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from lianxin.ground.core.clock import now
from lianxin.ground.core.doctor import State, examine
from lianxin.ground.messages.actions import choose
from lianxin.ground.messages.models import UNDO, Outgoing, Reach
from lianxin.ground.messages.sending import send
from tests.ground.messages.builders import make_reached, make_said

pytestmark = pytest.mark.django_db


def test_the_link_in_a_message_asks_first_and_then_stops_them(later, platform):
    voice, other = make_reached(), make_reached()
    make_said(voice)
    later(UNDO)
    send(now())
    link = re.search(r"https://lianxin\.example\.gov\.cn(/messages/stop/\S+)", mail.outbox[0].body)[1]
    browser = Client()
    assert "停止接收" in browser.get(link).content.decode()
    assert Reach.objects.open().count() == 2
    answer = browser.post(link, follow=True)
    assert "已经停止" in answer.content.decode()
    assert Reach.objects.open().get().voice_id == other
    assert browser.post(link).status_code == 302


@pytest.mark.parametrize("query", ["", "?t=", "?t=guessed", "?t=%00", "?t=" + "x" * 5000])
def test_a_link_that_was_guessed_leads_nowhere(query, platform):
    make_reached()
    for ask in (Client().get, Client().post):
        assert ask(reverse("messages:stop") + query).status_code == 404


def test_the_page_is_whole_in_english(platform):
    make_reached()
    browser = Client()
    browser.cookies["lianxin_language"] = "en"
    page = browser.get(f"{reverse('messages:stop')}?t={Reach.objects.get().stop_token}").content.decode()
    assert "Stop messages?" in page


def test_the_check_tells_what_has_been_stuck_for_an_hour(gateway, later):
    make_said(make_reached(channel="sms"))
    gateway.status = 500
    assert [found.answer.state for found in examine("messages.ways")] == [State.FINE]
    for _try in range(20):
        later(timedelta(minutes=5))
        send(now())
    [found] = examine("messages.ways")
    assert (found.answer.state, found.answer.text) == (State.WRONG, "短信有1条一直寄不出去")
    gateway.status = 200
    later(timedelta(hours=3))
    send(now())
    assert [found.answer.state for found in examine("messages.ways")] == [State.FINE]


def test_what_waits_for_a_way_that_was_taken_away_goes_by_the_one_chosen_next(gateway, settings, later):
    voice = make_reached(channel="sms")
    make_said(voice)
    settings.SMS = ""
    later(UNDO)
    send(now())
    choose(voice, "email", by=None, at=now())
    later(timedelta(minutes=5))
    send(now())
    assert (len(mail.outbox), gateway.asked, Outgoing.objects.get().state) == (1, [], "sent")

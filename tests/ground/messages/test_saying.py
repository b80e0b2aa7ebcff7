"""What is said is put into the outbox, once for each fact, and can be taken back while it waits."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from lianxin.ground.core.clock import now
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from lianxin.ground.messages import actions
from lianxin.ground.messages.errors import NoAddress, NoSuchChannel
from lianxin.ground.messages.models import UNDO, Outgoing, Reach
from lianxin.ground.messages.sending import send
from lianxin.ground.vault.particulars import Particulars
from tests.ground.messages.builders import make_case, make_reached, make_said
from tests.ground.vault.builders import make_voice

pytestmark = pytest.mark.django_db


def test_what_is_said_waits_and_is_not_sent():
    voice, case = make_reached(), make_case()
    assert actions.say(voice, case, "路灯\n 修好了", "/q/#abc", key="k", at=now())
    row = Outgoing.objects.get()
    assert (row.about, row.text, row.state, row.attempts) == (case, "路灯 修好了", "waiting", 0)
    assert row.next_try_at == row.said_at + UNDO
    assert mail.outbox == []


def test_one_fact_is_said_once():
    voice = make_reached()
    row = make_said(voice, key="k")
    make_said(voice, key="k", text="别的话")
    assert Outgoing.objects.get().text == row.text


def test_one_fact_is_said_once_also_after_it_was_told(later):
    voice = make_reached()
    make_said(voice, key="k")
    later(2 * UNDO)
    send(now())
    make_said(voice, key="k")
    send(now() + timedelta(days=1))
    assert len(mail.outbox) == 1


def test_what_the_caller_takes_back_was_never_said():
    voice = make_reached()
    with transaction.atomic():
        make_said(voice)
        transaction.set_rollback(True)
    assert not Outgoing.objects.exists()


def test_who_chose_no_way_and_who_stopped_is_told_nothing():
    stopped = make_reached()
    actions.stop(stopped, by=None, at=now())
    for voice in (new_id(), stopped):
        assert not actions.say(voice, make_case(), "话", "/", key=str(voice), at=now())
    assert not Outgoing.objects.exists()


@pytest.mark.parametrize("told", [{"text": "长" * 501}, {"link": "https://elsewhere.example/"}, {"link": "/" * 301}])
def test_a_line_that_is_too_long_and_a_link_that_leads_elsewhere_are_refused(told):
    with pytest.raises(ValueError):
        make_said(make_reached(), **told)


def test_what_waits_can_be_taken_back_and_said_anew():
    voice = make_reached()
    make_said(voice, key="k")
    assert actions.recall("k")
    assert not Outgoing.objects.exists()
    make_said(voice, key="k")
    assert not actions.recall("another")


def test_what_is_being_sent_or_was_sent_can_no_longer_be_taken_back(later):
    voice = make_reached()
    make_said(voice, key="k")
    later(2 * UNDO)
    Outgoing.objects.claim(voice, now())
    assert not actions.recall("k")
    Outgoing.objects.update(claimed_at=None)
    send(now())
    assert not actions.recall("k")
    assert Outgoing.objects.get().state == "sent"


def test_choosing_and_stopping_stand_in_the_record_and_stopping_takes_what_waits():
    voice = make_reached()
    make_said(voice)
    assert actions.stop(voice, by=None, at=now())
    assert not actions.stop(voice, by=None, at=now())
    assert not Outgoing.objects.exists()
    kinds = Event.objects.filter(subject_id=voice, kind__startswith="messages.").order_by("id")
    assert [(event.kind, event.facts) for event in kinds] == [
        ("messages.chosen", {"channel": "email"}),
        ("messages.stopped", {}),
    ]


def test_who_stopped_may_choose_again_under_the_same_link():
    voice = make_reached()
    token = Reach.objects.get().stop_token
    actions.stop(voice, by=None, at=now())
    actions.choose(voice, "email", by=None, at=now())
    assert (Reach.objects.get().stopped_at, Reach.objects.get().stop_token) == (None, token)
    assert make_said(voice)


@pytest.mark.parametrize("channel", ["sms", "wechat", ""])
def test_a_way_that_is_not_open_cannot_be_chosen(channel, settings):
    settings.SMS = ""
    with pytest.raises(NoSuchChannel, match="换一种"):
        actions.choose(new_id(), channel, by=None, at=now())
    assert not Reach.objects.exists()


@pytest.mark.parametrize(
    ("channel", "left", "told"),
    [
        ("email", {"phone": "13800571986"}, "没有留过邮箱"),
        ("sms", {"email": "w@resident.example"}, "没有留过收得到短信的手机号"),
        ("sms", {"phone": "07176690123"}, "没有留过收得到短信的手机号"),
        ("wechat", {"phone": "13800571986"}, "先在微信里确认"),
    ],
)
def test_a_way_by_which_nothing_would_arrive_is_refused_in_words(channel, left, told, settings):
    settings.SMS = settings.WECHAT = "file:"
    voice = make_voice(Particulars(**left))
    with pytest.raises(NoAddress, match=told):
        actions.choose(voice, channel, by=None, at=now())
    assert not Reach.objects.exists()


def test_a_voice_is_forgotten_whole_but_that_it_was_told(later):
    voice, other = make_reached(), make_reached()
    make_said(voice)
    make_said(other)
    actions.forget(voice)
    assert set(Outgoing.objects.values_list("voice_id", flat=True)) == {other}
    assert Reach.objects.get().voice_id == other


def test_what_ended_says_nothing():
    row = make_said(make_reached())
    with pytest.raises(IntegrityError), transaction.atomic():
        Outgoing.objects.filter(pk=row.pk).update(state="sent", ended_at=now())

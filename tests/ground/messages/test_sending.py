"""One message of what waits, tried again for days, lost never, doubled only where a worker is killed at the wrong moment."""

import re
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event
from lianxin.ground.messages import sending
from lianxin.ground.messages.actions import stop
from lianxin.ground.messages.jobs import forget
from lianxin.ground.messages.models import UNDO, Outgoing, Reach
from lianxin.ground.messages.models.outgoing import HELD
from lianxin.ground.messages.sending import PAUSES, SILENT, send
from lianxin.ground.messages.waiting import not_reached
from lianxin.ground.vault import actions as vault
from lianxin.ground.vault.particulars import Particulars
from tests.ground.access.builders import make_grant, make_user
from tests.ground.messages.builders import make_case, make_reached, make_said
from tests.ground.vault.builders import COUNTY, TOLD

pytestmark = pytest.mark.django_db
FIVE = timedelta(minutes=5)


class Down(EmailBackend):
    """A mail server that is away while `is_down`."""

    is_down = True
    tried = 0

    def send_messages(self, messages):
        Down.tried += 1
        if Down.is_down:
            raise SMTPServerDisconnected("gone")
        return super().send_messages(messages)


@pytest.fixture
def down(settings, monkeypatch) -> type[Down]:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    monkeypatch.setattr(Down, "is_down", True)
    monkeypatch.setattr(Down, "tried", 0)
    return Down


def test_nothing_leaves_before_it_can_no_longer_be_taken_back(later):
    make_said(make_reached())
    send(now())
    assert mail.outbox == []
    later(UNDO)
    send(now())
    assert len(mail.outbox) == 1


def test_nothing_is_sent_where_nothing_waits(later):
    make_said(make_reached())
    make_reached()
    later(UNDO)
    for _run in range(3):
        send(now())
    assert len(mail.outbox) == 1


def test_what_waits_goes_as_one_message_newest_first_by_case(later, platform):
    voice, lamp, road, at = make_reached(), make_case(), make_case(), now()
    make_said(voice, lamp, at - 3 * FIVE, text="路灯已交承办单位", link="/q/#lamp")
    make_said(voice, road, at - 2 * FIVE, text="水沟已登记", link="/q/#road")
    make_said(voice, lamp, at - FIVE, text="路灯修好了", link="/q/#lamp")
    assert send(at) == "寄出1封，没有寄成0封"
    [sent] = mail.outbox
    assert sent.subject == "点军区人大代表工作平台：有3条消息"
    body = re.sub(r"\d{4}-\d+-\d+|\d+年\d+月\d+日|\d+/\d+/\d+", "DAY", sent.body)
    assert re.findall(r"DAY.*|https.*lianxin.*/q/.*", body) == [
        "DAY  路灯修好了",
        "DAY  路灯已交承办单位",
        "https://lianxin.example.gov.cn/q/#lamp",
        "DAY  水沟已登记",
        "https://lianxin.example.gov.cn/q/#road",
    ]


def test_a_mail_says_that_a_machine_wrote_it_and_how_to_stop_it(later):
    voice = make_reached()
    make_said(voice)
    later(UNDO)
    send(now())
    [sent] = mail.outbox
    url = f"https://lianxin.example.gov.cn/messages/stop/?t={Reach.objects.get().stop_token}"
    headers = sent.message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Precedence"] == "bulk"
    assert headers["List-Unsubscribe"] == f"<{url}>"
    assert headers["List-Id"] == "<lianxin.lianxin.example>"
    assert headers["Message-ID"] == f"<lx.{Outgoing.objects.get().letter_id.hex}@lianxin.example>"
    assert url in sent.body
    assert (sent.to, TOLD.name in sent.body) == ([TOLD.email], False)


def test_what_was_sent_says_nothing_any_more_and_the_vault_notes_that_it_went(later):
    voice, case = make_reached(), make_case()
    make_said(voice, case)
    later(UNDO)
    send(now())
    row = Outgoing.objects.get()
    assert (row.state, row.text, row.link, row.about, row.claim) == ("sent", "", "", case, None)
    assert Event.objects.get(kind="vault.delivered").subject_id == voice


def test_two_voices_get_a_message_each(later):
    for _voice in range(2):
        make_said(make_reached())
    later(UNDO)
    assert send(now()) == "寄出2封，没有寄成0封"
    assert len({sent.message()["Message-ID"] for sent in mail.outbox}) == 2


def test_a_text_that_looks_like_a_place_for_a_name_gets_none(later):
    make_said(make_reached(), text="请看{name}")
    later(UNDO)
    send(now())
    assert TOLD.name not in mail.outbox[0].body


def test_what_was_claimed_is_sent_by_nobody_else_and_comes_back_when_who_claimed_it_was_killed(later, monkeypatch):
    voice = make_reached()
    make_said(voice)
    later(UNDO)
    assert len(Outgoing.objects.claim(voice, now())) == 1
    assert Outgoing.objects.claim(voice, now()) == []
    send(now())
    assert mail.outbox == []
    Outgoing.objects.update(claimed_at=timezone.now() - HELD - FIVE)
    send(now())
    assert len(mail.outbox) == 1


def test_killed_between_sending_and_noting_it_goes_again_under_the_same_message_id(later, monkeypatch):
    make_said(make_reached())
    later(UNDO)
    with monkeypatch.context() as killed:
        killed.setattr(sending, "_end", lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            send(now())
    Outgoing.objects.update(claimed_at=timezone.now() - HELD - FIVE)
    send(now())
    send(now())
    assert [sent.message()["Message-ID"] for sent in mail.outbox] == [mail.outbox[0].message()["Message-ID"]] * 2


def test_a_server_that_is_away_for_a_day_loses_nothing_and_doubles_nothing(down, later):
    voice = make_reached()
    make_said(voice, key="before")
    later(UNDO)
    for _run in range(24 * 12):
        send(now())
        later(FIVE)
    make_said(voice, key="meanwhile")
    assert Down.tried < 12
    down.is_down = False
    for _run in range(24 * 12):
        send(now())
        later(FIVE)
    assert len(mail.outbox) == 1
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"sent"}
    assert "有2条消息" in mail.outbox[0].subject


def test_what_is_said_meanwhile_waits_for_what_could_not_be_sent(down, later):
    voice = make_reached()
    make_said(voice)
    later(UNDO)
    send(now())
    make_said(voice, at=now() - UNDO)
    send(now())
    assert Down.tried == 1


def test_after_six_days_it_is_given_up_and_the_office_is_told(down, later, platform):
    clerk = make_user("谷办事")
    make_grant(clerk, "office_clerk", "place", COUNTY)
    make_said(make_reached())
    later(UNDO)
    for pause in PAUSES:
        send(now())
        assert not_reached(clerk) is None
        later(pause)
    send(now())
    row = Outgoing.objects.get()
    assert (row.state, row.text, row.link, Down.tried) == ("given_up", "", "", len(PAUSES) + 1)
    assert not_reached(clerk).title == "一周来有1条消息没有送到"
    assert not_reached(make_user("旁人")) is None
    assert sum(PAUSES, timedelta()) > timedelta(days=5)


def test_a_server_that_is_away_is_not_asked_for_every_voice(down, later):
    for _voice in range(SILENT + 4):
        make_said(make_reached())
    later(UNDO)
    send(now())
    assert Down.tried == SILENT
    assert Outgoing.objects.filter(attempts=0).count() == 4


def test_whose_address_is_no_longer_kept_is_not_tried_again(later):
    voice = make_reached()
    vault.keep(voice, Particulars(phone="13800571986"), by=None, at=now())
    make_said(voice)
    later(UNDO)
    send(now())
    assert Outgoing.objects.get().state == "given_up"


def test_for_whom_was_erased_or_stopped_nothing_is_left(later):
    erased, stopped = make_reached(), make_reached()
    make_said(erased)
    row = make_said(stopped)
    stop(stopped, by=None, at=now())
    row.save(force_insert=True)  # said at the very moment of stopping
    vault.erase(erased, by=None, at=now(), cause="asked")
    later(UNDO)
    send(now())
    assert (mail.outbox, Outgoing.objects.count()) == ([], 0)


def test_a_way_that_was_taken_out_of_the_settings_is_waited_for(later, settings):
    make_said(make_reached())
    later(UNDO)
    settings.SENDS_MAIL = False
    send(now())
    assert (Outgoing.objects.get().state, Outgoing.objects.get().attempts) == ("waiting", 1)
    settings.SENDS_MAIL = True
    later(FIVE)
    send(now())
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_the_nightly_job_takes_them_away(later):
    make_said(make_reached())
    make_said(make_reached())
    later(UNDO)
    send(now())
    assert forget(now()) == "0"
    later(timedelta(days=740))
    assert forget(now()) == "2"
    assert not Outgoing.objects.exists()

"""A letter is taken once, machines are set aside, and what fails is tried again and then left for a person."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core import mail
from django.db import OperationalError

from lianxin.ground.core.clock import now
from lianxin.ground.messages import receiving
from lianxin.ground.messages.letters import parse, read
from lianxin.ground.messages.models import UNDO, Outgoing, Received
from lianxin.ground.messages.receiving import PER_SENDER, TRIES, answered, register_receiver, take
from lianxin.ground.messages.sending import send
from lianxin.ground.messages.waiting import letters_left
from tests.ground.access.builders import make_grant, make_user
from tests.ground.messages.builders import make_case, make_mail, make_reached, make_said
from tests.ground.vault.builders import COUNTY

pytestmark = pytest.mark.django_db


def taking(mail: EmailMessage | bytes, **facts) -> str:
    return take(mail if isinstance(mail, bytes) else mail.as_bytes(), at=now(), **facts)


def test_a_letter_is_taken_once_however_often_it_is_read(taken):
    written = make_mail()
    assert [taking(written), taking(written)] == ["taken", "taken"]
    [letter] = taken
    assert letter.text == "村口的路灯坏了三天。"
    row = Received.objects.get()
    assert (row.outcome, len(row.mark)) == ("taken", 64)


def test_the_same_letter_by_two_ways_is_one_and_two_letters_under_one_id_are_two(taken):
    written = make_mail(Message_ID="<1@x>")
    taking(written)
    taking(b"Received: from elsewhere\n" + written.as_bytes())
    taking(make_mail(Message_ID="<1@x>", From="b@x.example"))
    assert len(taken) == 2


def test_letters_without_an_id_are_told_apart_by_all_they_say(taken):
    for text in ("一", "一", "二"):
        taking(f"From: a@b.example\n\n{text}".encode())
    assert [letter.text for letter in taken] == ["一", "二"]


AUTOMATIC = [
    ({"Auto_Submitted": "auto-replied"}, "automatic"),
    ({"Auto_Submitted": "auto-generated; x=y"}, "automatic"),
    ({"Precedence": "Bulk"}, "automatic"),
    ({"Precedence": "auto_reply"}, "automatic"),
    ({"X_Auto_Response_Suppress": "All"}, "automatic"),
    ({"X_Autoreply": "yes"}, "automatic"),
    ({"Return_Path": "<>"}, "bounce"),
    ({"From": "Mail Delivery <MAILER-DAEMON@x.example>"}, "bounce"),
    ({"From": "postmaster@x.example"}, "bounce"),
    ({"List_Id": "<lianxin.lianxin.example>"}, "own"),
    ({"Message_ID": f"<lx.{'0' * 32}@lianxin.example>"}, "own"),
]


@pytest.mark.parametrize(("headers", "outcome"), AUTOMATIC)
def test_what_a_machine_wrote_is_set_aside(taken, headers, outcome):
    assert taking(make_mail(**headers)) == outcome
    assert taken == []


def test_a_report_of_delivery_is_set_aside(taken):
    report = b"Content-Type: multipart/report; boundary=b\nFrom: mx@x.example\n\n--b\nContent-Type: text/plain\n\nno such user\n--b--"
    assert taking(report) == "bounce"
    assert taken == []


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "no"}, {"Precedence": "first-class"}, {"List_Id": "<x.y>"}])
def test_what_a_person_wrote_is_not(taken, headers):
    assert taking(make_mail(**headers)) == "taken"


def test_our_own_message_come_back_is_set_aside(taken, later):
    make_said(make_reached())
    later(UNDO)
    send(now())
    assert taking(mail.outbox[0].message().as_bytes()) == "own"


def test_two_machines_that_answer_each_other_soon_stop(taken):
    outcomes = [taking(make_mail(f"{number}")) for number in range(PER_SENDER + 3)]
    assert outcomes == ["taken"] * PER_SENDER + ["too_often"] * 3
    assert taking(make_mail(From="another@x.example")) == "taken"


def test_what_nobody_takes_is_told_to_the_office(platform):
    clerk = make_user("谷办事")
    make_grant(clerk, "office_clerk", "place", COUNTY)
    register_receiver(lambda letter, at: False)
    assert letters_left(clerk) is None
    assert taking(make_mail()) == "nobodys"
    assert taking(make_mail(), is_whole=False) == "too_big"
    assert letters_left(clerk).title == "信箱里有2封来信平台没有收"
    assert letters_left(make_user("旁人")) is None


def test_the_first_who_takes_it_has_it(taken):
    others = []
    register_receiver(lambda letter, at: bool(others.append(letter)) or True)
    taking(make_mail())
    assert (len(taken), others) == (1, [])


def test_what_fails_leaves_nothing_behind_and_is_left_for_a_person_the_third_time(caplog):
    def fail(letter, at):
        make_said(make_reached())
        raise ValueError(letter.text)

    register_receiver(fail)
    written = make_mail("谁也不该在日志里读到")
    assert [taking(written) for _try in range(TRIES)] == ["failed"] * (TRIES - 1) + ["broken"]
    assert taking(written) == "broken"
    assert not Outgoing.objects.exists()
    assert "ValueError" in caplog.text
    assert "日志里" not in caplog.text


def test_what_failed_once_is_taken_when_it_is_read_again(monkeypatch):
    tries = []

    def fail_once(letter, at):
        tries.append(letter)
        if len(tries) == 1:
            raise ValueError
        return True

    register_receiver(fail_once)
    written = make_mail()
    assert [taking(written) for _try in range(3)] == ["failed", "taken", "taken"]
    assert len(tries) == 2


def test_a_database_that_is_full_is_no_fault_of_the_letter():
    def full(letter, at):
        raise OperationalError("database or disk is full")

    register_receiver(full)
    with pytest.raises(OperationalError):
        taking(make_mail())
    assert not Received.objects.exists()


def test_what_cannot_be_read_at_all_is_left_for_a_person(taken):
    nested = b"".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'.encode() for n in range(3000))
    assert taking(b"From: a@b.example\n" + nested) == "broken"
    assert taken == []


def test_an_answer_is_known_by_the_mail_that_it_answers(later):
    voice, lamp, road, at = make_reached(), make_case(), make_case(), now()
    make_said(voice, road, at - timedelta(hours=2))
    make_said(voice, lamp, at - timedelta(hours=1))
    send(at)
    ours = mail.outbox[0].message()["Message-ID"]
    for headers in ({"In_Reply_To": ours}, {"References": f"<x@y> {ours} <z@y>"}):
        found = answered(read(parse(make_mail(**headers).as_bytes())))
        assert (found.voice_id, found.abouts) == (voice, (lamp, road))
    foreign = ours.replace("lianxin.example", "elsewhere.example")
    for headers in ({}, {"In_Reply_To": foreign}, {"In_Reply_To": f"<lx.{'0' * 32}@lianxin.example>"}):
        assert answered(read(parse(make_mail(**headers).as_bytes()))) is None


def test_nothing_of_a_letter_is_kept_by_the_note_that_it_came(taken):
    taking(make_mail())
    kept = str(list(Received.objects.values()))
    assert not [word for word in ("tangli", "郗棠梨", "路灯", "resident.example") if word in kept]
    assert receiving.has_receivers()

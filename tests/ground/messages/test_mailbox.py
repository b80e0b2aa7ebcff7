"""The mailbox, at a real IMAP server: taken, marked, flagged, never deleted; killed anywhere, nothing is lost or doubled."""

import pytest

from lianxin.ground.core.clock import now
from lianxin.ground.core.doctor import State, examine
from lianxin.ground.core.models import JobRun, Worker
from lianxin.ground.core.running import refuse_unready
from lianxin.ground.messages import mailbox as polled
from lianxin.ground.messages import receiving
from lianxin.ground.messages.errors import LettersNotTaken, MailboxUnreachable, SettingUnusable
from lianxin.ground.messages.mailbox import poll
from lianxin.ground.messages.models import Received
from tests.ground.messages.builders import make_mail
from tests.ground.messages.conftest import free_port
from tests.ground.messages.encrypting import certified, encrypted

pytestmark = pytest.mark.django_db


def test_every_letter_is_taken_once_and_marked_read(mailbox, taken):
    mailbox.put(make_mail("一"), make_mail("二"), make_mail("三", Precedence="bulk"))
    assert poll(now()) == "取了3封，收下2封"
    assert [letter.text for letter in taken] == ["一", "二"]
    assert mailbox.flags() == [{"Seen"}] * 3
    assert poll(now()) == "取了0封，收下0封"
    mailbox.put(make_mail("四"))
    poll(now())
    assert [letter.text for letter in taken] == ["一", "二", "四"]


def test_what_was_read_by_hand_is_not_taken(mailbox, taken):
    mailbox.put(make_mail())
    with mailbox.opened() as box:
        box.store("1", "+FLAGS", r"(\Seen)")
    poll(now())
    assert taken == []


def test_killed_between_taking_and_marking_it_is_still_one(mailbox, taken, monkeypatch):
    mailbox.put(make_mail("一"), make_mail("二"))
    with monkeypatch.context() as killed:
        killed.setattr(polled, "take", lambda *args, **facts: receiving.take(*args, **facts) and exit_now())
        with pytest.raises(SystemExit):
            poll(now())
    assert (len(taken), mailbox.flags()) == (1, [set(), set()])
    poll(now())
    assert [letter.text for letter in taken] == ["一", "二"]
    assert mailbox.flags() == [{"Seen"}] * 2


def exit_now():
    raise SystemExit


def test_one_that_fails_keeps_no_other_from_being_taken_and_is_flagged_in_the_end(mailbox, taken):
    def choke(letter, at):
        if letter.text == "坏":
            raise ValueError
        return False

    receiving._receivers.insert(0, choke)
    mailbox.put(make_mail("坏"), make_mail("好"))
    for _try in range(receiving.TRIES - 1):
        with pytest.raises(LettersNotTaken, match="有1封"):
            poll(now())
    assert ([letter.text for letter in taken], mailbox.flags()) == (["好"], [set(), {"Seen"}])
    poll(now())
    assert mailbox.flags() == [{"Seen", "Flagged"}, {"Seen"}]


def test_of_what_is_too_big_only_the_head_is_fetched_and_it_is_flagged(mailbox, taken, monkeypatch):
    monkeypatch.setattr(polled, "BIGGEST", 2000)
    mailbox.put(make_mail("大" * 2000), make_mail("小"))
    poll(now())
    assert [letter.text for letter in taken] == ["小"]
    assert mailbox.flags() == [{"Seen", "Flagged"}, {"Seen"}]
    assert set(Received.objects.values_list("outcome", flat=True)) == {"too_big", "taken"}


def test_bytes_of_any_kind_come_through_whole(mailbox, taken):
    head = b"From: a@b.example\r\nSubject: " + "路灯".encode("gb18030") + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    mailbox.put(head + "坏了".encode("gb18030"))
    poll(now())
    assert [(letter.subject, letter.text) for letter in taken] == [("路灯", "坏了")]


def test_nothing_is_read_without_a_mailbox_or_without_anybody_who_takes_letters(mailbox, settings):
    mailbox.put(make_mail())
    assert poll(now()) == "没有谁能接来信"
    assert mailbox.flags() == [set()]
    settings.MAILBOX = ""
    assert poll(now()) == "没有设置信箱"


@pytest.mark.parametrize("wrong", ["password", "folder", "port"])
def test_a_mailbox_that_cannot_be_entered_is_told_without_its_password(mailbox, taken, settings, wrong):
    port = free_port() if wrong == "port" else mailbox.port
    password = "secretly-wrong" if wrong == "password" else "mi%20ma%40%3A%2F"
    folder = "nowhere" if wrong == "folder" else "INBOX"
    settings.MAILBOX = f"imap://demouser:{password}@127.0.0.1:{port}/{folder}"
    with pytest.raises(MailboxUnreachable) as told:
        poll(now())
    assert password not in str(told.value)
    assert told.value.__cause__ is None


def test_the_check_says_what_the_last_polling_found(mailbox, taken, settings, platform):
    def states():
        return [(found.answer.state, found.answer.text) for found in examine("messages.ways")]

    me = Worker.objects.create(started_at=now(), beat_at=now())
    settings.MAILBOX = f"imap://a:b@127.0.0.1:{free_port()}/INBOX"
    JobRun.objects.create(
        name="messages.poll",
        due_at=now(),
        started_at=now(),
        outcome="failed",
        worker_id=me.pk,
        note=str(MailboxUnreachable("TimeoutError")),
    )
    assert states() == [(State.WRONG, "信箱连不上（TimeoutError），邮件还在信箱里，稍后会再取。")]
    JobRun.objects.update(outcome="done")
    assert states() == [(State.FINE, "电子邮件、信箱")]
    settings.MAILBOX = ""
    settings.SENDS_MAIL = False
    assert states() == [(State.FINE, "没有设置：不寄消息，也不收来信")]


@pytest.mark.parametrize(
    "url", ["imap://u:p@mail.example/INBOX", "mail.example", "pop3s://u:p@mail.example", "imaps:///INBOX"]
)
def test_a_mailbox_whose_password_anybody_could_hear_is_refused(settings, url):
    settings.MAILBOX = url
    with pytest.raises(SettingUnusable, match="imaps"):
        refuse_unready()


def test_an_encrypted_mailbox_may_be_used(settings):
    settings.MAILBOX = "imaps://u:p@mail.example/INBOX"
    assert refuse_unready() is None


def by_tls(settings, port, host="localhost"):
    settings.MAILBOX = f"imaps://demouser:mi%20ma%40%3A%2F@{host}:{port}/INBOX"


def test_letters_are_taken_over_tls_from_a_server_whose_authority_is_trusted(
    settings, taken, mailbox, tmp_path, monkeypatch
):
    mailbox.put(make_mail("一"), make_mail("二"))
    authority = certified(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with encrypted(authority, mailbox.port) as port:
        by_tls(settings, port)
        assert poll(now()) == "取了2封，收下2封"
        assert poll(now()) == "取了0封，收下0封"
    assert ([letter.text for letter in taken], mailbox.flags()) == (["一", "二"], [{"Seen"}] * 2)


@pytest.mark.parametrize("wrong", ["authority", "name"])
def test_a_certificate_that_is_not_trusted_is_told_in_words_and_the_mail_stays(
    settings, taken, mailbox, tmp_path, monkeypatch, wrong
):
    mailbox.put(make_mail("一"))
    authority = certified(tmp_path / "theirs", "localhost" if wrong == "authority" else "elsewhere.local")
    trusted = certified(tmp_path / "another") if wrong == "authority" else authority
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted.file))
    with encrypted(authority, mailbox.port) as port:
        by_tls(settings, port)
        with pytest.raises(MailboxUnreachable, match="证书不可信，所以没有登录；邮件还在信箱里.*请系统管理员") as told:
            poll(now())
    assert "mi" not in str(told.value).replace("MAILBOX", "")
    assert (taken, mailbox.flags()) == ([], [set()])
    settings.MAILBOX = f"imap://demouser:mi%20ma%40%3A%2F@127.0.0.1:{mailbox.port}/INBOX"
    assert poll(now()) == "取了1封，收下1封"


def test_a_server_that_does_not_encrypt_gets_no_password(settings, taken, mailbox):
    settings.MAILBOX = f"imaps://demouser:x@127.0.0.1:{mailbox.port}/INBOX"
    with pytest.raises(MailboxUnreachable, match=r"SSL|Timeout"):
        poll(now())

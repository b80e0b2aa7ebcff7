"""The e-mail of the week: to whom something waits, once, without a name, and what happens when mail does not go."""

import logging
import re
import socket
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone, translation

from lianxin.ground.access import digests
from lianxin.ground.access.actions import invite, leave
from lianxin.ground.access.digests import send
from lianxin.ground.access.errors import DigestsNotSent
from lianxin.ground.access.forgetting import forget
from lianxin.ground.access.models import Digest, User
from lianxin.ground.core import jobs
from lianxin.ground.core.clock import now
from lianxin.ground.core.doctor import State, night
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.jobs import Job
from lianxin.ground.core.jobs.schedule import run_due
from lianxin.ground.core.models import JobRun, Platform, Worker
from lianxin.ground.core.serving import where
from tests.ground.access.builders import make_administrator, make_grant, make_user
from tests.ground.vault.builders import COUNTY, TOLD, make_opening, make_voice

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # eight in the morning in China
WEEK = timedelta(days=7)
NAMES = ("郗棠梨", "谷办事", "还没来的", "站长丁", "接手的戊")


@pytest.fixture(autouse=True)
def _mail_is_set(settings, tmp_path, travel):
    settings.SENDS_MAIL, settings.HOME = True, tmp_path
    where.note(tmp_path, "https://lianxin.example.gov.cn/")
    travel(MONDAY)


@pytest.fixture
def alone(monkeypatch):
    """No other job."""
    monkeypatch.setattr(jobs, "_jobs", {})
    jobs.register(*digests.JOBS)
    return digests.JOBS[0]


def with_mail(user: User) -> User:
    user.email = f"{user.username}@office.example"
    user.save(update_fields=["email"])
    return user


@pytest.fixture
def audit(platform) -> User:
    return with_mail(make_administrator("audit", "阚审计"))


@pytest.fixture
def system(platform) -> User:
    return with_mail(make_administrator("system", "邬系统"))


def opening(at: datetime = MONDAY) -> None:
    clerk = make_user("谷办事")
    make_grant(clerk, "office_clerk", "place", COUNTY)
    make_opening(clerk, make_voice(), at=at)


def worker() -> Worker:
    return Worker.objects.create(started_at=timezone.now(), beat_at=timezone.now())


def written_to() -> list[str]:
    return sorted(address for letter in mail.outbox for address in letter.to)


def test_nobody_is_written_to_for_whom_nothing_waits(audit, system):
    assert send(MONDAY) == "没有人有要办的事"
    assert mail.outbox == []


def test_reviewers_read_how_many_openings_wait_and_for_how_long(audit, system):
    for days in (8, 7, 1):
        opening(MONDAY - timedelta(days=days))
    send(MONDAY)
    [letter] = mail.outbox
    assert letter.to == [audit.email]
    assert letter.subject == "点军区人大代表工作平台：有1样事等着您"
    assert "3次查看身份等您复核\n其中1次已经等了一周以上。\nhttps://lianxin.example.gov.cn/desk/" in letter.body


def test_the_system_administrator_reads_which_invitations_run_out(system):
    for number, days in enumerate((6, 5, 1)):
        invite("还没来的", f"meilai{number}", by=None, at=MONDAY - timedelta(days=days))
    send(MONDAY)
    [letter] = mail.outbox
    assert "3人还没有开通登录\n其中2人的链接3天内失效" in letter.body


def test_the_security_administrator_reads_how_many_posts_wait(platform, system):
    security = with_mail(make_administrator("security", "宓安全"))
    keeper, heir = make_user("站长丁"), make_user("接手的戊")
    make_grant(keeper, "station_keeper", "station", new_id())
    make_grant(heir, "office_clerk", "place", COUNTY)
    leave(keeper, heir, by=system.pk, at=MONDAY)
    send(MONDAY)
    assert written_to() == [security.email]
    assert "1个职务等人接任" in mail.outbox[0].body


def test_every_administrator_reads_of_jobs_that_failed(audit, system, travel):
    with_mail(make_user("谁也不是"))
    Platform.objects.update(created_at=MONDAY - WEEK)
    seal = next(job for job in jobs.all_jobs() if job.name == "core.seal")
    me = worker()
    JobRun.objects.create(
        name=seal.name, due_at=seal.last_due(now()), started_at=now(), outcome="failed", worker_id=me.pk
    )
    assert night.jobs_to_mend() == 1  # the others are late, and the worker that lives makes them up
    send(MONDAY)
    assert written_to() == sorted([audit.email, system.email])
    assert all("1个定时任务没有做成\n请管服务器的人运行 lianxin check" in letter.body for letter in mail.outbox)


def test_jobs_that_are_late_count_when_no_worker_lives(platform, alone):
    Platform.objects.update(created_at=MONDAY - 2 * WEEK)
    jobs.register(Job("tests.nightly", "每夜", lambda due_at: None, at=(MONDAY - timedelta(hours=3)).time()))
    assert night.jobs_to_mend() == 1
    worker()
    assert night.jobs_to_mend() == 0


def test_the_mail_holds_nobodys_name(audit, system, platform):
    opening(MONDAY - timedelta(days=8))
    invite("还没来的", "meilai", by=None, at=MONDAY)
    make_grant(with_mail(make_user("站长丁")), "security")
    send(MONDAY)
    assert len(mail.outbox) == 3
    said = "".join(letter.subject + letter.body for letter in mail.outbox)
    people = User.objects.values_list("name", "username")
    private = {word for names in people for word in names} | set(NAMES) | {TOLD.phone, TOLD.email, "路灯"}
    assert [word for word in private if word in said] == []


def test_the_mail_is_whole_in_english(audit, system):
    opening(MONDAY - timedelta(days=8))
    invite("还没来的", "meilai", by=None, at=MONDAY - timedelta(days=6))
    Platform.objects.update(name="Test")
    Platform.forget()
    with translation.override("en"):
        letters = [digests.write(audit), digests.write(system)]
    assert [letter.subject for letter in letters] == ["Test: 1 thing waits for you"] * 2
    assert not any(re.search(r"[\u3400-\u9fff]", letter.body) for letter in letters)


def test_one_week_is_written_once_however_often_it_runs(audit, alone):
    opening()
    send(MONDAY)
    send(MONDAY)
    run_due(worker().pk)
    assert written_to() == [audit.email]
    send(MONDAY + WEEK)
    assert written_to() == [audit.email] * 2


def test_a_monday_that_was_missed_is_made_up_once(audit, alone, travel):
    opening()
    travel(MONDAY + timedelta(days=2, hours=5))
    me = worker()
    assert (run_due(me.pk), run_due(me.pk)) == (1, 0)
    travel(MONDAY + timedelta(days=6))
    assert run_due(me.pk) == 0
    assert written_to() == [audit.email]
    assert JobRun.objects.get().due_at == MONDAY
    assert Digest.objects.get().week_on == date(2026, 11, 23)


def test_a_digest_that_is_late_is_told_by_the_check(platform, alone, travel):
    Platform.objects.update(created_at=MONDAY - WEEK)
    travel(MONDAY + timedelta(hours=2))
    [answer] = night.jobs_are_done()
    assert (answer.state, "“每周提醒”晚了：该在2026年11月23日08:00做" in answer.text) == (State.WRONG, True)
    run_due(worker().pk)
    assert [answer.state for answer in night.jobs_are_done()] == [State.FINE]


def test_without_a_mail_server_nothing_is_sent_and_the_home_says_the_same(audit, settings, as_user, alone):
    settings.SENDS_MAIL = False
    opening()
    run_due(worker().pk)
    assert (mail.outbox, Digest.objects.count()) == ([], 0)
    assert JobRun.objects.get().note == "没有设置邮件服务器，要办的事只在首页上提醒"
    assert "1次查看身份等您复核" in as_user(audit).get("/desk/").content.decode()


def test_who_left_who_has_not_come_in_and_who_has_no_address_get_none(platform):
    opening()
    for facts in ({"is_active": False}, {"joined_at": None}, {"email": ""}):
        user = with_mail(make_administrator("audit"))
        User.objects.filter(pk=user.pk).update(**facts)
    send(MONDAY)
    assert mail.outbox == []


class RefusingOne(EmailBackend):
    """A server that refuses one address, and quotes it."""

    refused = ""

    def send_messages(self, messages):
        for message in messages:
            if self.refused in message.to:
                raise SMTPRecipientsRefused({self.refused: (550, f"no such user {self.refused}".encode())})
        return super().send_messages(messages)


def test_one_mail_that_fails_keeps_nobody_else_from_theirs_and_is_tried_again(
    audit, alone, settings, travel, monkeypatch, caplog
):
    caplog.set_level(logging.INFO, "lianxin")
    other = with_mail(make_administrator("audit", "另一位"))
    opening()
    settings.EMAIL_BACKEND = f"{__name__}.RefusingOne"
    monkeypatch.setattr(RefusingOne, "refused", audit.email)
    me = worker()
    run_due(me.pk)
    assert written_to() == [other.email]
    run = JobRun.objects.get()
    assert (run.outcome, run.note) == ("failed", "1封每周提醒没有寄出，请看邮件服务器和 LIANXIN_EMAIL。")
    assert "SMTPRecipientsRefused" in caplog.text
    assert "@" not in caplog.text

    monkeypatch.setattr(RefusingOne, "refused", "")
    travel(MONDAY + timedelta(minutes=6))
    run_due(me.pk)
    assert written_to() == sorted([audit.email, other.email])
    assert JobRun.objects.get().outcome == "done"


def test_a_mail_server_that_is_not_there_is_asked_once_and_told(audit, settings):
    with_mail(make_administrator("audit", "另一位"))
    opening()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as taken:  # a port where nobody listens
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        with pytest.raises(DigestsNotSent, match="2封"):
            send(MONDAY)
    assert Digest.objects.count() == 0


def test_that_somebody_was_written_to_is_forgotten_after_a_month(audit, travel):
    opening()
    send(MONDAY)
    for days, left in ((28, 1), (29, 0)):
        travel(MONDAY + timedelta(days=days))
        forget(now())
        assert Digest.objects.count() == left

"""`lianxin check` tells in plain words what is wrong, and what to do next."""

import json
import shutil
from collections import namedtuple
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from lianxin.ground.core import doctor, jobs
from lianxin.ground.core.backups import making, upgrading
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import now
from lianxin.ground.core.clock import travel as travelled
from lianxin.ground.core.doctor import Check, State, database, examine, fine, night, surroundings, wrong
from lianxin.ground.core.jobs import Job
from lianxin.ground.core.jobs.schedule import run_due
from lianxin.ground.core.models import DailyCount, JobRun, Platform, Worker
from tests.ground.core.builders import make_visit

pytestmark = pytest.mark.django_db
GIGABYTE = 2**30
Usage = namedtuple("Usage", "total used free")


def asked(ask) -> doctor.Answer:
    """The one answer of a check."""
    [answer] = ask()
    return answer


def make_platform(days_ago: int = 30, **facts) -> Platform:
    return Platform.objects.create(
        name="试点区", preset="test", county_code="420504", created_at=now() - timedelta(days=days_ago), **facts
    )


def make_worker(silent_for: timedelta = timedelta(0)) -> Worker:
    at = timezone.now() - silent_for
    return Worker.objects.create(started_at=at, beat_at=at)


@pytest.fixture
def home(settings, tmp_path) -> Path:
    settings.HOME, settings.KEYS = tmp_path, tmp_path / "keys"
    return tmp_path


@pytest.fixture
def checked(monkeypatch):
    """Only the checks that a test declares."""
    monkeypatch.setattr(doctor, "_checks", {})
    database_is_fine = Check("core.database", "数据库", lambda: [fine("能读能写")])
    doctor.register(database_is_fine)
    return doctor.register


def said(*words: str) -> tuple[str, int]:
    out, code = StringIO(), 0
    try:
        call_command("doctor", *words, stdout=out)
    except SystemExit as end:
        code = end.code
    return out.getvalue(), code


def test_a_platform_that_is_well_is_told_so(checked):
    checked(Check("tests.a", "天气", lambda: [fine("晴")]))
    assert said() == ("✓ 数据库：能读能写\n✓ 天气：晴\n✓ 平台正常。\n", 0)


def test_what_is_wrong_comes_with_what_to_do_and_with_exit_code_1(checked):
    checked(Check("tests.a", "天气", lambda: [fine("晴"), wrong("起风了", "请关窗。")]))
    told, code = said()
    assert "✗ 天气：起风了\n    → 请关窗。\n" in told
    assert code == 1


def test_what_is_not_wrong_yet_does_not_fail(checked):
    checked(Check("tests.a", "天气", lambda: [doctor.soon("要下雨了", "请带伞。")]))
    assert said()[1] == 0


def test_programs_read_the_same_as_json(checked):
    checked(Check("tests.a", "天气", lambda: [wrong("起风了", "请关窗。")]))
    told, code = said("--json")
    read = json.loads(told)
    assert (read["is_well"], code) == (False, 1)
    assert read["checks"][1] == {"name": "tests.a", "state": "wrong", "text": "起风了", "next": "请关窗。"}


def test_without_a_database_nothing_else_is_asked(checked, monkeypatch):
    def broken():
        raise AssertionError("asked")

    monkeypatch.setattr(doctor, "_checks", {})
    checked(
        Check("core.database", "数据库", lambda: [wrong("读不了", "请看数据库。")]), Check("tests.a", "天气", broken)
    )
    assert said() == ("✗ 数据库：读不了\n    → 请看数据库。\n✗ 有事要处理，见上面打✗的。\n", 1)


def test_a_check_whose_database_fails_half_way_says_so(checked):
    def broken():
        yield fine("晴")
        raise OperationalError("server closed the connection, user=李芳")

    checked(Check("tests.a", "天气", broken))
    found = [finding.answer for finding in examine("tests.a")]
    assert [answer.state for answer in found] == [State.FINE, State.WRONG]
    assert "李芳" not in found[1].text


def test_a_check_is_declared_once(checked):
    with pytest.raises(ValueError, match="declared twice"):
        checked(Check("core.database", "另一个", list))


def test_the_whole_platform_answers_every_check():
    names = {finding.check.name for finding in examine()}
    assert {"core.database", "core.migrations", "core.disk", "core.worker", "core.jobs", "core.clock"} <= names


def test_the_database_answers_and_has_the_form_of_this_version(home):
    assert asked(database.answers_and_takes).state == State.FINE
    assert asked(database.is_migrated).state == State.FINE


def test_an_upgrade_that_was_cut_short_is_told(home):
    begun = {"backup": "x", "version": "0.1.0", "begun_at": "2026-11-20T03:00:00+00:00"}
    upgrading.marker().write_text(json.dumps(begun))
    answer = asked(database.is_migrated)
    assert "2026年11月20日11:00开始的升级没有做完" in answer.text
    assert "lianxin upgrade" in answer.next


@pytest.mark.sql
def test_a_real_platform_is_set_up_and_a_read_only_one_says_so(apart):
    states = "from lianxin.ground.core.doctor import database; print(json.dumps([[a.state, a.text] for a in database.{ask}()]))"
    assert [state for state, _text in apart.python(states.format(ask="is_set_up"))] in ([], ["fine"])
    assert apart.python(states.format(ask="answers_and_takes"))[0][0] == "fine"
    refuse = {
        "sqlite": "connection.cursor().execute('PRAGMA query_only=ON');",
        "postgresql": "connection.cursor().execute('SET default_transaction_read_only=on');",
    }[apart.url.partition(":")[0]]
    [[state, text]] = apart.python(f"{refuse} " + states.format(ask="answers_and_takes"))
    assert (state, "读不了或写不了" in text) == ("wrong", True)


@pytest.mark.parametrize(
    ("said", "next"),
    [("database disk image is malformed", "restore"), ("file is not a database", "restore"), ("full", "磁盘是否满了")],
)
def test_a_damaged_database_leads_to_the_last_backup(home, monkeypatch, said, next):
    def fails(*_, **__):
        raise OperationalError(said)

    monkeypatch.setattr(database.Worker.objects, "filter", fails)
    answer = asked(database.answers_and_takes)
    assert (answer.state, said in answer.text, next in answer.next) == (State.WRONG, True, True)


@pytest.mark.sql
def test_migrations_that_were_not_made_are_told(apart):
    apart.lianxin("migrate", "sessions", "zero", "-v0")
    told = apart.lianxin("check", code=1)
    assert "步迁移没有做" in told
    assert "lianxin upgrade" in told


@pytest.mark.parametrize(
    ("free", "state"), [(100 * GIGABYTE, State.FINE), (4 * GIGABYTE, State.SOON), (GIGABYTE // 2, State.WRONG)]
)
def test_a_disk_that_fills_up_is_told_before_it_is_full(monkeypatch, free, state):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(0, 0, free))
    assert asked(database.has_room).state == state


@pytest.mark.parametrize(("days", "state"), [(1000, State.FINE), (30, State.SOON), (3, State.WRONG)])
def test_how_long_the_disk_lasts_is_told_by_how_much_was_recorded(monkeypatch, days, state):
    DailyCount.objects.create(recorded_on=date.today() - timedelta(days=10), kind="tests.visited", count=30)
    DailyCount.objects.create(recorded_on=date.today() - timedelta(days=300), kind="tests.visited", count=30)
    monkeypatch.setattr(database, "size", lambda: 60 * GIGABYTE)  # half of it in thirty days: one gigabyte a day
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(0, 0, days * GIGABYTE))
    answer = asked(database.has_room)
    assert answer.state == state
    assert f"够用{days}天" in answer.text


def test_keys_that_others_can_read_are_named_with_the_command_that_helps(home):
    settings_keys = home / "keys"
    settings_keys.mkdir(mode=0o700)
    for name in ("secret_key", "vault_key"):
        (settings_keys / name).touch(mode=0o600)
    assert asked(surroundings.keys_are_safe).state == State.FINE
    (settings_keys / "vault_key").chmod(0o640)
    answer = asked(surroundings.keys_are_safe)
    assert answer.state == State.WRONG
    assert answer.next == f"请运行 chmod 600 {settings_keys / 'vault_key'}"


def test_a_clock_set_back_is_told(travel):
    travel(datetime(2026, 11, 21, 4, tzinfo=UTC))
    make_visit()
    assert asked(surroundings.clock_is_right).state == State.FINE
    with travelled(timedelta(hours=-3)):
        answer = asked(surroundings.clock_is_right)
    assert answer.state == State.WRONG
    assert "最新一条记录是2026年11月21日12:00记的，现在却是2026年11月21日09:00" in answer.text


def test_a_worker_that_is_silent_is_told():
    assert asked(night.worker_lives).text == "没有在运行"
    make_worker(silent_for=timedelta(minutes=10))
    assert "最后一次报到是" in asked(night.worker_lives).text
    make_worker()
    assert asked(night.worker_lives).state == State.FINE


@pytest.fixture
def nightly(monkeypatch, travel) -> Job:
    """A job that is due at ten past one, on a platform of last month, at three in the morning."""
    monkeypatch.setattr(jobs, "_jobs", {})
    travel(datetime(2026, 11, 20, 19, 0, tzinfo=UTC))
    make_platform()
    job = Job("tests.nightly", "每夜", lambda due_at: "x", at=time(1, 10))
    jobs.register(job)
    return job


def test_a_job_that_is_late_is_told(nightly):
    answer = asked(night.jobs_are_done)
    assert answer.state == State.WRONG
    assert "“每夜”晚了：该在2026年11月21日01:10做" in answer.text
    run_due(make_worker().pk)
    assert asked(night.jobs_are_done).state == State.FINE


def test_a_job_is_not_late_within_the_hour_nor_on_a_new_platform(nightly, travel):
    travel(datetime(2026, 11, 20, 17, 40, tzinfo=UTC))
    assert asked(night.jobs_are_done).state == State.FINE
    travel(datetime(2026, 11, 20, 19, 0, tzinfo=UTC))
    Platform.objects.update(created_at=now() - timedelta(minutes=30))
    assert asked(night.jobs_are_done).state == State.FINE


def test_a_job_that_failed_is_told_with_its_reason(nightly):
    due_at = nightly.last_due(now())
    JobRun.objects.create(
        name=nightly.name,
        due_at=due_at,
        started_at=due_at,
        outcome="failed",
        note="磁盘满了",
        worker_id=make_worker().pk,
    )
    assert "没有做成：磁盘满了" in asked(night.jobs_are_done).text


def test_the_age_of_the_newest_backup_is_told(home):
    make_platform(days_ago=30)
    assert asked(night.backup_is_fresh).state == State.WRONG
    Platform.objects.update(created_at=now())
    assert asked(night.backup_is_fresh).state == State.SOON
    making.folder().mkdir()
    (making.folder() / "lianxin-before-upgrade.backup").touch()  # a copy that somebody named
    assert asked(night.backup_is_fresh).state == State.SOON
    for days, state in ((9, State.WRONG), (1, State.FINE)):
        stamp = (timezone.now() - timedelta(days=days)).astimezone(UTC).strftime(making.MOMENT)
        (making.folder() / making.NAME.format(stamp)).touch()
        assert asked(night.backup_is_fresh).state == state


def test_a_folder_that_logs_cannot_go_into_is_told(home, monkeypatch):
    assert asked(surroundings.logs_can_be_written).state == State.FINE
    monkeypatch.setattr(surroundings.os, "access", lambda *_: False)  # root, who runs the tests, may always write
    assert asked(surroundings.logs_can_be_written).state == State.WRONG


def test_a_year_whose_holidays_are_missing_is_told_in_december(travel):
    known = working_calendar()
    last = next(year for year in range(2026, 2100) if not known.covers(date(year + 1, 1, 1)))
    expected = {
        datetime(last, 11, 30, tzinfo=UTC): (State.FINE, "今年的放假安排已有"),
        datetime(last, 12, 2, tzinfo=UTC): (State.SOON, f"还没有{last + 1}年的放假安排，跨年的期限算不出来"),
        datetime(last + 1, 1, 2, tzinfo=UTC): (State.WRONG, f"没有{last + 1}年的放假安排，工作日算不出来"),
    }
    for day, told in expected.items():
        travel(day)
        answer = asked(surroundings.holidays_are_known)
        assert (answer.state, answer.text) == told

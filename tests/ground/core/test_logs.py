"""Logs keep what an operator needs, and nothing of people."""

import logging
import logging.config
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from config.urls import handler500  # noqa: F401 - who tells of errors
from config.urls import urlpatterns as product
from lianxin.ground.core import logs
from tests.ground.core.builders import make_visit

NAME, PHONE, CODE = "李芳芳", "13800001234", "LX-2609-0384"


def breaks(request, id) -> HttpResponse:
    try:
        raise OSError(f"{PHONE} is engaged")
    except OSError as error:
        raise LookupError(f"no {NAME}: {request.POST.get('code')}") from error


urlpatterns = [
    path("break/<uuid:id>/", breaks),
    path("well/<uuid:id>/", lambda request, id: HttpResponse("好")),
    *product,
]
WHERE = "0f7f0b5e-6a3c-4a51-9d2f-3f6c0f7b9c11"


@pytest.fixture
def folder(tmp_path: Path):
    """The logging of the product, into a folder of its own."""
    before = logging.root.handlers[:], logging.root.level
    logging.config.dictConfig(logs.config(tmp_path / "logs"))
    yield tmp_path / "logs"
    for handler in [*logging.root.handlers, *logs.access.handlers]:
        handler.close()
    logging.root.handlers, logging.root.level = before
    logs.access.handlers, logs.access.propagate = [], True


def kept(folder: Path) -> str:
    return "".join(file.read_text() for file in sorted(folder.glob("*.log")))


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_request_is_one_line_with_its_path_and_never_its_query_or_body(folder):
    client = Client(headers={"User-Agent": NAME, "Referer": f"http://x/?{PHONE}"})
    client.post(f"/well/{WHERE}/?q={NAME}&code={CODE}", {"phone": PHONE})
    [line] = kept(folder).splitlines()
    assert f"INFO lianxin.access POST /well/{WHERE}/ 200 " in line
    for secret in (NAME, PHONE, CODE, "127.0.0.1", "q="):
        assert secret not in line


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_what_is_no_page_of_ours_is_not_written_down(folder, client):
    client.get(f"/{NAME}/{PHONE}/\n2026-11-21 forged line")
    assert "GET (no page of ours) 404" in kept(folder)
    assert PHONE not in kept(folder)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_an_error_leaves_its_number_class_and_places_and_not_a_word_of_what_was_typed(folder):
    client = Client(raise_request_exception=False)
    answer = client.post(f"/break/{WHERE}/?name={NAME}", {"code": CODE})
    told = kept(folder)
    assert answer.status_code == 500
    number = told.partition("failure ")[2][:7]
    assert number in answer.content.decode()
    assert "  builtins.LookupError" in told
    assert "  builtins.OSError" in told
    assert f"{__file__}:" in told
    for secret in (NAME, PHONE, CODE):
        assert secret not in told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("axes.handlers", "login failure by %s from %s"),
        ("lianxin.jobs", "login failure by 李芳芳 from 13800001234"),
    ],
)
def test_of_other_libraries_the_wording_is_kept_and_not_the_values(folder, name, told):
    logging.getLogger(name).warning("login failure by %s from %s", NAME, PHONE)
    assert kept(folder).rstrip().endswith(f"WARNING {name} {told}")


def test_a_line_cannot_be_forged_by_a_line_break(folder):
    logging.getLogger("lianxin.jobs").warning("one\n2026-11-21T00:00:00+08:00 INFO lianxin.jobs two")
    assert len(kept(folder).splitlines()) == 1


def test_there_is_a_file_for_each_day_which_its_owner_alone_can_read(folder, monkeypatch):
    handler = logging.root.handlers[0]
    log = logging.getLogger("lianxin.jobs")
    log.warning("today")
    monkeypatch.setattr(handler, "_today", lambda: str(folder / "lianxin-2027-01-01.log"))
    log.warning("tomorrow")
    [today, tomorrow] = sorted(folder.glob("*.log"))
    assert "today" in today.read_text()
    assert "tomorrow" in tomorrow.read_text()
    assert {file.stat().st_mode & 0o777 for file in (today, tomorrow)} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_logs_go_after_the_days_that_the_setting_says_and_nothing_else_does(tmp_path, settings):
    settings.HOME, settings.LOG_DAYS = tmp_path, 180
    (tmp_path / "logs").mkdir()
    names = (
        "lianxin-2026-05-24.log",
        "lianxin-2026-05-25.log",
        "access-2026-01-01.log",
        "notes.log",
        "access-2026-13-01.txt",
    )
    for name in names:
        (tmp_path / "logs" / name).write_text("x")
    gone = logs.expire(datetime(2026, 11, 21, 4, tzinfo=UTC))
    assert [file.name for file in gone] == ["access-2026-01-01.log", "lianxin-2026-05-24.log"]
    assert sorted(file.name for file in (tmp_path / "logs").iterdir()) == sorted(
        set(names) - {file.name for file in gone}
    )


def test_a_folder_that_cannot_be_made_keeps_nobody_from_working(tmp_path, capsys):
    (tmp_path / "logs").write_text("a file stands in the way")
    handler = logs.DayFile(str(tmp_path / "logs"), "lianxin")
    handler.handle(logging.makeLogRecord({"msg": "told", "name": "lianxin.jobs"}))
    assert "FileExistsError" in capsys.readouterr().err


@pytest.mark.django_db
def test_recording_writes_nothing_into_the_log(folder):
    make_visit(texts={"story": f"{NAME}家漏水"})
    assert NAME not in kept(folder)

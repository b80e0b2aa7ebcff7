"""What every test shares: the marker `sql`, no skipping, a platform that is read anew, a clock to set."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.utils import translation

from lianxin.ground.core import clock, figures, languages
from lianxin.ground.core.models import Platform
from lianxin.ground.documents import printing
from lianxin.ground.rulebook.models import RulebookVersion
from tests.ground.documents.builders import PDF
from tests.ground.vault import whole as whole_
from tests.ground.vault.whole import Whole

hypothesis.settings.register_profile("lianxin", deadline=None, max_examples=50, derandomize=True)
hypothesis.settings.register_profile("thousands", deadline=None, max_examples=3000)
hypothesis.settings.load_profile("lianxin")

SQL_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}
PLATFORMS_APART = {"apart", "whole"}  # in processes and databases of their own: seconds each
NOT_RUN = ("skipped", "xfailed", "xpassed")


def pytest_configure() -> None:
    """English is read from compiled files, which are not committed. Little of what is imported is ever garbage."""
    languages.compile_all()
    gc.set_threshold(5_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark with `sql` what asks for the database, so that it runs on PostgreSQL too, and with `load` what needs a platform apart."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or asked & SQL_FIXTURES:
            item.add_marker("sql")
        if asked & PLATFORMS_APART:
            item.add_marker("load")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: no later search for garbage looks through it again."""
    gc.collect()
    gc.freeze()


def not_run(config: pytest.Config) -> list[str]:
    """Every test of this session that was skipped or expected to fail."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return [f"{how}: {report.nodeid}" for how in NOT_RUN for report in reporter.stats.get(how, [])] if reporter else []


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test has shown nothing: the session fails."""
    if not_run(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name what was skipped."""
    if names := not_run(config):
        terminalreporter.section("failed: every test has to run")
        for name in names:
            terminalreporter.line(name)


def pytest_unconfigure() -> None:
    """Take this process's home away: the processes of a parallel run end without their exit functions."""
    shutil.rmtree(settings.HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def _platform_is_read_anew() -> Iterator[None]:
    Platform.forget()
    RulebookVersion.forget()
    figures.forget()
    yield
    Platform.forget()
    RulebookVersion.forget()


@pytest.fixture
def platform_stays_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Platform and rules are read anew every two seconds: not in the middle of a page whose questions are counted."""
    for model in (Platform, RulebookVersion):
        monkeypatch.setattr(model, "CACHED_FOR_S", 600.0)


@pytest.fixture(autouse=True)
def _the_next_test_speaks_chinese() -> Iterator[None]:
    """A page asked for in English leaves its language to the thread."""
    yield
    translation.deactivate()


@pytest.fixture
def in_memory(django_db_blocker: Any) -> Iterator[None]:
    """Tables in memory alone, as the commands on plain files make them; no test database is made or asked."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def travel() -> Iterator[Callable[[datetime | timedelta], None]]:
    """`travel(moment)`: from here to the end of the test it is that moment, or that much later than now."""
    with ExitStack() as journey:
        yield lambda moment: journey.enter_context(clock.travel(moment))


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """LibreOffice, tried by test_printing, answers at once; files lie in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(printing, "as_pdfs", lambda docxs: [PDF for _docx in docxs])


@pytest.fixture(scope="session")
def empty_whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """A platform with every app and nothing in it, one for all processes of a run: to be copied."""
    base = tmp_path_factory.getbasetemp()
    is_parallel = "PYTEST_XDIST_WORKER" in os.environ
    with whole_.shared((base.parent if is_parallel else base) / "whole") as empty:
        yield empty


@pytest.fixture
def whole(empty_whole: Whole, tmp_path: Path) -> Iterator[Whole]:
    """A whole platform in processes and a database of its own."""
    with whole_.copy(empty_whole, tmp_path / "platform") as made:
        yield made

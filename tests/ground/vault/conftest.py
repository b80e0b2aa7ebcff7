"""The cast: a clerk who may open identities, two audit administrators who may review, and one who may nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from lianxin.ground.access.models import User
from lianxin.ground.core import erasing
from lianxin.ground.core.ids import new_id
from lianxin.ground.vault import keyring
from tests.ground.access.builders import make_administrator, make_grant, make_user
from tests.ground.access.conftest import as_user, platform
from tests.ground.vault.builders import COUNTY

__all__ = ["as_user", "platform"]


@pytest.fixture(autouse=True)
def _own_keys(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.HOME, settings.KEYS = tmp_path, tmp_path / "keys"
    monkeypatch.setattr(
        erasing, "empty_log", lambda: True
    )  # impossible inside the transaction of a test: see test_leaks
    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture
def clerk(platform: object) -> User:
    user = make_user("谷办事")
    make_grant(user, "office_clerk", "place", COUNTY)
    return user


@pytest.fixture
def reviewer(platform: object) -> User:
    return make_administrator("audit", "阚审计")


@pytest.fixture
def outsider(platform: object) -> User:
    user = make_user("外面人")
    make_grant(user, "unit_clerk", "unit", new_id())
    return user


@pytest.fixture
def run_jobs() -> Callable[[], None]:
    """Run every job that waits, as the worker does."""
    return lambda: call_command("db_worker", "--batch", "--no-startup-delay", "--max-tasks=9", verbosity=0)

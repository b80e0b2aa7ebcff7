"""Keys and a folder of files of each test's own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.ground.access.conftest import platform
from tests.ground.vault.conftest import _own_keys

__all__ = ["_own_keys", "platform"]


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where the contents lie."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def lying(folder: Path) -> Callable[[], list[Path]]:
    """Every file that lies there now."""
    return lambda: sorted(path for path in folder.rglob("*") if path.is_file())

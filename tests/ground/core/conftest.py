"""The kinds of events that only tests know, and names for whatever they speak of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lianxin.ground.core.events import kinds, naming
from tests.ground.core import apart as apart_
from tests.ground.core import backups, builders


@pytest.fixture(autouse=True)
def _kinds_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def namer(kind: str) -> naming.Namer:
        return lambda ids: {id: builders.NAMED[kind, id] for id in ids if (kind, id) in builders.NAMED}

    for kind in builders.KINDS:
        monkeypatch.setitem(kinds._kinds, kind.code, kind)
    for named in ("user", "household", "mandate", "role", "unit"):
        monkeypatch.setitem(naming._namers, named, namer(named))
    yield
    builders.NAMED.clear()


@pytest.fixture(scope="session")
def _empty_platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[apart_.Apart]:
    with apart_.template(tmp_path_factory.mktemp("apart") / "empty") as empty:
        yield empty


@pytest.fixture
def apart(_empty_platform: apart_.Apart, tmp_path: Path) -> Iterator[apart_.Apart]:
    """A platform on a database of its own."""
    with apart_.copy(_empty_platform, tmp_path / "platform") as platform:
        yield platform


@pytest.fixture
def kept(apart: apart_.Apart) -> Path:
    """A backup of a platform that has since gone on."""
    backups.fill(apart)
    apart.lianxin("backup")
    apart.python("make_visit()")
    (apart.home / "files" / "later.jpg").write_bytes(b"later")
    (file,) = backups.backups(apart)
    return file

"""A copy of the project, a platform in it that was started once, and a free port."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lianxin.ground.core.serving.ports import next_free
from tests.commands.running import Run, copy

Start = Callable[..., Run]


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is committed, with packages installed."""
    return copy(tmp_path_factory.mktemp("clone") / "lianxin")


@pytest.fixture
def port() -> int:
    """A port that is free, with free ones above it."""
    return next_free(20_000 + os.getpid() % 20_000, "127.0.0.1")


@pytest.fixture
def start(clone: Path) -> Iterator[Start]:
    """Run a command in the clone: `start("./bin/run", "--port", "9000", LIANXIN_HOME="…")`; it ends with the test."""
    runs: list[Run] = []

    def begin(*arguments: object, **variables: object) -> Run:
        run = Run(clone, [str(a) for a in arguments], {name: str(value) for name, value in variables.items()})
        runs.append(run)
        return run

    yield begin
    for run in runs:
        run.kill()


@pytest.fixture(scope="session")
def first_start(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The first start of a platform, stopped again once it had said where it is."""
    home = tmp_path_factory.mktemp("first") / "home"
    port = next_free(40_000 + os.getpid() % 10_000, "127.0.0.1")
    run = Run(clone, ["./bin/run", "--port", str(port)], {"LIANXIN_HOME": str(home)})
    try:
        run.until("Ctrl-C", 240)
        run.stop()
    finally:
        run.kill()
    return run


@pytest.fixture
def home(first_start: Run, tmp_path: Path) -> Path:
    """The home of a platform that was started before, for this test alone."""
    return Path(shutil.copytree(first_start.variables["LIANXIN_HOME"], tmp_path / "home"))

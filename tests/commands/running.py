"""Runs the project's commands as a person would, in a copy of what is committed."""

import os
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.contracts.sources import ROOT, committed

QUIET = {"LANG": "en_US.UTF-8", "LC_ALL": ""}
NETWORK = (
    "PIP_",
    "SSL_CERT",
    "NODE_EXTRA",
    "REQUESTS_CA",
    "npm_config_",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "http_proxy",
    "https_proxy",
)


def copy(folder: Path, *, installed: bool = True) -> Path:
    """Lay out every committed file in `folder`; with `installed`, the packages of this clone serve it too."""
    for file in committed():
        target = folder / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)
    if installed:
        for name in (".venv", "node_modules"):
            (folder / name).symlink_to(ROOT / name)
    return folder


def environment(**more: str) -> dict[str, str]:
    """An environment with next to nothing in it: what the network needs here, and what is asked for."""
    network = {name: value for name, value in os.environ.items() if name.startswith(NETWORK)}
    return {"PATH": os.environ["PATH"], **QUIET, **network, **more}


@dataclass
class Run:
    """A command that runs in a folder, in a session of its own; everything it says is kept."""

    folder: Path
    arguments: list[str]
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.log = self.folder.parent / f"{time.monotonic_ns()}.log"
        with self.log.open("w") as said:
            self.process = subprocess.Popen(
                self.arguments,
                cwd=self.folder,
                env=environment(HOME=str(self.folder.parent / "nobody")) | self.variables,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        """What it has printed so far."""
        return self.log.read_text()

    def until(self, text: str, seconds: float = 240) -> str:
        """Wait until it has said `text` (a regular expression); fails when it ends or takes too long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := re.search(text, self.said):
                return found.group()
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"It never said {text!r}:\n{self.said}")

    def ends(self, seconds: float = 60) -> int:
        """Its exit code, once it has ended by itself."""
        return self.process.wait(seconds)

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send the signal that Ctrl-C sends, and wait for the end."""
        self.process.send_signal(number)
        return self.ends()

    def left_behind(self, seconds: float = 15) -> dict[int, str]:
        """What still works in its folder after that long."""
        deadline = time.monotonic() + seconds
        while (left := processes_of(self.folder)) and time.monotonic() < deadline:
            time.sleep(0.1)
        return left

    def kill(self) -> None:
        """End it whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def processes_of(folder: Path) -> dict[int, str]:
    """Command lines of the processes that work in the folder, by their number."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if Path(os.readlink(process / "cwd")) == folder and (command := (process / "cmdline").read_text()):
                found[int(process.name)] = command.replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return found


def memory_of(folder: Path) -> int:
    """Bytes of memory that the processes of the folder take, what they share counted once."""
    rollups = (Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in processes_of(folder))
    return sum(int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)[1]) * 1024 for rollup in rollups)

"""Starts a project under gunicorn as ./bin/run does, says what it takes of memory and time, and stops it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
GUNICORN = [sys.executable, "-m", "gunicorn"]
CONF = "lianxin.ground.core.serving.gunicorn_conf"


@contextmanager
def serving(project: str = "config", conf: str = CONF, **variables: str) -> Iterator[tuple[int, int]]:
    """The port, and the process id of the server's head, while the block runs; `variables` of its environment."""
    port = _free_port()
    server = subprocess.Popen(
        [*GUNICORN, "--config", f"python:{conf}", "--bind", f"127.0.0.1:{port}", f"{project}.wsgi"],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": f"{project}.settings"} | variables,
    )
    try:
        _wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


def memory_mb(pid: int) -> int:
    """Memory of a process and its children that nobody else shares (PSS), in megabytes."""
    total = 0
    for process in (pid, *_children(pid)):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total // 1024


def cpu_seconds(pid: int) -> float:
    """What the processes that serve have computed so far: other work on the machine does not count."""
    ticks = 0
    for process in _children(pid):
        after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(after_name[11]) + int(after_name[12])  # in user mode and in the kernel
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _try in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")

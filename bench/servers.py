"""Starts a project under gunicorn as ./bin/run does, says how much memory it takes, and stops it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent


@contextmanager
def serving(application: str) -> Iterator[tuple[int, int]]:
    """The port, and the process id of the server's head, while the block runs."""
    port = _free_port()
    settings = {"bench.bare.wsgi:application": "bench.bare.settings"}.get(application, "config.settings")
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}",
         "--workers", "2", "--threads", "4", "--preload", "--log-level", "error"],
        cwd=ROOT, env=os.environ | {"DJANGO_SETTINGS_MODULE": settings},
    )  # fmt: skip
    try:
        _wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


def memory_mb(pid: int) -> int:
    """Memory of a process and its children that nobody else shares (PSS), in megabytes."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    total = 0
    for process in (pid, *map(int, children)):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total // 1024


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

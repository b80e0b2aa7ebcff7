"""Keeps the processes of a platform: starts them together, and stops them together.

`lianxin run` becomes this small program at its end, so that nothing of Django stays in its memory.
"""

import ctypes
import http.client
import json
import os
import signal
import ssl
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from lianxin.terminal import both, say

START_S, STOP_S = 60.0, 20.0
PR_SET_PDEATHSIG = 1  # Linux, prctl(2)


@dataclass
class Plan:
    """What runs: a command line for each process, what each gets from the environment, and what to say when pages answer."""

    processes: dict[str, list[str]]
    environment: dict[str, dict[str, str]] = field(default_factory=dict)
    address: str = ""
    port: int = 8000
    tls: bool = False
    lock: int | None = None
    told: list[str] = field(default_factory=list)

    def carry_out(self) -> None:
        """Become the watching program; does not return.

        The plan goes through a pipe: a command line can be read by every user of the computer, and `told` may hold
        the one-time links of administrators.
        """
        reading, writing = os.pipe()
        os.set_inheritable(reading, True)
        os.write(writing, json.dumps(asdict(self)).encode())  # shorter than a pipe holds
        os.close(writing)
        os.execv(sys.executable, [sys.executable, "-m", __spec__.name, str(reading)])


class Watch:
    """The processes of one plan while they run."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.asked_to_stop = False
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Start every process in a group of its own, to end when this program ends, however it ends."""
        for name, command in self.plan.processes.items():
            self.running[name] = subprocess.Popen(
                command,
                env=os.environ | self.plan.environment.get(name, {}),
                pass_fds=[self.plan.lock] if self.plan.lock else [],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    def ended(self) -> str | None:
        """The name of a process that has ended, if one has."""
        return next((name for name, process in self.running.items() if process.poll() is not None), None)

    def wait_for_pages(self) -> bool:
        """Whether the web server answers before the patience is over, a process ends or somebody says stop."""
        until = time.monotonic() + START_S
        while time.monotonic() < until and not self.ended() and not self.asked_to_stop:
            if answers(self.plan.port, self.plan.tls):
                return True
            time.sleep(0.1)
        return False

    def stop(self) -> None:
        """Ask every process to end, and end what does not in time with all its children."""
        for process in self.running.values():
            _signal(process, signal.SIGTERM)
        until = time.monotonic() + STOP_S
        for process in self.running.values():
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue
        for process in self.running.values():
            _signal(process, signal.SIGKILL)
            process.wait()

    def ask_to_stop(self, *_: Any) -> None:
        """What a signal does; a second one does not wait any longer."""
        if self.asked_to_stop:
            for process in self.running.values():
                _signal(process, signal.SIGKILL)
        self.asked_to_stop = True

    def keep(self) -> int:
        """Run until asked to stop (0) or until a process ends by itself (1)."""
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, self.ask_to_stop)
        self.start()
        if self.wait_for_pages():
            print("\n".join(["", *self.plan.told]), flush=True)
        elif not self.ended() and not self.asked_to_stop:
            print(
                "✗",
                both("网页服务没有在一分钟内就绪。", "The web server did not answer within a minute."),
                file=sys.stderr,
            )
            self.stop()
            return 1
        while not self.asked_to_stop and not self.ended():
            time.sleep(0.2)
        name = None if self.asked_to_stop else self.ended()
        say("正在停止……", "Stopping…")
        self.stop()
        if name:
            code = self.running[name].returncode
            print(
                "✗",
                both(
                    f"{name} 意外结束（代码 {code}），原因见上。其余进程已一并停止。",
                    f"{name} ended by itself (code {code}), see above. The others were stopped with it.",
                ),
                file=sys.stderr,
            )
        return 1 if name else 0


def answers(port: int, tls: bool) -> bool:
    """Whether a web server on this computer answers at all, whatever it says."""
    context = ssl._create_unverified_context() if tls else None  # noqa: S323 - to itself, for a sign of life
    connection = (
        http.client.HTTPSConnection("127.0.0.1", port, timeout=5, context=context)
        if tls
        else http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    )
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    with open(int(sys.argv[1]), encoding="utf-8") as plan:
        told = json.load(plan)
    sys.exit(Watch(Plan(**told)).keep())

"""Keeps the processes of a platform: starts them together, and stops them together.

`lianxin run` becomes this program at its end, so that nothing of what it prepared stays in its memory.
"""

import ctypes
import http.client
import json
import os
import runpy
import signal
import ssl
import subprocess
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field
from importlib import import_module
from typing import Any, NoReturn

from lianxin.terminal import both, say

START_S, STOP_S = 60.0, 20.0
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15  # Linux, prctl(2)


@dataclass
class Plan:
    """What runs: a command line for each process, what each gets from the environment, and what to say when pages answer.

    The function `load` of the module named `shares` is called first; a process that gets nothing of its own from the
    environment goes on from there (`python -m` and what follows), and all of these share the memory of what was loaded.
    """

    processes: dict[str, list[str]]
    environment: dict[str, dict[str, str]] = field(default_factory=dict)
    shares: str = ""
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
        self.running: dict[str, subprocess.Popen[bytes] | Forked] = {}

    def start(self) -> None:
        """Start every process in a group of its own, to end when this program ends, however it ends."""
        if self.plan.shares:
            import_module(self.plan.shares).load()
        for name, command in self.plan.processes.items():
            own = self.plan.environment.get(name, {})
            self.running[name] = Forked(name, command) if self.plan.shares and not own else self._begun(command, own)

    def _begun(self, command: list[str], own: dict[str, str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            env=os.environ | own,
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
        for each in STOPS:
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


class Forked:
    """A process that goes on from what this one has loaded; of `subprocess.Popen`, what is used here."""

    def __init__(self, name: str, command: list[str]):
        self.returncode: int | None = None
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            _become(name, command)
        os.setpgid(self.pid, self.pid)  # here too: it may be told to stop before it has come to its own

    def poll(self) -> int | None:
        """Its exit code, or the negative number of the signal that ended it, once it has ended."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, timeout: float = float("inf")) -> int:
        """The same, waiting for it. Raises subprocess.TimeoutExpired."""
        until = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.05)
        return code


def _become(name: str, command: list[str]) -> NoReturn:
    """What a forked process does: `python -m` something, under a name by which `ps` shows it."""
    code: Any = 1
    try:
        os.setpgid(0, 0)
        _end_with_parent()
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_NAME, f"lianxin {name}".encode())
        for each in STOPS:
            signal.signal(each, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.argv = command[2:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = end.code or 0
        if not isinstance(code, int):
            print(code, file=sys.stderr)
            code = 1
    except BaseException:  # noqa: BLE001 - nothing of this may go on as the program that watches
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


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


def _signal(process: subprocess.Popen[bytes] | Forked, number: int) -> None:
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

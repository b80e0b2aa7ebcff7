"""The processes of a platform start together and end together."""

import http.server
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from lianxin.ground.core.serving import watch
from lianxin.ground.core.serving.watch import Plan, Watch

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time, os; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork(); print('up', flush=True); time.sleep(60)",
]
SERVES = "import http.server,sys; http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), http.server.BaseHTTPRequestHandler).serve_forever()"


def group_lives(group):
    """Whether a process of the group is still at work (one that has ended and waits to be counted is not)."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, its_group = file.read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(its_group) == group and state != "Z":
            return True
    return False


def ends(group):
    """Whether every process of the group ends within ten seconds."""
    until = time.monotonic() + 10
    while group_lives(group) and time.monotonic() < until:
        time.sleep(0.05)
    return not group_lives(group)


@pytest.fixture
def started():
    """Start a plan; whatever it started ends with the test."""
    watches = []

    def start(plan):
        watches.append(Watch(plan))
        watches[-1].start()
        return watches[-1]

    yield start
    for each in watches:
        for process in each.running.values():
            if group_lives(process.pid):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_stopping_ends_every_process(started):
    running = started(Plan({"a": SLEEPS, "b": SLEEPS}))
    running.stop()
    assert [name for name, process in running.running.items() if not ends(process.pid)] == []


def test_a_process_that_does_not_listen_is_ended_with_its_children(started, monkeypatch):
    monkeypatch.setattr(watch, "STOP_S", 0.5)
    running = started(Plan({"stubborn": STUBBORN}))
    time.sleep(0.5)
    running.stop()
    assert ends(running.running["stubborn"].pid)


def test_a_process_that_ended_is_named(started):
    running = started(Plan({"a": SLEEPS, "b": [sys.executable, "-c", "raise SystemExit(3)"]}))
    running.running["b"].wait()
    assert running.ended() == "b"


def test_nobody_waits_for_pages_of_a_server_that_has_ended(started):
    running = started(Plan({"web": [sys.executable, "-c", ""]}, port=9))
    running.running["web"].wait()
    assert not running.wait_for_pages()


def test_each_process_gets_the_settings_meant_for_it(started, tmp_path):
    told = f"import os; open({str(tmp_path / 'told')!r}, 'w').write(os.environ['LIANXIN_HTTPS'])"
    running = started(Plan({"web": [sys.executable, "-c", told]}, environment={"web": {"LIANXIN_HTTPS": "yes"}}))
    running.running["web"].wait()
    assert (tmp_path / "told").read_text() == "yes"


@pytest.mark.parametrize(
    ("does", "code"),
    [
        ("raise SystemExit(3)", 3),
        ("raise SystemExit('✗ not today')", 1),
        ("raise KeyError('lost')", 1),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -9),
        ("", 0),
    ],
)
def test_processes_go_on_from_what_was_loaded(tmp_path, does, code):
    (tmp_path / "shared.py").write_text("import os\nby = []\ndef load():\n    by.append(os.getpid())\n")
    (tmp_path / "works.py").write_text(
        f"import os, shared, sys\nassert shared.by == [os.getppid()] and sys.argv[1:] == ['--port', '9'], sys.argv\n{does}\n"
    )
    plan = f"Plan({{'web': [{sys.executable!r}, '-m', 'works', '--port', '9']}}, shares='shared')"
    watching = f"from lianxin.ground.core.serving.watch import Plan, Watch; running = Watch({plan}); running.start(); "
    ended = subprocess.run(
        [sys.executable, "-c", watching + "print(running.running['web'].wait(30), running.ended())"],
        env=os.environ | {"PYTHONPATH": f"{tmp_path}:{os.getcwd()}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == f"{code} web\n", ended.stderr
    assert [line for line in ended.stderr.splitlines() if line.startswith(("✗", "KeyError"))] == {
        "raise SystemExit('✗ not today')": ["✗ not today"],
        "raise KeyError('lost')": ["KeyError: 'lost'"],
    }.get(does, [])


def test_processes_that_share_end_with_the_watcher(tmp_path):
    (tmp_path / "works.py").write_text("import time\ntime.sleep(60)\n")
    (tmp_path / "shared.py").write_text("def load(): ...\n")
    code = f"""
from lianxin.ground.core.serving.watch import Plan, Watch
running = Watch(Plan({{'web': [{sys.executable!r}, '-m', 'works']}}, shares='shared')); running.start()
print(running.running['web'].pid, flush=True)
import time; time.sleep(60)
"""
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}:{os.getcwd()}"},
    ) as watcher:
        pid = int(watcher.stdout.readline())
        assert group_lives(pid)
        watcher.kill()
    assert ends(pid)


def test_an_answer_of_any_kind_is_a_sign_of_life():
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        assert watch.answers(server.server_port, tls=False)
    assert not watch.answers(server.server_port, tls=False)


def test_processes_end_when_the_watcher_is_killed(tmp_path):
    plan = f"Plan({{'web': {SLEEPS!r}}})"
    code = f"""
from lianxin.ground.core.serving.watch import Plan, Watch
running = Watch({plan}); running.start(); print(running.running['web'].pid, flush=True)
import time; time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as watcher:
        pid = int(watcher.stdout.readline())
        watcher.kill()
    assert ends(pid)


def test_a_watcher_stops_when_asked_and_says_where_the_platform_is():
    port = free_port()
    plan = f"Plan({{'web': [{sys.executable!r}, '-c', {SERVES!r}, '{port}']}}, port={port}, told=['here it is'])"
    code = f"from lianxin.ground.core.serving.watch import Plan, Watch; raise SystemExit(Watch({plan}).keep())"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as watcher:
        said = [watcher.stdout.readline() for _ in range(2)]
        assert "here it is\n" in said
        watcher.send_signal(signal.SIGINT)
        assert watcher.wait(30) == 0


def free_port():
    from lianxin.ground.core.serving.ports import next_free

    return next_free(20000 + os.getpid() % 20000, "127.0.0.1")

"""Mail that stays here, real servers on ports of their own, and nobody who takes letters unless the test says who."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from imaplib import IMAP4
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from pytest_django import Settings

from lianxin.ground.core import clock, erasing
from lianxin.ground.core.serving.where import note
from lianxin.ground.messages import receiving
from lianxin.ground.messages.letters import Letter
from tests.ground.access.conftest import as_user, platform
from tests.ground.vault.conftest import _own_keys

__all__ = ["_own_keys", "as_user", "platform"]

ADDRESS = "https://lianxin.example.gov.cn/"


def free_port() -> int:
    """A port on which nobody listens just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(autouse=True)
def _home(_own_keys: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SENDS_MAIL, settings.DEFAULT_FROM_EMAIL = True, "连心桥 <yijian@lianxin.example>"
    note(Path(settings.HOME), ADDRESS)
    monkeypatch.setattr(receiving, "_receivers", [])
    monkeypatch.setattr(erasing, "forget_after_commit", lambda: None)


@pytest.fixture
def later() -> Iterator[Callable[[timedelta], None]]:
    """`later(span)`: from here it is that much later."""
    with ExitStack() as journey:
        yield lambda span: journey.enter_context(clock.travel(span))


@pytest.fixture
def taken() -> list[Letter]:
    """Everything that came in, taken by somebody."""
    letters: list[Letter] = []

    def take(letter: Letter, at: datetime) -> bool:
        letters.append(letter)
        return True

    receiving.register_receiver(take)
    return letters


@dataclass
class Gateway:
    """A gateway for text messages that answers as it is told."""

    url: str = ""
    status: int = 200
    asked: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    made = Gateway()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.asked.append((dict(self.headers), json.loads(body)))
            self.send_response(made.status)
            if made.status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    made.url = settings.SMS = f"http://kouling@127.0.0.1:{server.server_port}/sms"
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


class Kept(Handler):
    """Keeps what comes in."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.mails.append(message)


@pytest.fixture
def smtp(settings: Settings) -> Iterator[Kept]:
    """A real mail server, which the platform sends by."""
    kept = Kept()
    server = Controller(kept, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
    yield kept
    server.stop()


@dataclass
class Mailbox:
    """A real IMAP server with one mailbox, as its owner sees it."""

    port: int
    folder: str = "INBOX"

    def opened(self) -> IMAP4:
        box = IMAP4("127.0.0.1", self.port, timeout=10)
        box.login("demouser", "mi ma@:/")
        box.select(self.folder)
        return box

    def put(self, *mails: Message | bytes) -> None:
        with self.opened() as box:
            for mail in mails:
                box.append(self.folder, "", "", mail if isinstance(mail, bytes) else mail.as_bytes())

    def flags(self) -> list[set[str]]:
        """Of each mail, in their order: Seen, Flagged or neither."""
        with self.opened() as box:
            _ok, found = box.fetch("1:*", "(FLAGS)")
            return [{flag for flag in ("Seen", "Flagged") if f"\\{flag}".encode() in line} for line in found if line]


@pytest.fixture(scope="session")
def _imap() -> Iterator[int]:
    port = free_port()
    options = [
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-tls",
        "--no-service",
        "admin",
        "--no-service",
        "managesieve",
    ]
    command = [
        str(Path(sys.executable).with_name("pymap")),
        *options,
        "dict",
        "--demo-data",
        "--demo-password",
        "mi ma@:/",
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _try in range(100):
        try:
            IMAP4("127.0.0.1", port, timeout=5).logout()
            break
        except OSError:
            time.sleep(0.1)
    yield port
    server.terminate()
    server.wait()


@pytest.fixture
def mailbox(_imap: int, settings: Settings) -> Mailbox:
    """An empty folder of its own for each test."""
    made = Mailbox(_imap)
    settings.MAILBOX = f"imap://demouser:mi%20ma%40%3A%2F@127.0.0.1:{_imap}/INBOX"
    with made.opened() as box:
        box.store("1:*", "+FLAGS", r"(\Deleted)")
        box.expunge()
    return made

"""The clients of the bench count what was answered, and stop at the first answer that is none."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.load import load

asked: list[tuple[str, str | None]] = []


class Page(BaseHTTPRequestHandler):
    """Seven bytes for everybody; an error at /broken."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        asked.append((self.path, self.headers["Cookie"]))
        self.send_response(500 if self.path == "/broken" else 200)
        self.send_header("Content-Length", "7")
        self.end_headers()
        self.wfile.write(b"<p>7</p"[:7])

    def log_message(self, *said: object) -> None:
        """Nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_every_client_asks_other_pages_with_a_cookie_of_its_own(port: int) -> None:
    seen = load(port, lambda number: f"/{number}", clients=3, seconds=0.3, cookies=["a=b", "a=c"])

    assert seen.pages == len(asked) > 3
    assert len(set(asked)) == len(asked)
    assert {cookie for _path, cookie in asked} == {"a=b", "a=c"}
    assert seen.bytes == 7
    assert 0 < seen.p50_ms <= seen.p95_ms


def test_an_answer_that_is_no_page_ends_the_measurement(port: int) -> None:
    with pytest.raises(RuntimeError, match="/broken: 500"):
        load(port, lambda number: "/broken", clients=2, seconds=5)

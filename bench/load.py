"""Eight clients that ask one page after another for a few seconds, or send forms, each from an address of its own."""

import http.client
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Load:
    """What the clients saw: how many pages, requests a second, the middle and the slowest twentieth in milliseconds, bytes of a page."""

    pages: int
    per_second: float
    p50_ms: float
    p95_ms: float
    bytes: int


@dataclass(frozen=True)
class Asked:
    """One request: a page, or what a browser sends from a form."""

    path: str
    cookie: str = ""
    form: Mapping[str, str] | None = None


def load(
    port: int, path: Callable[[int], str], *, clients: int = 8, seconds: float = 5.0, cookies: Sequence[str] = ()
) -> Load:
    """Ask `path(n)` of 127.0.0.1:port, n counting up over all clients, who take the cookies in turn.

    Any answer but 200 raises RuntimeError.
    """
    until = time.monotonic() + seconds

    def pages(number: int) -> Iterator[Asked]:
        turn, cookie = number, cookies[number % len(cookies)] if cookies else ""
        while time.monotonic() < until:
            yield Asked(path(turn), cookie)
            turn += clients

    return _measured(port, clients, pages)


def sent(port: int, forms: Sequence[Asked], *, clients: int = 8) -> Load:
    """Send each of these forms once. Any answer but 302 raises RuntimeError."""
    return _measured(port, clients, lambda number: iter(forms[number::clients]))


def _measured(port: int, clients: int, asked_by: Callable[[int], Iterator[Asked]]) -> Load:
    took: list[float] = []
    sizes: list[int] = []

    def client(number: int) -> None:
        own = (f"127.0.0.{number + 2}", 0)  # of one address only so much is taken in an hour
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=own)) as connection:
            for asked in asked_by(number):
                start = time.perf_counter()
                status, size = _answer(connection, asked)
                took.append(time.perf_counter() - start)
                sizes.append(size)
                if status != (200 if asked.form is None else 302):
                    raise RuntimeError(f"{asked.path}: {status}")

    began = time.monotonic()
    with ThreadPoolExecutor(clients) as threads:
        list(threads.map(client, range(clients)))  # raises what a client raised
    took.sort()
    middle, slow = took[len(took) // 2], took[int(len(took) * 0.95)]
    return Load(len(took), len(took) / (time.monotonic() - began), middle * 1000, slow * 1000, sum(sizes) // len(sizes))


def _answer(connection: http.client.HTTPConnection, asked: Asked) -> tuple[int, int]:
    headers = {"Cookie": asked.cookie} if asked.cookie else {}
    if asked.form is None:
        connection.request("GET", asked.path, headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST", asked.path, urlencode(asked.form), headers)
    answer = connection.getresponse()
    return answer.status, len(answer.read())

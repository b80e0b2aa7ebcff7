"""Eight clients that ask one page after another for a few seconds, each with its own connection and words."""

import http.client
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What the clients saw: how many pages, requests a second, the middle and the slowest twentieth in milliseconds, bytes of a page."""

    pages: int
    per_second: float
    p50_ms: float
    p95_ms: float
    bytes: int


def load(
    port: int, path: Callable[[int], str], *, clients: int = 8, seconds: float = 5.0, cookies: Sequence[str] = ()
) -> Load:
    """Ask `path(n)` of 127.0.0.1:port, n counting up over all clients, who take the cookies in turn.

    Any answer but 200 raises RuntimeError.
    """
    took: list[float] = []
    sizes: list[int] = []
    until = time.monotonic() + seconds

    def client(number: int) -> None:
        turn, headers = number, {"Cookie": cookies[number % len(cookies)]} if cookies else {}
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            while time.monotonic() < until:
                start = time.perf_counter()
                connection.request("GET", path(turn), headers=headers)
                answer = connection.getresponse()
                body = answer.read()
                took.append(time.perf_counter() - start)
                sizes.append(len(body))
                if answer.status != 200:
                    raise RuntimeError(f"{path(turn)}: {answer.status}")
                turn += clients

    began = time.monotonic()
    with ThreadPoolExecutor(clients) as threads:
        list(threads.map(client, range(clients)))  # raises what a client raised
    took.sort()
    middle, slow = took[len(took) // 2], took[int(len(took) * 0.95)]
    return Load(len(took), len(took) / (time.monotonic() - began), middle * 1000, slow * 1000, sum(sizes) // len(sizes))

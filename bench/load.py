"""Eight clients that ask one page after another for a few seconds, each with its own connection and words."""

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What the clients saw: requests a second, the middle and the slowest twentieth in milliseconds, bytes of a page."""

    per_second: float
    p50_ms: float
    p95_ms: float
    bytes: int


def load(port: int, path: Callable[[int], str], *, clients: int = 8, seconds: float = 5.0) -> Load:
    """Ask `path(n)` of 127.0.0.1:port, n counting up over all clients. Any answer but 200 raises RuntimeError."""
    took: list[float] = []
    sizes: list[int] = []
    wrong: list[str] = []
    until = time.monotonic() + seconds

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        turn = number
        while time.monotonic() < until and not wrong:
            start = time.perf_counter()
            connection.request("GET", path(turn))
            answer = connection.getresponse()
            body = answer.read()
            took.append(time.perf_counter() - start)
            sizes.append(len(body))
            if answer.status != 200:
                wrong.append(f"{path(turn)}: {answer.status}")
            turn += clients

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(wrong[0])
    took.sort()
    middle, slow = took[len(took) // 2], took[int(len(took) * 0.95)]
    return Load(len(took) / (time.monotonic() - began), middle * 1000, slow * 1000, sum(sizes) // len(sizes))

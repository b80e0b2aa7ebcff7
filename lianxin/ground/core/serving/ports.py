"""Which port of this computer is free."""

import socket

from lianxin.terminal import Failed

LAST = 65535


def is_free(port: int, host: str) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError:
            return False
    return True


def next_free(port: int, host: str) -> int:
    """The first free port above `port`."""
    return next(p for p in range(port + 1, LAST + 1) if is_free(p, host))


def need(port: int, host: str) -> None:
    """Raise Failed, naming the next free port, where `port` cannot be used."""
    if not 1 <= port <= LAST:
        raise Failed(
            f"{port} 不是端口号。请写 1 到 {LAST} 之间的数。", f"{port} is no port. Write a number from 1 to {LAST}."
        )
    if not is_free(port, host):
        free = next_free(max(port, 1023), host)
        raise Failed(
            f"端口 {port} 已被占用或不允许使用。可以改用 {free}：./bin/run --port {free}",
            f"Port {port} is in use, or may not be used. Port {free} is free: ./bin/run --port {free}",
        )

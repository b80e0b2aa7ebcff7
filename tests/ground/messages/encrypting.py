"""TLS in front of a server that does not speak it from the first byte, as an office's mail server does on port 993."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lianxin.ground.core.clock import now
from lianxin.ground.core.serving.authority import Authority


def certified(folder: Path, *names: str) -> Authority:
    """An authority of its own in `folder`, and a certificate that it signed for these names."""
    made = Authority(folder)
    made.ensure("lianxin.local", now())
    made.certify(names, now())
    return made


@contextmanager
def encrypted(authority: Authority, port: int) -> Iterator[int]:
    """The port at which TLS under the authority's certificate leads to `port` of this computer."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(authority.folder / "server.pem", authority.folder / "server.key")
    listens = threading.Event()
    found: list[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()

    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_reader, to_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pass_on(reader, to_writer), pass_on(to_reader, writer), return_exceptions=True)

    async def serve() -> None:
        server, over = await asyncio.start_server(lead, "127.0.0.1", 0, ssl=context), asyncio.Event()
        found.append((server.sockets[0].getsockname()[1], asyncio.get_running_loop(), over))
        listens.set()
        await over.wait()
        server.close()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert listens.wait(10)
    [(own, loop, over)] = found
    yield own
    loop.call_soon_threadsafe(over.set)
    thread.join(10)

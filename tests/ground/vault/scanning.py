"""Looks for a value in raw bytes, in every shape that software may have given it."""

import base64
import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote

import psycopg

from tests.ground.core.apart import Apart


def shapes(value: str) -> set[bytes]:
    """The value as text in several encodings, as hex, base64, JSON and in an address."""
    plain = {value.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}
    coded = {json.dumps(value)[1:-1].encode(), quote(value).encode()}
    return plain | coded | {shape for raw in plain for shape in shapes_of_bytes(raw)}


def shapes_of_bytes(raw: bytes) -> set[bytes]:
    """The bytes themselves, as hex and as base64, wherever they begin."""
    found = {raw, raw.hex().encode(), raw.hex().upper().encode()}
    for before in range(3):
        text = base64.b64encode(bytes(before) + raw)
        inside = text[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]
        found |= {inside, inside.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def what_lies_there(platform: Apart) -> Iterator[tuple[str, bytes]]:
    """Every file of the home but the keys; on PostgreSQL what every table holds as well."""
    for path in sorted(platform.home.rglob("*")):
        if path.is_file() and path.parent.name != "keys":
            yield str(path.relative_to(platform.home)), path.read_bytes()
    if not platform.url.startswith("sqlite"):
        yield from tables(platform.url)


def tables(url: str) -> Iterator[tuple[str, bytes]]:
    """What every table holds, as PostgreSQL writes it down."""
    with psycopg.connect(url) as connection:
        names = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        for (name,) in names.fetchall():
            with connection.cursor().copy(f'COPY "{name}" TO STDOUT') as copy:
                yield f"table {name}", b"".join(map(bytes, copy))


def found(platform: Apart, sought: Iterable[bytes]) -> set[str]:
    """Where any of these bytes lie."""
    sought = list(sought)
    return {name for name, content in what_lies_there(platform) if any(one in content for one in sought)}

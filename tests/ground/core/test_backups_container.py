import io
from pathlib import Path

import pytest
from pytest_django import Settings

from lianxin.ground.core.backups import container
from lianxin.ground.core.backups.container import MAGIC, PIECE, PieceDamaged, Reader, Writer
from lianxin.ground.core.backups.errors import AnotherKey, NotABackup, UnknownFormat

KEY = bytes(range(32))
FILE = Path("some.backup")
PLAIN = bytes(range(256)) * 12 * 1024  # three whole pieces


def written(plain: bytes, key: bytes = KEY) -> bytes:
    out = io.BytesIO()
    writer = Writer(out, key)
    for start in range(0, len(plain), 70_001):
        writer.write(plain[start : start + 70_001])
    writer.finish()
    return out.getvalue()


def read(file: bytes, key: bytes = KEY) -> bytes:
    return Reader(io.BytesIO(file), key, FILE).read()


def pieces_of(file: bytes) -> tuple[bytes, list[bytes]]:
    start = file.index(b"\n", len(MAGIC)) + 1
    step = PIECE + 16
    return file[:start], [file[at : at + step] for at in range(start, len(file), step)]


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
@pytest.mark.parametrize("cipher", ["aes-256-gcm", "sm4-gcm"])
def test_what_goes_in_comes_out(settings: Settings, length: int, cipher: str):
    settings.CIPHER = cipher
    file = written(PLAIN[:length])
    settings.CIPHER = "aes-256-gcm"  # what was written before a change of setting still opens
    assert read(file) == PLAIN[:length]
    assert length < 300 or PLAIN[:300] not in file


def test_a_changed_byte_anywhere_is_seen():
    file = written(PLAIN[:5000])
    for at in range(len(MAGIC), len(file), 37):
        changed = file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :]
        with pytest.raises((PieceDamaged, NotABackup, UnknownFormat, AnotherKey)):
            read(changed)


def test_a_file_that_is_cut_short_is_seen_wherever_it_was_cut():
    header, pieces = pieces_of(written(PLAIN))
    for end in (1, 2, 3):
        with pytest.raises(PieceDamaged):
            read(header + b"".join(pieces[:end]))
    with pytest.raises(PieceDamaged):
        read(header + b"".join(pieces)[:-1])
    with pytest.raises(PieceDamaged):
        read(header)


def test_pieces_can_be_neither_swapped_nor_left_out_nor_taken_from_another_file():
    header, pieces = pieces_of(written(PLAIN))
    _header, others = pieces_of(written(PLAIN))
    for wrong in ([1, 0, 2, 3], [0, 2, 3], [0, 1, 2, 2, 3]):
        with pytest.raises(PieceDamaged):
            read(header + b"".join(pieces[i] for i in wrong))
    with pytest.raises(PieceDamaged):
        read(header + others[0] + b"".join(pieces[1:]))


def test_another_key_is_told_from_damage():
    with pytest.raises(AnotherKey, match="另一把密钥"):
        read(written(b"x"), key=bytes(32))


@pytest.mark.parametrize(
    "file", [b"", b"PK\x03\x04 a zip", MAGIC, MAGIC + b"{}\n", MAGIC + b"no json\n", MAGIC + b"[]\n"]
)
def test_what_is_no_backup_is_called_so(file: bytes):
    with pytest.raises(NotABackup, match="不是连心桥的备份"):
        read(file)


def test_a_later_format_is_told_from_damage(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(container, "FORMAT", 2)
    file = written(b"x")
    monkeypatch.undo()
    with pytest.raises(UnknownFormat):
        read(file)

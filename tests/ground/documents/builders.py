"""Made-up files for tests: pictures drawn here, sounds of a few bytes, and the rows that keep them."""

import io
import struct
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from lianxin.ground.core.clock import now
from lianxin.ground.core.events import Ref
from lianxin.ground.core.ids import new_id
from lianxin.ground.documents import actions, papers
from lianxin.ground.documents.models import File, FileKind, Letterhead, Paper, PaperKind
from lianxin.ground.people.models import Body
from lianxin.lib import papers as layout

HEIC = (Path(__file__).parent / "files" / "photo.heic").read_bytes()  # made from the colours of `picture` by heif-enc
RED, BLUE = (200, 40, 40), (40, 120, 200)
SOUND = b"#!AMR\n" + b"\x0c" + b"\x55" * 12
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(size: tuple[int, int] = (96, 64), mode: str = "RGB") -> Image.Image:
    """Its left third is red, the rest blue."""
    image = Image.new("RGB", size, BLUE)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 3, size[1]), fill=RED)
    return image if mode == "RGB" else image.convert(mode)


def encoded(image: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def upload(content: bytes, name: str = "IMG_0001.jpg") -> ContentFile:
    """As a browser sends it."""
    return ContentFile(content, name=name)


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims these sides."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    )


def box(kind: bytes, content: bytes) -> bytes:
    """A box of ISO/IEC 14496-12."""
    return struct.pack(">I", len(content) + 8) + kind + content


def mp4(handler: bytes) -> bytes:
    """The frame of an MP4 with one track, of sound (`soun`) or shown (`vide`)."""
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(13))))
    return box(b"ftyp", b"M4A \0\0\0\0M4A isom") + box(b"mdat", bytes(64)) + box(b"moov", track)


def make_owner() -> Ref:
    """Something of an app above."""
    return Ref("opinion", new_id())


def make_file(content: bytes | None = None, kind: FileKind = FileKind.PHOTO, **facts: Any) -> File:
    """A file that is kept: a photo, unless other content is given."""
    content = encoded(picture()) if content is None else content
    told = {"owner": make_owner(), "by": None, "at": now()}
    return actions.keep(upload(content), kind=kind, **told | facts)


def opened(content: bytes) -> Image.Image:
    """A picture, read in whole."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def lay_down(body: Body, mark: str = "青人办函", contact: str = "章谷雨 0700-0000000") -> Letterhead:
    """How a body heads its papers."""
    told = {"issuer": "青禾县人大常委会办公室", "mark": mark, "contact": contact}
    return Letterhead.lay_down(body, by=None, at=now(), **told)


def make_paper(
    head: Letterhead,
    about: Ref | None = None,
    at: datetime | None = None,
    words: str = "桥头的灯不亮。",
    title: str = "关于灯的函",
) -> Paper:
    """A letter that was issued, and is to be written."""
    content = layout.Paper(layout.Form.LETTER, "", "", title, to="交通运输局", body=(layout.Part(words),))
    told = {"id": new_id(), "to": new_id(), "about": about or Ref("thing", new_id()), "head": head, "at": at or now()}
    return papers.issue(content, PaperKind.TRANSFER, **told)

"""What is not taken is told in plain words: what happened, why, what to send instead."""

import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.uploads import MEGABYTE
from lianxin.ground.documents import actions, errors, heic, pictures, receiving
from lianxin.ground.documents.models import FileKind
from tests.ground.documents.builders import (
    HEIC,
    PDF,
    SOUND,
    encoded,
    mp4,
    picture,
    png_that_says,
    upload,
)

PHOTO, VOICE, SCAN, ATTACHMENT = FileKind.PHOTO, FileKind.VOICE, FileKind.SCAN, FileKind.ATTACHMENT


class Large(io.BytesIO):
    """So many bytes, of which few are there."""

    def __init__(self, content: bytes, size: int):
        super().__init__(content)
        self.size = size

    def seek(self, at: int, whence: int = 0) -> int:
        return self.size if whence == 2 else super().seek(at, whence)


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


DOCX = packed(word__document_xml=b"<w/>", **{"[Content_Types]_xml": b"<Types/>"})


@pytest.mark.parametrize(
    ("file", "kind", "error", "said"),
    [
        (Large(encoded(picture()), 40 * MEGABYTE), PHOTO, errors.TooLarge, "有40兆，照片最多收30兆"),
        (Large(SOUND, 11 * MEGABYTE), VOICE, errors.TooLarge, "录音最多收10兆。请说得短一些"),
        (Large(PDF, 21 * MEGABYTE), SCAN, errors.TooLarge, "最多收20兆。请用低一些的分辨率"),
        (io.BytesIO("路灯坏了".encode()), PHOTO, errors.WrongKind, "不是照片：它其实是纯文本"),
        (io.BytesIO(bytes(range(256))), PHOTO, errors.WrongKind, "看不出它是什么文件"),
        (io.BytesIO(mp4(b"vide")), VOICE, errors.WrongKind, "它其实是视频"),
        (io.BytesIO(b"OggS" + bytes(24) + b"\x80theora" + bytes(30)), VOICE, errors.WrongKind, "它其实是视频"),
        (io.BytesIO(b"\x1a\x45\xdf\xa3webm\x86\x85V_VP8"), VOICE, errors.WrongKind, "它其实是视频"),
        (io.BytesIO(encoded(picture())), VOICE, errors.WrongKind, "它其实是照片（JPEG）"),
        (io.BytesIO(DOCX), SCAN, errors.WrongKind, "它其实是Word文档"),
        (io.BytesIO(b"<html><script>"), ATTACHMENT, errors.WrongKind, "它其实是网页"),
        (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ATTACHMENT, errors.WrongKind, "纯文本"),
        (io.BytesIO(b""), PHOTO, errors.Empty, "这个文件是空的"),
        (io.BytesIO(png_that_says(50_000, 50_000)), PHOTO, errors.TooManyPixels, "尺寸太大"),
        (io.BytesIO(png_that_says(15_000, 15_000)), SCAN, errors.TooManyPixels, "尺寸太大"),
        (io.BytesIO(encoded(picture((600, 400)))[:900]), PHOTO, errors.Unreadable, "打不开"),
        (io.BytesIO(encoded(picture((600, 400)))[:-200]), PHOTO, errors.Unreadable, "打不开"),
        (io.BytesIO(HEIC[:400]), PHOTO, errors.Unreadable, "打不开"),
        (io.BytesIO(png_that_says(300, 300)), PHOTO, errors.Unreadable, "打不开"),
    ],
)
def test_what_is_not_taken_is_told_why(file, kind, error, said, lying):
    with pytest.raises(error, match=said):
        actions.lay(file, kind=kind)
    assert lying() == []


def test_a_document_that_unpacks_to_too_much_is_not_opened():
    bomb = packed(word__document_xml=bytes(450 * MEGABYTE), **{"[Content_Types]_xml": b"<Types/>"})
    with pytest.raises(RuleError, match="大得不正常"):
        receiving.check(io.BytesIO(bomb), ATTACHMENT)


@pytest.mark.parametrize(
    ("content", "kind", "media_type"),
    [
        (SOUND, VOICE, "audio/amr"),
        (mp4(b"soun"), VOICE, "audio/mp4"),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01webm\x86\x86A_OPUS", VOICE, "audio/webm"),
        (b"OggS" + bytes(24) + b"OpusHead", VOICE, "audio/ogg"),
        (b"RIFF\x24\0\0\0WAVEfmt " + bytes(30), VOICE, "audio/wav"),
        (b"ID3\x04" + bytes(30), VOICE, "audio/mpeg"),
        (b"\xff\xfb\x90\x64" + bytes(60), VOICE, "audio/mpeg"),
        (b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(60), VOICE, "audio/aac"),
        (PDF, SCAN, "application/pdf"),
        (DOCX, ATTACHMENT, receiving.MEDIA_TYPES["docx"]),
    ],
)
def test_what_is_no_picture_is_kept_as_it_is(content, kind, media_type):
    done = receiving.read(upload(content, "anything.exe"), kind)
    assert (done.plain, done.media_type, done.preview, done.width) == (content, media_type, None, None)


def test_a_picture_that_says_too_much_is_not_opened():
    tracemalloc.start()
    with pytest.raises(errors.TooManyPixels):
        receiving.read(io.BytesIO(png_that_says(50_000, 50_000)), PHOTO)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5 * MEGABYTE


def test_a_progressive_photo_may_have_fewer_pixels_than_one_that_is_read_in_pieces(monkeypatch):
    monkeypatch.setattr(pictures, "MOST", 5_000)
    content = encoded(picture())
    assert receiving.read(upload(content), PHOTO).width == 96
    with pytest.raises(errors.TooManyPixels):
        receiving.read(upload(encoded(picture(), progressive=True)), PHOTO)


def test_a_process_that_falls_over_a_damaged_heic_takes_nobody_along(monkeypatch, tmp_path):
    program = tmp_path / "falls.py"
    program.write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.setattr(heic, "__file__", str(program))
    with pytest.raises(errors.Unreadable):
        receiving.read(io.BytesIO(HEIC), PHOTO)


def test_a_heic_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_HEIC", 5_000)
    with pytest.raises(errors.TooManyPixels):
        receiving.read(io.BytesIO(HEIC), PHOTO)


SEEDS = [
    encoded(picture()),
    encoded(picture(), "PNG"),
    encoded(picture(), "GIF"),
    encoded(picture(), "WEBP"),
    encoded(picture(mode="CMYK")),
    HEIC,
]


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(12, 600), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_damaged_picture_is_kept_or_refused_in_words(content, changes):
    broken = bytearray(content)
    for at, value in changes:
        broken[at % len(broken)] = value
    try:
        done = receiving.read(upload(bytes(broken)), PHOTO).plain
    except RuleError as refusal:
        done = str(refusal).encode()
    assert done.startswith((b"\xff\xd8", "这".encode(), "看".encode()))

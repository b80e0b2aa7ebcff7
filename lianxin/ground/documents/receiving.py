"""What was sent: how large it may be, what it is by its content, and what of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core import workbooks
from lianxin.ground.core.uploads import (
    AAC,
    AMR,
    DOCX,
    MEGABYTE,
    MP3,
    MP4,
    OGG,
    PACKED,
    PDF,
    WAV,
    WEBM,
    XLSX,
    Kind,
    Limits,
    kind_of,
    need,
)
from lianxin.ground.documents import pictures
from lianxin.ground.documents.errors import DiskFull, Empty, TooLarge, WrongKind
from lianxin.ground.documents.models import FileKind

VOICES = (MP4, WEBM, OGG, WAV, AMR, AAC, MP3)
MEDIA_TYPES = {
    PDF.code: "application/pdf",
    DOCX.code: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX.code: workbooks.MEDIA_TYPE,
    MP4.code: "audio/mp4",
    WEBM.code: "audio/webm",
    OGG.code: "audio/ogg",
    WAV.code: "audio/wav",
    AMR.code: "audio/amr",
    AAC.code: "audio/aac",
    MP3.code: "audio/mpeg",
}


@dataclass(frozen=True)
class Taken:
    """What is taken as one kind of file: its name, bytes at most as sent, kinds of content, longest side of pictures."""

    what: str | Promise
    sent: int
    kinds: tuple[Kind, ...]
    advice: str | Promise
    too_large: str | Promise
    longest: int = 0


TAKEN: Mapping[FileKind, Taken] = {
    FileKind.PHOTO: Taken(
        _("照片"),
        30 * MEGABYTE,
        pictures.KINDS,
        _("请选手机拍的照片，或者截一张图。"),
        _("请用手机直接拍一张（一般不到20兆），或者截一张图再传。"),
        longest=2_000,
    ),
    FileKind.VOICE: Taken(
        _("录音"),
        10 * MEGABYTE,
        VOICES,
        _("请选手机录音机录的文件；视频请另录一段声音。"),
        _("请说得短一些，或者分成几段再传。"),
    ),
    FileKind.SCAN: Taken(
        _("扫描件"),
        20 * MEGABYTE,
        (PDF, *pictures.KINDS),
        _("请选PDF，或者给信拍一张照片。"),
        _("请用低一些的分辨率（200 dpi足够）再扫一次，或者分成几份。"),
        longest=2_600,
    ),
    FileKind.ATTACHMENT: Taken(
        _("能收的附件"),
        20 * MEGABYTE,
        (PDF, DOCX, XLSX, *pictures.KINDS),
        _("请选PDF、Word（.docx）、Excel（.xlsx）或者图片。"),
        _("请删去里面的图片，或者分成几份再传。"),
        longest=2_600,
    ),
    FileKind.PAPER: Taken(  # written by the platform itself
        _("公文"),
        20 * MEGABYTE,
        (PDF, DOCX),
        _("请把公文写短一些，或者分成几份出。"),
        _("请把公文写短一些，或者分成几份出。"),
    ),
    FileKind.TEMPLATE: Taken(  # looked into before, by vetting.py
        _("公文模板"),
        5 * MEGABYTE,
        (DOCX,),
        _("请用Word或WPS另存为“Word文档（.docx）”，再传。"),
        _("请把里面的图片改小，再传。"),
    ),
}


@dataclass(frozen=True)
class Content:
    """What is kept of a file: bytes, and of a picture its sides in pixels and a small one."""

    media_type: str
    plain: bytes
    preview: bytes | None = None
    width: int | None = None
    height: int | None = None


def check(upload: IO[bytes], kind: FileKind) -> Kind:
    """What the upload is by its content, judged without opening it; it is left at its beginning.

    Raises FileRefused, UploadRefused, and DiskFull where it could not be received.
    """
    if getattr(upload, "is_cut_short", False):
        raise DiskFull
    taken = TAKEN[kind]
    size = upload.seek(0, 2)
    if not size:
        raise Empty
    if size > taken.sent:
        raise TooLarge(taken.what, size, taken.sent, taken.too_large)
    found = kind_of(upload)
    if found not in taken.kinds:
        raise WrongKind(taken.what, found.name if found else None, taken.advice)
    if found.code in PACKED:
        need(upload, found, limits=Limits(sent=taken.sent))
    if found in pictures.KINDS:
        pictures.check_size(upload, found)
    return found


def read(upload: IO[bytes], kind: FileKind) -> Content:
    """What is kept of the upload: pictures are drawn anew, all else stays as it is. Raises as `check`, and Unreadable."""
    found = check(upload, kind)
    if found in pictures.KINDS:
        picture = pictures.redraw(upload, found, TAKEN[kind].longest)
        return Content(pictures.MEDIA_TYPE, picture.content, picture.preview, picture.width, picture.height)
    return Content(MEDIA_TYPES[found.code], upload.read())

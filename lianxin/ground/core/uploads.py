"""Files that people send: what they are is told by what is in them, never by their name."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.core.errors import RuleError

HEAD_BYTES = 4096
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")  # bytes that no text has, in any encoding of China
MEGABYTE = 1024 * 1024
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EBML = b"\x1a\x45\xdf\xa3"  # Matroska and WebM
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx")  # ISO/IEC 23008-12, annex B
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Kind:
    """A kind of file. `fits` looks at the first bytes and, where these do not tell, into the file."""

    code: str
    name: str | Promise
    fits: Callable[[bytes, IO[bytes]], bool]


class UploadRefused(RuleError):
    """The file is not what was asked for, or too large to open."""


@dataclass(frozen=True)
class Limits:
    """How large a file may be: as it is sent, unpacked, in how many parts, and how many times over it may unpack."""

    sent: int = 20 * MEGABYTE
    unpacked: int = 400 * MEGABYTE
    parts: int = 2_000
    ratio: int = 200


def need(file: IO[bytes], *kinds: Kind, limits: Limits = Limits()) -> Kind:
    """The kind of `file`, which is one of `kinds`; the file is left at its beginning. Raises UploadRefused."""
    size = file.seek(0, 2)
    if not size:
        raise UploadRefused(_("这个文件是空的。请打开它看一看，保存后再传。"))
    if size > limits.sent:
        raise UploadRefused(
            _("文件有%(size)d兆，最多只能%(most)d兆。请删去里面的图片，或者分成几份再传。")
            % {"size": -(-size // MEGABYTE), "most": limits.sent // MEGABYTE}
        )
    found = kind_of(file)
    if found not in kinds:
        raise UploadRefused(_wrong_kind(found, kinds))
    if found.code in PACKED:
        _check_packed(file, size, limits)
    file.seek(0)
    return found


def kind_of(file: IO[bytes]) -> Kind | None:
    """What the file is by its content, or None; the file is left at its beginning."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    found = next((kind for kind in KINDS if kind.fits(head, file)), None)
    file.seek(0)
    return found


def _wrong_kind(found: Kind | None, wanted: tuple[Kind, ...]) -> str:
    names = _("或").join(str(kind.name) for kind in wanted)
    if found is ENCRYPTED_OFFICE:
        return _("这个文件加了密码，打不开。请在Excel里取消密码，另存一份再传。")
    if found is OLD_OFFICE and XLSX in wanted:
        return _("这是旧格式（.xls）的文件。请用Excel或WPS打开，另存为.xlsx再传。")
    if found:
        return _("要的是%(wanted)s，传来的是%(found)s。请换一个文件。") % {"wanted": names, "found": found.name}
    return _("看不出这是什么文件，要的是%(wanted)s。它可能坏了，请重新保存一份再传。") % {"wanted": names}


def _check_packed(file: IO[bytes], size: int, limits: Limits) -> None:
    """Refuse what would unpack to more than a platform can hold.

    The sizes that the archive states are an upper bound: Python's zipfile stops reading a part at its stated size.
    """
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > limits.parts or unpacked > limits.unpacked or unpacked > max(size, MEGABYTE) * limits.ratio:
        raise UploadRefused(_("这个文件解开以后大得不正常，没有打开。请把要用的内容复制到新文件里再传。"))
    if any(part.flag_bits & 1 for part in parts):
        raise UploadRefused(_("这个文件加了密码，打不开。请取消密码，另存一份再传。"))


def _begins(*magic: bytes) -> Callable[[bytes, IO[bytes]], bool]:
    return lambda head, file: head.startswith(magic)


def _packs(*parts: str) -> Callable[[bytes, IO[bytes]], bool]:
    def fits(head: bytes, file: IO[bytes]) -> bool:
        if not head.startswith(b"PK\x03\x04"):
            return False
        try:
            file.seek(0)
            with zipfile.ZipFile(file) as archive:
                names = set(archive.namelist())
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
            return False
        return names.issuperset(parts)

    return fits


def _is_encrypted(head: bytes, file: IO[bytes]) -> bool:
    if not head.startswith(OLE_MAGIC):
        return False
    file.seek(0)
    return ENCRYPTED in file.read(Limits().sent)


def _is_webp(head: bytes, file: IO[bytes]) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_text(head: bytes, file: IO[bytes]) -> bool:
    return bool(head.strip()) and not CONTROLS.intersection(head)


def _is_heic(head: bytes, file: IO[bytes]) -> bool:
    return head[4:8] == b"ftyp" and any(head[at : at + 4] in HEIC_BRANDS for at in range(8, _box_end(head), 4))


def _is_avif(head: bytes, file: IO[bytes]) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis")


def _box_end(head: bytes) -> int:
    return min(int.from_bytes(head[:4], "big"), len(head), 256)


def _is_mp4(head: bytes, file: IO[bytes]) -> bool:
    return head[4:8] == b"ftyp"


def _is_mp4_video(head: bytes, file: IO[bytes]) -> bool:
    """Whether a track says that it is shown: the handler box of ISO/IEC 14496-12, 8.4.3."""
    if head[4:8] != b"ftyp":
        return False
    file.seek(0)
    return bool(re.search(rb"hdlr.{8}vide", file.read(Limits().sent), re.DOTALL))


def _is_webm_video(head: bytes, file: IO[bytes]) -> bool:
    return head.startswith(EBML) and b"V_" in head and bool(re.search(rb"\x86.V_(VP[89]|AV1|MPEG)", head, re.DOTALL))


def _is_ogg_video(head: bytes, file: IO[bytes]) -> bool:
    return head.startswith(b"OggS") and b"\x80theora" in head


def _is_wav(head: bytes, file: IO[bytes]) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WAVE"


def _is_aac(head: bytes, file: IO[bytes]) -> bool:
    return len(head) > 6 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0  # ADTS, ISO/IEC 13818-7


def _is_mp3(head: bytes, file: IO[bytes]) -> bool:
    is_frame = len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 not in (0, 0xF0)
    return head.startswith(b"ID3") or is_frame  # MPEG 1, 2, 2.5, layer III


XLSX = Kind("xlsx", gettext_lazy("Excel工作簿（.xlsx）"), _packs("[Content_Types].xml", "xl/workbook.xml"))
DOCX = Kind("docx", gettext_lazy("Word文档（.docx）"), _packs("[Content_Types].xml", "word/document.xml"))
ZIP = Kind("zip", gettext_lazy("压缩包"), _packs())
ENCRYPTED_OFFICE = Kind("encrypted", gettext_lazy("加了密码的文件"), _is_encrypted)
OLD_OFFICE = Kind("ole", gettext_lazy("旧格式的Office文件"), _begins(OLE_MAGIC))
PDF = Kind("pdf", "PDF", _begins(b"%PDF-"))
JPEG = Kind("jpeg", gettext_lazy("照片（JPEG）"), _begins(b"\xff\xd8\xff"))
PNG = Kind("png", gettext_lazy("图片（PNG）"), _begins(b"\x89PNG\r\n\x1a\n"))
WEBP = Kind("webp", gettext_lazy("图片（WebP）"), _is_webp)
GIF = Kind("gif", gettext_lazy("图片（GIF）"), _begins(b"GIF87a", b"GIF89a"))
HEIC = Kind("heic", gettext_lazy("照片（HEIC）"), _is_heic)
AVIF = Kind("avif", gettext_lazy("图片（AVIF）"), _is_avif)
VIDEO = Kind(
    "video",
    gettext_lazy("视频"),
    lambda head, file: any(fits(head, file) for fits in (_is_mp4_video, _is_webm_video, _is_ogg_video)),
)
MP4 = Kind("mp4", gettext_lazy("录音（M4A）"), _is_mp4)
WEBM = Kind("webm", gettext_lazy("录音（WebM）"), _begins(EBML))
OGG = Kind("ogg", gettext_lazy("录音（Ogg）"), _begins(b"OggS"))
WAV = Kind("wav", gettext_lazy("录音（WAV）"), _is_wav)
AMR = Kind("amr", gettext_lazy("录音（AMR）"), _begins(b"#!AMR\n", b"#!AMR-WB\n"))
AAC = Kind("aac", gettext_lazy("录音（AAC）"), _is_aac)
MP3 = Kind("mp3", gettext_lazy("录音（MP3）"), _is_mp3)
HTML = Kind("html", gettext_lazy("网页"), lambda head, file: head.lstrip()[:5].lower() in (b"<html", b"<!doc"))
TEXT = Kind("text", gettext_lazy("纯文本"), _is_text)

KINDS = (
    *(XLSX, DOCX, ZIP, ENCRYPTED_OFFICE, OLD_OFFICE, PDF),
    *(JPEG, PNG, WEBP, GIF, HEIC, AVIF),
    *(VIDEO, MP4, WEBM, OGG, WAV, AMR, AAC, MP3),
    *(HTML, TEXT),
)
PACKED = {"xlsx", "docx", "zip"}

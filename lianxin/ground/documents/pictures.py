"""Pictures are drawn anew: upright, in sRGB, not larger than needed. Nothing but the picture itself comes along.

Opened, a picture may take a thousand times the room that it takes as a file: at worst 440 megabytes, for the largest that are
taken. So each process opens one at a time, and of the large ones the whole machine opens one at a time.
"""

import fcntl
import io
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from PIL import Image, ImageCms

from lianxin.ground.core.uploads import GIF, HEIC, JPEG, PNG, WEBP, Kind
from lianxin.ground.documents import heic
from lianxin.ground.documents.errors import TooManyPixels, Unreadable

KINDS = (JPEG, PNG, WEBP, GIF, HEIC)
MEGAPIXEL = 1_000_000
MOST = 36 * MEGAPIXEL  # a page of A4 at 600 dpi has 35 million
MOST_HEIC = 50 * MEGAPIXEL  # telephones make 48 million
LARGE = 16 * MEGAPIXEL
MOST_IN_PIECES = 210 * MEGAPIXEL  # a baseline JPEG is read at an eighth of its size: telephones make 200 million
QUALITY = 82
PREVIEW_SIDE = 480
MEDIA_TYPE = "image/jpeg"
ORIENTATION = 0x0112  # Exif 2.32, table 4
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, RuntimeError, ArithmeticError)
BROKEN_PARTS = (*BROKEN, struct.error, zlib.error, AttributeError)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)

Image.MAX_IMAGE_PIXELS = MOST_IN_PIECES  # Pillow refuses twice as many by itself; we refuse more, below
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """A picture drawn anew as JPEG, with a small one of it; sides in pixels."""

    content: bytes
    preview: bytes
    width: int
    height: int


def redraw(file: IO[bytes], kind: Kind, longest: int) -> Picture:
    """The picture in `file`, whose longest side becomes `longest` at most. Of a moving one, the first frame.

    Raises TooManyPixels, before anything is opened, and Unreadable.
    """
    if kind is HEIC:
        file, kind = _from_heic(file, longest), PNG
    with _refusing():
        image = _opened(file, kind)
    with _one_at_a_time, _alone_on_the_machine(image.size), _refusing():
        large = _upright(_plain(_shrunk(image, longest)), _turn(image))
    small = large.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS)
    return Picture(_as_jpeg(large), _as_jpeg(small), *large.size)


@contextmanager
def _alone_on_the_machine(size: tuple[int, int]) -> Iterator[None]:
    """Inside the block no other process opens a large picture; small ones wait for nobody."""
    if size[0] * size[1] <= LARGE:
        yield
        return
    with (Path(settings.HOME) / "pictures.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def check_size(file: IO[bytes], kind: Kind) -> None:
    """Refuse by what a picture says of itself, without opening it. Raises TooManyPixels, Unreadable."""
    if kind is not HEIC:  # which is opened by a process of its own, when it is drawn
        with _refusing():
            _opened(file, kind)
        file.seek(0)


def _from_heic(file: IO[bytes], longest: int) -> IO[bytes]:
    """As PNG, by a process of its own; one at a time on the machine, for its size is known too late."""
    file.seek(0)
    with _one_at_a_time, _alone_on_the_machine((MOST_HEIC, 1)), _refusing():
        return io.BytesIO(heic.as_png(file.read(), MOST_HEIC, longest))


@contextmanager
def _refusing() -> Iterator[None]:
    """What goes wrong inside the block is the picture's fault, and is told so."""
    try:
        yield
    except heic.TooMany:
        raise TooManyPixels(MOST_HEIC // MEGAPIXEL) from None
    except BOMBS:
        raise TooManyPixels(MOST // MEGAPIXEL) from None
    except BROKEN_PARTS:
        raise Unreadable from None


def _opened(file: IO[bytes], kind: Kind) -> Image.Image:
    """The picture, not read yet, unless it says that it is too large."""
    file.seek(0)
    image = Image.open(file, formats=[kind.code.upper()])
    is_read_in_pieces = image.format in ("JPEG", "MPO") and not image.info.get("progressive")
    _refuse_too_large(image.size, MOST_IN_PIECES if is_read_in_pieces else MOST)
    return image


def _refuse_too_large(size: tuple[int, int], most: int) -> None:
    if size[0] * size[1] > most:
        raise TooManyPixels(most // MEGAPIXEL)


def _shrunk(image: Image.Image, longest: int) -> Image.Image:
    """Not larger than needed; a JPEG is read at the size that is needed, others in whole."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")  # 16 bits of grey
    elif image.mode not in ("RGB", "L", "CMYK", "RGBA"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image


def _plain(image: Image.Image) -> Image.Image:
    """On white, in sRGB, and with nothing that was written beside the picture."""
    plain = Image.new("RGB", image.size, "white")
    if image.mode == "RGBA":
        plain.paste(image, mask=image.getchannel("A"))
        plain.info["icc_profile"] = image.info.get("icc_profile")
        image = plain
    drawn = Image.new("RGB", image.size)
    drawn.paste(_in_srgb(image))
    return drawn


def _in_srgb(image: Image.Image) -> Image.Image:
    """By the picture's own profile, where it has one that can be used."""
    if (profile := image.info.get("icc_profile")) and image.mode in ("RGB", "CMYK"):
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image.convert("RGB")
        if turned:
            return turned
    return image.convert("RGB")


def _turn(image: Image.Image) -> int:
    """How the camera was held; upright where that cannot be read."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except BROKEN_PARTS:
        return 1


def _upright(image: Image.Image, turn: int) -> Image.Image:
    return image.transpose(TURNS[turn]) if turn in TURNS else image


def _as_jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()

"""Photos are drawn anew: upright, in sRGB, of a good size, and with nothing written beside them."""

import io

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from lianxin.ground.documents import receiving
from lianxin.ground.documents.models import FileKind
from tests.ground.documents.builders import BLUE, HEIC, RED, encoded, opened, picture, upload

SECRETS = (b"MadeUpPhone", b"secret", b"Exif", b"http://ns.adobe.com", b"8BIM", b"GPS", b"Photoshop", b"ICC_PROFILE")
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><secret/></x:xmpmeta>"


def kept(content: bytes, kind: FileKind = FileKind.PHOTO) -> receiving.Content:
    return receiving.read(upload(content), kind)


def near(pixel, colour, by: int = 12) -> bool:
    return all(abs(one - other) <= by for one, other in zip(pixel, colour, strict=True))


def looks_right(content: bytes) -> bool:
    image = opened(content)
    wide, high = image.size
    return near(image.getpixel((wide // 8, high // 2)), RED) and near(image.getpixel((wide * 3 // 4, high // 2)), BLUE)


def exif(**more) -> Image.Exif:
    told = Image.Exif()
    told[0x010F], told[0x9286] = "MadeUpPhone", "secret"
    told.get_ifd(0x8825).update({1: "N", 2: (30.0, 41.0, 12.0), 3: "E", 4: (111.0, 16.0, 5.0)})
    for tag, value in more.items():
        told[int(tag[1:], 16)] = value
    return told


def with_segments(jpeg: bytes) -> bytes:
    """With IPTC, a second comment, and a thumbnail's segment of JFIF, as cameras and programs write them."""
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x12\x1c\x02\x50\0\x0dsecret writer"
    extra = b"".join(
        b"\xff" + bytes([marker]) + (len(data) + 2).to_bytes(2, "big") + data
        for marker, data in ((0xED, iptc), (0xFE, b"secret comment"), (0xE0, b"JFXX\0\x13\x01\x01secret"))
    )
    return jpeg[:2] + extra + jpeg[2:] + b"secret after the end"


def full_of_secrets() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return with_segments(encoded(picture(), exif=exif(), xmp=XMP, comment=b"secret", icc_profile=profile, quality=95))


def test_nothing_that_was_written_beside_a_photo_is_kept():
    sent = full_of_secrets()
    assert [secret for secret in SECRETS if secret not in sent and secret != b"GPS"] == []
    assert opened(sent).getexif().get_ifd(0x8825)
    done = kept(sent)
    for content in (done.plain, done.preview):
        assert [secret for secret in SECRETS if secret in content] == []
        image = opened(content)
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        assert segments(content) <= {0xE0, 0xDB, 0xC2, 0xC4, 0xDA}
        assert content.endswith(b"\xff\xd9")
        assert looks_right(content)


def segments(jpeg: bytes) -> set[int]:
    """The markers before the first scan."""
    found, at = set(), 2
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def png_with_secrets() -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "secret writer")
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return encoded(picture(), "PNG", pnginfo=texts, exif=exif())


@pytest.mark.parametrize(
    "content",
    [
        png_with_secrets(),
        encoded(picture(), "WEBP", exif=exif(), xmp=XMP, quality=95),
        encoded(picture(), "GIF", comment=b"secret"),
        HEIC,
    ],
    ids=["PNG", "WebP", "GIF", "HEIC"],
)
def test_whatever_was_sent_becomes_a_plain_jpeg(content):
    assert any(secret in content for secret in SECRETS)
    done = kept(content)
    assert done.media_type == "image/jpeg"
    assert (done.width, done.height) == (96, 64)
    assert [secret for secret in SECRETS if secret in done.plain + done.preview] == []
    assert looks_right(done.plain)


@pytest.mark.parametrize(
    ("sides", "kind", "becomes"),
    [
        ((4032, 3024), FileKind.PHOTO, (2000, 1500)),
        ((3024, 4032), FileKind.PHOTO, (1500, 2000)),
        ((640, 480), FileKind.PHOTO, (640, 480)),
        ((4960, 7016), FileKind.SCAN, (1838, 2600)),
        ((60_000, 20), FileKind.PHOTO, (2000, 1)),
    ],
)
def test_pictures_are_made_as_large_as_they_need_to_be(sides, kind, becomes):
    done = kept(encoded(picture(sides)), kind)
    assert (done.width, done.height) == becomes == opened(done.plain).size
    assert max(opened(done.preview).size) == min(480, max(becomes))


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stands_upright_however_the_camera_was_held(turn, format):
    ways = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how the sensor saw it: the inverse of what a viewer does
    seen = picture().transpose(Image.Transpose(ways[turn])) if turn > 1 else picture()
    done = kept(encoded(seen, format, exif=exif(x0112=turn)))
    assert (done.width, done.height) == (96, 64)
    assert looks_right(done.plain)


@pytest.mark.parametrize("mode", ["L", "CMYK", "1", "P", "LA", "RGBA", "I;16"])
def test_pictures_of_every_make_are_read(mode):
    image = (
        Image.new("I;16", (96, 64), 40_000)
        if mode == "I;16"
        else picture(mode="L").convert(mode)
        if mode == "LA"
        else picture(mode=mode)
    )
    done = kept(encoded(image, "JPEG" if mode == "CMYK" else "PNG"))
    assert opened(done.plain).mode == "RGB"
    if mode in ("CMYK", "P", "RGBA"):
        assert looks_right(done.plain)
    if mode == "I;16":
        assert near(opened(done.plain).getpixel((5, 5)), (156, 156, 156))


def test_what_is_transparent_becomes_white():
    see_through = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert near(opened(kept(encoded(see_through, "PNG")).plain).getpixel((9, 9)), (255, 255, 255))


def wide_gamut() -> bytes:
    """A profile whose green is far outside of sRGB: that of Lab itself would not do, so its red and blue change places."""
    import struct

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", profile, 128)[0]
    for tag in range(count):
        at = 132 + 12 * tag
        name = bytes(profile[at : at + 4])
        if name in (b"rXYZ", b"bXYZ"):
            profile[at : at + 4] = b"bXYZ" if name == b"rXYZ" else b"rXYZ"
    return bytes(profile)


def test_colours_are_brought_to_srgb_by_the_profile_of_the_picture():
    content = encoded(Image.new("RGB", (20, 20), (230, 10, 10)), "PNG", icc_profile=wide_gamut())
    red, _green, blue = opened(kept(content).plain).getpixel((9, 9))
    assert blue > 200 > 60 > red


def test_a_profile_that_cannot_be_used_is_dropped():
    assert looks_right(kept(encoded(picture(), icc_profile=b"no profile at all")).plain)


def frames() -> list[Image.Image]:
    return [picture()] + [Image.new("RGB", (96, 64), (0, n % 256, 0)) for n in range(200)]


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_is_kept(format):
    first, *rest = frames()
    done = kept(encoded(first, format, save_all=True, append_images=rest))
    assert looks_right(done.plain)
    assert getattr(Image.open(io.BytesIO(done.plain)), "n_frames", 1) == 1


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_a_broken_exif_does_no_harm():
    content = encoded(picture(), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert looks_right(kept(content).plain)

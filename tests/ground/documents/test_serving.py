"""A file is answered with its own type, under a name that tells nobody's, in pieces for players, and never cached unless public."""

import pytest

from lianxin.ground.core.clock import now
from lianxin.ground.core.ids import new_id
from lianxin.ground.documents import receiving
from lianxin.ground.documents.models import FileKind
from lianxin.ground.documents.serving import ENDINGS, serve
from tests.ground.documents.builders import PDF, encoded, make_file, opened, picture
from tests.ground.documents.test_refusals import DOCX

pytestmark = pytest.mark.django_db
SOUND = b"ID3\x04" + bytes(range(96))


@pytest.fixture
def voice():
    return make_file(SOUND, kind=FileKind.VOICE)


def test_a_photo_is_shown_and_its_small_picture_too():
    file = make_file(encoded(picture((900, 600))))
    response = serve(file)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert (
        response["Content-Disposition"] == "inline; filename=\"photo-1.jpg\"; filename*=UTF-8''%E7%85%A7%E7%89%871.jpg"
    )
    assert int(response["Content-Length"]) == len(response.content) == file.size
    assert opened(serve(file, preview=True).content).size == (480, 320)


def test_what_is_public_may_be_cached_for_an_hour():
    file = make_file()
    file.look(by=new_id(), at=now(), is_public=True)
    assert serve(file)["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize(
    ("content", "kind", "shown", "media_type"),
    [
        (PDF, FileKind.SCAN, True, "application/pdf"),
        (PDF, FileKind.ATTACHMENT, False, "application/pdf"),
        (DOCX, FileKind.ATTACHMENT, False, receiving.MEDIA_TYPES["docx"]),
        (encoded(picture()), FileKind.ATTACHMENT, True, "image/jpeg"),
    ],
)
def test_attachments_that_are_no_picture_are_saved(content, kind, shown, media_type):
    response = serve(make_file(content, kind=kind))
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")


@pytest.mark.parametrize(
    ("asked", "status", "piece"),
    [
        (None, 200, slice(0, 100)),
        ("bytes=0-1", 206, slice(0, 2)),
        ("bytes=0-", 206, slice(0, 100)),
        ("bytes=90-", 206, slice(90, 100)),
        ("bytes=90-500", 206, slice(90, 100)),
        ("bytes=99-99", 206, slice(99, 100)),
        ("bytes=-10", 206, slice(90, 100)),
        ("bytes=-500", 206, slice(0, 100)),
        ("bytes=0-1,5-6", 200, slice(0, 100)),
        ("bytes=9-3", 200, slice(0, 100)),
        ("bytes=-", 200, slice(0, 100)),
        ("lines=1-2", 200, slice(0, 100)),
        ("bytes=" + "9" * 400 + "-", 200, slice(0, 100)),
    ],
)
def test_players_ask_for_pieces(voice, asked, status, piece):
    response = serve(voice, range=asked)
    assert (response.status_code, response.content) == (status, SOUND[piece])
    assert response["Accept-Ranges"] == "bytes"
    assert int(response["Content-Length"]) == len(SOUND[piece])
    told = f"bytes {piece.start}-{piece.stop - 1}/100" if status == 206 else None
    assert response.get("Content-Range") == told


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_a_piece_outside_of_the_file_is_refused(voice, asked):
    response = serve(voice, range=asked)
    assert (response.status_code, response.content) == (416, b"")
    assert response["Content-Range"] == "bytes */100"
    assert response["Cache-Control"] == "private, no-store"


def test_every_type_that_is_kept_has_an_ending():
    assert set(ENDINGS) == {*receiving.MEDIA_TYPES.values(), "image/jpeg"}

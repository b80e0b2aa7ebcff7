"""Large uploads reach the disk in files without a name, never memory; what does not fit is told in words."""

import errno
import io
import os
import subprocess
import sys

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.test import Client, RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from lianxin.ground.core.refusals import RefusalMiddleware
from lianxin.ground.documents import actions, arriving, errors
from lianxin.ground.documents.models import FileKind
from tests.ground.documents.builders import encoded, picture, upload

MEGABYTE = 1024 * 1024


def padded(size: int) -> bytes:
    """A photo with so many bytes behind it, as some cameras leave them."""
    photo = encoded(picture())
    return photo + bytes(size - len(photo))


def request_of(*contents: bytes):
    files = [upload(content, f"IMG_{number}.jpg") for number, content in enumerate(contents)]
    data = encode_multipart(BOUNDARY, {"photos": files, "words": "路灯不亮"})
    return RequestFactory().generic("POST", "/", data, MULTIPART_CONTENT)


def test_small_photos_stay_in_memory_and_large_ones_go_to_the_disk_without_a_name():
    small = request_of(encoded(picture())).FILES["photos"]
    assert isinstance(small, InMemoryUploadedFile)
    request = request_of(padded(3 * MEGABYTE), padded(4 * MEGABYTE))
    large = request.FILES.getlist("photos")
    assert [one.size for one in large] == [3 * MEGABYTE, 4 * MEGABYTE]
    assert request.POST["words"] == "路灯不亮"
    for one in large:
        assert os.fstat(one.fileno()).st_nlink == 0  # no folder names it: a crash leaves nothing behind
    assert [one.width for one in actions.lay_all(large, kind=FileKind.PHOTO)] == [96, 96]
    request.close()
    assert all(one.closed for one in large)


class FullAfter:
    """A file on a disk that takes so many bytes more."""

    def __init__(self, room: int, number: int = errno.ENOSPC):
        self.file, self.room, self.number = io.BytesIO(), room, number

    def write(self, data: bytes) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError(self.number, os.strerror(self.number))
        return self.file.write(data)

    def __getattr__(self, name: str):
        return getattr(self.file, name)


def test_a_disk_that_is_full_while_a_photo_arrives_is_told_in_words(monkeypatch, lying):
    monkeypatch.setattr(arriving.tempfile, "TemporaryFile", lambda **_options: FullAfter(MEGABYTE))
    request = request_of(padded(3 * MEGABYTE))
    with pytest.raises(errors.DiskFull, match="磁盘满了"):
        actions.lay(request.FILES["photos"], kind=FileKind.PHOTO)
    assert request.POST["words"] == "路灯不亮"
    assert lying() == []


def test_any_other_fault_of_the_disk_is_not_hidden(monkeypatch):
    monkeypatch.setattr(arriving.tempfile, "TemporaryFile", lambda **_options: FullAfter(0, errno.EIO))
    with pytest.raises(OSError, match="Input/output"):
        request_of(padded(3 * MEGABYTE)).FILES.get("photos")


def test_a_request_that_is_too_large_altogether_is_not_read(monkeypatch):
    monkeypatch.setattr(arriving, "MOST_AT_ONCE", 5 * MEGABYTE)
    with pytest.raises(RequestDataTooBig):
        request_of(padded(3 * MEGABYTE), padded(3 * MEGABYTE)).FILES.get("photos")


def test_a_browser_that_sends_too_much_altogether_gets_a_page(monkeypatch, platform):
    monkeypatch.setattr(arriving, "MOST_AT_ONCE", 5 * MEGABYTE)
    photo = upload(padded(6 * MEGABYTE))
    browser = Client(enforce_csrf_checks=True)
    browser.get("/accounts/login/")
    answer = browser.post("/accounts/login/", {"login": "x", "password": "y", "photo": photo})
    assert answer.status_code == 413
    assert "送来的内容太大了" in answer.content.decode()


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (errors.Empty(), 400),
        (errors.TooLarge("照片", 40 * MEGABYTE, 30 * MEGABYTE, ""), 413),
        (errors.DiskFull(), 507),
        (errors.ContentLost(), 500),
        (errors.AlreadyLooked(), 409),
    ],
)
def test_a_refusal_that_no_view_catches_is_told_on_a_page(refusal, status, platform):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    answer = RefusalMiddleware(lambda request: None).process_exception(request, refusal)
    assert answer.status_code == status
    assert str(refusal) in answer.content.decode()


MEASURE = """
import io, resource, sys
import django
django.setup()
from django.core.handlers.wsgi import WSGIRequest
from PIL import Image
from lianxin.ground.documents import receiving
from lianxin.ground.documents.models import FileKind

class Body(io.RawIOBase):  # four photos of 20 megabytes, made while they are read
    def __init__(self):
        photo = io.BytesIO()
        Image.effect_noise((3000, 2000), 90).convert("RGB").save(photo, "JPEG", quality=90)
        self.photo, self.parts = photo.getvalue(), []
        for n in range(4):
            head = f'--line-between-the-parts\\r\\nContent-Disposition: form-data; name="photos"; filename="{n}.jpg"\\r\\nContent-Type: image/jpeg\\r\\n\\r\\n'
            self.parts += [head.encode(), self.photo] + [20 * 2**20 - len(self.photo), b"\\r\\n"]
        self.parts.append(b"--line-between-the-parts--\\r\\n")
        self.length = sum(part if isinstance(part, int) else len(part) for part in self.parts)
    def read(self, size=-1):
        out = b""
        while self.parts and len(out) < size:
            part, room = self.parts.pop(0), size - len(out)
            if isinstance(part, int):
                take, rest = bytes(min(part, room)), max(part - room, 0)
            else:
                take, rest = part[:room], part[room:]
            out += take
            if rest:
                self.parts.insert(0, rest)
        return out

body = Body()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
request = WSGIRequest({
    "REQUEST_METHOD": "POST", "CONTENT_TYPE": "multipart/form-data; boundary=line-between-the-parts", "CONTENT_LENGTH": str(body.length),
    "wsgi.input": body, "SERVER_NAME": "testserver", "SERVER_PORT": "80", "PATH_INFO": "/",
})
photos = request.FILES.getlist("photos")
assert [photo.size for photo in photos] == [20 * 2**20] * 4, photos
assert [receiving.read(photo, FileKind.PHOTO).width for photo in photos] == [2000] * 4
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.load
def test_four_photos_of_twenty_megabytes_are_never_in_memory_together():
    done = subprocess.run(
        [sys.executable, "-c", MEASURE],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 70, "megabytes beyond what the process needs anyway; the four together are 80"

"""A disk that is full while somebody tells: said in words, nothing half is kept, and what was written goes out once there is room."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.core.clock import travel
from lianxin.ground.documents import arriving
from lianxin.ground.documents.models import File
from lianxin.ground.documents.storage import DurableStorage
from tests.affairs.opinions.builders import LAMPS, NOON
from tests.affairs.opinions.teller import Teller, text
from tests.affairs.opinions.there import OFFICE, holds
from tests.ground.documents.builders import encoded, picture

FULL = "/dev/full"  # takes nothing: every write is refused by the system itself, as by a disk without room


@pytest.fixture
def teller(office):
    with travel(NOON):
        yield Teller(Client(), office)


def photo(padding=0):
    return SimpleUploadedFile("IMG_1.jpg", encoded(picture()) + bytes(padding), "image/jpeg")


def stores_nothing(_self, path, content):
    path.touch()
    with open(FULL, "wb") as out:
        for chunk in content.chunks():
            out.write(chunk)


@pytest.mark.parametrize("where", ["while it arrives", "while it is stored"])
def test_a_photo_that_finds_no_room_leaves_the_words_and_comes_along_later(teller, monkeypatch, where):
    teller.post()
    with monkeypatch.context() as full:
        if where == "while it arrives":
            full.setattr(arriving.tempfile, "TemporaryFile", lambda **_options: open(FULL, "w+b"))  # noqa: SIM115  the request closes it
        else:
            full.setattr(DurableStorage, "_write", stores_nothing)
        page = teller.post("what", photos=[photo(padding=3_000_000)])
    assert page.status_code == 422
    assert "服务器的磁盘满了" in text(page)
    assert "不带文件也可以先办" in text(page)
    assert LAMPS in text(page)
    assert not File.objects.exists()
    teller.until("send", what={"photos": [photo()]})
    assert File.objects.get().owner_id == Opinion.objects.get().pk


def test_without_its_photo_the_opinion_goes_out_all_the_same(teller, monkeypatch):
    monkeypatch.setattr(DurableStorage, "_write", stores_nothing)
    teller.post()
    assert teller.post("what", photos=[photo()]).status_code == 422
    assert teller.tell().words() == LAMPS


SENDING = (
    f"""{OFFICE}"""
    + """
import psycopg
from contextlib import contextmanager
from django.conf import settings
from django.test import Client
from lianxin.affairs.opinions.models import Draft
from tests.affairs.opinions.teller import Teller
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)

def refuses(execute, statement, params, many, context):
    with connection.wrap_database_errors:
        if statement.startswith("INSERT"):
            raise psycopg.errors.DiskFull("could not extend file: No space left on device")
        return execute(statement, params, many, context)

@contextmanager
def full():
    if connection.vendor == "postgresql":
        with connection.execute_wrapper(refuses):
            yield
    else:
        sql("PRAGMA max_page_count = 1")  # no more than there are
        yield
        sql("PRAGMA max_page_count = 1073741823")

with clock.travel(NOON):
    tellers = [Teller(Client(), office) for _number in range(8)]
    for teller in tellers:
        teller.until("seen", what={"words": "路灯不亮。" * 900})
    with full():
        answers = [teller.post("send") for teller in tellers]
        seen = [tellers[-1].get("send").status_code, Opinion.objects.count()]
    refused = [teller for teller, answer in zip(tellers, answers) if answer.status_code != 302]
    again = [teller.post("send").status_code for teller in refused]
print(json.dumps([
    [[answer.status_code, answer.content.decode()] for answer in answers], seen, again, Opinion.objects.count()
]))
"""
)


@pytest.mark.load
@pytest.mark.sql
def test_what_finds_no_room_in_the_database_is_told_and_goes_out_once_when_there_is(whole):
    answers, (page, kept), again, opinions = whole.python(SENDING)
    refused = [said for status, said in answers if status == 507]
    assert len(refused) + sum(status == 302 for status, _said in answers) == 8
    assert refused, "begun pages have room for some rows, not for eight opinions"
    assert all("磁盘满了" in said and "以前存的都还在" in said for said in refused)
    assert (page, kept) == (200, 8 - len(refused))  # the draft is still there, and no half of an opinion
    assert (again, opinions) == ([302] * len(refused), 8)
    holds(whole)

"""A file that is discarded is gone: row, key and contents, here and after every restore."""

import json

import pytest

from lianxin.ground.core.backups import erasures
from lianxin.ground.core.clock import now
from lianxin.ground.documents import actions, blobs, erasing, errors
from lianxin.ground.documents.models import File
from lianxin.ground.vault.erasing import tables
from lianxin.ground.vault.models import Remains
from tests.ground.documents.builders import make_file
from tests.ground.vault.whole import Whole


@pytest.mark.django_db(transaction=True)
def test_row_and_contents_go_and_the_list_of_erasures_says_so(lying):
    file, stays, at = make_file(), make_file(), now()
    actions.discard(file, by=None, at=at)
    assert File.objects.get() == stays
    assert {blobs.id_of(path.name) for path in lying()} == {stays.pk}
    assert erasures.noted() == {erasures.Erasure("documents.file", file.pk, at)} == set(erasing.known())
    assert Remains.objects.exists()
    assert "documents_file" in tables()
    with pytest.raises(errors.Gone):
        actions.discard(file, by=None, at=now())
    with pytest.raises(errors.Gone):
        file.look(by=file.pk, at=now(), is_public=True)


@pytest.mark.django_db(transaction=True)
def test_contents_that_cannot_be_taken_away_do_not_bring_the_row_back(monkeypatch, lying, caplog):
    def refuse(file_id):
        raise PermissionError(13, "Permission denied")

    file = make_file()
    monkeypatch.setattr(blobs, "remove", refuse)
    actions.discard(file, by=None, at=now())
    assert not File.objects.exists()
    assert len(lying()) == 2  # without a key; the sweep will take them
    assert "PermissionError" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_list_of_erasures_that_takes_nothing_is_logged_and_written_by_the_next_backup(caplog, settings):
    file = make_file()
    erasures.list_file().parent.mkdir()
    erasures.list_file().mkdir()
    actions.discard(file, by=None, at=now())
    assert "IsADirectoryError" in caplog.text
    erasures.list_file().rmdir()
    erasures.gather()
    assert {erased.id for erased in erasures.noted()} == {file.pk}


KEEP = """
from tests.ground.documents.builders import make_file
print(json.dumps([str(make_file().pk), str(make_file().pk)]))
"""
DISCARD = """
from lianxin.ground.documents import actions
from lianxin.ground.documents.models import File
actions.discard(File.objects.get(pk="{file}"), by=None, at=clock.now())
"""
KEPT = """
from lianxin.ground.documents.models import File
print(json.dumps([[str(file.pk), len(file.content()) == file.size] for file in File.objects.all()]))
"""
SWEEP = """
import os, time
from lianxin.ground.documents import blobs, jobs
for name in blobs.all_names():
    os.utime(blobs.store().path(name), (time.time() - 90_000,) * 2)
print(json.dumps([jobs.sweep(clock.now()), len(set(blobs.all_names()))]))
"""


@pytest.mark.sql
def test_a_discarded_file_stays_so_when_an_older_backup_comes_back(whole: Whole):
    gone, stays = whole.python(KEEP)
    whole.lianxin("backup")
    (file,) = (whole.home / "backups").glob("*.backup")
    whole.python(DISCARD.format(file=gone))
    assert whole.python(KEPT) == [[stays, True]]
    assert "又销毁了一遍：1项" in whole.lianxin("restore", str(file), "--replace")
    assert whole.python(KEPT) == [[stays, True]]
    assert whole.python(SWEEP) == ["2", 2]  # the contents that came back, without row or key
    listed = (whole.home / "backups" / "erasures.jsonl").read_text().splitlines()
    assert {json.loads(line)["id"] for line in listed} == {gone}

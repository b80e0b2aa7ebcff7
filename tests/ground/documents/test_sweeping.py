"""By night, contents that no row names go, when they are a day old; rows without content are told."""

import os
import time
from pathlib import Path

import pytest

from lianxin.ground.core.clock import now
from lianxin.ground.documents import actions, blobs, errors, jobs
from lianxin.ground.documents.models import File, FileKind
from tests.ground.documents.builders import SOUND, encoded, make_file, picture, upload

pytestmark = pytest.mark.django_db


def grow_old(paths: list[Path], hours: float = 25) -> None:
    for path in paths:
        os.utime(path, (time.time() - hours * 3600,) * 2)


def test_only_what_is_old_and_named_by_no_row_goes(lying, travel):
    file = make_file()
    grow_old(lying())
    actions.lay(upload(encoded(picture())), kind=FileKind.PHOTO)
    grow_old([path for path in lying() if blobs.id_of(path.name) != file.pk])
    young = actions.lay(upload(SOUND), kind=FileKind.VOICE)
    assert jobs.sweep(now()) == "2"
    assert {blobs.id_of(path.name) for path in lying()} == {file.pk, young.id}
    assert jobs.sweep(now()) == "0"
    grow_old(lying(), hours=23)
    assert jobs.sweep(now()) == "0"


def test_other_files_are_not_touched(folder, lying):
    others = [folder / "roster" / "list.xlsx", folder / "documents" / "ab" / "notes.txt"]
    for path in others:
        path.parent.mkdir(parents=True)
        path.write_text("not ours")
    grow_old(others)
    assert jobs.sweep(now()) == "0"
    assert lying() == sorted(others)


def test_without_a_folder_there_is_nothing_to_do(folder):
    assert not folder.exists()
    assert jobs.sweep(now()) == "0"


def test_a_row_that_comes_while_it_is_swept_keeps_its_content(lying, monkeypatch):
    laid = actions.lay(upload(SOUND), kind=FileKind.VOICE)
    grow_old(lying())
    real = blobs.stored_at

    def kept_meanwhile(name):
        actions.keep(laid, kind=FileKind.VOICE, owner=make_file().owner, by=None, at=now())
        return real(name)

    monkeypatch.setattr(blobs, "stored_at", kept_meanwhile)
    assert jobs.sweep(now()) == "0"
    assert File.objects.get(pk=laid.id).content() == SOUND


def test_rows_without_content_are_told_after_the_rest_was_swept(lying):
    make_file(SOUND, kind=FileKind.VOICE)
    lying()[0].unlink()
    actions.lay(upload(SOUND), kind=FileKind.VOICE)
    grow_old(lying())
    with pytest.raises(errors.ContentsMissing, match="有1个文件的内容不见了"):
        jobs.sweep(now())
    assert lying() == []

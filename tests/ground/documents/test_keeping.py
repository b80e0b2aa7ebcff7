"""A file that is kept belongs to a thing, lies sealed on the disk, and is public only once a person has looked."""

import errno
import os

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from lianxin.ground.core.clock import now
from lianxin.ground.core.events import Ref, tell
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event, EventParty
from lianxin.ground.documents import actions, blobs, errors
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.vault.models import Identity
from tests.ground.access.builders import make_user
from tests.ground.documents.builders import (
    PDF,
    RED,
    SOUND,
    encoded,
    make_file,
    make_owner,
    opened,
    picture,
    upload,
)
from tests.ground.vault.builders import make_voice

pytestmark = pytest.mark.django_db


def test_a_photo_is_kept_with_a_small_one_and_opens(lying):
    user, owner, at = new_id(), make_owner(), now()
    file = make_file(encoded(picture((1200, 800))), owner=owner, by=user, at=at, body=new_id())
    file = File.objects.of(owner).get(pk=file.pk)
    assert (file.kind, file.owner, file.added_by, file.added_at) == ("photo", owner, user, at)
    assert (file.media_type, file.width, file.height, file.size) == ("image/jpeg", 1200, 800, len(file.content()))
    assert not file.is_public
    assert opened(file.content()).size == (1200, 800)
    assert opened(file.content(preview=True)).size == (480, 320)
    assert len(lying()) == 2


def test_what_lies_on_the_disk_shows_nothing_of_the_content(lying):
    file = make_file(PDF, kind=FileKind.SCAN)
    (path,) = lying()
    assert path.read_bytes().find(PDF[:12]) == -1
    assert len(path.read_bytes()) == len(PDF) + 28
    assert path.stat().st_mode & 0o777 == 0o600
    assert [folder.stat().st_mode & 0o777 for folder in (path.parent, path.parent.parent)] == [0o700, 0o700]
    assert file.content() == PDF
    assert not any(PDF[:12] in bytes(value) for value in vars(file).values() if isinstance(value, bytes))


@pytest.mark.parametrize("cipher", ["aes-256-gcm", "sm4-gcm"])
def test_a_file_opens_under_the_algorithm_that_sealed_it(cipher, settings):
    settings.CIPHER = cipher
    file = make_file(SOUND, kind=FileKind.VOICE)
    settings.CIPHER = "aes-256-gcm"
    assert File.objects.get(pk=file.pk).cipher == cipher
    assert File.objects.get(pk=file.pk).content() == SOUND


def test_contents_that_changed_places_or_were_changed_do_not_open(lying):
    one, other = make_file(SOUND, kind=FileKind.VOICE), make_file(SOUND, kind=FileKind.VOICE)
    first, second = (storages["documents"].path(blobs.name_of(file.pk, "content")) for file in (one, other))
    os.replace(first, second)
    with pytest.raises(errors.ContentLost):
        other.content()
    with pytest.raises(errors.ContentLost):
        one.content()
    File.objects.filter(pk=one.pk).update(wrapped_key=other.wrapped_key)
    with pytest.raises(errors.ContentLost):
        File.objects.get(pk=one.pk).content()


def test_the_small_picture_is_not_taken_for_the_large_one():
    file = make_file()
    large, small = (storages["documents"].path(blobs.name_of(file.pk, part)) for part in blobs.PARTS)
    os.replace(small, large)
    with pytest.raises(errors.ContentLost):
        file.content()


def test_the_data_key_of_a_voice_opens_no_file():
    file, voice = make_file(), make_voice()
    File.objects.filter(pk=file.pk).update(wrapped_key=Identity.objects.get(voice_id=voice).wrapped_key)
    with pytest.raises(errors.ContentLost):
        File.objects.get(pk=file.pk).content()


def test_files_stand_in_the_order_in_which_they_came():
    owner = make_owner()
    laid = actions.lay_all([upload(encoded(picture((60 + n, 40)))) for n in range(4)], kind=FileKind.PHOTO)
    with transaction.atomic():
        for one in reversed(laid):
            actions.keep(one, kind=FileKind.PHOTO, owner=owner, by=None, at=now())
    make_file(SOUND, kind=FileKind.VOICE, owner=owner)
    photos = File.objects.of(owner).filter(kind=FileKind.PHOTO)
    assert [(file.position, file.width) for file in photos] == [(0, 63), (1, 62), (2, 61), (3, 60)]
    assert "data_key" not in repr(laid[0])


def test_one_bad_photo_among_several_is_named_and_none_is_kept(lying):
    uploads = [upload(encoded(picture())), upload(encoded(picture())), upload("不是照片".encode())]
    with pytest.raises(errors.OneOfMany, match="第3张：这不是照片"):
        actions.lay_all(uploads, kind=FileKind.PHOTO)
    assert lying() == []


def test_what_was_laid_as_one_kind_is_not_kept_as_another():
    laid = actions.lay(upload(SOUND), kind=FileKind.VOICE)
    with pytest.raises(ValueError, match="voice"):
        actions.keep(laid, kind=FileKind.ATTACHMENT, owner=make_owner(), by=None, at=now())


def test_a_transaction_that_is_undone_leaves_no_row(lying):
    class Undone(Exception):
        pass

    def undone() -> None:
        with transaction.atomic():
            make_file()
            raise Undone

    with pytest.raises(Undone):
        undone()
    assert not File.objects.exists()
    assert not Event.objects.filter(kind="documents.kept").exists()
    assert len(lying()) == 2  # the nightly sweep takes them away


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("fails_at", [1, 2])
def test_a_full_disk_is_told_and_nothing_half_is_left(number, fails_at, monkeypatch, lying):
    real, calls = os.fsync, []

    def full(handle: int) -> None:
        calls.append(handle)
        if os.path.isfile(f"/proc/self/fd/{handle}") and sum(map(bool, calls)) >= fails_at:
            raise OSError(number, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(errors.DiskFull, match="磁盘满了"):
        make_file()
    assert not File.objects.exists()
    assert lying() == []


def test_a_folder_that_takes_nothing_is_told(folder, monkeypatch):
    folder.write_text("no folder")
    with pytest.raises(errors.NotStored, match="写不进去"):
        make_file()


def test_a_person_looks_before_a_photo_is_public():
    file, looker, at = make_file(), new_id(), now()
    assert File.objects.unseen().get() == file
    file.look(by=looker, at=at, is_public=True)
    assert File.objects.public().get() == file
    assert not File.objects.unseen().exists()
    file.refresh_from_db()
    assert (file.seen_by, file.seen_at) == (looker, at)
    file.look(by=looker, at=now(), is_public=True)
    assert Event.objects.filter(kind="documents.looked_at").count() == 1
    assert File.objects.for_handlers().get() == file
    file.look(by=looker, at=now(), is_public=False)
    assert not File.objects.public().exists()
    assert not File.objects.for_handlers().exists()


def test_what_is_not_for_everybody_may_be_for_those_who_handle_it():
    file = make_file()
    file.look(by=new_id(), at=now(), is_public=False, is_for_handlers=True)
    assert File.objects.for_handlers().get() == file
    assert not File.objects.public().exists()


def test_of_two_who_look_at_once_the_second_is_told():
    file = make_file()
    same = File.objects.get(pk=file.pk)
    file.look(by=new_id(), at=now(), is_public=False)
    with pytest.raises(errors.AlreadyLooked):
        same.look(by=new_id(), at=now(), is_public=True)
    assert not File.objects.get(pk=file.pk).is_public


@pytest.mark.parametrize(("content", "kind"), [(SOUND, FileKind.VOICE), (PDF, FileKind.SCAN)])
def test_voices_and_scans_are_never_public(content, kind):
    file = make_file(content, kind=kind)
    with pytest.raises(errors.NeverPublic):
        file.look(by=new_id(), at=now(), is_public=True)
    with pytest.raises(errors.NeverPublic):
        file.look(by=new_id(), at=now(), is_public=False, is_for_handlers=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        File.objects.filter(pk=file.pk).update(is_public=True, is_for_handlers=True, seen_at=now())


def test_a_file_that_nobody_looked_at_cannot_be_made_public():
    file = make_file()
    for shown in ({"is_public": True, "is_for_handlers": True}, {"is_for_handlers": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            File.objects.filter(pk=file.pk).update(**shown)


def test_the_owner_sees_in_its_timeline_what_was_done_to_its_files(platform):
    owner, user = make_owner(), make_user("谷办事")
    file = make_file(owner=owner, by=user.pk)
    file.look(by=user.pk, at=now(), is_public=True)
    actions.discard(file, by=user.pk, at=now())
    events = [party.event for party in EventParty.objects.filter(party_id=owner.id).order_by("event_id")]
    assert [event.kind for event in events] == ["documents.kept", "documents.looked_at", "documents.discarded"]
    assert {event.subject_id for event in events} == {file.pk}
    assert all(told.sentence.startswith("谷办事") for told in tell(events))
    assert "可以公开：是" in tell(events)[1].sentence


def test_what_belongs_to_a_draft_is_handed_on_when_it_is_sent():
    draft, sent, other = make_owner(), Ref("opinion", new_id()), make_file()
    files = [make_file(owner=draft), make_file(SOUND, kind=FileKind.VOICE, owner=draft)]
    assert File.objects.hand_on(draft, sent, by=None, at=now()) == 2
    assert set(File.objects.of(sent)) == set(files)
    assert not File.objects.of(draft).exists()
    assert File.objects.get(pk=other.pk).owner == other.owner
    assert File.objects.hand_on(draft, sent, by=None, at=now()) == 0
    told = EventParty.objects.filter(party_id=sent.id, event__kind="documents.handed_on")
    assert told.count() == 2
    assert opened(File.objects.get(pk=files[0].pk).content()).getpixel((5, 30))[0] > RED[0] - 20

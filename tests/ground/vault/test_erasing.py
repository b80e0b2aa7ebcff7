import json
from uuid import UUID

import pytest

from lianxin.ground.access.models import User
from lianxin.ground.core.backups import erasures
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event, EventText
from lianxin.ground.vault import actions, erasing
from lianxin.ground.vault.errors import AlreadyErased, NotKept, ReasonMissing
from lianxin.ground.vault.models import Erasure, Identity, Opening
from tests.ground.vault.builders import REASON, TOLD, make_opening, make_voice

pytestmark = pytest.mark.django_db
WHY = "本人要求删除"


@pytest.fixture
def erase(django_capture_on_commit_callbacks):
    """Erase as it happens outside of tests, with what follows the commit."""

    def erase(voice: UUID, reason: str = WHY) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            actions.erase(voice, by=None, at=now(), reason=reason)

    return erase


def test_what_is_erased_is_gone_and_the_record_says_so(erase):
    voice, other = make_voice(), make_voice()
    erase(voice)
    assert list(Identity.objects.values_list("voice_id", flat=True)) == [other]
    event = Event.objects.get(kind="vault.erased")
    assert (event.subject_id, event.texts.get().text) == (voice, WHY)


def test_what_is_erased_can_be_neither_opened_nor_reached_nor_kept_again(erase, clerk: User):
    voice = make_voice()
    erase(voice)
    with pytest.raises(AlreadyErased, match="已经按规定销毁"):
        make_opening(clerk, voice)
    with pytest.raises(AlreadyErased):
        actions.keep(voice, TOLD, by=None, at=now())
    with pytest.raises(AlreadyErased):
        erase(voice)


def test_erasing_says_why_and_needs_something_to_erase(erase):
    with pytest.raises(ReasonMissing):
        erase(make_voice(), "  ")
    with pytest.raises(NotKept):
        erase(UUID(int=7))


def test_an_erasure_is_noted_where_no_restore_rolls_it_back(erase):
    voice = make_voice()
    erase(voice)
    erased = Erasure.objects.get()
    assert erasures.noted() == {erasures.Erasure(erasing.KIND, voice, erased.erased_at)}
    line = json.loads(erasures.list_file().read_text())
    assert set(line) == {"kind", "id", "at", "part"}


def test_an_erasure_that_was_rolled_back_is_not_noted(django_capture_on_commit_callbacks):
    voice = make_voice()
    with django_capture_on_commit_callbacks():  # what follows the commit does not come
        actions.erase(voice, by=None, at=now(), reason=WHY)
    assert erasures.noted() == set()
    erasures.gather()  # and of a crash between the two, the next backup writes the line
    assert {erased.id for erased in erasures.noted()} == {voice}
    erasures.gather()
    assert len(erasures.list_file().read_text().splitlines()) == 1


def test_a_line_that_a_crash_cut_short_spoils_no_other(erase):
    first, second = make_voice(), make_voice()
    erase(first)
    with erasures.list_file().open("a") as file:
        file.write('{"kind": "vault.iden')
    erase(second)
    assert {erased.id for erased in erasures.noted()} == {first, second}


def test_words_of_openings_go_with_the_identity(erase, clerk: User, reviewer: User):
    voice = make_voice()
    make_opening(clerk, voice).judge("fine", by=reviewer, at=now(), note="说的是郗棠梨家的事")
    erase(voice)
    found = Opening.objects.with_words().get()
    assert (found.reason, found.note) == ("", "")
    assert not EventText.objects.filter(text__contains="郗棠梨").exists()
    assert Event.objects.filter(kind="core.redacted").count() == 2


def test_a_reason_that_nobody_reviewed_stays_until_it_was_reviewed(erase, clerk: User, reviewer: User):
    voice = make_voice()
    opening = make_opening(clerk, voice)
    erase(voice)
    assert Opening.objects.with_words().get().reason == REASON
    opening.judge("not_justified", by=reviewer, at=now(), note="看完就删")
    found = Opening.objects.with_words().get()
    assert (found.reason, found.note, found.finding) == ("", "", "not_justified")


def test_what_a_backup_brought_back_is_erased_again(erase):
    voice, other = make_voice(), make_voice()
    kept = Identity.objects.get(voice_id=voice)
    erase(voice)
    Erasure.objects.all().delete()  # the tables as an older backup has them
    kept.save(force_insert=True)
    assert erasures.replay() == 1
    assert erasures.replay() == 0
    assert list(Identity.objects.values_list("voice_id", flat=True)) == [other]
    with pytest.raises(AlreadyErased):
        actions.identity_of(voice)
    assert "恢复备份后重新销毁" in EventText.objects.values_list("text", flat=True)

import json
from datetime import timedelta
from uuid import UUID

import pytest

from lianxin.ground.access.models import User
from lianxin.ground.core.backups import erasures
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event, EventText
from lianxin.ground.vault import actions, erasing, jobs
from lianxin.ground.vault.errors import AlreadyErased, NotKept
from lianxin.ground.vault.models import Erasure, Identity, Opening
from tests.ground.vault.builders import REASON, TOLD, make_opening, make_voice

pytestmark = pytest.mark.django_db
LATER = timedelta(days=31)


@pytest.fixture
def erase(django_capture_on_commit_callbacks):
    """Erase as it happens outside of tests, with what follows the commit."""

    def erase(voice: UUID, cause: str = "asked") -> None:
        with django_capture_on_commit_callbacks(execute=True):
            actions.erase(voice, by=None, at=now(), cause=cause)

    return erase


def test_what_is_erased_is_gone_and_the_record_says_so(erase):
    voice, other = make_voice(), make_voice()
    erase(voice)
    assert list(Identity.objects.values_list("voice_id", flat=True)) == [other]
    event = Event.objects.get(kind="vault.erased")
    assert (event.subject_id, event.facts) == (voice, {"cause": "asked"})
    assert not EventText.objects.exists()  # nothing that anybody typed


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
    with pytest.raises(ValueError, match="住在柳溪村的郗棠梨要求"):
        erase(make_voice(), "住在柳溪村的郗棠梨要求")  # free text is none of the causes
    with pytest.raises(NotKept):
        erase(UUID(int=7))


def test_an_erasure_is_noted_where_no_restore_rolls_it_back(erase):
    voice = make_voice()
    erase(voice)
    erased = Erasure.objects.get()
    assert erasures.noted() == {erasures.Erasure(erasing.IDENTITY, voice, erased.erased_at)}
    line = json.loads(erasures.list_file().read_text())
    assert set(line) == {"kind", "id", "at", "part"}


def test_an_erasure_that_was_rolled_back_is_not_noted(django_capture_on_commit_callbacks):
    voice = make_voice()
    with django_capture_on_commit_callbacks():  # what follows the commit does not come
        actions.erase(voice, by=None, at=now(), cause="asked")
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
    found = Opening.objects.get()
    assert (found.reason, found.note) == ("", "")
    event = Event.objects.get(kind="vault.words_erased")
    assert (event.subject_id, event.facts) == (voice, {"opening": str(found.pk)})


def test_a_reason_that_nobody_reviewed_stays_until_it_was_reviewed(erase, clerk: User, reviewer: User):
    voice = make_voice()
    opening = make_opening(clerk, voice)
    erase(voice)
    assert Opening.objects.get().reason == REASON
    opening.judge("not_justified", by=reviewer, at=now(), note="看完就删")
    found = Opening.objects.get()
    assert (found.reason, found.note, found.finding) == ("", "", "not_justified")


def test_a_reason_that_nobody_ever_reviews_goes_a_month_after_the_identity(erase, clerk: User, reviewer: User, travel):
    voice, other = make_voice(), make_voice()
    opening, others = make_opening(clerk, voice), make_opening(clerk, other)
    erase(voice)
    assert jobs.erase_old_words(now()) == "0"
    travel(LATER)
    assert jobs.erase_old_words(now()) == "1"
    others.refresh_from_db()
    assert others.reason == REASON
    opening.judge("not_justified", by=reviewer, at=now(), note="来不及看理由的人")  # it can still be judged
    assert (opening.reason, opening.note, opening.finding) == ("", "", "not_justified")


def test_no_reason_is_kept_for_ever(clerk: User, reviewer: User, travel):
    make_opening(clerk).judge("not_justified", by=reviewer, at=now(), note="不用看")
    travel(timedelta(days=3 * 365))
    assert jobs.erase_old_words(now()) == "0"  # the law asks for three years
    travel(timedelta(days=3 * 366 + 1))
    assert jobs.erase_old_words(now()) == "1"
    found = Opening.objects.get()
    assert (found.reason, found.note, found.finding) == ("", "", "not_justified")
    assert jobs.erase_old_words(now()) == "0"


def test_words_that_a_backup_brought_back_are_erased_again(erase, clerk: User, reviewer: User):
    voice = make_voice()
    make_opening(clerk, voice).judge("fine", by=reviewer, at=now(), note="说的是郗棠梨家的事")
    erase(voice)
    Opening.objects.update(
        reason=REASON, note="说的是郗棠梨家的事", words_erased_at=None
    )  # as an older backup has them
    assert erasures.replay() == 1
    assert Opening.objects.values_list("reason", "note").get() == ("", "")


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
    assert Event.objects.filter(kind="vault.erased", facts__cause="restored").exists()

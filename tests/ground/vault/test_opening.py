from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Region
from lianxin.ground.vault import actions
from lianxin.ground.vault.errors import (
    AlreadyReviewed,
    MayNot,
    NoteMissing,
    NotKept,
    OwnOpening,
    ReasonMissing,
)
from lianxin.ground.vault.models import Opening
from tests.ground.access.builders import make_administrator, make_grant, make_user
from tests.ground.people.builders import make_county
from tests.ground.vault.builders import REASON, TOLD, make_opening, make_voice

pytestmark = pytest.mark.django_db


def test_who_may_and_says_why_reads_and_leaves_an_event_and_an_opening(clerk: User):
    voice = make_voice()
    assert actions.open_identity(voice, by=clerk, at=now(), purpose="call", reason=f"  {REASON} ") == TOLD
    event = Event.objects.get(kind="vault.opened")
    assert (event.subject_id, event.by_id, event.facts["purpose"]) == (voice, clerk.pk, "call")
    assert not event.texts.exists()  # a reason may tell of a resident: it stands in the vault alone
    opening = Opening.objects.get()
    assert (opening.voice_id, opening.opened_by, opening.event) == (voice, clerk, event)
    assert opening.reason == REASON
    assert opening.office == "区人大常委会代表工作机构工作人员"


@pytest.mark.parametrize("reason", ["", "    ", "看看", " 想看看 "])
def test_without_a_reason_nothing_opens(clerk: User, reason: str):
    voice = make_voice()
    with pytest.raises(ReasonMissing, match="至少四个字"):
        actions.open_identity(voice, by=clerk, at=now(), purpose="call", reason=reason)
    assert not Opening.objects.exists()


def test_without_the_right_nothing_opens_and_the_reason_is_said(outsider: User):
    voice = make_voice()
    with pytest.raises(MayNot, match="查看身份信息"):
        actions.open_identity(voice, by=outsider, at=now(), purpose="call", reason=REASON)
    assert not Event.objects.filter(kind="vault.opened").exists()


def test_a_clerk_opens_what_lies_in_their_township_and_no_other(clerk: User):
    make_county()
    here, there = Region.objects.get(name="石桥镇"), Region.objects.get(name="花溪乡")
    keeper = make_user("石桥干事")
    make_grant(keeper, "township_clerk", "place", here.pk)
    mine, other = (make_voice(places=region.path_ids) for region in (here, there))
    assert actions.open_identity(mine, by=keeper, at=now(), purpose="visit", reason=REASON) == TOLD
    with pytest.raises(MayNot):
        actions.open_identity(other, by=keeper, at=now(), purpose="visit", reason=REASON)


def test_an_opening_cannot_be_undone_by_what_is_around_it(clerk: User):
    voice = make_voice()

    def inside() -> None:
        with transaction.atomic():
            actions.open_identity(voice, by=clerk, at=now(), purpose="call", reason=REASON)

    # the transaction that every test runs in does not count, one of the product does
    with pytest.raises(RuntimeError, match="durable"):
        inside()


def test_an_anonymous_voice_has_nothing_to_open(clerk: User):
    with pytest.raises(NotKept):
        actions.open_identity(new_id(), by=clerk, at=now(), purpose="call", reason=REASON)


def test_a_second_person_judges_and_leaves_an_event(clerk: User, reviewer: User):
    opening = make_opening(clerk)
    opening.judge("not_justified", by=reviewer, at=now(), note="电话里已经说清楚，不用再看。")
    event = Event.objects.get(kind="vault.reviewed")
    assert (event.by_id, event.facts["finding"], event.facts["opening"]) == (
        reviewer.pk,
        "not_justified",
        str(opening.pk),
    )
    found = Opening.objects.get()
    assert (found.reviewed_by, found.note, found.reason) == (reviewer, "电话里已经说清楚，不用再看。", REASON)
    assert not Opening.objects.awaiting_review().exists()


def test_nobody_judges_their_own_opening(clerk: User):
    opening = make_opening(clerk)
    with pytest.raises(OwnOpening, match="另一个人"):
        opening.judge("fine", by=clerk, at=now())
    with pytest.raises(IntegrityError), transaction.atomic():  # the database says so too
        Opening.objects.update(reviewed_by=clerk, reviewed_at=now(), finding="fine", review=opening.event)


def test_who_may_not_review_does_not(clerk: User, outsider: User):
    with pytest.raises(MayNot, match="复核"):
        make_opening(clerk).judge("fine", by=outsider, at=now())


def test_a_finding_against_somebody_says_why(clerk: User, reviewer: User):
    with pytest.raises(NoteMissing):
        make_opening(clerk).judge("not_justified", by=reviewer, at=now(), note="  ")
    assert Opening.objects.awaiting_review().exists()


def test_an_opening_is_judged_once(clerk: User, reviewer: User):
    opening, again = make_opening(clerk), Opening.objects.get()
    opening.judge("fine", by=reviewer, at=now())
    with pytest.raises(AlreadyReviewed):
        again.judge("not_justified", by=make_administrator("audit"), at=now(), note="不该看")
    assert Opening.objects.get().finding == "fine"
    assert Event.objects.filter(kind="vault.reviewed").count() == 1


def test_an_opening_is_late_after_a_week_without_review(clerk: User, reviewer: User):
    made, old = make_opening(clerk), make_opening(clerk, at=now() - timedelta(days=7, minutes=1))
    assert not made.is_late
    assert old.is_late
    old.judge("fine", by=reviewer, at=now())
    assert not old.is_late


def test_the_resident_sees_day_office_and_purpose_and_no_name(clerk: User, reviewer: User):
    voice = make_voice()
    make_opening(clerk, voice).judge("fine", by=reviewer, at=now())
    make_opening(clerk, voice, purpose="visit")
    late, early = actions.openings_of(voice)
    assert (late.purpose, late.finding) == ("上门走访", "待复核")
    assert (early.purpose, early.finding, early.office) == ("联系本人", "合理", "区人大常委会代表工作机构工作人员")
    assert clerk.name not in str((late, early))
    assert REASON not in str((late, early))

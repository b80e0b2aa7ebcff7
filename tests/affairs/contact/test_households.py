"""Households agree, are known by village and number, and are erased where they agree no more."""

import pytest
from django.db import transaction

from lianxin.affairs.contact.errors import Ahead, NoConsent, NotAVillage
from lianxin.affairs.contact.models import Consent, Household, Tie
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.events import tell
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body, Mandate, Region
from lianxin.ground.vault.models import Erasure, Identity
from lianxin.ground.vault.particulars import Particulars
from tests.affairs.contact.builders import AGREED_ON, WHO, make_household, make_tie, tied
from tests.ground.people.builders import make_mandate, make_person

pytestmark = pytest.mark.django_db


def test_who_a_household_is_lies_in_the_vault_alone(village: Region, congress: Body) -> None:
    first, second = (make_household(village, congress) for _ in range(2))
    assert [first.called, second.called] == ["石桥镇柳溪村1号户", "石桥镇柳溪村2号户"]
    identity = Identity.objects.get(voice_id=first.pk)
    assert identity.unseal() == WHO
    assert (identity.body_id, identity.places[-1]) == (congress.pk, str(village.pk))
    kept = " ".join(str(value) for row in Household.objects.values() for value in row.values())
    assert not any(word in kept for word in (WHO.name, WHO.phone, WHO.address))
    event = Event.objects.get(kind="contact.household_added", subject_id=first.pk)
    assert (event.body_id, event.village) == (congress.pk, village.code)
    assert not event.texts.exists()
    assert tell([event])[0].sentence == "平台登记了石桥镇柳溪村1号户，这一户2022年4月1日同意联系（当面口头）"


def test_many_households_are_as_one_by_one(village: Region, congress: Body, django_assert_max_num_queries) -> None:
    deputy = make_mandate(congress)
    consent = Consent("written", AGREED_ON, deputy)
    alone = Household.add(village, congress, WHO, consent, by=None, at=now())
    with django_assert_max_num_queries(20):
        many = Household.add_all([(village, congress, WHO, consent)] * 60, by=None, at=now())
    assert [one.number for one in many] == list(range(2, 62))
    rows = [
        Household.objects.filter(pk=pk).values("region", "body", "consent", "way", "consented_on", "asked_by").get()
        for pk in (alone.pk, many[-1].pk)
    ]
    assert rows[0] == rows[1]
    events = Event.objects.filter(kind="contact.household_added", subject_id__in=[alone.pk, many[-1].pk])
    assert len({(e.village, e.body_id, str(e.facts), e.parties.get().party_id) for e in events}) == 1


def test_a_household_lies_in_a_village_and_agreed_on_a_day_that_has_come(village: Region, congress: Body) -> None:
    with pytest.raises(NotAVillage, match="石桥镇"):
        make_household(village.parent, congress)
    with pytest.raises(Ahead):
        make_household(village, congress, on=today().replace(year=today().year + 1))
    assert not Identity.objects.exists()


def test_where_it_agrees_no_more_it_is_erased_and_nobody_is_tied_to_it(household: Household, congress: Body) -> None:
    deputies = [make_mandate(congress, make_person(name)) for name in ("罗青禾", "谭秋实")]
    for one in deputies:
        make_tie(one, household)

    household.withdraw(by=None, at=now())

    assert not Identity.objects.exists()
    assert Erasure.objects.filter(voice_id=household.pk).exists()
    assert [tied(one) for one in deputies] == [0, 0]
    event = Event.objects.get(kind="contact.household_withdrew")
    assert {party.party_id for party in event.parties.all()} == {one.pk for one in deputies}
    assert not Event.objects.filter(kind="contact.untied").exists()  # the one event names them all
    for verb in (
        lambda: make_tie(deputies[0], household),
        lambda: household.withdraw(by=None, at=now()),
        lambda: household.agree_anew(WHO, Consent("written", today()), by=None, at=now()),
    ):
        with pytest.raises(NoConsent, match="撤回同意"), transaction.atomic():
            verb()


def test_it_agrees_anew_with_who_it_is_now(household: Household, deputy: Mandate) -> None:
    now_told = Particulars(name="郗棠梨", phone="13800571999")
    household.agree_anew(now_told, Consent("written", today(), deputy), by=None, at=now())
    household.refresh_from_db()
    assert Identity.objects.get().unseal() == now_told
    assert (household.way, household.asked_by, household.number) == ("written", deputy, 1)
    assert Event.objects.get(kind="contact.household_consented").parties.get().role == "asker"


def test_a_tie_that_would_begin_later_never_was_where_consent_is_withdrawn(
    household: Household, deputy: Mandate
) -> None:
    later = today().replace(year=today().year + 1)
    make_tie(deputy, household, on=later)
    household.withdraw(by=None, at=now())
    tie = Tie.objects.get()
    assert (tie.from_on, tie.until_on) == (later, later)
    assert not Tie.objects.on(later).exists()

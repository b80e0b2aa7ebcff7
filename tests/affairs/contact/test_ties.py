"""Who keeps contact with whom, by which scheme, from when to when."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from lianxin.affairs.contact.bound import bound, short
from lianxin.affairs.contact.errors import AlreadyTied, NotByScheme, NotTied, OneSelf, UntilBeforeFrom
from lianxin.affairs.contact.jobs import end_with_mandates
from lianxin.affairs.contact.models import Household, Tie
from lianxin.affairs.contact.rules import ContactRules
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.events import tell
from lianxin.ground.core.models import Event
from lianxin.ground.people.errors.mandates import MandateEnded
from lianxin.ground.people.models import Body, Mandate, Region
from lianxin.ground.rulebook import in_force
from tests.affairs.contact.builders import AGREED_ON, make_household, make_tie, tied
from tests.ground.people.builders import make_district, make_mandate, make_person

pytestmark = pytest.mark.django_db


def test_a_tie_holds_from_its_first_day_until_before_its_last(household: Household, deputy: Mandate) -> None:
    tie = make_tie(deputy, household)
    tie.end(on=date(2023, 1, 1), by=None, at=now())
    days = [AGREED_ON - timedelta(days=1), AGREED_ON, date(2022, 12, 31), date(2023, 1, 1)]
    assert [Tie.objects.on(day).count() for day in days] == [0, 1, 1, 0]
    with pytest.raises(NotTied, match="2023年1月1日"):
        tie.end(on=today(), by=None, at=now())


def test_it_stands_in_the_record_for_its_deputy_and_names_no_resident(household: Household, deputy: Mandate) -> None:
    tie = make_tie(deputy, household)
    tie.end(on=today(), by=None, at=now())
    tied_, untied = Event.objects.filter(subject_id=tie.pk).order_by("recorded_at", "id")
    assert [event.kind for event in (tied_, untied)] == ["contact.tied", "contact.untied"]
    assert tied_.parties.get().party_id == deputy.pk
    assert tied_.village == household.region.code
    assert tell([tied_])[0].sentence == "平台登记罗青禾从2022年4月1日起联系石桥镇柳溪村1号户（代表联系选民）"


def test_the_same_two_are_tied_once_and_again_after_it_ended(household: Household, deputy: Mandate) -> None:
    tie = make_tie(deputy, household)
    with pytest.raises(AlreadyTied, match="罗青禾已经联系着石桥镇柳溪村1号户"):
        make_tie(deputy, household)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.between(deputy, household, "voter", today()).save(force_insert=True)
    tie.end(on=AGREED_ON, by=None, at=now())  # it never was
    make_tie(deputy, household)
    assert tied(deputy) == 1


def test_a_tie_does_not_end_before_it_began(household: Household, deputy: Mandate) -> None:
    with pytest.raises(UntilBeforeFrom, match="2022年4月1日"):
        make_tie(deputy, household).end(on=date(2022, 3, 31), by=None, at=now())


def test_only_whom_the_scheme_binds_is_tied_and_to_what_it_leads(
    household: Household, deputy: Mandate, congress: Body, village: Region
) -> None:
    other = make_mandate(congress, make_person("谭秋实"))
    for unfit in (make_district(congress, village), village, congress, other):
        with pytest.raises(NotByScheme, match="代表联系选民"):
            make_tie(deputy, unfit)
    with pytest.raises(NotByScheme):
        make_tie(deputy, household, scheme="twenty")  # which binds deputies of townships
    with pytest.raises(NotByScheme):
        make_tie(deputy, household, scheme="nothing")
    with pytest.raises(OneSelf):
        make_tie(deputy, deputy, scheme="committee")
    assert make_tie(deputy, other, scheme="committee").region == congress.region


def test_who_has_no_mandate_is_not_tied_and_ties_end_by_night_with_a_mandate(
    household: Household, deputy: Mandate, congress: Body
) -> None:
    other = make_mandate(congress, make_person("谭秋实"))
    own, toward = make_tie(deputy, household), make_tie(other, deputy, scheme="committee")
    deputy.end("resigned", on=date(2026, 1, 31), by=None, at=now())
    assert end_with_mandates(now()) == "2"
    for tie in (own, toward):
        tie.refresh_from_db()
        assert tie.until_on == date(2026, 2, 1)
    assert end_with_mandates(now()) == "0"
    with pytest.raises(MandateEnded):
        make_tie(deputy, household)


def test_ten_thousand_ties_cost_as_many_questions_a_batch_as_one(
    congress: Body, village: Region, django_assert_max_num_queries
) -> None:
    deputies = [make_mandate(congress, make_person(f"向晚{number}")) for number in range(30)]
    households = [make_household(village, congress) for _ in range(3)]
    pairs = [(one, household) for one in deputies for household in households]
    for household in households:
        household.region, village.parent = village, village.parent
    with django_assert_max_num_queries(14):
        ties = Tie.objects.tie_all(pairs, "voter", on=AGREED_ON, by=None, at=now())
    assert len(ties) == 90 == Event.objects.filter(kind="contact.tied").count()
    with pytest.raises(AlreadyTied):
        Tie.objects.tie_all([pairs[0], pairs[0]], "voter", on=AGREED_ON, by=None, at=now())


def test_who_keeps_contact_with_fewer_than_the_scheme_asks_is_short(
    congress: Body, village: Region, deputy: Mandate
) -> None:
    scheme = in_force(today()).section(ContactRules).schemes["voter"]
    other = make_mandate(congress, make_person("谭秋实"))
    for _ in range(scheme.least):
        make_tie(deputy, make_household(village, congress))
    last = make_tie(other, make_household(village, congress))
    assert {one.pk: one.held for one in short("voter", scheme, today())} == {other.pk: 1}
    last.end(on=today(), by=None, at=now())
    assert [one.held for one in short("voter", scheme, today())] == [0]


def test_a_scheme_of_a_body_binds_its_members(congress: Body, deputy: Mandate) -> None:
    scheme = in_force(today()).section(ContactRules).schemes["committee"]
    assert not bound(scheme, today()).exists()
    committee = congress.form("standing_committee", "云江区人大常委会", on=AGREED_ON, by=None, at=now())
    committee.take_in(deputy.person, "member", on=AGREED_ON, by=None, at=now())
    assert list(bound(scheme, today())) == [deputy]
    assert scheme.least == 0  # nobody has said with how many


def test_who_is_short_is_counted_through_the_index_of_deputies(congress: Body, deputy: Mandate) -> None:
    found = short("voter", in_force(today()).section(ContactRules).schemes["voter"], today())
    assert list(found) == [deputy]
    if connection.vendor == "sqlite":  # PostgreSQL plans by the rows it has counted
        sql, params = found.query.get_compiler("default").as_sql()
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "tie_of_scheme" not in plan  # which would be read once for each of a thousand deputies

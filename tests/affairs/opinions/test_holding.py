"""Only who holds a matter does something to it, and only whoever is there, and may, is handed one."""

from datetime import timedelta

import pytest

from lianxin.affairs.opinions.actions import handling, judging, replying, sorting, telling
from lianxin.affairs.opinions.errors import ComplainedOf, ComplaintGoesUp, TakenUpAlready
from lianxin.affairs.opinions.routing import Complaint
from lianxin.ground.cases import jobs
from lianxin.ground.cases.errors import HeldAlready, NoLongerThere, NotHeld, NotNow
from lianxin.ground.cases.models import Handover, Rating
from lianxin.ground.core.clock import travel as travelled
from lianxin.ground.people.models import Body, Region, Unit
from tests.affairs.opinions.builders import NOON, make_opinion
from tests.affairs.opinions.working import DAY, accepted, answered, case_of, handed, reply, running
from tests.ground.people.builders import make_congress, make_mandate

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def hand(office, opinion, *units, at=NOON):
    handling.hand_to_units(opinion, units[0], units[1:], by=office.clerk.pk, at=at)


UNIT_VERBS = {
    "draft": lambda h, by: replying.draft(h, by=by, at=NOON, text="好了。", outcome="solved"),
    "send": lambda h, by: replying.send(h, by=by, at=NOON),
    "approve": lambda h, by: replying.approve(h, by=by, at=NOON, edition=1),
    "sign_in": lambda h, by: handling.sign_in(h, by=by, at=NOON),
    "ask_return": lambda h, by: handling.ask_return(h, "归别处", by=by, at=NOON),
    "take_up": lambda h, by: handling.take_up(h, by=by, at=NOON),
    "take_back": lambda h, by: handling.take_back(h, "交错了", by=by, at=NOON),
}


@pytest.mark.parametrize("verb", UNIT_VERBS)
def test_what_lies_with_the_office_is_nobody_elses_to_work_on(office, verb):
    opinion = office.opinion()
    with pytest.raises(NotHeld):
        UNIT_VERBS[verb](running(opinion), office.clerk.pk)
    assert running(opinion).role == "sort"


def test_a_unit_does_not_answer_as_a_deputy_nor_a_deputy_as_a_unit(office):
    _opinion, lead = handed(office)
    with pytest.raises(NotHeld):
        replying.answer_as_deputy(lead, "说明", by=office.clerk.pk, at=NOON)
    own = running(office.opinion(mandate=office.mandate))
    with pytest.raises(NotHeld):
        replying.draft(own, by=office.clerk.pk, at=NOON, text="好了。", outcome="solved")


def test_a_unit_named_twice_is_told_once(office):
    with pytest.raises(HeldAlready):
        hand(office, accepted(office), office.roads, office.roads)


def test_a_closed_unit_and_a_deputy_who_left_are_handed_nothing(office):
    Unit.objects.filter(pk=office.roads.pk).update(ends_on=(NOON - DAY).date())
    office.mandate.end("resigned", on=(NOON - DAY).date(), by=None, at=NOON)
    opinion = accepted(office)
    with pytest.raises(NoLongerThere):
        hand(office, opinion, office.roads)
    with pytest.raises(NoLongerThere):
        handling.hand_to_deputy(opinion, office.mandate, by=office.clerk.pk, at=NOON)


def test_an_old_code_of_a_deputy_who_left_or_of_a_closed_station_leads_to_the_office(office):
    office.mandate.end("resigned", on=(NOON - DAY).date(), by=None, at=NOON)
    office.station.close(on=(NOON - DAY).date(), by=None, at=NOON)
    for facts in ({"mandate": office.mandate}, {"station": office.station}):
        assert running(office.opinion(**facts)).party_kind == "body"


def test_a_deputys_words_do_not_cut_short_what_a_unit_leads(office):
    opinion, _lead = handed(office)
    with pytest.raises(NotNow):
        handling.hand_to_deputy(opinion, office.mandate, by=office.clerk.pk, at=NOON)


def test_what_a_deputy_holds_is_not_handed_to_the_same_deputy_with_a_fresh_clock(office):
    opinion = office.opinion(mandate=office.mandate)
    with pytest.raises(HeldAlready):
        handling.hand_to_deputy(opinion, office.mandate, by=office.clerk.pk, at=NOON + 6 * DAY)
    handling.take_up(running(opinion), by=office.clerk.pk, at=NOON)
    with pytest.raises(TakenUpAlready):
        handling.take_up(running(opinion), by=office.clerk.pk, at=NOON)


def test_what_lies_with_a_deputy_who_has_no_account_is_taken_back_by_the_office(office):
    opinion = office.opinion(mandate=office.mandate)
    handling.take_back(running(opinion), "代表还没有开通", by=office.clerk.pk, at=NOON)
    assert case_of(opinion).waits_for == "office"


def test_when_the_lead_replies_those_who_help_hold_it_no_more(office):
    opinion = accepted(office)
    hand(office, opinion, office.roads, office.housing)
    reply(office, running(opinion, role="lead"))
    assert not Handover.objects.running().filter(case=opinion.case_id).exists()


@pytest.mark.parametrize("parents", [0, 1, 2])
def test_no_unit_is_handed_what_complains_of_it_nor_its_offices(office, parents):
    unit = office.roads
    opinion = accepted(office, complaint=Complaint.of(unit))
    for name in ("公路股", "养护班")[:parents]:
        unit = Unit.objects.create(name=name, kind="office", region=office.county, parent=unit)
    with pytest.raises(ComplainedOf):
        hand(office, opinion, unit)


def test_no_deputy_is_handed_what_complains_of_another_seat_of_theirs(office):
    opinion = accepted(office, complaint=Complaint.of(office.mandate))
    township = make_congress(Region.objects.get(name="石桥镇"), level="township")
    second = make_mandate(township, office.mandate.person)
    for seat in (office.mandate, second):
        with pytest.raises(ComplainedOf):
            handling.hand_to_deputy(opinion, seat, by=office.clerk.pk, at=NOON)


def test_a_complaint_is_not_passed_down_to_the_township(office):
    opinion = office.opinion(complaint=Complaint.of(office.station))
    township = make_congress(Region.objects.get(name="石桥镇"), level="township")
    with pytest.raises(ComplaintGoesUp):
        sorting.pass_up(opinion, township.pk, by=office.clerk.pk, at=NOON)
    city = make_congress(Region.objects.get(name="澄州市"), level="city")
    sorting.pass_up(opinion, city.pk, by=office.clerk.pk, at=NOON)
    assert case_of(opinion).body == city


def test_what_a_closed_station_had_not_looked_at_is_still_to_be_taken(office):
    opinion = office.opinion(station=office.station)
    office.station.close(on=NOON.date(), by=None, at=NOON)
    with travelled(NOON + DAY):
        assert jobs.hand_back(NOON) == "1"
    assert (case_of(opinion).stage, running(opinion).role, running(opinion).party_kind) == ("received", "sort", "body")
    assert not case_of(opinion).is_returned


def test_what_a_closed_congress_held_goes_to_the_one_above_once(office):
    township = make_congress(Region.objects.get(name="石桥镇"), level="township")
    opinion = make_opinion(Region.objects.filter(parent=township.region).first(), NOON)
    assert case_of(opinion).body == township
    Body.objects.filter(pk=township.pk).update(ends_on=NOON.date())
    with travelled(NOON + DAY):
        assert [jobs.hand_back(NOON), jobs.hand_back(NOON)] == ["1", "0"]
    assert case_of(opinion).body == running(opinion).case.body == office.congress


def test_who_has_no_other_office_keeps_it_and_the_others_go_on(office):
    alone, other = office.opinion(), office.opinion(station=office.station)
    office.station.close(on=NOON.date(), by=None, at=NOON)
    Body.objects.filter(pk=office.congress.pk).update(ends_on=(NOON + 2 * DAY).date())
    with travelled(NOON + DAY):
        assert jobs.hand_back(NOON) == "1"
    with travelled(NOON + 3 * DAY):
        assert jobs.hand_back(NOON) == "0"
    assert {running(alone).role, running(other).role} == {"sort"}


def test_nothing_is_asked_of_the_author_once_it_is_answered(office):
    with pytest.raises(NotNow):
        sorting.ask_more(answered(office), "哪条路？", by=office.clerk.pk, at=NOON + 2 * DAY)


def test_a_second_answer_is_judged_by_itself(office):
    """Those who did not rate the first answer hold up nothing, and its second asking hides no later one."""
    opinion = answered(office)
    judging.reopen(opinion, "还是不亮", at=NOON + 2 * DAY)
    assert Rating.objects.filter(case=opinion.case_id).count() == 1
    hand(office, opinion, office.roads, at=NOON + 3 * DAY)
    reply(office, running(opinion, role="lead"), NOON + 4 * DAY)
    assert case_of(opinion).due_on == (NOON + 18 * DAY).date()
    judging.rate(opinion, "yes", "yes", at=NOON + 5 * DAY)
    assert case_of(opinion).ending == "judged"
    judging.rate(opinion, "no", "no", at=NOON + timedelta(days=40))


def test_nobody_else_can_have_met_what_is_not_public(office):
    private = accepted(office, visibility="staff")
    complaint = accepted(office, complaint=Complaint.of(office.station))
    assert not any(telling.echo(one, mark="a", at=NOON) for one in (private, complaint, office.opinion()))
    public = accepted(office)
    assert [telling.echo(public, mark="a", at=NOON), telling.echo(public, mark="a", at=NOON)] == [True, False]
    assert case_of(public).voices == 2

"""A suggestion from its draft to the rating, and what its voices hear of it."""

from datetime import date

import pytest

from lianxin.affairs.opinions.actions import handling, sorting, telling
from lianxin.affairs.opinions.following import answers_of
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.suggestions.actions import answering, drafting, submitting
from lianxin.affairs.suggestions.errors import (
    AskedAlready,
    DraftSaved,
    NotAtWork,
    NotOfYours,
    NotRated,
    NotSubmitted,
    OtherCongress,
    SubmittedAlready,
    Unfinished,
    WordsChanged,
)
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.seen import Seen
from lianxin.ground.cases import jobs
from lianxin.ground.cases.errors import ChangedMeanwhile, HeldAlready, NotHeld, NotNow, ReplyNotApproved
from lianxin.ground.cases.models import Case, Handover, Promise, Rating
from lianxin.ground.core.clock import travel
from lianxin.ground.core.models import Event
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.working import kinds_of as told_of
from tests.affairs.suggestions.builders import (
    DAY,
    answered,
    handed,
    kinds_of,
    make_suggestion,
    reply,
    running,
    submitted,
    taken_up,
)
from tests.ground.people.builders import make_congress, make_mandate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def colleague(office, name="罗青禾"):
    return make_mandate(office.mandate.congress, make_person(name))


def case_of(thing):
    return Case.objects.get(pk=type(thing).objects.get(pk=thing.pk).case_id)


# Drafting


def test_a_draft_has_no_number_and_lies_with_nobody(office):
    draft = make_suggestion(office)
    assert (draft.case, draft.submitted_at, kinds_of(draft)) == (None, None, ["drafted"])
    assert not Case.objects.exists()


def test_a_page_sent_twice_is_one_draft(office):
    first = make_suggestion(office)
    again = make_suggestion(office, id=first.pk)
    assert (again.pk, Suggestion.objects.count()) == (first.pk, 1)


def test_other_words_from_a_page_that_was_sent_already_are_not_lost_silently(office):
    first = make_suggestion(office)
    with pytest.raises(DraftSaved):
        make_suggestion(office, id=first.pk, facts="又写了一段。")


def test_of_two_who_write_at_once_the_second_is_told(office):
    draft = make_suggestion(office)
    drafting.amend(draft, edition=0, title="新题目", by=office.clerk.pk, at=NOON)
    with pytest.raises(DraftSaved):
        drafting.amend(draft, edition=0, title="另一个", by=office.clerk.pk, at=NOON)
    assert Suggestion.objects.get().title == "新题目"


def test_a_suggestion_stands_on_what_the_deputy_holds_or_what_is_public_and_on_no_complaint(office):
    own, strange = taken_up(office), office.opinion()
    public = office.opinion()
    Opinion.objects.filter(pk=public.pk).update(is_public=True, visibility="unnamed")
    draft = make_suggestion(office, opinions=[own, public])
    assert set(draft.bases.values_list("opinion", flat=True)) == {own.pk, public.pk}
    with pytest.raises(NotOfYours):
        drafting.stand_on(draft, [strange], by=office.clerk.pk, at=NOON)
    drafting.stand_on(draft, [own], by=office.clerk.pk, at=NOON)
    assert list(draft.bases.values_list("opinion", flat=True)) == [own.pk]


def test_who_left_neither_leads_nor_joins(office):
    office.mandate.end("resigned", on=(NOON - DAY).date(), by=None, at=NOON)
    with pytest.raises(NotAtWork):
        make_suggestion(office)


# Joining


def test_joining_is_of_the_very_words(office):
    draft, other = make_suggestion(office), colleague(office)
    asked = drafting.ask(draft, other, by=office.clerk.pk, at=NOON)
    seen = draft.digest
    drafting.amend(draft, edition=0, advice="改过的建议。", by=office.clerk.pk, at=NOON)
    with pytest.raises(WordsChanged):
        drafting.sign(asked, digest=seen, by=office.clerk.pk, at=NOON)
    drafting.sign(asked, digest=draft.digest, by=office.clerk.pk, at=NOON)
    assert [one.mandate for one in draft.joined()] == [other]
    drafting.amend(draft, edition=1, facts="又改了。", by=office.clerk.pk, at=NOON)
    assert not draft.joined().exists()


def test_signed_twice_is_signed_once_and_a_refusal_can_be_taken_back(office):
    draft = make_suggestion(office)
    asked = drafting.ask(draft, colleague(office), by=office.clerk.pk, at=NOON)
    drafting.refuse(asked, by=office.clerk.pk, at=NOON)
    for _time in range(2):
        drafting.sign(asked, digest=draft.digest, by=office.clerk.pk, at=NOON)
    assert kinds_of(draft) == ["drafted", "cosign_asked", "cosign_refused", "cosigned"]
    assert draft.joined().count() == 1


def test_only_other_deputies_of_the_same_congress_are_asked_and_once(office):
    draft, other = make_suggestion(office), colleague(office)
    drafting.ask(draft, other, by=office.clerk.pk, at=NOON)
    for again in (other, office.mandate):
        with pytest.raises(AskedAlready):
            drafting.ask(draft, again, by=office.clerk.pk, at=NOON)
    township = office.village.parent
    elsewhere = make_mandate(make_congress(township, "township"), make_person("祁远帆"))
    with pytest.raises(OtherCongress):
        drafting.ask(draft, elsewhere, by=office.clerk.pk, at=NOON)


# Submitting, reviewing


def test_submitted_it_has_a_number_and_lies_with_the_office_under_a_clock(office):
    made = submitted(office)
    case = case_of(made)
    assert (case.number, case.stage, case.waits_for, case.due_on) == (
        "建-2603-0001",
        "received",
        "office",
        date(2026, 3, 19),
    )
    assert running(made).party == ("body", office.mandate.congress_id)
    event = Event.objects.about("suggestion", made.pk).get(kind="suggestions.submitted")
    assert event.facts == {"joined": 0, "opinions": 0, "again": False}
    assert [party.party_id for party in event.parties.all()] == [office.mandate.pk]


@pytest.mark.parametrize("part", ["facts", "analysis", "advice"])
def test_what_lacks_a_part_is_not_submitted(office, part):
    draft = make_suggestion(office, **{part: "  "})
    with pytest.raises(Unfinished, match={"facts": "情况", "analysis": "分析", "advice": "建议"}[part]):
        submitting.submit(draft, by=office.clerk.pk, at=NOON)
    assert not Case.objects.exists()


def test_submitted_twice_it_is_one(office):
    made = submitted(office)
    with pytest.raises(SubmittedAlready):
        submitting.submit(made, by=office.clerk.pk, at=NOON)
    with pytest.raises(SubmittedAlready):
        drafting.amend(made, edition=0, title="改", by=office.clerk.pk, at=NOON)
    assert Case.objects.count() == 1


def test_given_back_it_is_mended_joined_anew_and_keeps_its_number(office):
    draft = make_suggestion(office)
    asked = drafting.ask(draft, colleague(office), by=office.clerk.pk, at=NOON)
    drafting.sign(asked, digest=draft.digest, by=office.clerk.pk, at=NOON)
    submitting.submit(draft, by=office.clerk.pk, at=NOON)
    number = case_of(draft).number
    submitting.send_back(draft, "一件写了两件事", by=office.clerk.pk, at=NOON)
    assert (case_of(draft).waits_for, running(draft).party) == ("deputy", ("mandate", office.mandate.pk))
    drafting.amend(draft, edition=0, advice="只写路灯。", by=office.clerk.pk, at=NOON)
    submitting.submit(draft, by=office.clerk.pk, at=NOON + DAY)
    assert (case_of(draft).number, running(draft).role) == (number, "sort")
    last = Event.objects.about("suggestion", draft.pk).filter(kind="suggestions.submitted").latest("id")
    assert (last.facts["joined"], last.facts["again"]) == (0, True)


@pytest.mark.parametrize(
    ("verb", "words"), [(submitting.withdraw, ("不要了",)), (answering.rate, ("yes", "yes"))], ids=["withdraw", "rate"]
)
def test_what_is_a_draft_still_is_neither_withdrawn_nor_rated(office, verb, words):
    draft = make_suggestion(office)
    with pytest.raises(NotSubmitted):
        verb(draft, *words, by=office.clerk.pk, at=NOON)


def test_declined_it_ends_with_a_cause(office):
    made = submitted(office)
    submitting.decline(made, "court", "正在法院审理。", by=office.clerk.pk, at=NOON)
    assert (case_of(made).ending, kinds_of(made)[-1]) == ("declined", "declined")
    with pytest.raises(NotNow):
        submitting.hand_over(made, office.roads, by=office.clerk.pk, at=NOON)


def test_an_old_page_does_nothing(office):
    made = submitted(office)
    edition = case_of(made).edition
    submitting.hand_over(made, office.roads, by=office.clerk.pk, at=NOON, edition=edition)
    with pytest.raises(ChangedMeanwhile):
        submitting.decline(made, "court", "案件", by=office.clerk.pk, at=NOON, edition=edition)


# Handing over, answering


def test_units_have_three_months_and_helpers_thirty_working_days(office):
    made, lead = handed(office, office.housing)
    helper = running(made, role="co")
    assert (lead.due_on, helper.due_on) == (date(2026, 6, 10), date(2026, 4, 22))
    with pytest.raises(HeldAlready):
        submitting.hand_over(made, office.housing, by=office.clerk.pk, at=NOON)


def test_a_unit_gives_it_back_and_the_office_assigns_it_anew(office):
    made, lead = handed(office)
    submitting.ask_return(lead, "归城管局管。", by=office.clerk.pk, at=NOON)
    submitting.agree_to_return(lead, by=office.clerk.pk, at=NOON)
    assert (case_of(made).stage, case_of(made).returns, running(made).role) == ("accepted", 1, "assign")
    submitting.hand_over(made, office.housing, by=office.clerk.pk, at=NOON)
    assert running(made).party == ("unit", office.housing.pk)


def test_a_reply_needs_the_heads_approval_and_is_sent_once(office):
    _made, lead = handed(office)
    answering.draft(lead, by=office.clerk.pk, at=NOON, text="修好了。", outcome="solved")
    with pytest.raises(ReplyNotApproved):
        answering.send(lead, by=office.clerk.pk, at=NOON)
    reply(office, lead)
    with pytest.raises(NotHeld):
        answering.send(lead, by=office.clerk.pk, at=NOON)


def test_who_leads_it_judges_manner_and_outcome_apart_and_it_ends(office):
    made = answered(office)
    answering.rate(made, "fairly", "no", by=office.clerk.pk, at=NOON + DAY)
    case, rating = case_of(made), Rating.objects.get()
    assert (case.ending, case.outcome, case.outcome_by) == ("judged", "solved", "unit")
    assert (rating.voice_id, rating.satisfied, rating.solved) == (office.mandate.pk, "fairly", "no")
    with pytest.raises(NotNow):
        answering.rate(made, "yes", "yes", by=office.clerk.pk, at=NOON + DAY)


def test_whoever_is_not_satisfied_is_answered_once_more_and_no_oftener(office):
    made = answered(office)
    answering.rate(made, "no", "no", words="没有说什么时候修。", by=office.clerk.pk, at=NOON + DAY)
    assert (case_of(made).stage, running(made).role) == ("accepted", "assign")
    submitting.hand_over(made, office.roads, by=office.clerk.pk, at=NOON + DAY)
    reply(office, running(made, role="lead"), at=NOON + 2 * DAY)
    answering.rate(made, "no", "no", words="还是没有。", by=office.clerk.pk, at=NOON + 3 * DAY)
    assert (case_of(made).ending, case_of(made).rounds.count()) == ("judged", 2)


def test_nobody_rates_what_was_not_asked(office):
    made = answered(office)
    Rating.objects.update(voice_id=made.pk)
    with pytest.raises(NotRated):
        answering.rate(made, "yes", "yes", by=office.clerk.pk, at=NOON)


def test_days_for_rating_end_and_silence_is_not_satisfied(office):
    made = answered(office)
    with travel(NOON + 60 * DAY):
        jobs.end_judging(NOON)
    assert (case_of(made).ending, kinds_of(made)[-1], Rating.objects.get().given_at) == ("unjudged", "unjudged", None)


def test_a_promise_that_lapses_begins_it_anew(office):
    made, lead = handed(office)
    later = {"promise": "换灯杆", "promised_on": (NOON + 20 * DAY).date()}
    reply(office, lead, outcome="later", **later)
    answering.rate(made, "yes", "partly", by=office.clerk.pk, at=NOON)
    with travel(NOON + 30 * DAY):
        jobs.lapse(NOON)
    case = case_of(made)
    assert (case.stage, running(made).role, case.rounds.latest("number").cause) == ("accepted", "assign", "lapsed")


def test_a_promise_that_was_kept_stays_ended(office):
    made, lead = handed(office)
    later = {"promise": "换灯杆", "promised_on": (NOON + 20 * DAY).date()}
    reply(office, lead, outcome="later", **later)
    answering.keep_promise(Promise.objects.get(), "现场看过，七根都换了。", by=office.clerk.pk, at=NOON + 10 * DAY)
    with travel(NOON + 30 * DAY):
        jobs.lapse(NOON)
    assert kinds_of(made)[-1] == "promise_kept"


def test_late_in_the_year_it_goes_on_though_next_years_holidays_are_not_announced(office):
    december = NOON.replace(year=2026, month=12, day=20)
    with travel(december):
        made = make_suggestion(office, at=december)
        submitting.submit(made, by=office.clerk.pk, at=december)
        submitting.hand_over(made, office.roads, [office.housing], by=office.clerk.pk, at=december)
        lead = running(made, role="lead")
        seen = Seen(lead, december.date())
        assert seen.last_day("contact").year == 2027
        reply(office, lead, at=december)
    assert Rating.objects.get().due_on.year == 2027


def test_a_late_clock_is_told_once(office):
    made, _lead = handed(office)
    with travel(NOON + 100 * DAY):
        for _run in range(2):
            jobs.tell_late(NOON)
    assert kinds_of(made).count("late") == 1


def test_a_unit_that_is_there_no_more_leaves_it_to_the_office(office):
    made, _lead = handed(office)
    type(office.roads).objects.filter(pk=office.roads.pk).update(ends_on=NOON.date())
    with travel(NOON + 2 * DAY):
        jobs.hand_back(NOON)
    assert (running(made).party_kind, kinds_of(made)[-1]) == ("body", "handed_back")


# The voices


def test_voices_wait_for_the_suggestion_and_are_answered_with_it(office):
    own = taken_up(office)
    made, lead = handed(office, opinions=[own])
    waiting = Handover.objects.running().get(case=own.case_id)
    assert (case_of(own).waits_for, waiting.role, waiting.party_kind) == ("suggest", "raised", "body")
    reply(office, lead)
    case = case_of(own)
    assert (case.stage, case.waits_for, case.outcome, case.outcome_by) == ("answered", "judging", "solved", "unit")
    assert "opinions.raised" in told_of(own)
    assert told_of(own)[-1] == "opinions.replied"
    assert Rating.objects.filter(voice_id=own.pk).exists()
    assert kinds_of(made)[-1] == "replied"


def test_a_promise_is_followed_with_the_suggestion_alone(office):
    own = taken_up(office)
    _made, lead = handed(office, opinions=[own])
    reply(office, lead, outcome="later", promise="换灯杆", promised_on=(NOON + 20 * DAY).date())
    assert Promise.objects.count() == 1
    assert case_of(own).replies.get().promise == "换灯杆"


def test_what_lies_with_somebody_else_stays_there_and_is_only_told(office):
    public = office.opinion()
    Opinion.objects.filter(pk=public.pk).update(is_public=True, visibility="unnamed")
    _made, lead = handed(office, opinions=[public])
    assert (case_of(public).waits_for, told_of(public)[-1]) == ("office", "opinions.raised")
    reply(office, lead)
    assert case_of(public).stage == "received"


def test_the_answer_is_the_units_own(office):
    own = taken_up(office)
    _made, lead = handed(office, opinions=[own])
    sent = reply(office, lead)
    answer = case_of(own).replies.get()
    assert (answer.party, answer.repeats) == (("unit", office.roads.pk), sent)
    (told,) = answers_of(case_of(own), OpinionRules())
    assert office.roads.name in told.who


def test_what_is_left_out_of_a_suggestion_that_was_given_back_is_the_offices_again(office):
    own, other = taken_up(office), taken_up(office)
    made = submitted(office, opinions=[own, other])
    submitting.send_back(made, "分开写", by=office.clerk.pk, at=NOON)
    drafting.stand_on(made, [other], by=office.clerk.pk, at=NOON)
    assert case_of(own).waits_for == "office"
    drafting.amend(made, edition=0, advice="只写路灯。", by=office.clerk.pk, at=NOON)
    submitting.submit(made, by=office.clerk.pk, at=NOON)
    assert case_of(other).waits_for == "suggest"


def test_voices_merged_into_a_matter_are_answered_though_its_first_author_withdrew(office):
    own, second = taken_up(office), office.opinion()
    sorting.merge(second, own, by=office.clerk.pk, at=NOON)
    _made, lead = handed(office, opinions=[own])
    telling.withdraw(own, at=NOON)
    assert case_of(own).waits_for == "suggest"
    reply(office, lead)
    assert case_of(own).stage == "answered"
    assert Rating.objects.filter(voice_id=second.pk).exists()


def test_a_matter_that_the_office_hands_on_waits_no_more_and_another_suggestion_may_take_it(office):
    own = taken_up(office)
    first, lead = handed(office, opinions=[own])
    opinion = Opinion.objects.with_case().get(pk=own.pk)
    handling.hand_to_deputy(opinion, office.mandate, by=office.clerk.pk, at=NOON)
    handling.take_up(Handover.objects.running().get(case=own.case_id), by=office.clerk.pk, at=NOON)
    second = submitted(office, opinions=[own])
    assert list(second.waiting()) == [own]
    reply(office, lead)
    assert case_of(own).waits_for == "suggest"
    assert not first.waiting().exists()


def test_what_was_withdrawn_is_not_begun_anew_by_an_old_promise(office):
    made, lead = handed(office)
    reply(office, lead, outcome="later", promise="换灯杆", promised_on=(NOON + 20 * DAY).date())
    answering.rate(made, "no", "no", words="太晚。", by=office.clerk.pk, at=NOON)
    submitting.withdraw(made, "不办了", by=office.clerk.pk, at=NOON)
    with travel(NOON + 30 * DAY):
        jobs.lapse(NOON)
    assert case_of(made).ending == "withdrawn"


def test_a_congress_that_is_there_no_more_hands_its_suggestions_on(office):
    made = submitted(office)
    type(office.congress).objects.filter(pk=office.congress.pk).update(ends_on=(NOON + DAY).date())
    heir = make_congress(office.county)
    with travel(NOON + 3 * DAY):
        jobs.hand_back(NOON)
    assert running(made).party == ("body", heir.pk)


@pytest.mark.parametrize("end", ["decline", "withdraw"])
def test_voices_of_what_comes_to_nothing_are_the_offices_again(office, end):
    own = taken_up(office)
    made = submitted(office, opinions=[own])
    if end == "decline":
        submitting.decline(made, "private", "只是本单位的事。", by=office.clerk.pk, at=NOON)
    else:
        submitting.withdraw(made, "已经解决了。", by=office.clerk.pk, at=NOON)
    back = Handover.objects.running().get(case=own.case_id)
    assert (back.role, back.party_kind, told_of(own)[-1]) == ("assign", "body", "opinions.raised_in_vain")


def test_what_its_author_withdrew_meanwhile_is_no_basis_any_more(office):
    own = taken_up(office)
    draft = make_suggestion(office, opinions=[own])
    telling.withdraw(own, at=NOON)
    submitting.submit(draft, by=office.clerk.pk, at=NOON)
    event = Event.objects.about("suggestion", draft.pk).get(kind="suggestions.submitted")
    assert event.facts["opinions"] == 0


# Publishing


def test_it_is_public_once_it_was_handed_over_and_no_more_when_withdrawn(office):
    made = submitted(office)
    with pytest.raises(Exception, match="没有交办"):
        submitting.publish(made, by=office.clerk.pk, at=NOON)
    submitting.hand_over(made, office.roads, by=office.clerk.pk, at=NOON)
    submitting.publish(made, by=office.clerk.pk, at=NOON)
    assert list(Suggestion.objects.public()) == [made]
    submitting.withdraw(made, "不办了", by=office.clerk.pk, at=NOON)
    assert not Suggestion.objects.public().exists()

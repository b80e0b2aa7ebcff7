"""What is merged comes apart again, by splitting or withdrawing: no voice is lost, and none is counted twice."""

from datetime import timedelta

import pytest
from django.test import Client

from lianxin.affairs.opinions.actions import handling, judging, replying, sorting, telling
from lianxin.affairs.opinions.errors import Gone, MergeAcrossVisibility, NotMerged
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.routing import Complaint
from lianxin.affairs.opinions.seen import Seen
from lianxin.ground.cases.errors import NotNow
from lianxin.ground.cases.models import Handover, Promise, Rating
from lianxin.ground.core.clock import travel
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.working import DAY, accepted, answered, case_of, handed, merged, reply, running

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def test_a_chain_of_merged_matters_is_counted_right_when_its_middle_is_split_off(office):
    first, middle, last = (office.opinion() for _ in range(3))
    merged(office, first, into=middle)
    merged(office, middle, into=last)
    assert case_of(last).voices == 3
    sorting.split(middle, by=office.clerk.pk, at=NOON)
    assert (case_of(last).voices, case_of(middle).voices, case_of(first).merged_into) == (2, 1, case_of(last))


def test_those_who_met_the_same_go_with_the_matter_that_they_met(office):
    main, other = accepted(office), accepted(office)
    telling.echo(other, mark="a", at=NOON)
    merged(office, other, into=main)
    assert case_of(main).voices == 3
    sorting.split(other, by=office.clerk.pk, at=NOON)
    assert (case_of(main).voices, case_of(other).voices) == (1, 2)


def test_a_complaint_is_merged_into_nothing_and_nothing_into_it(office):
    private = office.opinion(visibility="staff")
    complaint = office.opinion(complaint=Complaint.of(office.roads))
    for one, into in ((private, complaint), (complaint, private)):
        with pytest.raises(MergeAcrossVisibility):
            sorting.merge(one, into, by=office.clerk.pk, at=NOON)


def test_what_was_hidden_in_another_window_is_not_merged_into_something_public(office):
    main, other = office.opinion(), office.opinion()
    read_before = Opinion.objects.with_case().get(pk=other.pk)
    sorting.hide(other, "写了家里的事", by=office.clerk.pk, at=NOON)
    with pytest.raises(MergeAcrossVisibility):
        sorting.merge(read_before, main, by=office.clerk.pk, at=NOON)


def test_who_is_merged_into_an_answered_matter_is_asked_too(office):
    main, other = answered(office), office.opinion()
    sorting.merge(other, main, by=office.clerk.pk, at=NOON + 2 * DAY)
    judging.rate(main, "yes", "yes", at=NOON + 3 * DAY)
    assert case_of(main).stage == "answered"
    judging.rate(other, "no", "no", at=NOON + 4 * DAY)
    assert case_of(main).ending == "judged"


def test_who_is_split_off_is_waited_for_no_more(office):
    main, other = office.opinion(), office.opinion()
    merged(office, other, into=main)
    replying.answer_now(main, "修好了。", "solved", by=office.clerk.pk, at=NOON)
    judging.rate(main, "yes", "yes", at=NOON + DAY)
    sorting.split(other, by=office.clerk.pk, at=NOON + DAY)
    assert (case_of(main).ending, case_of(other).waits_for) == ("judged", "office")
    assert not Rating.objects.filter(voice_id=other.pk).exists()


def test_a_merged_author_withdraws_and_is_counted_and_asked_no_more(office):
    main, other = office.opinion(), office.opinion(phone="13800001234")
    merged(office, other, into=main)
    replying.answer_now(main, "修好了。", "solved", by=office.clerk.pk, at=NOON)
    judging.rate(main, "yes", "yes", at=NOON + DAY)
    telling.withdraw(other, at=NOON + DAY)
    assert (case_of(main).voices, case_of(main).ending) == (1, "judged")
    with pytest.raises(Gone):
        sorting.split(other, by=office.clerk.pk, at=NOON + DAY)


def test_where_the_main_author_withdraws_the_matter_goes_on_for_the_others(office):
    (main, lead), other = handed(office), office.opinion()
    merged(office, other, into=main)
    telling.withdraw(main, at=NOON)
    assert (case_of(main).stage, case_of(main).voices, running(main).role) == ("handling", 1, "lead")
    reply(office, lead, NOON + DAY)
    judging.rate(other, "yes", "yes", at=NOON + 2 * DAY)
    assert case_of(main).ending == "judged"


def test_where_the_last_of_them_withdraws_nothing_more_is_to_be_done(office):
    (main, _lead), other = handed(office), office.opinion()
    merged(office, other, into=main)
    telling.withdraw(main, at=NOON)
    telling.withdraw(other, at=NOON)
    case = case_of(main)
    assert (case.ending, case.voices, case.waits_for, case.due_on) == ("withdrawn", 0, "", None)
    assert not case.handovers.running().exists()


def test_withdrawing_after_the_end_destroys_and_changes_nothing_else(office):
    opinion = answered(office, phone="13800001234")
    judging.rate(opinion, "yes", "yes", at=NOON + 2 * DAY)
    telling.withdraw(opinion, at=NOON + 3 * DAY)
    opinion.refresh_from_db()
    assert (case_of(opinion).ending, opinion.text, opinion.words()) == ("judged", "", "")
    with pytest.raises(Gone):
        judging.reopen(opinion, "还是不亮", at=NOON + 4 * DAY)


def test_a_promise_of_a_matter_that_was_merged_reopens_the_one_it_was_merged_into(office):
    opinion = answered(office, "later", promise="换灯杆", promised_on=(NOON + 30 * DAY).date())
    judging.reopen(opinion, "等不了", at=NOON + 2 * DAY)
    main = office.opinion()
    sorting.merge(opinion, main, by=office.clerk.pk, at=NOON + 2 * DAY)
    replying.answer_now(main, "修好了。", "solved", by=office.clerk.pk, at=NOON + 3 * DAY)
    judging.lapse_promise(Promise.objects.get(), NOON + 40 * DAY)
    assert (case_of(main).stage, case_of(opinion).ending) == ("accepted", "merged")


def test_a_promise_to_nobody_lapses_and_wakes_nothing(office):
    opinion = answered(office, "later", promise="换灯杆", promised_on=(NOON + 30 * DAY).date())
    telling.withdraw(opinion, at=NOON + 2 * DAY)
    judging.lapse_promise(Promise.objects.get(), NOON + 40 * DAY)
    assert (case_of(opinion).ending, case_of(opinion).rounds.count()) == ("withdrawn", 1)


def test_what_was_never_merged_is_not_split(office):
    with pytest.raises(NotMerged):
        sorting.split(office.opinion(), by=office.clerk.pk, at=NOON)


def test_merging_is_taken_back_within_the_minute_with_all_that_came_along(office):
    first, middle, last = (office.opinion() for _ in range(3))
    merged(office, first, into=middle)
    merged(office, middle, into=last)
    sorting.undo(case_of(middle).steps.get().pk, by=office.clerk.pk, at=NOON + timedelta(seconds=5))
    assert [case_of(one).voices for one in (first, middle, last)] == [1, 2, 1]
    assert (case_of(first).merged_into, case_of(middle).stage) == (case_of(middle), "received")
    assert running(middle).role == "sort"


def test_nothing_is_merged_into_what_has_ended(office):
    main, other = office.opinion(), office.opinion()
    sorting.decline(main, "private", "个人之间的事", by=office.clerk.pk, at=NOON)
    with pytest.raises(NotNow):
        sorting.merge(other, main, by=office.clerk.pk, at=NOON)


# The first author withdraws, and others stay


def left_behind(office):
    """Another voice in a matter that a unit handles, whose first author has withdrawn; and the unit's handover."""
    first = office.opinion(words="小学旁边七盏路灯不亮。")
    other = office.opinion(words="我叫李春生，桥头的路灯也坏了。")
    merged(office, other, into=first)
    handling.hand_to_units(Opinion.objects.with_case().get(pk=first.pk), office.roads, by=office.clerk.pk, at=NOON)
    telling.withdraw(Opinion.objects.with_case().get(pk=first.pk), at=NOON)
    return Opinion.objects.with_case().get(pk=other.pk), running(first, role="lead")


def test_who_is_left_reads_of_one_s_own_matter_alone(office):
    other, lead = left_behind(office)
    with travel(NOON):
        page = Client().post("/follow/", {"code": other.code}, follow=True).content.decode()
    assert "交通运输局" in page
    assert "还有" not in page.partition("谁打开过")[0]
    assert "小学旁边" not in page
    assert "撤回了" not in page
    reply(office, lead)
    with travel(NOON):
        answered_page = Client().post("/follow/", {"code": other.code}, follow=True).content.decode()
    assert "七盏灯都修好了。" in answered_page
    assert "事情解决了吗" in answered_page


def test_the_unit_goes_on_with_the_words_of_who_is_left(office):
    _other, lead = left_behind(office)
    seen = Seen(Handover.objects.select_related("case__opinion", "case__region__parent").get(pk=lead.pk), NOON.date())
    assert "桥头的路灯也坏了" in seen.text
    assert "李春生" not in seen.text + seen.title
    assert seen.title != seen.case.number


def outcome(opinion):
    case = case_of(opinion)
    return case.outcome, case.outcome_by


def test_what_became_of_a_matter_is_what_its_author_says_or_who_speaks_after_them(office):
    (main, lead), other, third = handed(office), office.opinion(), office.opinion()
    for one in (other, third):
        merged(office, one, into=main)
    reply(office, lead, NOON + DAY)
    judging.rate(third, "no", "partly", at=NOON + 2 * DAY)
    assert outcome(main) == ("solved", "unit")
    telling.withdraw(main, at=NOON + 2 * DAY)
    judging.rate(other, "no", "no", at=NOON + 2 * DAY)
    assert outcome(main) == ("unsolved", "resident")


@pytest.mark.parametrize("is_taken", [True, False])
def test_what_is_split_off_is_as_far_as_it_was_and_no_further(office, is_taken):
    main, other = office.opinion(), office.opinion(words="是另外一条路的灯。")
    if is_taken:
        sorting.accept(other, by=office.clerk.pk, at=NOON)
    sorting.merge(other, main, by=office.clerk.pk, at=NOON)
    sorting.split(other, by=office.clerk.pk, at=NOON + DAY)
    case = case_of(other)
    assert (case.stage, running(other).role) == (("accepted", "assign") if is_taken else ("received", "sort"))
    assert Opinion.objects.get(pk=other.pk).is_public == is_taken

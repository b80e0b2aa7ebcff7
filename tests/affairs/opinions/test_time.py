"""Days pass, and each does what it should once: lapse, end, go on, tell of lateness, hand back, erase."""

from datetime import date, timedelta

import pytest

from lianxin.affairs.opinions import times
from lianxin.affairs.opinions.actions import handling, judging, sorting
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases import jobs
from lianxin.ground.cases.errors import NotNow
from lianxin.ground.cases.models import Case, Promise, Step
from lianxin.ground.core.clock import travel as travelled
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Unit
from lianxin.ground.vault.models import Identity
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.working import DAY, accepted, answered, case_of, handed, kinds_of, running

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
EVERY = (jobs.tell_late, jobs.lapse, jobs.end_judging, jobs.hand_back, times.go_on, times.erase_old)


def on(moment, job):
    with travelled(moment):
        return job(moment)


def rest_of_the_night(moment):
    """What every job does on a second run."""
    return {on(moment, job) for job in EVERY}


def test_a_promise_lapses_on_the_day_after_its_own_and_once(office):
    opinion = answered(office, "later", promise="换灯杆", promised_on=date(2026, 6, 30))
    judging.rate(opinion, "yes", "partly", at=NOON + 2 * DAY)
    eve = NOON.replace(month=6, day=30)
    assert [on(eve, jobs.lapse), on(eve + DAY, jobs.lapse), on(eve + DAY, jobs.lapse)] == ["0", "1", "0"]
    assert (case_of(opinion).waits_for, case_of(opinion).current_round().cause) == ("office", "lapsed")


def test_the_days_for_rating_end_once_and_silence_is_never_satisfied(office):
    silent, spoken = answered(office), answered(office)
    other = office.opinion()
    sorting.merge(other, spoken, by=office.clerk.pk, at=NOON + DAY)
    judging.rate(spoken, "no", "no", at=NOON + 2 * DAY)
    last = NOON + DAY + 14 * DAY
    assert [on(last, jobs.end_judging), on(last + DAY, jobs.end_judging), on(last + DAY, jobs.end_judging)] == [
        "0",
        "2",
        "0",
    ]
    assert (case_of(silent).ending, case_of(spoken).ending) == ("unjudged", "judged")
    assert case_of(silent).outcome_by == "unit"


def test_clocks_run_on_when_the_author_does_not_answer(office):
    opinion = office.opinion()
    sorting.ask_more(opinion, "哪条路？", by=office.clerk.pk, at=NOON)
    last = NOON + 14 * DAY
    assert [on(last, times.go_on), on(last + DAY, times.go_on), on(last + DAY, times.go_on)] == ["0", "1", "0"]
    assert (case_of(opinion).waits_for, case_of(opinion).due_on > (last + DAY).date()) == ("office", True)


def test_each_line_is_told_once_and_lies_where_the_preset_says(office):
    opinion, lead = handed(office)
    due = lead.due_on
    late, before, after = (NOON + ((due - NOON.date()).days + n) * DAY for n in (1, 20, 21))
    told = [on(at, jobs.tell_late) for at in (late - DAY, late, late, before, after, after)]
    assert told == ["0", "1", "0", "0", "1", "0"]
    lines = Event.objects.about("opinion", opinion.pk).filter(kind="opinions.late").order_by("recorded_at", "id")
    assert [event.facts["line"] for event in lines] == ["late", "long_late"]


def test_what_a_closed_unit_held_goes_back_once(office):
    opinion, _lead = handed(office)
    Unit.objects.filter(pk=office.roads.pk).update(ends_on=NOON.date())
    assert [on(NOON, jobs.hand_back), on(NOON + DAY, jobs.hand_back), on(NOON + DAY, jobs.hand_back)] == ["0", "1", "0"]
    assert (running(opinion).role, case_of(opinion).returns) == ("assign", 0)


def test_names_and_words_are_kept_as_long_as_the_preset_says_and_no_longer(office):
    opinion = office.opinion(phone="13800001234")
    sorting.decline(opinion, "private", "个人之间的事", by=office.clerk.pk, at=NOON)
    year = NOON.replace(year=2027)
    assert times.due_for_erasing(year) == ([], [])
    assert times.due_for_erasing(year + DAY) == ([opinion], [])
    assert [on(year + DAY, times.erase_old), on(year + DAY, times.erase_old)] == ["1+0", "0+0"]
    assert not Identity.objects.exists()
    assert Opinion.objects.get().text
    two = NOON.replace(year=2028) + DAY
    assert [on(two, times.erase_old), on(two, times.erase_old)] == ["0+1", "0+0"]
    assert (Opinion.objects.get().text, kinds_of(opinion)[-1]) == ("", "opinions.erased")


def test_who_was_merged_is_reachable_until_the_matter_itself_has_ended(office):
    (main, _lead), other = handed(office), office.opinion(phone="13800001234")
    sorting.merge(other, main, by=office.clerk.pk, at=NOON)
    long_after = NOON.replace(year=2030)
    assert times.due_for_erasing(long_after) == ([], [])
    handling.take_back(running(main), "没有人办", by=office.clerk.pk, at=long_after)
    sorting.decline(main, "elsewhere", "不归本地管", by=office.clerk.pk, at=long_after)
    identities, words = times.due_for_erasing(long_after.replace(year=2033))
    assert (identities, set(words)) == ([other], {main, other})


def test_a_promise_that_stands_keeps_the_author_reachable(office):
    opinion = answered(office, "later", promise="修路", promised_on=date(2029, 1, 1), phone="13800001234")
    judging.rate(opinion, "yes", "partly", at=NOON + 2 * DAY)
    assert times.due_for_erasing(NOON.replace(year=2028)) == ([], [])
    Promise.objects.update(kept_at=NOON)
    assert times.due_for_erasing(NOON.replace(year=2028, month=4)) == ([opinion], [opinion])


def test_run_a_second_time_no_job_does_anything(office):
    handed(office), answered(office), office.opinion(mandate=office.mandate)
    sorting.ask_more(accepted(office), "哪条路？", by=office.clerk.pk, at=NOON)
    answered(office, "later", promise="换灯杆", promised_on=date(2026, 4, 1))
    for days in (3, 20, 40, 400, 800):
        moment = NOON + days * DAY
        for job in EVERY:
            on(moment, job)
        assert rest_of_the_night(moment) <= {"0", "0+0"}


def test_one_that_somebody_acts_on_in_that_moment_keeps_no_other_from_its_turn(office, monkeypatch):
    first, second = answered(office), answered(office)
    whole = judging.end_unjudged

    def overtaken(case, at):
        if case.pk == first.case_id:
            raise NotNow(case)
        whole(case, at)

    from dataclasses import replace

    from lianxin.ground.cases import registry

    monkeypatch.setitem(registry._kinds, "opinion", replace(registry._kinds["opinion"], over=overtaken))
    assert on(NOON + 20 * DAY, jobs.end_judging) == "1"
    assert (case_of(first).has_ended, case_of(second).ending) == (False, "unjudged")


def test_a_job_that_is_cut_short_does_the_rest_next_time(office, monkeypatch):
    matters = [answered(office) for _ in range(3)]
    whole, left = judging.end_unjudged, [1]

    def cut_short(case, at):
        if not left:
            raise KeyboardInterrupt
        left.pop()
        whole(case, at)

    from dataclasses import replace

    from lianxin.ground.cases import registry

    kind = registry._kinds["opinion"]
    with monkeypatch.context() as patched:
        patched.setitem(registry._kinds, "opinion", replace(kind, over=cut_short))
        with pytest.raises(KeyboardInterrupt):
            on(NOON + 20 * DAY, jobs.end_judging)
    assert sum(case_of(one).has_ended for one in matters) == 1
    assert on(NOON + 20 * DAY, jobs.end_judging) == "2"
    assert Event.objects.filter(kind="opinions.unjudged").count() == Case.objects.filter(ending="unjudged").count() == 3


def test_steps_that_can_be_taken_back_no_more_go(office):
    accepted(office)
    assert [on(NOON + timedelta(seconds=s), jobs.tidy) for s in (60, 61, 62)] == ["0", "1", "0"]
    assert not Step.objects.exists()

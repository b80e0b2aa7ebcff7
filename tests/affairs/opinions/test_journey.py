"""One opinion from the telling to the rating, and back for a second round."""

from datetime import date, timedelta

import pytest

from lianxin.affairs.opinions.actions import handling, judging, replying, sorting, telling
from lianxin.affairs.opinions.errors import NothingSaid, PrivacyFirst, ReopenedOnce
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases.errors import ChangedMeanwhile, NotHeld, NothingToUndo, NotNow
from lianxin.ground.cases.models import Case, Handover, Rating, Reply
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from tests.affairs.opinions.builders import LAMPS, NOON
from tests.affairs.stations.builders import make_station

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
DAY = timedelta(days=1)


def case_of(opinion):
    return Case.objects.get(pk=opinion.case_id)


def running(opinion, **facts):
    return Handover.objects.running().get(case=opinion.case_id, **facts)


def kinds_of(opinion):
    return list(Event.objects.about("opinion", opinion.pk).order_by("recorded_at", "id").values_list("kind", flat=True))


def handed(office, **facts):
    opinion = office.opinion(**facts)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    return opinion, running(opinion, role="lead")


def answered(office, means="solved", **facts):
    opinion, lead = handed(office)
    draft = replying.draft(lead, by=office.clerk.pk, at=NOON, text="七盏灯都修好了。", outcome=means, **facts)
    replying.approve(lead, by=office.clerk.pk, at=NOON, edition=draft.edition)
    replying.send(lead, by=office.clerk.pk, at=NOON + DAY)
    return opinion


def test_an_opinion_lies_with_the_office_and_has_a_clock(office):
    opinion = office.opinion()
    case = case_of(opinion)
    assert (case.stage, case.waits_for, case.due_on) == ("received", "office", date(2026, 3, 13))
    assert opinion.words() == LAMPS
    assert case.number.endswith("-2603-0001")


def test_sent_twice_it_is_one(office):
    id = new_id()
    first = office.opinion(id=id)
    second = office.opinion(id=id, words="别的话")
    assert first == second
    assert (Opinion.objects.count(), second.code) == (1, first.code)
    assert Event.objects.filter(kind="opinions.told").count() == 1


def test_nothing_is_no_opinion(office):
    with pytest.raises(NothingSaid):
        office.opinion(words=" \u3000\u200b\n")


def test_it_goes_through_units_and_is_judged(office):
    opinion = answered(office)
    case = case_of(opinion)
    assert (case.stage, case.waits_for, case.outcome, case.outcome_by) == ("answered", "judging", "solved", "unit")
    judging.rate(opinion, "yes", "no", at=NOON + 2 * DAY)
    case.refresh_from_db()
    assert (case.stage, case.ending, case.outcome, case.outcome_by) == ("ended", "judged", "unsolved", "resident")


def test_who_says_it_is_not_solved_gets_a_second_round_once(office):
    opinion = answered(office)
    judging.reopen(opinion, "第三盏还是不亮", at=NOON + 2 * DAY)
    case = case_of(opinion)
    assert (case.stage, case.waits_for, case.rounds.count()) == ("accepted", "office", 2)
    assert Reply.objects.get(case=case).round.number == 1
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON + 3 * DAY)
    lead = running(opinion, role="lead")
    draft = replying.draft(lead, by=office.clerk.pk, at=NOON, text="换了灯头。", outcome="solved")
    replying.approve(lead, by=office.clerk.pk, at=NOON, edition=draft.edition)
    replying.send(lead, by=office.clerk.pk, at=NOON + 4 * DAY)
    with pytest.raises(ReopenedOnce):
        judging.reopen(opinion, "还是不亮", at=NOON + 5 * DAY)


def test_a_returned_matter_is_counted_and_lies_with_the_office(office):
    opinion, lead = handed(office)
    handling.ask_return(lead, "这段归公路段管", by=office.clerk.pk, at=NOON + DAY)
    assert case_of(opinion).is_returned
    handling.agree_to_return(lead, by=office.clerk.pk, at=NOON + DAY)
    case = case_of(opinion)
    assert (case.returns, case.waits_for, case.is_returned) == (1, "office", True)
    handling.hand_to_units(opinion, office.housing, by=office.clerk.pk, at=NOON + DAY)
    assert not case_of(opinion).is_returned


def test_a_promise_that_lapses_reopens_the_matter(office):
    opinion = answered(office, "later", promise="换灯杆", promised_on=date(2026, 6, 30))
    promise = case_of(opinion).promises.get()
    judging.lapse_promise(promise, NOON + timedelta(days=120))
    case = case_of(opinion)
    assert (case.stage, case.rounds.count()) == ("accepted", 2)
    judging.lapse_promise(promise, NOON + timedelta(days=121))
    assert case_of(opinion).rounds.count() == 2


def test_asking_for_more_holds_the_clock(office):
    opinion = office.opinion()
    sorting.ask_more(opinion, "是哪个村？", by=office.clerk.pk, at=NOON)
    case = case_of(opinion)
    assert (case.waits_for, case.due_on) == ("author", None)
    telling.add(opinion, "柳溪村三组", at=NOON + 3 * DAY)
    assert case_of(opinion).due_on == date(2026, 3, 17)


def test_a_step_is_taken_back_within_the_minute(office):
    opinion = office.opinion()
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    step = case_of(opinion).steps.get()
    sorting.undo(step.pk, by=office.clerk.pk, at=NOON + timedelta(seconds=9))
    case = case_of(opinion)
    assert (case.stage, case.waits_for) == ("received", "office")
    assert running(opinion).role == "sort"
    assert not Opinion.objects.get(pk=opinion.pk).is_public
    with pytest.raises(NothingToUndo):
        sorting.undo(step.pk, by=office.clerk.pk, at=NOON)


def test_what_gives_people_away_is_looked_at_before_it_goes_further(office):
    opinion = office.opinion(words="我叫王秀兰，电话13800001234，路灯不亮。")
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    with pytest.raises(PrivacyFirst):
        handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    assert sorting.redact(opinion, ["王秀兰", "13800001234"], "姓名和电话", by=office.clerk.pk, at=NOON) == 2
    opinion.refresh_from_db()
    assert "王秀兰" not in opinion.text
    assert "王秀兰" in opinion.words()
    assert opinion.is_public
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)


def test_whoever_read_an_old_page_is_told(office):
    opinion = office.opinion()
    sorting.accept(opinion, by=office.clerk.pk, at=NOON, edition=0)
    with pytest.raises(ChangedMeanwhile):
        sorting.decline(opinion, "private", "个人之间的事", by=office.clerk.pk, at=NOON, edition=0)


def test_of_two_replies_the_second_is_told_that_it_is_done(office):
    opinion, lead = handed(office)
    draft = replying.draft(lead, by=office.clerk.pk, at=NOON, text="修好了。", outcome="solved")
    replying.approve(lead, by=office.clerk.pk, at=NOON, edition=draft.edition)
    replying.send(lead, by=office.clerk.pk, at=NOON)
    with pytest.raises(NotHeld):
        replying.send(lead, by=office.clerk.pk, at=NOON)
    assert kinds_of(opinion).count("opinions.replied") == 1


def test_merged_authors_keep_code_text_and_answer(office):
    main, other = office.opinion(), office.opinion(words="我们村小学旁边路灯坏了好几盏。")
    sorting.merge(other, main, by=office.clerk.pk, at=NOON)
    assert case_of(main).voices == 2
    with pytest.raises(NotNow):
        sorting.accept(other, by=office.clerk.pk, at=NOON)
    sorting.accept(main, by=office.clerk.pk, at=NOON)
    replying.answer_now(main, "已经修好。", "solved", by=office.clerk.pk, at=NOON)
    assert set(Rating.objects.filter(wave=1).values_list("voice_id", flat=True)) == {main.pk, other.pk}
    judging.rate(other, "no", "no", at=NOON + DAY)
    assert case_of(main).stage == "answered"
    judging.rate(main, "yes", "yes", at=NOON + DAY)
    assert case_of(main).ending == "judged"


def test_a_matter_that_was_merged_can_be_split(office):
    main, other = office.opinion(), office.opinion(words="是另外一条路的灯。")
    sorting.merge(other, main, by=office.clerk.pk, at=NOON)
    sorting.split(other, by=office.clerk.pk, at=NOON)
    assert (case_of(main).voices, case_of(other).waits_for) == (1, "office")


def test_withdrawing_takes_name_and_words_away(office):
    opinion = office.opinion(phone="13800001234", name="王秀兰")
    telling.withdraw(opinion, at=NOON)
    opinion.refresh_from_db()
    assert (opinion.text, opinion.title, opinion.words()) == ("", "", "")
    assert case_of(opinion).ending == "withdrawn"


def test_a_deputy_answers_takes_up_and_passes_on(office):
    opinion = office.opinion(mandate=office.mandate)
    own = running(opinion)
    assert (own.role, case_of(opinion).waits_for) == ("answer", "deputy")
    handling.take_up(own, by=office.clerk.pk, at=NOON)
    handling.pass_on(running(opinion), "要部门来办", by=office.clerk.pk, at=NOON)
    assert case_of(opinion).waits_for == "office"
    handling.hand_to_deputy(opinion, office.mandate, by=office.clerk.pk, at=NOON)
    replying.answer_as_deputy(running(opinion), "问过交通局，说下月修。", by=office.clerk.pk, at=NOON)
    assert (case_of(opinion).outcome, case_of(opinion).outcome_by) == ("explained", "deputy")


def test_what_is_left_at_a_deputys_household_is_answered_by_the_deputy_in_three_days(office):
    """D3: a household's deputy answers a message left on line within three days."""
    household = make_station(office.village, office.congress, kind="residence_household")
    household.post(office.mandate, on=date(2026, 1, 1), by=None, at=NOON)
    opinion = office.opinion(station=household)
    own = running(opinion)
    assert (own.role, own.party_id, own.span, own.due_on) == ("answer", office.mandate.pk, "3天", date(2026, 3, 13))


@pytest.mark.parametrize("title", ["）", "…… ", "？！"])
def test_a_title_that_cannot_be_read_is_taken_from_the_words(office, title):
    assert office.opinion(title=title, words="河堤栏杆断了两截，很危险。").title == "河堤栏杆断了两截"


def test_a_title_passes_over_what_gives_its_author_away(office):
    opinion = office.opinion(words="我叫王秀兰，电话13800001234，去小学的路上路灯都不亮。")
    assert opinion.title == "去小学的路上路灯都不亮"
    assert office.opinion(words="我叫王秀兰").title == "我叫王秀兰"

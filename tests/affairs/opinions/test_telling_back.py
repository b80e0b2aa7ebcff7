"""Residents are told what becomes of their matter: by the verbs, once, a minute later, and never when it was taken back."""

from datetime import timedelta

import pytest

from lianxin.affairs.opinions import links, times
from lianxin.affairs.opinions.actions import handling, judging, replying, sorting, telling
from lianxin.affairs.opinions.errors import Gone
from lianxin.ground.cases.models import Case, Handover, Rating
from lianxin.ground.core.events import Ref
from lianxin.ground.core.models import EventText
from lianxin.ground.documents.models import File
from lianxin.ground.messages import actions as messages
from lianxin.ground.messages.models import Outgoing, Reach
from lianxin.ground.vault.models import Identity
from tests.affairs.opinions.builders import NOON
from tests.ground.documents.builders import make_file

DAY = timedelta(days=1)


@pytest.fixture
def mail(settings):
    """A platform that sends mail."""
    settings.SENDS_MAIL = True


def reached(office, **facts):
    """An opinion whose author wants to be told by mail."""
    opinion = office.opinion(phone="13800001234", email="wang@resident.example", name="王秀兰", **facts)
    messages.choose(opinion.pk, "email", by=None, at=NOON)
    return opinion


def told(opinion):
    return list(Outgoing.objects.filter(voice_id=opinion.pk).order_by("said_at", "pk").values_list("text", flat=True))


def answer(office, opinion, outcome="solved", at=NOON, **facts):
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=at)
    lead = Handover.objects.running().get(case=opinion.case_id, role="lead")
    draft = replying.draft(lead, by=office.clerk.pk, at=at, text="七盏灯都修好了。", outcome=outcome, **facts)
    replying.approve(lead, by=office.clerk.pk, at=at, edition=draft.edition)
    replying.send(lead, by=office.clerk.pk, at=at)


def test_each_step_that_concerns_the_author_is_one_line(office, mail):
    opinion = reached(office)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    answer(office, opinion, at=NOON + DAY)
    assert [text.partition("）：")[2] for text in told(opinion)] == [
        "收下了，3月13日前告诉您交给谁办。",
        "交给交通运输局办，4月1日前答复。",
        "交通运输局答复了。请您看一看，再告诉我们：解决了没有，满意不满意。",
    ]


def test_a_line_says_when_and_which_and_nothing_of_the_person_or_the_matter(office, mail):
    opinion = reached(office)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    [text] = told(opinion)
    assert text.startswith(f"您3月10日反映的事（{opinion.case.number}）")
    assert all(private not in text for private in ("王秀兰", "1380000", "路灯", opinion.code))


def test_who_chose_no_way_is_told_nothing(office, mail):
    opinion = office.opinion(phone="13800001234")
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    assert told(opinion) == []


def test_what_is_taken_back_is_told_to_nobody(office, mail):
    opinion = reached(office)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    step = Case.objects.get(pk=opinion.case_id).steps.get()
    sorting.undo(step.pk, by=office.clerk.pk, at=NOON + timedelta(seconds=9))
    assert told(opinion) == []


def test_a_refused_verb_tells_nothing(office, mail):
    opinion = reached(office)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    with pytest.raises(Exception, match="有了变化"):
        sorting.decline(opinion, "private", "私事", by=office.clerk.pk, at=NOON, edition=0)
    assert len(told(opinion)) == 1


def test_everybody_merged_hears_the_answer(office, mail):
    main, other = reached(office), reached(office, words="学校旁边的灯坏了。")
    sorting.merge(other, main, by=office.clerk.pk, at=NOON)
    sorting.accept(main, by=office.clerk.pk, at=NOON)
    replying.answer_now(main, "修好了。", "solved", by=office.clerk.pk, at=NOON)
    assert "并在一起办" in told(other)[0]
    assert "答复了" in told(other)[-1]
    assert other.case.number in told(other)[-1]
    assert len(told(main)) == 2


def test_declining_and_asking_for_more_are_told_without_the_words(office, mail):
    asked, declined = reached(office), reached(office)
    sorting.ask_more(asked, "您家住几组？", by=office.clerk.pk, at=NOON)
    sorting.decline(declined, "private", "是你们两家的事", by=office.clerk.pk, at=NOON)
    assert "请您3月24日前补充" in told(asked)[0]
    assert "几组" not in told(asked)[0]
    assert "没有收" in told(declined)[0]
    assert "两家" not in told(declined)[0]


def test_a_lapsed_promise_and_a_reopening_are_told(office, mail):
    opinion = reached(office)
    answer(office, opinion, "later", promise="换灯杆", promised_on=(NOON + 30 * DAY).date())
    judging.lapse_promise(opinion.case.promises.get(), NOON + 40 * DAY)
    assert "没有做到" in told(opinion)[-1]


def test_some_weeks_later_everybody_is_asked_once_more_and_once_only(office, mail, travel):
    opinion = reached(office)
    answer(office, opinion)
    asked = Rating.objects.get(voice_id=opinion.pk, wave=2)
    travel(asked.asked_at - DAY)
    times.ask_again(NOON)
    assert not any("再说一次" in text for text in told(opinion))
    travel(asked.asked_at + timedelta(hours=9))
    times.ask_again(NOON)
    times.ask_again(NOON)
    assert sum("再说一次" in text for text in told(opinion)) == 1


def test_who_said_it_already_is_not_asked_again(office, mail, travel):
    opinion = reached(office)
    answer(office, opinion)
    later = Rating.objects.get(voice_id=opinion.pk, wave=2)
    judging.rate(opinion, "yes", "yes", at=NOON + DAY)
    judging.rate(opinion, "yes", "no", at=later.asked_at + DAY)
    travel(later.asked_at + 2 * DAY)
    times.ask_again(NOON)
    assert not any("再说一次" in text for text in told(opinion))


def test_a_link_opens_its_own_opinion_until_the_code_is_issued_anew(office):
    opinion, other = office.opinion(), office.opinion()
    token = links.token_of(opinion)
    assert links.opinion_of(token) == opinion
    assert links.opinion_of(links.token_of(other)) == other
    telling.reissue_code(opinion, by=office.clerk.pk, at=NOON)
    assert links.opinion_of(token) is None


@pytest.mark.parametrize("token", ["", "x", "a.b:c:d", "\0", "…" * 90])
def test_what_is_no_link_of_ours_opens_nothing(office, token):
    assert links.opinion_of(token) is None


def test_withdrawing_destroys_words_files_name_and_way_of_telling(office, mail):
    opinion = reached(office)
    file = make_file(owner=Ref("opinion", opinion.pk))
    answer(office, opinion)
    judging.reopen(opinion, "我家门口那盏还是不亮", at=NOON + DAY)
    telling.withdraw(opinion, at=NOON + DAY)
    assert not EventText.objects.filter(event__subject_id=opinion.pk, name__in=["words", "reason"]).exists()
    assert not File.objects.filter(pk=file.pk).exists()
    assert not Identity.objects.filter(voice_id=opinion.pk).exists()
    assert not Reach.objects.filter(voice_id=opinion.pk).exists()
    assert not Outgoing.objects.waiting().filter(voice_id=opinion.pk).exists()
    with pytest.raises(Gone):
        telling.withdraw(opinion, at=NOON + DAY)


def test_who_withdraws_leaves_the_matter_to_those_who_said_the_same(office):
    main, other = office.opinion(), office.opinion(words="学校旁边的灯坏了。")
    sorting.merge(other, main, by=office.clerk.pk, at=NOON)
    telling.withdraw(main, at=NOON)
    case = Case.objects.get(pk=main.case_id)
    assert (case.ending, case.voices) == ("", 1)
    sorting.accept(main, by=office.clerk.pk, at=NOON)
    replying.answer_now(main, "修好了。", "solved", by=office.clerk.pk, at=NOON)
    assert set(Rating.objects.values_list("voice_id", flat=True)) == {other.pk}


def test_one_who_was_merged_can_withdraw_and_add(office):
    main, other = office.opinion(), office.opinion(words="学校旁边的灯坏了。")
    sorting.merge(other, main, by=office.clerk.pk, at=NOON)
    other.refresh_from_db()
    telling.add(other, "是东边那一排", at=NOON)
    telling.withdraw(other, at=NOON)
    assert Case.objects.get(pk=main.case_id).voices == 1
    assert Case.objects.get(pk=other.case_id).ending == "merged"

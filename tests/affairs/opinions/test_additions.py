"""What an author says later is looked at, hidden, found and destroyed like what was told first."""

from datetime import timedelta

import pytest

from lianxin.affairs.opinions import search
from lianxin.affairs.opinions.actions import judging, sorting, telling
from lianxin.affairs.opinions.errors import NothingFound
from lianxin.affairs.opinions.models import Addition, Opinion
from lianxin.affairs.opinions.seen import Seen
from lianxin.ground.access.models import Grant
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import day_of, travel
from lianxin.ground.core.models import EventText
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.working import DAY, accepted, answered, case_of, handed, running
from tests.ground.access.builders import make_grant

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
LATER = "我叫王秀兰，坏的是桥头那三盏。"
SAY = {"added": telling.add, "corrected": telling.correct, "reopened": judging.reopen}


@pytest.fixture(autouse=True)
def _the_next_day():
    with travel(NOON + DAY):
        yield


def said_later(office, how, words=LATER):
    opinion = answered(office) if how == "reopened" else accepted(office)
    SAY[how](opinion, words, at=NOON + DAY)
    return opinion


def hide(office, opinion, *words, at=NOON + DAY):
    return sorting.redact(opinion, words, "姓名", by=office.clerk.pk, at=at)


def fresh(opinion):
    return Opinion.objects.with_case().get(pk=opinion.pk)


def found(words):
    return [one.pk for one in search.find(words, Opinion.objects.all()).rows]


def as_the_unit_reads(lead):
    one = Handover.objects.select_related("case__opinion", "case__region__parent").get(pk=lead.pk)
    return " ".join(step.words for step in Seen(one, day_of(NOON)).steps)


@pytest.mark.parametrize("how", SAY)
def test_it_is_looked_at_before_anything_of_the_matter_is_public(office, how):
    opinion = said_later(office, how)
    assert (fresh(opinion).privacy, fresh(opinion).is_public) == ("found", False)
    assert found("桥头") == [opinion.pk]


@pytest.mark.parametrize("how", SAY)
def test_its_words_are_hidden_and_kept_as_they_were_written(office, how):
    opinion = said_later(office, how)
    assert hide(office, opinion, "王秀兰") == 1
    added = opinion.additions.get()
    assert added.text == LATER.replace("王秀兰", sorting.HIDDEN)
    assert added.words() == LATER
    assert (found("秀兰"), found("桥头")) == ([], [opinion.pk])
    assert (fresh(opinion).is_redacted, fresh(opinion).privacy) == (True, "seen")


def test_words_are_hidden_wherever_they_stand(office):
    opinion = office.opinion(words="王秀兰家门口的路灯坏了。")
    telling.add(opinion, "王秀兰说修过，又坏了。", at=NOON)
    telling.correct(opinion, "是隔壁，不是王秀兰家。", at=NOON)
    assert hide(office, opinion, "王秀兰") == 3
    with pytest.raises(NothingFound):
        hide(office, opinion, "张三")


def test_hiding_is_taken_back_in_what_was_added_too(office):
    opinion = said_later(office, "added")
    hide(office, opinion, "王秀兰")
    sorting.undo(case_of(opinion).steps.latest("taken_at").pk, by=office.clerk.pk, at=NOON + DAY + timedelta(seconds=9))
    assert opinion.additions.get().text == LATER
    assert found("秀兰") == [opinion.pk]


def test_a_unit_reads_what_hiding_left_and_before_somebody_looked_what_is_surely_nobody_s(office):
    opinion, lead = handed(office)
    telling.add(opinion, LATER, at=NOON)
    assert "王秀兰" not in as_the_unit_reads(lead)
    hide(office, opinion, "桥头")
    read = as_the_unit_reads(lead)
    assert "桥头" not in read
    assert "王秀兰" in read  # somebody has looked, and let it stand


def test_what_was_added_leaves_everything_with_the_rest(office):
    opinion = said_later(office, "added")
    telling.withdraw(fresh(opinion), at=NOON + DAY)
    assert not Addition.objects.exists()
    assert not EventText.objects.filter(text__contains="桥头").exists()
    assert found("桥头") == []


def test_the_index_is_rebuilt_with_what_was_added(office):
    opinion = said_later(office, "added")
    search.rebuild()
    assert found("桥头 路灯") == [opinion.pk]


def test_the_desk_offers_to_hide_it_and_compares(office, client):
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    client.force_login(office.clerk)
    opinion = said_later(office, "added")
    page = client.get(f"{opinion.get_absolute_url()}redact/").content.decode()
    assert "王秀兰（姓名）" in page
    said = {"found": ["王秀兰"], "words": "", "reason": "姓名", "edition": case_of(opinion).edition}
    seen = client.post(f"{opinion.get_absolute_url()}redact/", said | {"preview": "1"}).content.decode()
    assert f"我叫{sorting.HIDDEN}，坏的是桥头" in seen
    client.post(f"{opinion.get_absolute_url()}redact/", said)
    assert "王秀兰" not in client.get(opinion.get_absolute_url()).content.decode()
    compared = client.get(f"{opinion.get_absolute_url()}?words=1").content.decode()
    assert "<del>王秀兰</del>" in compared


def test_a_lead_hears_what_was_added_while_it_works(office):
    opinion, _lead = handed(office)
    telling.add(opinion, "还有一盏在晃。", at=NOON)
    assert "还有一盏在晃。" in as_the_unit_reads(running(opinion, role="lead"))


@pytest.mark.parametrize("say", [telling.add, telling.correct])
def test_what_is_sent_again_because_no_answer_came_is_said_once(office, say):
    opinion = office.opinion()
    for seconds in (0, 5):
        say(opinion, "还有一盏在晃。", at=NOON + timedelta(seconds=seconds))
    assert opinion.additions.count() == 1
    say(opinion, "还有一盏在晃。", at=NOON + DAY)
    assert opinion.additions.count() == 2


def test_who_is_asked_again_may_answer_the_same(office):
    opinion = office.opinion()
    for seconds in (0, 60):
        sorting.ask_more(fresh(opinion), "几盏？", by=office.clerk.pk, at=NOON + timedelta(seconds=seconds))
        telling.add(fresh(opinion), "三盏。", at=NOON + timedelta(seconds=seconds + 30))
    assert opinion.additions.count() == 2
    assert case_of(opinion).waits_for == "office"


def test_what_somebody_hid_meanwhile_stays_hidden(office):
    opinion = said_later(office, "added", words="我叫王秀兰，电话13800001234。")
    read_before = Opinion.objects.with_case().prefetch_related("additions").get(pk=opinion.pk)
    hide(office, fresh(opinion), "王秀兰")
    hide(office, read_before, "13800001234")
    assert Addition.objects.get().text == "我叫▇▇▇，电话▇▇▇。"

"""What units and deputies do with drafts, promises and matters they took up."""

from datetime import date, timedelta

import pytest

from lianxin.affairs.opinions.actions import handling, judging, replying
from lianxin.affairs.opinions.errors import TakenUpAlready
from lianxin.ground.cases import clocks
from lianxin.ground.cases.errors import DraftChanged, NoReason, NotHeld, PromiseSettled, ReplyMissing, ReplyNotApproved
from lianxin.ground.cases.models import Reply
from lianxin.ground.core.models import Event
from lianxin.lib.calendars.clocks import Level
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.test_journey import answered, handed, running

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
DAY = timedelta(days=1)


def drafted(office):
    _opinion, lead = handed(office)
    made = replying.draft(lead, by=office.clerk.pk, at=NOON, text="修好了。", outcome="solved")
    replying.ask_approval(lead, by=office.clerk.pk, at=NOON)
    return lead, made


def test_the_head_gives_a_draft_back_with_a_remark(office):
    lead, made = drafted(office)
    replying.send_back_draft(lead, "写明换了几盏", by=office.clerk.pk, at=NOON, edition=made.edition)
    assert Reply.objects.get(handover=lead).asked_at is None
    event = Event.objects.get(kind="opinions.draft_sent_back")
    assert event.texts.get().text == "写明换了几盏"
    with pytest.raises(ReplyNotApproved):
        replying.send(lead, by=office.clerk.pk, at=NOON)


def test_giving_a_draft_back_needs_a_remark_and_the_draft_as_it_was_read(office):
    lead, made = drafted(office)
    with pytest.raises(NoReason):
        replying.send_back_draft(lead, " ", by=office.clerk.pk, at=NOON, edition=made.edition)
    with pytest.raises(DraftChanged):
        replying.send_back_draft(lead, "再写", by=office.clerk.pk, at=NOON, edition=made.edition - 1)
    assert Reply.objects.get(handover=lead).asked_at == NOON


def test_where_there_is_no_draft_none_is_given_back(office):
    _opinion, lead = handed(office)
    with pytest.raises(ReplyMissing):
        replying.send_back_draft(lead, "再写", by=office.clerk.pk, at=NOON, edition=0)


def test_a_draft_is_not_given_back_where_the_matter_lies_no_more(office):
    lead, made = drafted(office)
    handling.take_back(lead, "改由别的单位办", by=office.clerk.pk, at=NOON)
    with pytest.raises(NotHeld):
        replying.send_back_draft(lead, "再写", by=office.clerk.pk, at=NOON, edition=made.edition)


def test_taking_up_twice_does_not_wind_the_clock_anew(office):
    opinion = office.opinion(mandate=office.mandate)
    handling.take_up(running(opinion), by=office.clerk.pk, at=NOON)
    held = running(opinion)
    with pytest.raises(TakenUpAlready):
        handling.take_up(held, by=office.clerk.pk, at=NOON + 30 * DAY)
    assert running(opinion) == held


def test_what_became_of_a_promise_is_said_once(office):
    opinion = answered(office, "later", promise="换灯杆", promised_on=date(2026, 6, 30))
    promise = opinion.case.promises.get()
    judging.keep_promise(promise, "换了十四根", by=office.clerk.pk, at=NOON + DAY)
    with pytest.raises(PromiseSettled):
        judging.keep_promise(promise, "又换了", by=office.clerk.pk, at=NOON + DAY)
    assert Event.objects.filter(kind="opinions.promise_kept").count() == 1


def test_the_clock_of_what_has_ended_says_how_it_ended(office):
    opinion = answered(office)
    lead = opinion.case.handovers.get(role="lead")
    reading = clocks.read(lead, [], date(2026, 12, 1), clocks.NO_LINES)
    assert (reading.level, reading.is_late) == (Level.DONE, False)


def asked_back(lead, office, after):
    handling.ask_return(lead, "不归我们管", by=office.clerk.pk, at=NOON + after)
    lead.refresh_from_db()


def test_who_is_refused_may_ask_again_with_the_same_words_and_one_who_sends_twice_asks_once(office):
    _opinion, lead = handed(office)
    for minute in (0, 2):
        for second in (0, 5):
            asked_back(lead, office, timedelta(minutes=minute, seconds=second))
        handling.refuse_return(lead, "归你们管", by=office.clerk.pk, at=NOON + timedelta(minutes=minute + 1))
        lead.refresh_from_db()
    assert Event.objects.filter(kind="opinions.return_asked").count() == 2


def test_a_draft_asked_for_again_is_given_back_with_the_same_remark(office):
    lead, made = drafted(office)
    for minute in (0, 2):
        for second in (0, 5):
            at = NOON + timedelta(minutes=minute, seconds=second)
            replying.send_back_draft(lead, "再写", by=office.clerk.pk, at=at, edition=made.edition)
        replying.ask_approval(lead, by=office.clerk.pk, at=NOON + timedelta(minutes=minute + 1))
    assert Event.objects.filter(kind="opinions.draft_sent_back").count() == 2


def test_a_note_is_written_once_though_something_was_done_between_its_two_sendings(office):
    _opinion, lead = handed(office)
    for second in (0, 5):
        handling.contact(lead, "电话里约了周三", by=office.clerk.pk, at=NOON + timedelta(seconds=second))
        handling.sign_in(lead, by=office.clerk.pk, at=NOON + timedelta(seconds=second + 1))
        lead.refresh_from_db()
    assert Event.objects.filter(kind="opinions.contacted").count() == 1

"""Whatever is taken back within the minute is as it was before, down to the last column."""

from datetime import date, timedelta

import pytest

from lianxin.affairs.opinions.actions import handling, replying, sorting
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases.errors import NothingToUndo
from lianxin.ground.cases.models import Case, Handover, Pause, Rating, Reply
from lianxin.ground.core.models import Effect, Event
from lianxin.ground.people.models import Region
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.working import accepted, case_of, handed, kinds_of, reply, running
from tests.ground.people.builders import make_congress

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
SOON = NOON + timedelta(seconds=9)
PASSING = {"edition", "changed_at"}


def columns(row, without=PASSING):
    return {name: value for name, value in vars(row).items() if not name.startswith("_") and name not in without}


def state(opinion):
    """Everything that a verb may change of a matter, but what is never taken back."""
    handovers = Handover.objects.running().filter(case=opinion.case_id).order_by("pk")
    return {
        "case": columns(case_of(opinion)),
        "opinion": columns(Opinion.objects.get(pk=opinion.pk)),
        "handovers": [columns(one) for one in handovers],
        "pauses": list(Pause.objects.filter(handover__in=handovers, ended_on__isnull=True).values("handover")),
        "sent": list(Reply.objects.filter(case=opinion.case_id, sent_at__isnull=False).values("pk")),
        "asked": Rating.objects.filter(case=opinion.case_id).count(),
    }


def township_congress(office):
    return make_congress(Region.objects.get(name="石桥镇"), level="township")


DESK = {
    "accept": lambda o, op: sorting.accept(op, by=o.clerk.pk, at=NOON),
    "decline": lambda o, op: sorting.decline(op, "private", "个人之间的事", by=o.clerk.pk, at=NOON),
    "ask_more": lambda o, op: sorting.ask_more(op, "哪条路？", by=o.clerk.pk, at=NOON),
    "place": lambda o, op: sorting.place(
        op, region=o.county, subject="roads", title="路灯", spot="桥头", by=o.clerk.pk, at=NOON
    ),
    "hide": lambda o, op: sorting.hide(op, "写了家里的事", by=o.clerk.pk, at=NOON),
    "see_privacy": lambda o, op: sorting.see_privacy(op, by=o.clerk.pk, at=NOON),
    "redact": lambda o, op: sorting.redact(op, ["小学"], "地点太细", by=o.clerk.pk, at=NOON),
    "list_for_meeting": lambda o, op: sorting.list_for_meeting(op, date(2026, 3, 20), by=o.clerk.pk, at=NOON),
    "pass_up": lambda o, op: sorting.pass_up(op, township_congress(o).pk, by=o.clerk.pk, at=NOON),
    "hand_to_units": lambda o, op: handling.hand_to_units(op, o.roads, [o.housing], by=o.clerk.pk, at=NOON),
    "hand_to_deputy": lambda o, op: handling.hand_to_deputy(op, o.mandate, by=o.clerk.pk, at=NOON),
    "answer_now": lambda o, op: replying.answer_now(op, "修好了。", "solved", by=o.clerk.pk, at=NOON),
}
UNIT = {
    "sign_in": lambda o, h: handling.sign_in(h, by=o.clerk.pk, at=NOON),
    "contact": lambda o, h: handling.contact(h, "请办公室问过了", by=o.clerk.pk, at=NOON),
    "ask_return": lambda o, h: handling.ask_return(h, "归公路段", by=o.clerk.pk, at=NOON),
    "take_back": lambda o, h: handling.take_back(h, "交错了", by=o.clerk.pk, at=NOON),
}


@pytest.mark.parametrize("verb", DESK)
def test_what_the_desk_did_is_taken_back(office, verb):
    opinion = office.opinion()
    was = state(opinion)
    DESK[verb](office, opinion)
    assert state(opinion) != was
    step = case_of(opinion).steps.get()
    sorting.undo(step.pk, by=office.clerk.pk, at=SOON)
    assert state(opinion) == was
    assert Event.objects.filter(effect=Effect.ANNULS, of=step.event_id).count() == 1


@pytest.mark.parametrize("verb", UNIT)
def test_what_was_done_to_a_handover_is_taken_back(office, verb):
    opinion, lead = handed(office)
    was = state(opinion)
    UNIT[verb](office, lead)
    sorting.undo(case_of(opinion).steps.latest("edition").pk, by=office.clerk.pk, at=SOON)
    assert state(opinion) == was


@pytest.mark.parametrize("agreed", [True, False])
def test_what_was_said_to_a_return_is_taken_back(office, agreed):
    opinion, lead = handed(office)
    handling.ask_return(lead, "归公路段", by=office.clerk.pk, at=NOON)
    was = state(opinion)
    if agreed:
        handling.agree_to_return(lead, by=office.clerk.pk, at=NOON)
    else:
        handling.refuse_return(lead, "就归你们", by=office.clerk.pk, at=NOON)
    sorting.undo(case_of(opinion).steps.latest("edition").pk, by=office.clerk.pk, at=SOON)
    assert state(opinion) == was
    assert case_of(opinion).is_returned


def test_a_reply_that_is_taken_back_is_a_draft_again_and_goes_out_once_more(office):
    opinion, lead = handed(office)
    sent = reply(office, lead)
    sorting.undo(case_of(opinion).steps.latest("edition").pk, by=office.clerk.pk, at=SOON)
    sent.refresh_from_db()
    assert (sent.sent_at, sent.means, sent.approved_at is not None) == (None, "", True)
    replying.send(running(opinion, role="lead"), by=office.clerk.pk, at=SOON)
    assert (case_of(opinion).stage, Rating.objects.filter(case=opinion.case_id).count()) == ("answered", 2)


def test_an_answer_of_the_office_that_is_taken_back_can_be_given_anew(office):
    opinion = accepted(office)
    replying.answer_now(opinion, "修好了。", "solved", by=office.clerk.pk, at=NOON)
    sorting.undo(case_of(opinion).steps.latest("edition").pk, by=office.clerk.pk, at=SOON)
    replying.answer_now(opinion, "明天修。", "partly", by=office.clerk.pk, at=SOON)
    assert Reply.objects.get(case=opinion.case_id).text == "明天修。"


def test_an_approval_that_is_taken_back_approves_nothing(office):
    opinion, lead = handed(office)
    draft = replying.draft(lead, by=office.clerk.pk, at=NOON, text="修好了。", outcome="solved")
    replying.approve(lead, by=office.clerk.pk, at=NOON, edition=draft.edition)
    sorting.undo(case_of(opinion).steps.latest("edition").pk, by=office.clerk.pk, at=SOON)
    draft.refresh_from_db()
    assert draft.approved_at is None


def test_a_joint_meeting_can_be_asked_about_and_steps_in_it_taken_back(office):
    opinion = office.opinion()
    sorting.list_for_meeting(opinion, date(2026, 3, 20), by=office.clerk.pk, at=NOON)
    sorting.ask_more(opinion, "哪条路？", by=office.clerk.pk, at=NOON)
    assert (case_of(opinion).waits_for, case_of(opinion).due_on) == ("author", date(2026, 3, 20))
    sorting.undo(case_of(opinion).steps.latest("edition").pk, by=office.clerk.pk, at=SOON)
    assert (case_of(opinion).waits_for, case_of(opinion).due_on) == ("meeting", date(2026, 3, 20))


@pytest.mark.parametrize(("who", "when"), [("other", timedelta(seconds=9)), ("own", timedelta(seconds=61))])
def test_nobody_takes_back_what_another_did_nor_after_the_minute(office, who, when):
    opinion = accepted(office)
    by = office.clerk.pk if who == "own" else office.mandate.pk
    with pytest.raises(NothingToUndo):
        sorting.undo(case_of(opinion).steps.get().pk, by=by, at=NOON + when)
    assert kinds_of(opinion) == ["opinions.told", "opinions.accepted"]


def test_a_split_is_not_taken_back_for_it_can_be_merged_again(office):
    main, other = office.opinion(), office.opinion()
    sorting.merge(other, main, by=office.clerk.pk, at=NOON)
    Case.objects.get(pk=other.case_id).steps.all().delete()
    sorting.split(other, by=office.clerk.pk, at=NOON)
    assert not case_of(other).steps.exists()

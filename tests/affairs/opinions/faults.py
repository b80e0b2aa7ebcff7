"""Ten ways in which the work could go wrong, a line or two each: planted, to prove that walking through it finds them."""

from contextlib import contextmanager
from dataclasses import replace
from unittest import mock

from lianxin.affairs.opinions.actions import judging, replying, sorting, telling
from lianxin.affairs.opinions.doing import Doing
from lianxin.ground.cases import handled, registry, settling, undoing
from lianxin.ground.cases.models import Handover, Pause, Promise, Reply
from lianxin.lib.calendars import Span, Unit


def instead_of(whole, planted, *places):
    """Inside the block `planted(whole, …)` is called where `whole` was."""

    @contextmanager
    def block():
        with mock.patch.multiple(places[0], **{places[1]: lambda *args, **told: planted(whole, *args, **told)}):
            yield

    return block()


def merging_forgets_the_author():
    """Who is merged into an answered matter is never asked how it was."""

    def ask(whole, work, round, voices=None):
        return whole(work, round, []) if voices else whole(work, round)

    return instead_of(judging.ask_to_rate, ask, judging, "ask_to_rate")


def declining_gives_no_reason():
    """It ends, and the record does not say why."""

    def tell(whole, work, kind, **told):
        return whole(work, kind, **told | ({"texts": {}} if kind == "opinions.declined" else {}))

    return instead_of(Doing.tell, tell, Doing, "tell")


def a_second_round_overwrites_the_first_reply():
    def send(whole, work, handover, reply, at):
        earlier = Reply.objects.filter(case=work.case, sent_at__isnull=False).exclude(round=reply.round)
        earlier.update(text=reply.text)
        whole(work, handover, reply, at)

    return instead_of(replying._send, send, replying, "_send")


@contextmanager
def whoever_held_it_once_may_reply():
    """Whether the handover still runs is asked by nobody."""
    running = mock.patch.object(Handover, "is_running", True)
    with running, mock.patch.object(handled, "_still_held"):
        yield


def the_clock_stays_held_when_the_author_has_answered():
    def add(whole, opinion, words, **told):
        held = list(Pause.objects.filter(ended_on=None, handover__ended_at=None).values_list("pk", flat=True))
        whole(opinion, words, **told)
        Pause.objects.filter(pk__in=held).update(ended_on=None)

    return instead_of(telling.add, add, telling, "add")


def those_who_help_go_on_when_the_lead_has_replied():
    def end(whole, case, ending, *, at, roles=()):
        return whole(case, ending, at=at, roles=roles or tuple(set(Handover.Role) - {Handover.Role.CO}))

    return instead_of(settling.end_running, end, settling, "end_running")


def taking_back_leaves_the_handover():
    """The stage goes back, and who holds it does not."""
    return instead_of(undoing._restore_handovers, lambda whole, case, was, at: None, undoing, "_restore_handovers")


def splitting_keeps_the_voices():
    """Voices are counted when matters merge, and not when they part."""

    def recount(whole, case):
        before = case.voices
        whole(case)
        case.voices = max(before, case.voices)

    return instead_of(sorting.voices.recount, recount, sorting.voices, "recount")


@contextmanager
def a_promise_lapses_every_night():
    """That it has lapsed is noted nowhere."""

    def lapsed(promise, at):
        judging.lapse_promise(promise, at)
        Promise.objects.filter(pk=promise.pk).update(lapsed_at=None)

    kind = registry._kinds["opinion"]
    with mock.patch.dict(registry._kinds, {"opinion": replace(kind, lapsed=lapsed)}):
        yield


def clocks_count_plain_days():
    """Working days and days are different units."""

    def parse(whole, text):
        return Span(whole(text).count, Unit.DAY)

    return instead_of(Span.parse, parse, Span, "parse")


FAULTS = (
    merging_forgets_the_author,
    declining_gives_no_reason,
    a_second_round_overwrites_the_first_reply,
    whoever_held_it_once_may_reply,
    the_clock_stays_held_when_the_author_has_answered,
    those_who_help_go_on_when_the_lead_has_replied,
    taking_back_leaves_the_handover,
    splitting_keeps_the_voices,
    a_promise_lapses_every_night,
    clocks_count_plain_days,
)

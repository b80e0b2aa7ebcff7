"""Hypothesis walks through everything that can be done to voices in a small office, beside the slow reference.

Each step is tried whether or not it is allowed. Where the reference says that it is, it must be done, leave one event,
and change rows to what the reference says; where not, it must be refused in words and change nothing.
"""

from contextlib import ExitStack
from datetime import timedelta
from itertools import count

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lianxin.affairs.opinions import times
from lianxin.affairs.opinions.actions import handling, judging, replying, sorting, telling
from lianxin.affairs.opinions.routing import Complaint
from lianxin.ground.cases import jobs
from lianxin.ground.cases.models import Case, Handover, Step
from lianxin.ground.core.clock import travel
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.models import Event
from tests.affairs.opinions.builders import NOON, make_opinion
from tests.affairs.opinions.reference import DEPUTIES, UNITS, WORKING, Reference, Voice
from tests.affairs.opinions.watching import broken_by, derived_wrongly, rows_of

SAID = count(1)  # the same words a moment later would be the same, sent again
KINDS = ("public", "private", "station", "deputy", "complaint")
which = st.integers(0, 29)
rarely = st.integers(0, 89)  # what ends a matter: two times of three nothing is done


DEPTHS = (
    (),
    (lambda walk, one: walk.accept(one),),
    (lambda walk, one: walk.hand_to_units(one, ["roads", "housing"]),),
    (lambda walk, one: walk.hand_to_deputy(one),),
    (lambda walk, one: walk.answer_now(one),),
    (
        lambda walk, one: walk.hand_to_units(one, ["roads", "housing"]),
        lambda walk, one: walk.reply(one, "roads", True, True),
    ),
    (
        lambda walk, one: walk.hand_to_units(one, ["housing"]),
        lambda walk, one: walk.reply(one, "housing", True, True),
        lambda walk, one: walk.days_pass(31),
    ),
    (lambda walk, one: walk.ask_more(one),),
    (lambda walk, one: walk.decline(one),),
    (lambda walk, one: walk.ask_more(one), lambda walk, one: walk.add(one)),
    (lambda walk, one: walk.merge(one, walk.ref.voices[0]),),
)


class Walk(RuleBasedStateMachine):
    """One walk. `office` is set by the test; whatever it writes is rolled back at the end."""

    office = None

    def __init__(self):
        super().__init__()
        self.exits = ExitStack()
        self.exits.enter_context(transaction.atomic())
        self.rows, self.ref, self.texts, self.seen = [], Reference(), count(1), {}
        self.units = {"roads": self.office.roads, "housing": self.office.housing}
        self.holders = {"roads": self.office.roads.pk, "housing": self.office.housing.pk}
        self.holders |= {"deputy": self.office.mandate.pk, "office": self.office.congress.pk}
        self.holders |= {"station": self.office.station.pk}
        self.names = {pk: name for name, pk in self.holders.items()}
        self.by = self.office.clerk.pk

    def teardown(self):
        """In the end all of them are looked at, changed or not."""
        try:
            self.must_hold(self.ref.voices)
            assert derived_wrongly() == []
        finally:
            transaction.set_rollback(True)
            self.exits.close()

    @property
    def at(self):
        return NOON + timedelta(days=self.ref.day)

    @initialize(depths=st.tuples(*[st.sampled_from(DEPTHS)] * 3))
    def three_are_on_their_way(self, depths):
        for depth in depths:
            self.tell("public")
            for act in depth:
                act(self, self.ref.voices[-1])

    # Machinery

    def pick(self, number, likely=lambda voice: True):
        """One of those of whom it is allowed; every sixth time, anybody; or the one that is named."""
        if isinstance(number, Voice):
            return self.rows[number.name], number
        found = list(filter(likely, self.ref.voices)) if number % 6 else []
        voice = (found or self.ref.voices)[number % len(found or self.ref.voices)]
        return self.rows[voice.name], voice

    def row(self, opinion):
        opinion.case = Case.objects.get(pk=opinion.case_id)
        return opinion

    def holder(self, opinion, party, roles):
        """The handover by which this party holds it, or held it last; None where there never was one."""
        found = Handover.objects.filter(case=opinion.case_id, role__in=roles, party_id=self.holders[party])
        return found.running().first() or found.order_by("-handed_at", "-pk").first()

    def does(self, opinion, voice, allowed, verb, change, *, changed=None, events=1, into=None, final=False):
        """Try a verb; it must be done just where it is allowed, and leave so many events about this opinion.

        `changed` are the matters that it changes, the voice's own unless said otherwise.
        """
        before = Event.objects.about("opinion", opinion.pk).count()
        editions = dict(Case.objects.values_list("pk", "edition"))
        refusal = None
        try:
            with transaction.atomic():
                verb()
        except RuleError as refused:
            refusal = str(refused)
        if refusal is not None:
            assert not allowed, f"{refusal} — of {voice}"
            assert refusal
            assert dict(Case.objects.values_list("pk", "edition")) == editions, "refused, and changed all the same"
            return
        assert allowed, f"done though it is not allowed: {voice}"
        if not final:
            self.ref.remember(voice, into)
        change()
        for one in {voice} if changed is None else set(changed):
            one.changes += 1
        assert Event.objects.about("opinion", opinion.pk).count() - before == events

    # Authors

    @rule(kind=st.sampled_from(KINDS))
    def tell(self, kind):
        if len(self.rows) >= 6:
            return
        facts, known, first = {}, {}, ("sort", "office")
        if kind == "private":
            facts, known = {"visibility": "staff"}, {"is_private": True}
        if kind == "station":
            facts, first = {"station": self.office.station}, ("sort", "station")
        if kind == "deputy":
            facts, first = {"mandate": self.office.mandate}, ("answer", "deputy")
        if kind == "complaint":
            facts, known = {"complaint": Complaint.of(self.office.roads)}, {"against": "roads", "is_private": True}
        self.rows.append(make_opinion(self.office.village, self.at, **facts))
        self.ref.tell(first, **known)

    @rule(number=which)
    def add(self, number):
        opinion, voice = self.pick(number, lambda one: any(h.waits_since is not None for h in one.main.holders))
        self.does(
            opinion,
            voice,
            voice.main.stage != "ended",
            lambda: telling.add(self.row(opinion), f"还有一盏也不亮（{next(SAID)}）。", at=self.at),
            lambda: self.ref.go_on(voice),
            changed=[voice.main],
            final=True,
        )

    @rule(number=rarely)
    def withdraw(self, number):
        if not isinstance(number, Voice) and number > 29:
            return
        opinion, voice = self.pick(number, lambda one: not one.is_withdrawn)
        self.does(
            opinion,
            voice,
            not voice.is_withdrawn,
            lambda: telling.withdraw(self.row(opinion), at=self.at),
            lambda: self.ref.withdraw(voice),
            changed=[voice, voice.main],
            final=True,
        )

    @rule(number=which, mark=st.sampled_from(["a", "b"]))
    def echo(self, number, mark):
        opinion, voice = self.pick(number, lambda one: one.is_public)
        counts = voice.is_public and voice.stage != "ended" and mark not in voice.marks
        assert telling.echo(opinion, mark=mark, at=self.at) == counts
        if counts:
            voice.echoes += 1
            voice.marks.add(mark)

    # The office

    @rule(number=which)
    def accept(self, number):
        opinion, voice = self.pick(number, lambda one: one.stage == "received")
        self.does(
            opinion,
            voice,
            voice.stage == "received",
            lambda: sorting.accept(opinion, by=self.by, at=self.at),
            lambda: self.ref.accept(voice),
        )

    @rule(number=rarely)
    def decline(self, number):
        if not isinstance(number, Voice) and number > 29:
            return
        opinion, voice = self.pick(number, self.ref.may_sort)
        self.does(
            opinion,
            voice,
            self.ref.may_sort(voice),
            lambda: sorting.decline(opinion, "private", "个人之间的事", by=self.by, at=self.at),
            lambda: self.ref.decline(voice),
        )

    @rule(number=which)
    def list_for_meeting(self, number):
        opinion, voice = self.pick(number, self.ref.may_sort)
        on = (self.at + timedelta(days=5)).date()
        self.does(
            opinion,
            voice,
            self.ref.may_sort(voice),
            lambda: sorting.list_for_meeting(opinion, on, by=self.by, at=self.at),
            lambda: self.ref.list_for_meeting(voice, "office"),
        )

    @rule(number=which)
    def ask_more(self, number):
        opinion, voice = self.pick(number, lambda one: one.stage in WORKING)
        self.does(
            opinion,
            voice,
            voice.stage in WORKING,
            lambda: sorting.ask_more(opinion, "哪条路？", by=self.by, at=self.at),
            lambda: self.ref.ask_more(voice),
        )

    @rule(number=which, units=st.sampled_from([["roads"], ["housing"], ["housing", "roads"], ["roads", "roads"]]))
    def hand_to_units(self, number, units):
        opinion, voice = self.pick(number, lambda one: self.ref.may_hand(one, *units))
        lead, *others = [self.units[name] for name in units]
        self.does(
            opinion,
            voice,
            self.ref.may_hand(voice, *units),
            lambda: handling.hand_to_units(opinion, lead, others, by=self.by, at=self.at),
            lambda: self.ref.hand_to_units(voice, *units),
        )

    @rule(number=which)
    def hand_to_deputy(self, number):
        opinion, voice = self.pick(number, lambda one: self.ref.may_hand(one, "deputy") and not one.holds("lead"))
        self.does(
            opinion,
            voice,
            self.ref.may_hand(voice, "deputy") and not voice.holds("lead"),
            lambda: handling.hand_to_deputy(opinion, self.office.mandate, by=self.by, at=self.at),
            lambda: self.ref.hand_to_deputy(voice, "deputy"),
        )

    @rule(number=which)
    def answer_now(self, number):
        opinion, voice = self.pick(number, self.ref.may_sort)
        text = f"答复{next(self.texts)}"
        self.does(
            opinion,
            voice,
            self.ref.may_sort(voice),
            lambda: replying.answer_now(opinion, text, "solved", by=self.by, at=self.at),
            lambda: (self.ref.show(voice), self.ref.answer(voice, text)),
        )

    @rule(number=which, other=which)
    def merge(self, number, other):
        opinion, voice = self.pick(number, self.ref.may_sort)
        target, into = self.pick(
            other, lambda one: self.ref.may_merge(voice, one) and (other % 2 or one.stage == "answered")
        )
        self.does(
            opinion,
            voice,
            self.ref.may_merge(voice, into),
            lambda: sorting.merge(opinion, target, by=self.by, at=self.at),
            lambda: self.ref.merge(voice, into),
            changed=[voice, into],
            into=into,
        )

    @rule(number=which)
    def split(self, number):
        opinion, voice = self.pick(number, lambda one: one.into is not None)
        main = voice.main
        self.does(
            opinion,
            voice,
            voice.into is not None and not voice.is_withdrawn,
            lambda: sorting.split(opinion, by=self.by, at=self.at),
            lambda: self.ref.split(voice, "office"),
            changed=[voice, main],
            final=True,
        )

    @rule(number=which)
    def undo(self, number):
        opinion, voice = self.pick(number, self.ref.may_undo)
        step = Step.objects.filter(case=opinion.case_id).order_by("-edition").first()
        if step is None:
            assert not self.ref.may_undo(voice)
            return
        others = [one for one in voice.step.changes if one is not voice] if voice.step else []
        self.does(
            opinion,
            voice,
            self.ref.may_undo(voice),
            lambda: sorting.undo(step.pk, by=self.by, at=self.at),
            lambda: self.ref.undo(voice),
            changed=[voice, *others],
            events=0,
            final=True,
        )

    # Those who handle

    @rule(number=which, unit=st.sampled_from(["roads", "housing"]), wanted=st.sampled_from(["ask", "agree", "refuse"]))
    def returns(self, number, unit, wanted):
        opinion, voice = self.pick(number, lambda one: any(holder.party == unit for holder in one.holds(*UNITS)))
        handover = self.holder(opinion, unit, UNITS)
        if handover is None:
            return
        own = next((one for one in voice.holds(*UNITS) if one.party == unit), None)
        verbs = {
            "ask": lambda: handling.ask_return(handover, f"归别处{next(SAID)}", by=self.by, at=self.at),
            "agree": lambda: handling.agree_to_return(handover, by=self.by, at=self.at),
            "refuse": lambda: handling.refuse_return(handover, "就归你们", by=self.by, at=self.at),
        }
        changes = {
            "ask": lambda: setattr(own, "wants_out", True),
            "agree": lambda: self.ref.lets_go(voice, own, "office"),
            "refuse": lambda: setattr(own, "wants_out", False),
        }
        allowed = own is not None and (own.since == self.ref.day if wanted == "ask" else own.wants_out)
        self.does(opinion, voice, allowed, verbs[wanted], changes[wanted])

    @rule(number=which, party=st.sampled_from(["roads", "housing", "deputy"]))
    def take_back(self, number, party):
        opinion, voice = self.pick(
            number, lambda one: any(holder.party == party for holder in one.holds(*UNITS, *DEPUTIES))
        )
        handover = self.holder(opinion, party, UNITS | DEPUTIES)
        if handover is None:
            return
        own = next((one for one in voice.holds(*UNITS, *DEPUTIES) if one.party == party), None)
        self.does(
            opinion,
            voice,
            own is not None,
            lambda: handling.take_back(handover, "交错了", by=self.by, at=self.at),
            lambda: self.ref.lets_go(voice, own, "office"),
        )

    @rule(number=which, unit=st.sampled_from(["roads", "housing"]), later=st.booleans(), approved=st.booleans())
    def reply(self, number, unit, later, approved):
        opinion, voice = self.pick(number, lambda one: any(holder.party == unit for holder in one.holds(*UNITS)))
        handover = self.holder(opinion, unit, UNITS)
        if handover is None:
            return
        own = next((one for one in voice.holds(*UNITS) if one.party == unit), None)
        text, promised = f"答复{next(self.texts)}", self.ref.day + 30
        later = later and handover.role == "lead"

        def replies():
            facts = {"promise": "换灯杆", "promised_on": (NOON + timedelta(days=promised)).date()} if later else {}
            outcome = "later" if later else "solved"
            draft = replying.draft(handover, by=self.by, at=self.at, text=text, outcome=outcome, **facts)
            if approved:
                replying.approve(handover, by=self.by, at=self.at, edition=draft.edition)
            replying.send(handover, by=self.by, at=self.at)

        def change():
            voice.changes += 1  # approving is a step of its own
            if voice.step:
                voice.step.changes[voice] += 1
            if own.role == "co":
                voice.holders.remove(own)
            else:
                self.ref.answer(voice, text, promise=promised if later else None)

        final = later and own is not None
        self.does(opinion, voice, own is not None and approved, replies, change, events=3 if final else 2, final=final)

    @rule(number=which, act=st.sampled_from(["answer", "take_up", "pass_on"]))
    def deputy(self, number, act):
        opinion, voice = self.pick(number, lambda one: one.holds(*DEPUTIES))
        handover = self.holder(opinion, "deputy", DEPUTIES)
        if handover is None:
            return
        [own] = voice.holds(*DEPUTIES) or [None]
        text = f"说明{next(self.texts)}"
        verbs = {
            "answer": lambda: replying.answer_as_deputy(handover, text, by=self.by, at=self.at),
            "take_up": lambda: handling.take_up(handover, by=self.by, at=self.at),
            "pass_on": lambda: handling.pass_on(handover, "要部门办", by=self.by, at=self.at),
        }

        def take_up():
            own.role, own.since, own.waits_since = "taken_up", self.ref.day, None
            self.ref.show(voice)

        def answer():
            self.ref.show(voice)
            self.ref.answer(voice, text)

        changes = {
            "answer": answer,
            "take_up": take_up,
            "pass_on": lambda: self.ref.lets_go(voice, own, "office"),
        }
        allowed = own is not None and (act != "take_up" or own.role == "answer")
        self.does(opinion, voice, allowed, verbs[act], changes[act])

    # Afterwards

    @rule(number=which, solved=st.sampled_from(["yes", "no"]))
    def rate(self, number, solved):
        opinion, voice = self.pick(number, self.ref.may_rate)
        self.does(
            opinion,
            voice,
            self.ref.may_rate(voice),
            lambda: judging.rate(self.row(opinion), "yes", solved, at=self.at),
            lambda: self.ref.rate(voice),
            changed=[voice.main],
            final=True,
        )

    @rule(number=which)
    def reopen(self, number):
        opinion, voice = self.pick(number, self.ref.may_reopen)
        main = voice.main

        def change():
            main.was_reopened = True
            self.ref.next_round(main, "office")

        self.does(
            opinion,
            voice,
            self.ref.may_reopen(voice),
            lambda: judging.reopen(self.row(opinion), "还是不亮", at=self.at),
            change,
            changed=[main],
            final=True,
        )

    @rule(days=st.sampled_from([1, 16, 29, 31]))
    def days_pass(self, days):
        self.ref.pass_days(days, "office")
        with travel(self.at):
            for job in (jobs.lapse, jobs.end_judging, times.go_on):
                job(self.at)
            again = [job(self.at) for job in (jobs.lapse, jobs.end_judging, times.go_on)]
        assert again == ["0", "0", "0"], "run again, it did something again"

    # What must always hold

    @invariant()
    def what_changed_is_as_it_should_be(self):
        editions = {pk: rest for pk, *rest in Case.objects.values_list("pk", "edition", "voices")}
        changed = [one for one in self.ref.voices if editions[self.rows[one.name].case_id] != self.seen.get(one.name)]
        self.seen = {one.name: editions[self.rows[one.name].case_id] for one in self.ref.voices}
        self.must_hold(changed)

    def must_hold(self, voices):
        """Rows say what the reference says; nothing is lost, and nothing runs without an owner."""
        for voice in voices:
            said, meant = rows_of(self.rows[voice.name], self.names), self.meant_of(voice)
            assert said == meant, [(name, said[name], meant[name]) for name in said if said[name] != meant[name]]
        broken = broken_by([self.rows[voice.name].pk for voice in voices])
        assert broken == [], broken

    def meant_of(self, voice):
        """What the reference says of a voice, as its rows should."""
        return {
            "stage": voice.stage,
            "ending": voice.ending,
            "into": self.rows[voice.into.name].case_id if voice.into else None,
            "holders": sorted((h.role, h.party, h.waits_since is not None, h.wants_out) for h in voice.holders),
            "voices": (not voice.is_withdrawn) + voice.echoes if voice.into else self.ref.count(voice),
            "answers": voice.answers,
            "round": voice.round,
            "is_public": voice.is_public,
            "waiting": len(self.ref.waiting(voice)),
        }

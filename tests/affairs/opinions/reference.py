"""What should become of voices, as the rules of the work say it: slow, without a database, and written apart from the verbs.

A matter lies with holders; whoever is merged into another shares its fate. Days are counted from the first one.
"""

import copy
from dataclasses import dataclass, field
from typing import Any

OFFICES, DEPUTIES, UNITS = {"sort", "assign", "meeting"}, {"answer", "taken_up"}, {"lead", "co"}
WORKING = {"received", "accepted", "handling"}
SORTING = {"received", "accepted"}
JUDGE, AGAIN, PATIENCE = 14, 28, 14  # days


@dataclass
class Holder:
    role: str
    party: Any
    since: int
    waits_since: int | None = None
    wants_out: bool = False
    signed: bool = False


@dataclass
class Asked:
    """A voice is asked of a round of some matter: from one day to another."""

    of: "Voice"
    round: int
    wave: int
    on: int
    until: int
    given: bool = False


@dataclass
class Voice:
    name: int
    is_private: bool = False
    against: Any = None
    is_withdrawn: bool = False
    is_public: bool = False
    stage: str = "received"
    ending: str = ""
    into: "Voice | None" = None
    was_taken: bool = False  # before it was merged
    holders: list[Holder] = field(default_factory=list)
    round: int = 1
    was_reopened: bool = False
    echoes: int = 0
    marks: set[str] = field(default_factory=set)
    answers: list[tuple[int, str]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    promises: list[int] = field(default_factory=list)
    changes: int = 0
    step: "Step | None" = None

    def __hash__(self) -> int:
        return self.name

    def __eq__(self, other: object) -> bool:
        return self is other

    def __deepcopy__(self, memo: Any) -> "Voice":
        return self  # a voice that a copy points at is the same one

    @property
    def main(self) -> "Voice":
        return self.into or self

    def holds(self, *roles: str) -> list[Holder]:
        return [holder for holder in self.holders if holder.role in roles]


@dataclass
class Step:
    """What can be taken back on one day, as long as the voices have changed just so often: the columns as they were."""

    on: int
    changes: dict[Voice, int]
    kept: dict[Voice, dict[str, Any]]


LASTING = {"name", "echoes", "marks", "changes", "step"}


class Reference:
    """Every voice, and what each verb does to them. `may_…` says whether it is allowed; the verb itself does it."""

    def __init__(self) -> None:
        self.voices: list[Voice] = []
        self.day = 0

    def tell(self, holder: tuple[str, Any], **facts: Any) -> Voice:
        voice = Voice(len(self.voices), **facts)
        role, party = holder
        voice.holders = [Holder(role, party, self.day)]
        voice.stage = "handling" if role == "answer" else "received"
        self.voices.append(voice)
        return voice

    # Who belongs together

    def followers(self, main: Voice) -> list[Voice]:
        return [voice for voice in self.voices if voice.into is main]

    def together(self, main: Voice) -> list[Voice]:
        return [voice for voice in (main, *self.followers(main)) if not voice.is_withdrawn]

    def count(self, main: Voice) -> int:
        own = [main, *self.followers(main)]
        return sum((not voice.is_withdrawn) + voice.echoes for voice in own)

    def waiting(self, main: Voice) -> list[Asked]:
        asked = [one for voice in (main, *self.followers(main)) for one in voice.asked]
        return [one for one in asked if (one.of, one.round, one.wave) == (main, main.round, 1) and not one.given]

    # Taking back

    def remember(self, voice: Voice, into: Voice | None = None) -> None:
        """What is done next to `voice`, which may join it to another, can be taken back."""
        all_of_it = [voice, *([into, *self.followers(voice)] if into else [])]
        kept = {one: {k: copy.deepcopy(v) for k, v in vars(one).items() if k not in LASTING} for one in all_of_it}
        voice.step = Step(self.day, {one: one.changes + 1 for one in (voice, into) if one}, kept)

    def may_undo(self, voice: Voice) -> bool:
        step = voice.step
        return step is not None and step.on == self.day and all(one.changes == n for one, n in step.changes.items())

    def undo(self, voice: Voice) -> None:
        assert voice.step
        for one, columns in voice.step.kept.items():
            vars(one).update(columns)
        voice.step = None

    # Office

    def show(self, voice: Voice) -> None:
        voice.is_public = not voice.is_private and voice.against is None and not voice.is_withdrawn

    def may_sort(self, voice: Voice) -> bool:
        return voice.stage in SORTING

    def accept(self, voice: Voice) -> None:
        [holder] = voice.holds("sort")
        voice.holders = [Holder("assign", holder.party, self.day)]
        voice.stage = "accepted"
        self.show(voice)

    def end(self, voice: Voice, ending: str) -> None:
        voice.holders, voice.marks = [], set()
        voice.stage, voice.ending = "ended", ending

    def decline(self, voice: Voice) -> None:
        self.end(voice, "declined")
        voice.is_public = False

    def list_for_meeting(self, voice: Voice, office: Any) -> None:
        voice.holders = [h for h in voice.holders if h.role not in OFFICES] + [Holder("meeting", office, self.day)]
        voice.stage = "accepted"
        self.show(voice)

    def ask_more(self, voice: Voice) -> None:
        for holder in voice.holders:
            holder.waits_since = self.day if holder.waits_since is None else holder.waits_since

    def go_on(self, voice: Voice) -> None:
        for holder in voice.main.holders:
            holder.waits_since = None

    def may_hand(self, voice: Voice, *parties: Any) -> bool:
        held = {holder.party for holder in voice.holders}
        free = len(set(parties)) == len(parties) and held.isdisjoint(parties)
        return voice.stage in WORKING and free and voice.against not in parties

    def hand_to_units(self, voice: Voice, *units: Any) -> None:
        voice.holders = [holder for holder in voice.holders if holder.role in UNITS]
        for unit in units:
            role = "co" if voice.holds("lead") else "lead"
            voice.holders.append(Holder(role, unit, self.day))
        voice.stage = "handling"
        self.show(voice)

    def hand_to_deputy(self, voice: Voice, deputy: Any) -> None:
        voice.holders = [holder for holder in voice.holders if holder.role in UNITS]
        voice.holders.append(Holder("answer", deputy, self.day))
        voice.stage = "handling"
        self.show(voice)

    def lets_go(self, voice: Voice, holder: Holder, office: Any) -> None:
        """Somebody holds it no more; where nobody else has it in hand, the office has."""
        voice.holders.remove(holder)
        if not voice.holds(*OFFICES, *DEPUTIES, "lead"):
            voice.stage = "accepted"
            voice.holders.append(Holder("assign", office, self.day))

    # Answers

    def answer(self, voice: Voice, text: str, *, promise: int | None = None) -> None:
        voice.holders = []
        voice.stage = "answered"
        voice.answers.append((voice.round, text))
        for one in self.together(voice):
            self.ask(one, voice)
        if promise is not None:
            voice.promises.append(promise)

    def ask(self, voice: Voice, of: Voice) -> None:
        voice.asked.append(Asked(of, of.round, 1, self.day, self.day + JUDGE))
        voice.asked.append(Asked(of, of.round, 2, self.day + AGAIN, self.day + AGAIN + JUDGE))

    def open_question(self, voice: Voice) -> Asked | None:
        """The last thing it was asked and has not said, if the days for saying it are not over."""
        came = [one for one in voice.asked if one.on <= self.day and not one.given]
        last = max(came, key=lambda one: one.on, default=None)
        return last if last and self.day <= last.until else None

    def may_rate(self, voice: Voice) -> bool:
        return voice.main.stage in {"answered", "ended"} and self.open_question(voice) is not None

    def rate(self, voice: Voice) -> None:
        asked = self.open_question(voice)
        assert asked
        asked.given = True
        self.end_when_rated(voice.main)

    def end_when_rated(self, main: Voice) -> None:
        if main.stage == "answered" and not self.waiting(main):
            self.end(main, "judged")

    def may_reopen(self, voice: Voice) -> bool:
        main = voice.main
        over = main.stage in {"answered", "ended"} and main.ending not in {"declined", "withdrawn"}
        return over and not voice.is_withdrawn and not main.was_reopened

    def next_round(self, main: Voice, office: Any) -> None:
        for voice in (main, *self.followers(main)):
            voice.asked = [one for one in voice.asked if one.of is not main or one.given or one.on <= self.day]
            for one in voice.asked:
                if one.of is main and not one.given:
                    one.until = min(one.until, self.day - 1)
        main.stage, main.ending, main.round = "accepted", "", main.round + 1
        main.holders = [Holder("assign", office, self.day)]

    # Merging and parting

    def may_merge(self, voice: Voice, into: Voice) -> bool:
        same = voice.is_private == into.is_private and voice.against is None and into.against is None
        return voice is not into and voice.stage in SORTING and into.stage != "ended" and same

    def merge(self, voice: Voice, into: Voice) -> None:
        came = [voice, *self.followers(voice)]
        voice.was_taken = voice.stage == "accepted"
        self.end(voice, "merged")
        voice.is_public = False
        for one in came:
            one.into = into
            if into.stage == "answered" and not one.is_withdrawn:
                self.ask(one, into)

    def split(self, voice: Voice, office: Any) -> None:
        main, voice.into, voice.ending = voice.main, None, ""
        voice.stage = "accepted" if voice.was_taken else "received"
        voice.holders = [Holder("assign" if voice.was_taken else "sort", office, self.day)]
        voice.asked = [one for one in voice.asked if one.given or one.of is not main]
        if voice.was_taken:
            self.show(voice)
        self.end_when_rated(main)

    def withdraw(self, voice: Voice) -> None:
        voice.is_withdrawn, voice.is_public = True, False
        voice.asked = [one for one in voice.asked if one.given]
        main = voice.main
        if main.stage == "ended":
            return
        if self.together(main):
            self.end_when_rated(main)
        else:
            self.end(main, "withdrawn")

    # Days pass

    def pass_days(self, days: int, office: Any) -> None:
        self.day += days
        for voice in self.voices:
            for day in [day for day in voice.promises if day < self.day]:
                voice.promises.remove(day)
                main = voice.main
                if main.stage in {"answered", "ended"} and self.together(main):
                    self.next_round(main, office)
        for voice in self.voices:
            late = [one for one in self.waiting(voice) if one.until >= self.day]
            if voice.stage == "answered" and not late:
                asked = [
                    one for other in self.voices for one in other.asked if (one.of, one.round) == (voice, voice.round)
                ]
                self.end(voice, "judged" if any(one.given for one in asked) else "unjudged")
        for voice in self.voices:
            waits = [holder.waits_since for holder in voice.holders if holder.waits_since is not None]
            if waits and min(waits) + PATIENCE < self.day:
                self.go_on(voice)

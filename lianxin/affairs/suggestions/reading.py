"""Everything that stands on the page of one suggestion."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import OuterRef, Subquery

from lianxin.affairs.opinions.previewing import public_place
from lianxin.affairs.opinions.published import month_of
from lianxin.affairs.opinions.queues import title_of
from lianxin.affairs.suggestions.models import Signature, Suggestion
from lianxin.affairs.suggestions.models.suggestion import PARTS, called
from lianxin.affairs.suggestions.rules import SuggestionRules, clock_of
from lianxin.ground.cases import clocks
from lianxin.ground.cases.models import Case, Handover, Promise, Rating, Reply
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Unit
from lianxin.ground.rulebook import in_force
from lianxin.lib.calendars import ClockReading, Thresholds
from lianxin.lib.text import masked

Role = Handover.Role
UNANSWERED = (Case.Stage.RECEIVED, Case.Stage.ACCEPTED, Case.Stage.HANDLING)


@dataclass(frozen=True)
class Held:
    """Who has it, to do what, and what the clock says."""

    handover: Handover
    who: str
    clock: ClockReading


@dataclass(frozen=True)
class Said:
    """An opinion that it stands on: its number, what it is about, township and month, and how many say the same."""

    number: str
    title: str
    about: str
    voices: int
    is_public: bool


class Whole:
    """One suggestion on a day: its parts, who joins it, what it stands on, who has it, what was answered and judged."""

    def __init__(self, suggestion: Suggestion, day: date):
        self.suggestion, self.day, self.case = suggestion, day, suggestion.case

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Facts, analysis, advice, each after what it is called."""
        return [(called(name), getattr(self.suggestion, name)) for name in PARTS[1:]]

    @property
    def rules(self) -> SuggestionRules:
        """What the preset says of suggestions."""
        body = self.case.body_id if self.case else self.suggestion.lead.congress_id
        return in_force(self.day, body).section(SuggestionRules)

    @cached_property
    def signatures(self) -> list[Signature]:
        """Everybody who was asked, in the order in which they were; one query."""
        return list(self.suggestion.signatures.select_related("mandate__person").order_by("asked_at", "pk"))

    @property
    def joined(self) -> list[str]:
        """Who joined the words as they stand, by name."""
        digest = self.suggestion.digest
        return [one.mandate.person.name for one in self.signatures if one.signed_at and one.digest == digest]

    @property
    def pending(self) -> list[tuple[str, str]]:
        """Who has not said anything yet, or joined other words: name, and which of the two."""
        digest = self.suggestion.digest
        still = (one for one in self.signatures if one.refused_at is None and one.digest != digest)
        return [(one.mandate.person.name, "changed" if one.signed_at else "asked") for one in still]

    @property
    def refused(self) -> list[str]:
        """Who does not join it."""
        return [one.mandate.person.name for one in self.signatures if one.refused_at]

    @cached_property
    def basis(self) -> list[Said]:
        """The opinions that it stands on; one query. Nothing in it says who said them."""
        return [
            Said(
                one.case.number,
                title_of(one),
                f"{public_place(one.case.region, is_named=False)} · {month_of(one)}",
                one.case.voices,
                one.is_public,
            )
            for one in self.suggestion.opinions()
        ]

    @cached_property
    def held(self) -> list[Held]:
        """Who has it now: two queries."""
        if self.case is None or self.case.has_ended:
            return []
        named = Subquery(Unit.objects.filter(pk=OuterRef("party_id")).values("name"))
        running = self.case.handovers.running().annotate(unit=named).order_by("-role", "pk")
        who = {"body": self.case.body.name, "mandate": self.suggestion.lead.person.name}
        return [
            Held(one, one.unit or who[one.party_kind], clocks.read(one, (), self.day, self._lines(one)))
            for one in running
        ]

    def _lines(self, handover: Handover) -> Thresholds:
        return clock_of(in_force(handover.started_on, self.suggestion.lead.congress_id), handover.role).lines

    @cached_property
    def _sent(self) -> list[Reply]:
        if self.case is None:
            return []
        named = Subquery(Unit.objects.filter(pk=OuterRef("handover__party_id")).values("name"))
        found = Reply.objects.filter(case=self.case, sent_at__isnull=False).select_related("round", "handover")
        replies: list[Reply] = list(found.annotate(who=named).order_by("sent_at", "pk"))
        for reply in replies:
            reply.called = self.rules.outcome(reply.outcome)  # type: ignore[attr-defined]
            known = self.rules.outcomes.get(reply.outcome)
            reply.mark = known.mark if known else ""  # type: ignore[attr-defined]
        return replies

    @property
    def replies(self) -> list[Reply]:
        """What was answered, by round; one query."""
        return [reply for reply in self._sent if reply.handover.role == Role.LEAD]

    @property
    def co_replies(self) -> list[Reply]:
        """What helping units wrote to the lead: for the lead and the office."""
        return [reply for reply in self._sent if reply.handover.role == Role.CO]

    @cached_property
    def ratings(self) -> list[Rating]:
        """What the deputy was asked, and said, with the words that go with it; two queries."""
        if self.case is None:
            return []
        found = Rating.objects.filter(case=self.case).select_related("round").order_by("asked_at")
        rated = Event.objects.about("suggestion", self.suggestion.pk).filter(kind="suggestions.rated")
        said = rated.filter(texts__name="words").values_list("facts__round", "texts__text")
        told: dict[int, str] = dict(said)
        ratings = list(found)
        for rating in ratings:
            rating.words = told.get(rating.round.number, "")  # type: ignore[attr-defined]
        return ratings

    @property
    def to_rate(self) -> Rating | None:
        """What the deputy is asked to judge now."""
        if self.case is None or self.case.stage != Case.Stage.ANSWERED:
            return None
        return next((one for one in self.ratings if one.given_at is None and one.due_on >= self.day), None)

    @cached_property
    def promises(self) -> list[Promise]:
        """What was promised; one query."""
        return list(Promise.objects.filter(case=self.case).order_by("due_on")) if self.case else []

    @property
    def may_be_mended(self) -> bool:
        """Whether its words may still be changed: as a draft, or where the office gave it back."""
        if self.suggestion.dropped_at:
            return False
        return self.case is None or any(one.handover.role == Role.REVISE for one in self.held)

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether it was submitted and is not answered yet."""
        return self.case is not None and self.case.stage in UNANSWERED


class Published(Whole):
    """The same as everybody reads it: what looks private stands hidden, as in opinions and what is answered to them."""

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Facts, analysis, advice."""
        return [(name, masked(text)) for name, text in super().parts]

    @cached_property
    def _sent(self) -> list[Reply]:
        replies = super()._sent
        for reply in replies:
            reply.text, reply.measures, reply.promise = map(masked, (reply.text, reply.measures, reply.promise))
        return replies

    @cached_property
    def promises(self) -> list[Promise]:
        """What was promised."""
        promises = super().promises
        for promise in promises:
            promise.what = masked(promise.what)
        return promises

"""A matter as the unit that holds it sees it: what is the same for every kind of matter."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from lianxin.ground.cases.handled import Handled
from lianxin.ground.cases.models import Case, Handover, Reply
from lianxin.ground.cases.working import clock_rule
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.documents.models import File
from lianxin.ground.people.models import Unit
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.preset import Preset
from lianxin.lib.calendars import span_end

Role, Ending = Handover.Role, Handover.Ending
LEFT = {Ending.RETURNED, Ending.TAKEN_BACK, Ending.PASSED_ON}  # it lies with somebody else now


class ReplyRules(Protocol):
    """What a preset says of replies to one kind of matter."""

    @property
    def outcomes(self) -> Mapping[str, Any]:
        """The classes of replies by code."""

    @property
    def head_approves(self) -> bool:
        """Whether the head of the unit approves before a reply goes out."""

    def outcome(self, code: str) -> str:
        """What a class of replies is called."""


class SeenByUnit:
    """A matter as the holder of a handover sees it on a day. The handover was read with case and round.

    Each kind of matter says: `unit`, the verbs of units, and `KINDS`, what names of clocks begin with; `pages`, the names
    of its addresses by what they do; `title`; `takes_files`, whether files can be attached to an answer.
    """

    KINDS: ClassVar[str]
    unit: ClassVar[Handled]
    pages: ClassVar[Mapping[str, str]]
    takes_files: ClassVar[bool] = False
    title: str
    is_lens = False  # somebody else looks through it, to see what a holder sees now

    def __init__(self, handover: Handover, day: date):
        self.handover, self.day = handover, day
        self.case: Case = handover.case

    def send(self, handover: Handover, *, by: UUID, at: datetime, edition: int | None = None) -> Reply:
        """Send the reply."""
        raise NotImplementedError

    @property
    def rules(self) -> ReplyRules:
        """What the preset says of replies to it."""
        raise NotImplementedError

    @property
    def asker(self) -> str:
        """Who asked, as pages call them."""
        raise NotImplementedError

    @property
    def how_to_contact(self) -> str:
        """How a unit is in touch with them."""
        raise NotImplementedError

    @property
    def files(self) -> list[File]:
        """What was attached to one's own reply."""
        return []

    @cached_property
    def preset(self) -> Preset:
        """The rules of the body in charge."""
        return in_force(self.day, self.case.body_id)

    @property
    def has_left(self) -> bool:
        """Whether it lies with somebody else now, so that only one's own past is shown."""
        return self.handover.ending in LEFT and not self.is_lens

    @property
    def is_lead(self) -> bool:
        """Whether the answer is theirs to give."""
        return self.handover.role == Role.LEAD

    @cached_property
    def _written(self) -> list[Reply]:
        """What was written here, and what was sent by others, oldest first; one query."""
        named = Subquery(Unit.objects.filter(pk=OuterRef("handover__party_id")).values("name"))
        found = Reply.objects.filter(Q(handover=self.handover) | Q(sent_at__isnull=False), case=self.case)
        return list(found.select_related("round", "handover").annotate(who=named).order_by("sent_at", "pk"))

    @property
    def draft(self) -> Reply | None:
        """The draft that the colleagues share, or what was sent."""
        own = [one for one in self._written if one.handover_id == self.handover.pk]
        return next((one for one in own if one.sent_at is None), own[-1] if own else None)

    @cached_property
    def replies(self) -> list[Reply]:
        """What was answered, by round; what co-handlers wrote is for the lead alone."""
        found = [one for one in self._written if one.handover_id != self.handover.pk]
        if self.has_left and (left_at := self.handover.ended_at):
            found = [one for one in found if one.sent_at and one.sent_at <= left_at]
        if not self.is_lead:
            found = [one for one in found if one.handover.role != Role.CO]
        for reply in found:
            reply.called = self.rules.outcome(reply.outcome)  # type: ignore[attr-defined]
        return found

    @property
    def outcome(self) -> str:
        """What the class of one's own reply is called."""
        return self.rules.outcome(self.draft.outcome) if self.draft else ""

    @cached_property
    def beside(self) -> list[Handover]:
        """The handovers to other units that run, each with `who`; one query."""
        named = Subquery(Unit.objects.filter(pk=OuterRef("party_id")).values("name"))
        running = self.case.handovers.running().filter(party_kind="unit").exclude(party_id=self.handover.party_id)
        return list(running.annotate(who=named).order_by("-role", "pk"))

    @property
    def others(self) -> list[tuple[str, str]]:
        """The units that handle it too: what each is to do, and its name."""
        return [(one.get_role_display(), one.who) for one in self.beside]  # type: ignore[attr-defined]

    def last_day(self, code: str) -> date:
        """The last day of a step of a unit, by the code of its clock: `return`, `sign_in`, `contact`."""
        span = clock_rule(self.preset, f"{self.KINDS}_{code}").span
        return span_end(self.handover.started_on, span, working_calendar().outlook)

    @property
    def last_day_to_return(self) -> date:
        """Until when it may be given back."""
        return self.last_day("return")

    @property
    def may_return(self) -> bool:
        """Whether giving back can be asked for today."""
        asked = self.handover.return_asked_at
        return self.handover.is_running and not asked and self.day <= self.last_day_to_return

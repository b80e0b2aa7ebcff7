"""What a unit may see of a suggestion that lies with it, or lay: all of it, and of the voices only how many and where."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from lianxin.affairs.suggestions.actions import answering
from lianxin.affairs.suggestions.doing import UNIT
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.rules import SuggestionRules, clock_of
from lianxin.ground.cases import clocks
from lianxin.ground.cases.models import Case, Handover, Reply
from lianxin.ground.cases.working import clock_rule
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.models import Event
from lianxin.ground.documents.models import File
from lianxin.ground.people.models import Unit
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.preset import Preset
from lianxin.lib.calendars import ClockReading, read_clock, span_end

Role = Handover.Role
STEPS = ("sign_in", "return", "contact")


class Seen:
    """A suggestion as the holder of a handover sees it on a day. The handover was read with case and round."""

    unit = UNIT
    send = staticmethod(answering.send)
    pages: Mapping[str, str] = MappingProxyType(
        {
            name: f"suggestions:unit_{name}" if name != "matter" else "suggestions:unit_suggestion"
            for name in ("matter", "draft", "act")
        }
    )

    def __init__(self, handover: Handover, suggestion: Suggestion, day: date):
        self.handover, self.suggestion, self.day = handover, suggestion, day
        assert suggestion.case
        self.case: Case = suggestion.case
        self.title = suggestion.title

    @cached_property
    def preset(self) -> Preset:
        """The rules of the congress."""
        return in_force(self.day, self.case.body_id)

    @property
    def rules(self) -> SuggestionRules:
        """What they say of suggestions."""
        return self.preset.section(SuggestionRules)

    @property
    def asker(self) -> str:
        """Who asked, as pages call them."""
        return _("代表")

    @property
    def how_to_contact(self) -> str:
        """Units answer deputies to their face (Law on Deputies, art. 51)."""
        return _("先和领衔代表沟通，再答复：登门、座谈、打电话都可以。记下谁、哪天、怎么说的。")

    @property
    def is_lead(self) -> bool:
        """Whether the answer is theirs to give."""
        return self.handover.role == Role.LEAD

    @property
    def has_left(self) -> bool:
        """Whether it lies with somebody else now."""
        return self.handover.ending in (Handover.Ending.RETURNED, Handover.Ending.TAKEN_BACK)

    @cached_property
    def clock(self) -> ClockReading:
        """By when it has to be answered."""
        lines = clock_of(in_force(self.handover.started_on, self.case.body_id), self.handover.role).lines
        return clocks.read(self.handover, (), self.day, lines)

    @cached_property
    def small(self) -> list[tuple[str, ClockReading]]:
        """Signing in and being in touch with the deputy, each with what it is called."""
        steps = ((_("签收"), "sign_in", "signed_in_at"), (_("和代表联系"), "contact", "contacted_at"))
        told = []
        for name, code, column in steps:
            done_at = getattr(self.handover, column) or self.handover.ended_at
            rule = clock_rule(self.preset, f"suggestions_{code}")
            clock = rule.clock(self.handover.started_on, stopped=day_of(done_at) if done_at else None)
            told.append((name, read_clock(clock, self.day, working_calendar())))
        return told

    @property
    def days(self) -> dict[str, date]:
        """The last day of each step of a unit, by the code of its clock."""
        spans = {code: clock_rule(self.preset, f"suggestions_{code}").span for code in STEPS}
        return {
            code: span_end(self.handover.started_on, span, working_calendar().outlook) for code, span in spans.items()
        }

    @property
    def last_day_to_return(self) -> date:
        """Until when it may be given back."""
        return self.days["return"]

    @property
    def may_return(self) -> bool:
        """Whether giving back can be asked for today."""
        asked = self.handover.return_asked_at
        return self.handover.is_running and not asked and self.day <= self.last_day_to_return

    takes_files = False  # nobody but the unit could open them yet

    @property
    def files(self) -> list[File]:
        """Nothing is attached to answers to suggestions."""
        return []

    @cached_property
    def _written(self) -> list[Reply]:
        named = Subquery(Unit.objects.filter(pk=OuterRef("handover__party_id")).values("name"))
        found = Reply.objects.filter(case=self.case).select_related("round", "handover").annotate(who=named)
        return [one for one in found.order_by("sent_at", "pk") if one.sent_at or one.handover_id == self.handover.pk]

    @property
    def draft(self) -> Reply | None:
        """The draft that the colleagues share, or what was sent."""
        own = [one for one in self._written if one.handover_id == self.handover.pk]
        return next((one for one in own if one.sent_at is None), own[-1] if own else None)

    @property
    def replies(self) -> list[Reply]:
        """What others answered; what co-handlers wrote is for the lead alone."""
        found = [one for one in self._written if one.handover_id != self.handover.pk]
        found = found if self.is_lead else [one for one in found if one.handover.role != Role.CO]
        if self.has_left and (left_at := self.handover.ended_at):
            found = [one for one in found if one.sent_at and one.sent_at <= left_at]
        for reply in found:
            reply.called = self.rules.outcome(reply.outcome)  # type: ignore[attr-defined]
        return found

    @property
    def outcome(self) -> str:
        """What the class of one's own reply is called."""
        return self.rules.outcome(self.draft.outcome) if self.draft else ""

    @cached_property
    def others(self) -> list[tuple[str, str]]:
        """The units that handle it too: what each is to do, and its name."""
        return [(one.get_role_display(), one.who) for one in self.beside]  # type: ignore[attr-defined]

    @cached_property
    def beside(self) -> list[Handover]:
        """The handovers to other units that run, each with `who`; one query."""
        named = Subquery(Unit.objects.filter(pk=OuterRef("party_id")).values("name"))
        running = self.case.handovers.running().filter(party_kind="unit").exclude(party_id=self.handover.party_id)
        return list(running.annotate(who=named).order_by("-role", "pk"))

    @property
    def refused(self) -> str:
        """Why it could not be given back, where nothing was asked since."""
        done = self._own("suggestions.return_asked", "suggestions.return_refused")
        return _words(done, "reason") if done and done.kind == "suggestions.return_refused" else ""

    @property
    def remark(self) -> str:
        """What the head wants mended in the draft, until it is asked anew."""
        waits = self.draft and not self.draft.sent_at and not self.draft.asked_at
        return _words(self._own("suggestions.draft_sent_back"), "remark") if waits else ""

    def _own(self, *kinds: str) -> Event | None:
        """The last of these that concerned this unit."""
        found = Event.objects.about("suggestion", self.suggestion.pk).standing().filter(kind__in=kinds)
        own = found.filter(parties__party_id=self.handover.party_id, happened_at__gte=self.handover.handed_at)
        return own.order_by("happened_at", "id").last()


def _words(event: Event | None, name: str) -> str:
    return event.texts.filter(name=name).values_list("text", flat=True).first() or "" if event else ""

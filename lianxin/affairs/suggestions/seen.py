"""What a unit may see of a suggestion that lies with it, or lay: all of it, and of the voices only how many and where."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar

from django.utils.translation import gettext as _

from lianxin.affairs.suggestions.actions import answering
from lianxin.affairs.suggestions.doing import UNIT
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.rules import SuggestionRules, clock_of
from lianxin.ground.cases import clocks
from lianxin.ground.cases.models import Handover
from lianxin.ground.cases.seen import SeenByUnit
from lianxin.ground.cases.working import clock_rule
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.models import Event
from lianxin.ground.rulebook import in_force
from lianxin.lib.calendars import ClockReading, read_clock


class Seen(SeenByUnit):
    """A suggestion as the holder of a handover sees it on a day. The handover was read with case, round and suggestion."""

    KINDS, unit = "suggestions", UNIT
    send = staticmethod(answering.send)
    pages: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"matter": "suggestions:unit_suggestion", "draft": "suggestions:unit_draft", "act": "suggestions:unit_act"}
    )

    def __init__(self, handover: Handover, day: date):
        super().__init__(handover, day)
        self.suggestion: Suggestion = handover.case.suggestion
        self.title = self.suggestion.title

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

"""What somebody who handles a matter may see of it: never who said it, never what nobody has looked at."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.affairs.opinions.actions import replying
from lianxin.affairs.opinions.doing import UNIT
from lianxin.affairs.opinions.models import Addition, Opinion, Privacy
from lianxin.affairs.opinions.models.addition import NAMES
from lianxin.affairs.opinions.queues import place_of, reading, small_clocks, title_of
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.opinions.thread import AGAIN, Step
from lianxin.affairs.opinions.voices import speaking
from lianxin.ground.cases.models import Handover, Round
from lianxin.ground.cases.seen import SeenByUnit
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import kind
from lianxin.ground.core.models import Event
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.people.models import Unit
from lianxin.lib.calendars import ClockReading
from lianxin.lib.text.private import masked

# Kinds of events that are told to who handles, each with its text, which is masked. A kind that is not here is not told.
SHOWN: Mapping[str, str] = {
    "opinions.accepted": "",
    "opinions.handed_to_unit": "",
    "opinions.handed_to_deputy": "",
    "opinions.letter_issued": "",
    "opinions.listed": "",
    "opinions.signed_in": "",
    "opinions.contacted": "note",
    "opinions.return_asked": "reason",
    "opinions.returned": "",
    "opinions.return_refused": "reason",
    "opinions.taken_back": "reason",
    "opinions.taken_up": "",
    "opinions.raised": "",
    "opinions.raised_in_vain": "",
    "opinions.passed_on": "reason",
    "opinions.handed_back": "",
    "opinions.more_asked": "question",
    "opinions.more_told": "words",
    "opinions.more_overdue": "",
    "opinions.corrected": "words",
    "opinions.co_replied": "",
    "opinions.approved": "",
    "opinions.draft_sent_back": "remark",
    "opinions.replied": "",
    "opinions.reopened": "reason",
    "opinions.promised": "what",
    "opinions.promise_kept": "note",
    "opinions.promise_lapsed": "",
    "opinions.late": "",
}
OWN = {"opinions.approved", "opinions.draft_sent_back", "opinions.late"}  # told to that party alone


NOBODY: Mapping[UUID, str] = MappingProxyType({})


class Seen(SeenByUnit):
    """A matter as the holder of a handover sees it on a day: in the words of its author, or of the first who remains.

    `known` are names of units that were read anyway.
    """

    KINDS, unit, takes_files = "opinions", UNIT, True
    send = staticmethod(replying.send)
    pages: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"matter": "opinions:unit_matter", "draft": "opinions:unit_draft", "act": "opinions:unit_act"}
        | {"file": "opinions:unit_file", "discard": "opinions:unit_discard"}
    )

    def __init__(self, handover: Handover, day: date, known: Mapping[UUID, str] = NOBODY, *, is_lens: bool = False):
        """`is_lens`: somebody else looks through it, to see what a holder sees now."""
        super().__init__(handover, day)
        self.known, self.is_lens = known, is_lens
        self.opinion: Opinion = handover.case.opinion
        self.voice = speaking([self.opinion])[self.case.pk]
        self.title, self.place = title_of(self.voice), place_of(handover.case.region)
        self.spot = masked(self.voice.spot)

    @property
    def asker(self) -> str:
        """Who asked, as pages call them."""
        return _("反映人")

    @property
    def how_to_contact(self) -> str:
        """Units do not know who said it."""
        return _("通过交办的办公室转告反映人。这里不写姓名、电话。")

    @property
    def rules(self) -> OpinionRules:
        """What they say of opinions."""
        return self.preset.section(OpinionRules)

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.rules.subject(self.opinion.subject)

    @property
    def text(self) -> str:
        """The words as they may be read: masked where nobody has looked at them yet; nothing of what has left."""
        if self.has_left:
            return ""
        text = self.voice.text
        return masked(text) if self.voice.privacy == Privacy.FOUND else text

    @cached_property
    def clock(self) -> ClockReading:
        """By when it has to be answered."""
        has_stood = getattr(self.handover, "stood", True)
        return reading(self.handover, list(self.handover.pauses.all()) if has_stood else (), self.day)

    @cached_property
    def small(self) -> tuple[tuple[str, ClockReading], ...]:
        """Signing in and first contact."""
        return small_clocks(self.handover, self.day, with_done=True)

    @cached_property
    def _attached(self) -> list[File]:
        """What belongs to the opinion and to one's own reply; one query."""
        own = Q(owner_kind="opinion", owner_id=self.voice.pk)
        if self.draft:
            own |= Q(owner_kind="reply", owner_id=self.draft.pk)
        return list(File.objects.filter(own).order_by("position", "id"))

    @property
    def photos(self) -> list[File]:
        """Photos that a person has looked at and found fit to be shown to those who handle it."""
        if self.has_left:
            return []
        own = (one for one in self._attached if one.owner_kind == "opinion")
        return [one for one in own if one.is_for_handlers and one.kind == FileKind.PHOTO]

    @property
    def files(self) -> list[File]:
        """What was attached to one's own reply."""
        return [one for one in self._attached if one.owner_kind == "reply"]

    @cached_property
    def events(self) -> list[Event]:
        """What was done, as far as it is theirs to know, oldest first. Three queries."""
        found = Event.objects.about("opinion", self.opinion.pk).standing().filter(kind__in=SHOWN)
        if self.has_left and self.handover.ended_at:
            found = found.filter(happened_at__lte=self.handover.ended_at)
        said_later = Subquery(Addition.objects.filter(event=OuterRef("pk")).values("text"))
        told = found.annotate(said_later=said_later).prefetch_related("texts", "parties").order_by("happened_at", "id")
        return [event for event in told if event.kind not in OWN or self._is_own(event)]

    def _is_own(self, event: Event) -> bool:
        return any(party.party_id == self.handover.party_id for party in event.parties.all())

    def last_words(self, code: str) -> str:
        """What was said when this was last done, since the matter lies here."""
        since = (one for one in self.events if one.kind == code and one.happened_at >= self.handover.handed_at)
        return next((self._words(one) for one in reversed(list(since))), "")

    @property
    def refused(self) -> str:
        """Why it could not be given back, where nothing was asked since."""
        done = [one.kind for one in self.events if one.kind in ("opinions.return_asked", "opinions.return_refused")]
        return self.last_words("opinions.return_refused") if done[-1:] == ["opinions.return_refused"] else ""

    @property
    def remark(self) -> str:
        """What the head wants mended in the draft, until it is asked anew."""
        waits = self.draft and not self.draft.sent_at and not self.draft.asked_at
        return self.last_words("opinions.draft_sent_back") if waits else ""

    @cached_property
    def steps(self) -> list[Step]:
        """The thread, with a line where another round begins."""
        units = {party.party_id for event in self.events for party in event.parties.all() if party.kind == "unit"}
        names = dict(self.known)
        if unknown := units - names.keys():
            names |= Unit.objects.filter(pk__in=unknown).values_list("pk", "name")
        rounds, told = self._rounds(), []
        for event in self.events:
            while rounds and event.happened_at >= rounds[0].began_at:
                told.append(_round(rounds.pop(0)))
            told.append(self._step(event, names))
        return told

    def _rounds(self) -> list[Round]:
        """The rounds after the first; one query where there are any."""
        if not any(event.kind in AGAIN for event in self.events):
            return []
        return list(self.case.rounds.filter(number__gt=1).order_by("number"))

    def _step(self, event: Event, names: Mapping[UUID, str]) -> Step:
        told = {"what": kind(event.kind).label, "who": "、".join(_units(event, names))}
        text = _("%(what)s：%(who)s") % told if told["who"] else str(told["what"])
        look = _LOOKS[kind(event.kind).look]
        return Step(text, _when(event.happened_at), event.happened_at.isoformat(), look, words=self._words(event))

    def _words(self, event: Event) -> str:
        """What was said with an event; the author's words as they may be read, masked where nobody has looked at them yet."""
        name = SHOWN[event.kind]
        if event.kind in NAMES:
            text = event.said_later or ""  # type: ignore[attr-defined]
            return masked(text) if self.opinion.privacy == Privacy.FOUND else text
        return next((masked(text.text) for text in event.texts.all() if text.name == name), "") if name else ""


def _round(begun: Round) -> Step:
    told = {"number": begun.number, "cause": begun.get_cause_display()}
    return Step(_("第%(number)d轮：%(cause)s") % told, kind="round")


_LOOKS = {"people": "", "doc": "doc", "clock": "clock"}


def _units(event: Event, names: Mapping[UUID, str]) -> list[str]:
    return sorted({names[party.party_id] for party in event.parties.all() if party.party_id in names})


def _when(at: datetime) -> str:
    return date_format(day_of(at))

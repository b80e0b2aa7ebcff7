"""What somebody who handles a matter may see of it: never who said it, never what nobody has looked at."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.affairs.opinions.actions import replying
from lianxin.affairs.opinions.doing import UNIT
from lianxin.affairs.opinions.models import Addition, Opinion, Privacy
from lianxin.affairs.opinions.models.addition import NAMES
from lianxin.affairs.opinions.queues import Ending, Role, place_of, reading, small_clocks, title_of
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.opinions.thread import AGAIN, Step
from lianxin.affairs.opinions.voices import speaking
from lianxin.ground.cases.models import Case, Handover, Reply, Round
from lianxin.ground.cases.working import clock_rule
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import kind
from lianxin.ground.core.models import Event
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.people.models import Unit
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.preset import Preset
from lianxin.lib.calendars import ClockReading, span_end
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
LEFT = {Ending.RETURNED, Ending.TAKEN_BACK, Ending.PASSED_ON}  # it lies with somebody else now


NOBODY: Mapping[UUID, str] = MappingProxyType({})


class Seen:
    """A matter as the holder of a handover sees it on a day: in the words of its author, or of the first who remains.

    `known` are names of units that were read anyway.
    """

    unit = UNIT
    takes_files = True
    send = staticmethod(replying.send)
    pages: Mapping[str, str] = MappingProxyType(
        {"matter": "opinions:unit_matter", "draft": "opinions:unit_draft", "act": "opinions:unit_act"}
        | {"file": "opinions:unit_file", "discard": "opinions:unit_discard"}
    )

    def __init__(self, handover: Handover, day: date, known: Mapping[UUID, str] = NOBODY, *, is_lens: bool = False):
        """`is_lens`: somebody else looks through it, to see what a holder sees now."""
        self.handover, self.day, self.known, self.is_lens = handover, day, known, is_lens
        self.case: Case = handover.case
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

    @cached_property
    def preset(self) -> Preset:
        """The rules of the body in charge."""
        return in_force(self.day, self.case.body_id)

    @property
    def rules(self) -> OpinionRules:
        """What they say of opinions."""
        return self.preset.section(OpinionRules)

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.rules.subject(self.opinion.subject)

    @property
    def has_left(self) -> bool:
        """Whether it lies with somebody else now, so that only one's own past is shown."""
        return self.handover.ending in LEFT and not self.is_lens

    @property
    def is_lead(self) -> bool:
        """Whether the answer is theirs to give."""
        return self.handover.role == Role.LEAD

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
    def others(self) -> list[tuple[str, str]]:
        """The units that handle it too: what each is to do, and its name."""
        named = Subquery(Unit.objects.filter(pk=OuterRef("party_id")).values("name"))
        running = self.case.handovers.running().filter(party_kind="unit").exclude(party_id=self.handover.party_id)
        return [(one.get_role_display(), one.who) for one in running.annotate(who=named).order_by("-role", "pk")]

    @property
    def last_day_to_return(self) -> date:
        """Until when it may be given back."""
        span = clock_rule(self.preset, "opinions_return").span
        return span_end(self.handover.started_on, span, working_calendar().outlook)

    @property
    def may_return(self) -> bool:
        """Whether giving back can be asked for today."""
        asked = self.handover.return_asked_at
        return self.handover.is_running and not asked and self.day <= self.last_day_to_return

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

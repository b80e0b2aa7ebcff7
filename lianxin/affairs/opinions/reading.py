"""What is read of one opinion at a desk: its words, who holds it under which clock, what was answered and promised."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lianxin.affairs.opinions import deeds, suggesting
from lianxin.affairs.opinions.chips import Chip, chip, lines
from lianxin.affairs.opinions.forms.desk import rules_of
from lianxin.affairs.opinions.models import Addition, Opinion, Privacy, Visibility
from lianxin.affairs.opinions.previewing import KINDS
from lianxin.affairs.opinions.queues import stood
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.opinions.voices import speaking
from lianxin.ground.access import can
from lianxin.ground.access.policy import Answer
from lianxin.ground.cases import clocks
from lianxin.ground.cases.models import Case, Handover, Pause
from lianxin.ground.core import clock_words
from lianxin.ground.core.clock import day_of, today
from lianxin.ground.core.events import Ref, names
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.people.models import Mandate
from lianxin.ground.rulebook.blocks import in_words
from lianxin.lib.calendars import Span
from lianxin.lib.text.difference import Part, difference
from lianxin.lib.text.private import find

Stage, WaitsFor, Role = Case.Stage, Case.WaitsFor, Handover.Role
ICONS = {
    "online": "chat",
    "walk_in": "people",
    "call": "phone",
    "letter": "letter",
    "reception": "people",
    "enterprise": "building",
    "home": "home",
    "notes": "pen",
    "email": "letter",
    "imported": "in",
}
CHECKLIST: tuple[str | Promise, ...] = (
    gettext_lazy("说的是公共的事"),
    gettext_lazy("归本地管"),
    gettext_lazy("不在打官司、仲裁、复议"),
    gettext_lazy("地方说清了"),
    gettext_lazy("和在办的不是同一件"),
)


@dataclass(frozen=True)
class Held:
    """That somebody holds it, or held it: who, to do what, what the clock says and why it was held."""

    handover: Handover
    who: str
    chip: Chip
    reasons: tuple[str, ...]
    is_told_by_hand: bool = False  # a deputy who cannot sign in

    @property
    def asks_return(self) -> bool:
        """Whether it is asked to be taken back."""
        return self.handover.return_asked_at is not None


@dataclass
class Piece:
    """A piece of the text: `kind` names the private data that it may be."""

    text: str
    kind: str | Promise = ""


@dataclass
class Added:
    """What the author said later, as it may be read, and beside what was written."""

    addition: Addition

    @property
    def title(self) -> str:
        """What it is, and of which day."""
        kind = {"opinions.corrected": _("%(day)s更正"), "opinions.reopened": _("%(day)s说没解决")}
        told = kind.get(self.addition.event.kind, _("%(day)s补充"))
        return told % {"day": date_format(day_of(self.addition.event.happened_at), _("n月j日"))}

    def pieces(self) -> list[Piece]:
        """The text, parted where private data may stand."""
        return pieces(self.addition.text)

    def difference(self) -> list[Part]:
        """What was hidden of the words as they were written. One query."""
        return difference(self.addition.words(), self.addition.text)


@dataclass
class Reading:
    """One opinion as somebody at a desk reads it. Everything is asked for once, when it is first shown."""

    opinion: Opinion
    user: Any
    day: date = field(default_factory=today)

    @property
    def case(self) -> Case:
        """Its case."""
        return self.opinion.case

    @cached_property
    def rules(self) -> OpinionRules:
        """What the body in charge goes by."""
        return rules_of(self.opinion)

    @cached_property
    def title(self) -> str:
        """What it is called; where its words are gone, as the first who remains called it. One query then."""
        return speaking([self.opinion])[self.case.pk].title

    @property
    def icon(self) -> str:
        """The icon of the way it came in."""
        return ICONS[self.opinion.channel]

    @cached_property
    def chip(self) -> Chip:
        """What its clock says."""
        return chip(self.case, self.day)

    @property
    def place(self) -> str:
        """Where it is, with its township and spot."""
        region = self.case.region
        around = region.parent.called if region.parent and region.level in ("village", "grid") else ""
        return f"{around}{region.called}{self.opinion.spot}"

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.rules.subject(self.opinion.subject) if self.opinion.subject else ""

    @property
    def is_private(self) -> bool:
        """Whether only staff and deputies may see it."""
        return self.opinion.visibility == Visibility.STAFF

    @property
    def needs_a_look(self) -> bool:
        """Whether nobody has looked for private data yet."""
        return self.opinion.privacy == Privacy.FOUND

    @cached_property
    def guard(self) -> Answer:
        """Whether this person may look at what was said before anything was hidden."""
        return can(self.user, "opinions.guard", self.opinion)

    def pieces(self) -> list[Piece]:
        """The text, parted where private data may stand."""
        return pieces(self.opinion.text)

    @cached_property
    def private_kinds(self) -> str:
        """What may be private in it, each kind once."""
        found = (str(piece.kind) for piece in pieces(f"{self.opinion.title}\n{self.opinion.text}") if piece.kind)
        return pgettext("between names", "、").join(dict.fromkeys(found))

    @cached_property
    def main(self) -> list[deeds.Offered]:
        """The acts of the bar."""
        return deeds.offered(self.user, self.opinion, deeds.MAIN)

    @cached_property
    def more(self) -> list[deeds.Offered]:
        """The acts behind it."""
        return deeds.offered(self.user, self.opinion, deeds.MORE)

    def why_not(self) -> list[str]:
        """Why some acts cannot be done, each reason once."""
        refused = [one.answer.reason for one in (*self.main, *self.more) if not one.answer]
        return list(dict.fromkeys(refused))

    def may_hand_over(self) -> Answer:
        """Whether this person may hand over and take back."""
        return can(self.user, "opinions.hand_over", self.opinion)

    def may_reissue(self) -> Answer:
        """Whether this person may give the author another code."""
        return can(self.user, "opinions.reissue_code", self.opinion)

    def may_open(self) -> Answer:
        """Whether this person may open who the author is; a complaint's too, in the body in charge."""
        return can(self.user, "vault.open", self.opinion)

    @cached_property
    def handovers(self) -> list[Handover]:
        """Every handover, as they came; one query, and one more where a clock stood still."""
        found = self.case.handovers.exclude(ending=Handover.Ending.UNDONE).select_related("round")
        found = found.annotate(stood=stood())
        handovers: list[Any] = list(found.order_by("handed_at", "pk"))
        prefetch_related_objects([one for one in handovers if one.stood], "pauses")
        return [*handovers]

    @staticmethod
    def _pauses(handover: Handover) -> list[Pause]:
        return list(handover.pauses.all()) if handover.stood else []  # type: ignore[attr-defined]

    @cached_property
    def called(self) -> dict[tuple[str, str], str]:
        """Who the holders are; one query for each kind of those that were not read with the opinion."""
        parties = {(handover.party_kind, str(handover.party_id)) for handover in self.handovers}
        if self.opinion.complains_of_id:
            parties.add((self.opinion.complains_of_kind, str(self.opinion.complains_of_id)))
        known = {("body", str(self.case.body_id)): self.case.body.name}
        if self.opinion.station:
            known["station", str(self.opinion.station_id)] = self.opinion.station.name
        return known | dict(names((kind, UUID(id)) for kind, id in parties - known.keys()))

    @property
    def complained_of(self) -> str:
        """Whom it complains of; nothing where it is no complaint."""
        complained = self.opinion.complains_of_kind, str(self.opinion.complains_of_id)
        return self.called[complained] if self.opinion.is_complaint else ""

    def who(self, handover: Handover) -> str:
        """What a holder is called."""
        return self.called[handover.party_kind, str(handover.party_id)]

    @cached_property
    def held(self) -> list[Held]:
        """Who holds it now."""
        running = [handover for handover in self.handovers if handover.is_running]
        return [
            Held(one, self.who(one), self._clock(one), tuple(self._reasons(one)), one.party_id in self._told_by_hand)
            for one in running
        ]

    @cached_property
    def _told_by_hand(self) -> set[UUID]:
        """Deputies who hold it and cannot sign in. One query where a deputy holds it."""
        seats = [one.party_id for one in self.handovers if one.is_running and one.party_kind == "mandate"]
        unheard = Mandate.objects.filter(pk__in=seats, person__user__isnull=True) if seats else Mandate.objects.none()
        return set(unheard.values_list("pk", flat=True))

    def _clock(self, handover: Handover) -> Chip:
        if not handover.span:
            return chip(self.case, self.day)
        reading = clocks.read(handover, self._pauses(handover), self.day, lines(handover))
        return Chip(str(reading.level), clock_words.words(reading))

    def _reasons(self, handover: Handover) -> Iterator[str]:
        if handover.due_on:
            yield _("%(day)s到期") % {"day": date_format(handover.due_on, "DATE_FORMAT")}
        if handover.span:
            start = date_format(handover.started_on, "DATE_FORMAT")
            span = in_words(Span.parse(handover.span))
            yield _("%(span)s，从%(start)s的次日数起") % {"span": span, "start": start}
        for pause in self._pauses(handover):
            told = {"from": date_format(pause.began_on, _("n月j日")), "why": pause.get_kind_display()}
            if pause.ended_on:
                told["to"] = date_format(pause.ended_on, _("n月j日"))
                yield _("%(from)s到%(to)s停过：%(why)s") % told
            else:
                yield _("%(from)s起停了：%(why)s") % told

    @property
    def returned(self) -> list[tuple[str, date]]:
        """Who gave it back, and when."""
        back = [one for one in self.handovers if one.ending == Handover.Ending.RETURNED and one.ended_at]
        return [(self.who(one), day_of(one.ended_at)) for one in back if one.ended_at]

    @cached_property
    def files(self) -> list[File]:
        """What came with it; sound and scans for those alone who guard what was said. One query where there is something."""
        if not self.opinion.has_files:
            return []
        files = list(File.objects.of(Ref("opinion", self.opinion.pk)))
        return [one for one in files if self.guard or one.kind in (FileKind.PHOTO, FileKind.ATTACHMENT)]

    @property
    def unseen(self) -> int:
        """How many photos and attachments nobody has looked at."""
        return sum(1 for one in self.files if one.seen_at is None and one.kind in ("photo", "attachment"))

    @cached_property
    def added(self) -> list[Added]:
        """What the author said later. One query where there is something."""
        told = self.opinion.additions.select_related("event") if self.opinion.has_more_words else ()
        return [Added(one) for one in told]

    def difference(self) -> list[Part]:
        """What was hidden of the words as they were told. One query."""
        return difference(self.opinion.words(), self.opinion.text)

    @cached_property
    def suggested_subject(self) -> suggesting.SuggestedSubject | None:
        """Which subject it may have. One query where it has none yet."""
        return suggesting.subject_of(self.opinion, self.rules)

    @cached_property
    def suggested_units(self) -> list[suggesting.SuggestedUnit]:
        """Which units may handle it, while nobody does. Two queries."""
        if self.case.stage not in (Stage.RECEIVED, Stage.ACCEPTED):
            return []
        return suggesting.units(self.opinion, self.rules, self.suggested_subject)

    @property
    def checklist(self) -> tuple[str | Promise, ...]:
        """What to look at before it is taken."""
        return CHECKLIST if self.case.stage == Stage.RECEIVED else ()

    @property
    def is_read_before_taken(self) -> bool:
        """Whether it is not given to anybody yet, so that near ones matter."""
        return self.case.stage in (Stage.RECEIVED, Stage.ACCEPTED)


def pieces(text: str) -> list[Piece]:
    """A text, parted where private data may stand."""
    parts, end = [], 0
    for found in find(text):
        parts += [Piece(text[end : found.start]), Piece(text[found.start : found.end], str(KINDS[found.kind]))]
        end = found.end
    return [part for part in (*parts, Piece(text[end:])) if part.text]


def private_words(text: str) -> list[tuple[str, str]]:
    """What may be private in a text, each once, with what it may be: for choosing what to hide."""
    found = {piece.text: f"{piece.text}（{piece.kind}）" for piece in pieces(text) if piece.kind}
    return list(found.items())

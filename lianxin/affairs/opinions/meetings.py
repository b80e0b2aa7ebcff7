"""集中研判 Joint meetings: for which days a body listed something, and what was decided about each matter.

Nothing is entered for it. A matter is on the list by a handover to the meeting; what was decided is to whom the same
case went at the moment when that one ended, or how the case ended then.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianxin.affairs.opinions.models import Meeting, Opinion
from lianxin.affairs.opinions.models.opinion import KIND, OpinionQuerySet
from lianxin.affairs.opinions.voices import speaking
from lianxin.ground.cases.models import Handover, Reply
from lianxin.ground.cases.models.handover import HandoverQuerySet
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import names
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body

Role, Ending = Handover.Role, Handover.Ending
Party = tuple[str, UUID | str]
ENDINGS = ("opinions.declined", "opinions.merged", "opinions.withdrawn")  # with which a case goes to nobody else


@dataclass(frozen=True)
class Day:
    """A body's day of a joint meeting: how many matters were listed, how many of them are not decided, and its record."""

    body: Body
    on: date
    count: int
    undecided: int
    meeting: Meeting | None


@dataclass(frozen=True)
class Decision:
    """What was decided, and on which day; on none while the matter lies with the meeting."""

    what: str
    on: date | None = None


@dataclass(frozen=True)
class Matter:
    """One matter that was listed, the voice whose words tell of it, and what was decided."""

    opinion: Opinion
    voice: Opinion
    decision: Decision


def listed(seen: OpinionQuerySet) -> HandoverQuerySet:
    """Every time that one of these was put on a list, but for what was taken back within the minute."""
    ever = Handover.objects.filter(role=Role.MEETING, party_kind="body").exclude(ending=Ending.UNDONE)
    return ever.filter(case__in=seen.values("case"))


def days(user: Any, first: date, last: date) -> list[Day]:
    """The days from `first` to `last` for which something was listed that somebody may see, or that were recorded: rising.

    Three queries.
    """
    seen = listed(Opinion.objects.visible_to(user)).filter(due_on__range=(first, last))
    matters, undecided = Count("case", distinct=True), Count("case", filter=Q(ended_at=None), distinct=True)
    counted = seen.values_list("due_on", "party_id").annotate(matters=matters, undecided=undecided)
    found = {(on, body): (count, left) for on, body, count, left in counted if on}
    recorded = Meeting.objects.visible_to(user).filter(on__range=(first, last))
    meetings = {(one.on, one.body_id): one for one in recorded}
    keys = found.keys() | meetings.keys()
    bodies = Body.objects.in_bulk({body for _on, body in keys})
    made = [Day(bodies[body], on, *found.get((on, body), (0, 0)), meetings.get((on, body))) for on, body in keys]
    return sorted(made, key=lambda day: (day.on, day.body.name, day.body.pk))


def matters(body: UUID, on: date, seen: OpinionQuerySet) -> list[Matter]:
    """What of this was listed for a body's day, in the order in which it was told, each with what was decided.

    At most ten queries, however many there are, and one where nothing was listed.
    """
    own = listed(seen).filter(party_id=body, due_on=on).order_by("pk")
    last = {one.case_id: one for one in own}  # listed twice for the same day, a matter stands there once
    found = seen.with_case().filter(case__in=list(last)).order_by("case__opened_at", "case_id")
    opinions = list(found)
    decided, voices = _decided(opinions, last), speaking(opinions)
    return [Matter(one, voices[one.case_id], decided[one.case_id]) for one in opinions]


@dataclass(frozen=True)
class _Moment:
    """What happened to a case when its handover to the meeting ended: who has it since, and what was said."""

    went: list[Handover]
    reply: Reply | None
    ending: Event | None

    def parties(self) -> Iterable[Party]:
        """Everything in it that has a name."""
        yield from (one.party for one in self.went)
        if self.reply:
            yield "opinion_outcome", self.reply.outcome
        if self.ending and self.ending.kind == "opinions.declined":
            yield "opinion_decline", self.ending.facts["cause"]
        if self.ending and self.ending.kind == "opinions.merged":
            yield KIND, UUID(self.ending.facts["into"])


def _decided(opinions: Collection[Opinion], last: Mapping[UUID, Handover]) -> dict[UUID, Decision]:
    ended = {one.case_id: at for one in opinions if (at := last[one.case_id].ended_at)}
    moments = _moments([one for one in opinions if one.case_id in ended], last, ended) if ended else {}
    called = names(party for moment in moments.values() for party in moment.parties())
    told = {case: Decision(_told(moment, called), day_of(ended[case])) for case, moment in moments.items()}
    return dict.fromkeys(last, Decision(_("还没有定"))) | told


def _moments(
    opinions: Collection[Opinion], last: Mapping[UUID, Handover], ended: Mapping[UUID, datetime]
) -> dict[UUID, _Moment]:
    at, went = set(ended.values()), {case: list[Handover]() for case in ended}
    handed = Handover.objects.filter(case__in=ended, handed_at__in=at).exclude(ending=Ending.UNDONE)
    for one in handed.order_by("pk"):
        if one.handed_at == ended[one.case_id] and one.pk > last[one.case_id].pk:
            went[one.case_id].append(one)
    sent = Reply.objects.filter(case__in=ended, sent_at__in=at)
    replies = {(one.case_id, one.sent_at): one for one in sent}
    told = Event.objects.standing().filter(kind__in=ENDINGS, subject_kind=KIND, happened_at__in=at)
    events = {(one.subject_id, one.happened_at): one for one in told.filter(subject_id__in=[o.pk for o in opinions])}
    return {
        case: _Moment(went[case], replies.get((case, ended[case])), events.get((pk, ended[case])))
        for pk, case in ((one.pk, one.case_id) for one in opinions)
    }


def _told(moment: _Moment, called: Mapping[tuple[str, str], str]) -> str:
    """What became of it in a few words."""
    if moment.went:
        return _went(moment.went, called)
    known = {kind: called[kind, str(id)] for kind, id in moment.parties()}
    if moment.reply:
        return _("当场答复：%(outcome)s") % {"outcome": known["opinion_outcome"]}
    if "opinion_decline" in known:
        return _("不收：%(cause)s") % {"cause": known["opinion_decline"]}
    if KIND in known:
        return _("并到%(number)s") % {"number": known[KIND]}
    return _("反映人撤回，不再办")


def _went(went: list[Handover], called: Mapping[tuple[str, str], str]) -> str:
    first, name = went[0], called[went[0].party_kind, str(went[0].party_id)]
    if first.role in Handover.UNITS:
        helping = [called["unit", str(one.party_id)] for one in went if one.role == Role.CO]
        told = {"lead": name, "others": pgettext("between names", "、").join(helping)}
        if first.role == Role.CO:
            return _("%(others)s协办") % told
        return (_("交%(lead)s主办，%(others)s协办") if helping else _("交%(lead)s主办")) % told
    if first.role in Handover.DEPUTIES:
        return _("转%(name)s代表") % {"name": name}
    if first.role == Role.MEETING and first.due_on:
        return _("改到%(day)s的集中研判") % {"day": date_format(first.due_on)}
    return _("转%(body)s") % {"body": name}

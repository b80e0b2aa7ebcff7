"""One paper of each kind about what was told and asked, as an office and a unit issue them."""

from datetime import date, datetime

from lianxin.affairs.opinions import letters as of_opinions
from lianxin.affairs.opinions.actions import issuing
from lianxin.affairs.opinions.models import Channel, Meeting, Opinion
from lianxin.affairs.opinions.queues import units_of
from lianxin.affairs.opinions.seen import Seen as OpinionSeen
from lianxin.affairs.stations.models import Shift
from lianxin.affairs.suggestions import letters as of_suggestions
from lianxin.affairs.suggestions.actions import answering
from lianxin.affairs.suggestions.doing import holding
from lianxin.affairs.suggestions.lists import WITH_SUGGESTION
from lianxin.affairs.suggestions.seen import Seen as SuggestionSeen
from lianxin.ground.access.models import User
from lianxin.ground.cases import issuing as about_suggestions
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.ids import new_id
from lianxin.ground.documents.models import Letterhead, PaperKind
from lianxin.ground.people.models import Body, Membership, Unit
from lianxin.ground.people.models.body import CongressLevel

PHONE = "0700-0000000"
ATTENDED = """代表3人
人民政府、监察委员会、人民法院、人民检察院负责人
住建、交通运输、水利、农业农村等单位负责人"""


def issue() -> None:
    """A letter of transfer, a notice of hand-over and a fair copy of the office, a letter of reply of a unit, records of a reception and of a joint meeting: as far as there is anything for each."""
    at, day = now(), today()
    _transfer(at, day)
    _assignment(at, day)
    _transcript(at, day)
    _reply(at, day)
    _record(at)
    _meeting(at, day)


def _record(at: datetime) -> None:
    held = Shift.objects.filter(state=Shift.State.HELD, opinions__isnull=False).with_station()
    if shift := held.order_by("held_on", "pk").last():
        issuing.record_reception(shift, id=new_id(), by=_clerk("bangong").pk, at=at)


def _meeting(at: datetime, day: date) -> None:
    over = Handover.objects.filter(role=Handover.Role.MEETING, due_on__lt=day).order_by("due_on", "party_id")
    if (listed := over.last()) and listed.due_on:
        body = Body.objects.select_related("region").get(pk=listed.party_id)
        led = Membership.objects.filter(body__parent=body, role="vice_director", ends_on=None).select_related("person")
        chair = next((f"{one.person.name}（副主任）" for one in led.order_by("pk")[:1]), "副主任")
        _head_of(body, at)
        meeting, by = Meeting.of(body, listed.due_on), _clerk("bangong").pk
        meeting.lay_down(chair=chair, attended=ATTENDED, place="人大常委会会议室", by=by, at=at)
        issuing.record_meeting(meeting, id=new_id(), by=by, at=at)


def _clerk(name: str) -> User:
    return User.objects.get(username=name)


def _head_of(body: Body, at: datetime) -> Letterhead:
    place = body.region.name if body.region else ""
    office, mark = ("人大主席团", "人大函") if body.level == CongressLevel.TOWNSHIP else ("人大常委会办公室", "人办函")
    told = {"issuer": f"{place}{office}", "mark": f"{place[:-1]}{mark}", "contact": f"代表工作 {PHONE}"}
    return Letterhead.of(body) or Letterhead.lay_down(body, by=_clerk("bangong").pk, at=at, **told)


def _transfer(at: datetime, day: date) -> None:
    leads = Handover.objects.running().filter(case__kind="opinion", party_kind="unit", role=Handover.Role.LEAD)
    found = leads.select_related("round", *of_opinions.WITH_OPINION, "case__body__region")
    if lead := found.order_by("handed_at", "pk").last():
        head, facts = _head_of(lead.case.body, at), {"by": _clerk("bangong").pk, "at": at}
        content = of_opinions.transfer(OpinionSeen(lead, day, is_lens=True), head, day)
        about = {"id": new_id(), "head": head, "edition": lead.case.edition}
        issuing.issue(lead, content, PaperKind.TRANSFER, **about, **facts)


def _assignment(at: datetime, day: date) -> None:
    leads = Handover.objects.running().filter(case__kind="suggestion", party_kind="unit", role=Handover.Role.LEAD)
    if lead := leads.select_related("case__body__region", *WITH_SUGGESTION).order_by("handed_at", "pk").last():
        head = _head_of(lead.case.body, at)
        seen = SuggestionSeen(lead, day)
        content, own = of_suggestions.assignment(seen, head, day), of_suggestions.about(seen.suggestion.pk)
        about_suggestions.issue(
            holding,
            lead,
            content,
            PaperKind.ASSIGNMENT,
            about=lambda _work: own,
            id=new_id(),
            head=head,
            by=_clerk("bangong").pk,
            at=at,
            edition=lead.case.edition,
        )


def _transcript(at: datetime, day: date) -> None:
    letters = Opinion.objects.with_case().filter(channel=Channel.LETTER, case__ended_at=None, erased_at=None)
    if opinion := letters.order_by("said_on", "pk").last():
        head = _head_of(opinion.case.body, at)
        content = of_opinions.transcript(of_opinions.Written(opinion, day), head, day)
        by, edition = _clerk("bangong").pk, opinion.case.edition
        issuing.transcribe(opinion, content, id=new_id(), head=head, by=by, at=at, edition=edition)


def _reply(at: datetime, day: date) -> None:
    answered = Handover.objects.filter(case__kind="suggestion", role=Handover.Role.LEAD, replies__sent_at__isnull=False)
    found = answered.select_related("case__body", *WITH_SUGGESTION).order_by("ended_at", "pk")
    own = units_of(_clerk("chengban"), "suggestions.handle").values("pk")
    if lead := found.filter(party_id__in=own).last() or found.last():
        unit = Unit.objects.select_related("region").get(pk=lead.party_id)
        place = unit.region.name[:-1] if unit.region else ""
        by = _clerk("chengban").pk
        told = {"issuer": unit.name, "mark": f"{place}{unit.short_name[:2]}函", "contact": f"办公室 {PHONE}"}
        head = Letterhead.of(unit) or Letterhead.lay_down(unit, by=by, at=at, **told)
        content = of_suggestions.reply(SuggestionSeen(lead, day), head, day)
        answering.issue_reply(lead, content, id=new_id(), head=head, by=by, at=at)

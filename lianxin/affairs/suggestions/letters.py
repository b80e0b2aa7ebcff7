"""公文 What letters about a suggestion say, as it is proposed to whoever issues them. In Chinese, whatever language pages are read in."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import override

from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.models.suggestion import PARTS, called
from lianxin.affairs.suggestions.seen import Seen
from lianxin.ground.cases.models import Handover, Means, Reply
from lianxin.ground.cases.seen import LEFT
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Ref
from lianxin.ground.documents.models import Letterhead, Paper, PaperKind
from lianxin.ground.documents.models.paper import PaperQuerySet
from lianxin.ground.documents.stationery import forms
from lianxin.ground.people.models import Session, Unit
from lianxin.lib import papers as layout
from lianxin.lib.papers import Form, Imprint, Part, by_day, day_told, numeral

Role = Handover.Role


def about(suggestion: UUID) -> Ref:
    """A suggestion as what a paper is about."""
    return Ref("suggestion", suggestion)


def issued(suggestion: Suggestion) -> PaperQuerySet:
    """What was issued about it, the latest first."""
    return Paper.objects.about(about(suggestion.pk)).order_by("-issued_at", "-id")


def replies(suggestion: Suggestion) -> PaperQuerySet:
    """The letters in which units answered it: for the deputies too."""
    return issued(suggestion).filter(kind=PaperKind.REPLY)


def issued_to(seen: Seen) -> PaperQuerySet:
    """What a unit may read of it: issued in its round to whom leads, and nothing of what lies with somebody else now.

    Letters in which units answered are read by the one that answered.
    """
    if seen.has_left:
        return Paper.objects.none()
    leads = Handover.objects.filter(round=seen.handover.round_id, party_kind="unit", role=Role.LEAD)
    found, is_own = issued(seen.suggestion), Q(kind=PaperKind.REPLY, to_id=seen.handover.pk)
    to_lead = Q(to_id__in=leads.values("pk")) & ~Q(kind=PaperKind.REPLY)
    if seen.handover.ended_at:
        to_lead &= Q(issued_at__lte=seen.handover.ended_at)
    return found.filter(to_lead | is_own)


def assignment(seen: Seen, head: Letterhead, day: date) -> layout.Paper:
    """交办通知 A suggestion is handed to units: what it says, and what is asked of them by which day.

    What it names is what regulations ask of such a notice (Chongqing 2017, Shanghai 2015): number, title, who leads and who
    joins, who answers and who helps, the days of signing in, returning, getting in touch, helping and answering.
    """
    with override("zh-hans"):
        own, unit = seen.suggestion, Unit.objects.get(pk=seen.handover.party_id).name
        helping = [name for _role, name in seen.others]
        return layout.Paper(
            form=forms(head)[PaperKind.ASSIGNMENT],
            issuer=head.issuer,
            number="",
            title=f"关于交办{own.number}号代表建议的通知",
            to="、".join([unit, *helping]),
            body=(
                Part(_opening(own, unit, helping)),
                *_words(own),
                Part("二、办理要求", 1),
                *_asked(seen),
            ),
            signer=head.issuer,
            day=day,
            note=f"联系人：{head.contact}" if head.contact else "",
        )


def _opening(own: Suggestion, unit: str, helping: list[str]) -> str:
    joined = own.joined().count()
    who = f"{own.lead.person.name}代表领衔、{joined}位代表附议" if joined else f"{own.lead.person.name}代表"
    shares = f"你们办理，由{unit}主办，{'、'.join(helping)}协办" if helping else "你单位办理"
    return f"现将{who}提出的《{own.title}》（{own.number}）交{shares}。有关事项通知如下。"


def _words(own: Suggestion) -> Iterator[Part]:
    yield Part("一、建议内容", 1)
    for number, part in enumerate(PARTS[1:], start=1):
        yield Part(f"（{numeral(number)}）{called(part)}", 2)
        yield from (Part(line.strip()) for line in getattr(own, part).splitlines() if line.strip())


def reply(seen: Seen, head: Letterhead, day: date) -> layout.Paper:
    """答复函 A unit answers the deputies on paper, in the words that went out: class at the upper right, contact, copies.

    `seen` is what the unit answered. A class that has no mark in the rules shows none.
    """
    with override("zh-hans"):
        own, sent = seen.suggestion, seen.draft
        assert sent, "a reply went out"
        known = seen.rules.outcomes.get(sent.outcome)
        office = Letterhead.of(seen.case.body)
        return layout.Paper(
            form=Form.LETTER,
            issuer=head.issuer,
            number="",
            title=f"关于{_session_of(own)}\n{own.number}号建议的答复",
            to=_deputies(own),
            body=tuple(map(Part, [_studied(seen), *_answered(sent), THANKS.format(who=_you(own))])),
            signer=head.issuer,
            day=day,
            note=f"联系人：{head.contact}" if head.contact else "",
            imprint=Imprint(copies_to=office.issuer if office else seen.case.body.name),
            mark=f"{known.mark}类" if known and known.mark else "",
        )


CONGRESS, NAMED = "人民代表大会", 3  # so many deputies are named in a salutation
THANKS = "感谢{who}对我们工作的关心和支持。对这个答复满意不满意，请领衔代表在平台上评价。"


def _session_of(own: Suggestion) -> str:
    """The session in which it was submitted, or that it was between sessions, as titles have it."""
    congress, term = own.lead.congress.name, own.lead.term
    own_day = day_of(own.submitted_at) if own.submitted_at else None
    met = Session.objects.filter(term=term, starts_on__isnull=False).on(own_day).first() if own_day else None
    place = congress.removesuffix(CONGRESS)
    return f"{place}第{numeral(term.number)}届{CONGRESS}{f'第{numeral(met.number)}次会议' if met else '闭会期间'}"


def _deputies(own: Suggestion) -> str:
    names = [own.lead.person.name, *(one.mandate.person.name for one in own.joined())]
    return "、".join(f"{name}代表" for name in names) if len(names) <= NAMED else f"{names[0]}等{len(names)}位代表"


def _you(own: Suggestion) -> str:
    return "你们" if own.joined().exists() else "您"


def _studied(seen: Seen) -> str:
    own, helping = seen.suggestion, _helped(seen)
    together = f"会同{'、'.join(helping)}" if helping else ""
    return f"{_you(own)}提出的《{own.title}》（{own.number}）收悉。经{together}研究，现答复如下。"


def _helped(seen: Seen) -> list[str]:
    """The units that helped in its round: also those that are done, but none that gave it back."""
    co = Handover.objects.filter(round=seen.handover.round_id, party_kind="unit", role=Role.CO)
    ids = co.exclude(ending__in=LEFT).values("party_id")
    return list(Unit.objects.filter(pk__in=ids).order_by("name").values_list("name", flat=True))


def _answered(sent: Reply) -> Iterator[str]:
    """The words of the reply as they went out, with what is promised by which day."""
    yield from (line.strip() for line in sent.text.splitlines() if line.strip())
    if measures := [line.strip().rstrip("。；;") for line in sent.measures.splitlines() if line.strip()]:
        yield f"采取的措施：{'；'.join(measures)}。"
    if sent.means == Means.LATER and sent.promised_on:
        yield f"我们承诺在{day_told(sent.promised_on)}以前：{sent.promise.strip().rstrip('。')}。"


def _asked(seen: Seen) -> Iterator[Part]:
    """What is asked: a sentence for each day that still counts."""
    if not seen.handover.signed_in_at:
        yield Part(f"请{by_day(seen.last_day('sign_in'), seen.day)}签收。")
    if seen.may_return:
        yield Part(
            f"认为不属于本单位职责的，请于{day_told(seen.last_day_to_return)}前书面说明理由，申请退回，不要自行转送。"
        )
    if not seen.handover.contacted_at:
        yield Part(f"请先和领衔代表沟通再答复，{by_day(seen.last_day('contact'), seen.day)}至少联系一次。")
    for helper in seen.beside:
        if helper.role == Role.CO and helper.due_on:
            yield Part(f"请{helper.who}{by_day(helper.due_on, seen.day)}把协办意见交主办单位，由主办单位统一答复。")  # type: ignore[attr-defined]
    if seen.clock.due_on:
        deputies = "领衔代表和附议代表" if seen.suggestion.joined().exists() else "领衔代表"
        yield Part(f"请{by_day(seen.clock.due_on, seen.day)}书面答复{deputies}，注明答复类别，并抄送我们。")

"""公文 What letters about a suggestion say, as it is proposed to whoever issues them. In Chinese, whatever language pages are read in."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.utils.translation import override

from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.models.suggestion import PARTS, called
from lianxin.affairs.suggestions.seen import Seen
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.events import Ref
from lianxin.ground.documents.models import Letterhead, Paper
from lianxin.ground.documents.models.paper import PaperQuerySet
from lianxin.ground.people.models import Unit
from lianxin.lib import papers as layout
from lianxin.lib.papers import Form, Part, day_told

Role = Handover.Role


def about(suggestion: UUID) -> Ref:
    """A suggestion as what a paper is about."""
    return Ref("suggestion", suggestion)


def issued(suggestion: Suggestion) -> PaperQuerySet:
    """What was issued about it, the latest first."""
    return Paper.objects.about(about(suggestion.pk)).order_by("-issued_at", "-id")


def issued_to(seen: Seen) -> PaperQuerySet:
    """What a unit may read of it: issued in its round to whom leads, and nothing of what lies with somebody else now."""
    if seen.has_left:
        return Paper.objects.none()
    leads = Handover.objects.filter(round=seen.handover.round_id, party_kind="unit", role=Role.LEAD)
    found = issued(seen.suggestion).filter(to_id__in=leads.values("pk"))
    return found.filter(issued_at__lte=seen.handover.ended_at) if seen.handover.ended_at else found


def assignment(seen: Seen, head: Letterhead, day: date) -> layout.Paper:
    """交办通知 A suggestion is handed to units: what it says, and what is asked of them by which day.

    What it names is what regulations ask of such a notice (Chongqing 2017, Shanghai 2015): number, title, who leads and who
    joins, who answers and who helps, the days of signing in, returning, getting in touch, helping and answering.
    """
    with override("zh-hans"):
        own, unit = seen.suggestion, Unit.objects.get(pk=seen.handover.party_id).name
        helping = [name for _role, name in seen.others]
        return layout.Paper(
            form=Form.DOCUMENT,
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
    for number, part in zip("一二三", PARTS[1:], strict=True):
        yield Part(f"（{number}）{called(part)}", 2)
        yield from (Part(line.strip()) for line in getattr(own, part).splitlines() if line.strip())


def _asked(seen: Seen) -> Iterator[Part]:
    """What is asked: a sentence for each day that still counts."""
    if not seen.handover.signed_in_at:
        yield Part(f"请于{day_told(seen.last_day('sign_in'))}前签收。")
    if seen.may_return:
        yield Part(
            f"认为不属于本单位职责的，请于{day_told(seen.last_day_to_return)}前书面说明理由，申请退回，不要自行转送。"
        )
    if not seen.handover.contacted_at:
        yield Part(f"请先和领衔代表沟通再答复，{day_told(seen.last_day('contact'))}前至少联系一次。")
    for helper in seen.beside:
        if helper.role == Role.CO and helper.due_on:
            yield Part(f"请{helper.who}于{day_told(helper.due_on)}前把协办意见交主办单位，由主办单位统一答复。")  # type: ignore[attr-defined]
    if seen.clock.due_on:
        yield Part(f"请于{day_told(seen.clock.due_on)}前书面答复领衔代表和附议代表，注明答复类别，并抄送我们。")

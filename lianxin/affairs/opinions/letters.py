"""公文 What letters about a matter say, as it is proposed to whoever issues them. In Chinese, whatever language pages are read in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import override

from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.queues import place_of
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.opinions.seen import Seen
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.models import Event
from lianxin.ground.documents.models import Letterhead, Paper
from lianxin.ground.documents.models.paper import PaperQuerySet
from lianxin.ground.people.models import Unit
from lianxin.ground.rulebook import in_force
from lianxin.lib import papers as layout
from lianxin.lib.papers import Form, Part, by_day, day_told
from lianxin.lib.text.private import masked

WITH_OPINION = ("case__opinion", "case__region__parent__parent")  # what is read with a handover to write about it


@dataclass(frozen=True)
class Written:
    """What somebody wrote on paper, as the office reads it on a day."""

    opinion: Opinion
    day: date

    @property
    def case(self) -> Case:
        """Its case."""
        return self.opinion.case


def issued(opinion: Opinion, user: Any) -> PaperQuerySet:
    """What was issued in a matter, in words that this person may see, and fair copies of its letter; the latest first."""
    seen = Opinion.objects.visible_to(user).values("pk")
    to_units = Q(to_id__in=opinion.case.handovers.values("pk"), about_id__in=seen)
    return _issued(to_units | Q(to_id__isnull=True, about_id=opinion.pk))


def issued_to(seen: Seen) -> PaperQuerySet:
    """What the holder of a handover may read: issued in its round while the matter lies there, and since words were hidden.

    What has left is shown no more, on paper no more than on the page.
    """
    if seen.has_left:
        return Paper.objects.none()
    leads = Handover.objects.filter(round=seen.handover.round_id, party_kind="unit", role=Handover.Role.LEAD)
    hidden = Event.objects.about("opinion", seen.voice.pk).filter(kind="opinions.redacted").standing()
    since = max([seen.handover.handed_at, *hidden.values_list("happened_at", flat=True)])
    found = _issued(Q(to_id__in=leads.values("pk"))).filter(issued_at__gte=since)
    return found.filter(issued_at__lte=seen.handover.ended_at) if seen.handover.ended_at else found


def _issued(which: Q) -> PaperQuerySet:
    found = Paper.objects.filter(which, about_kind="opinion").select_related("template")
    return found.order_by("-issued_at", "-id")


def transfer(seen: Seen, head: Letterhead, day: date) -> layout.Paper:
    """转办函 A matter is handed to units: what was said as they may read it, and what is asked of them by which day.

    What it names is what regulations ask of such a letter: number, title, who leads and who helps, the days of signing
    in, of returning and of answering, and whom to ask. It leaves the platform, so what may be private is masked even where
    a unit may read it on its page; whoever issues it can put back what is meant to stand there.
    """
    with override("zh-hans"):
        lead = Unit.objects.get(pk=seen.handover.party_id).name
        helping = [name for _role, name in seen.others]
        matter = f"群众意见{seen.case.number}（{'，'.join(filter(None, (seen.place, seen.subject)))}）"
        shares = f"你们办理，由{lead}主办，{'、'.join(helping)}会办" if helping else "你单位办理"
        opening = f"{day_told(day_of(seen.case.opened_at))}收到{matter}，现转{shares}。群众反映："
        said = filter(None, (line.strip() for line in masked(seen.text).splitlines()))
        return layout.Paper(
            form=Form.LETTER,
            issuer=head.issuer,
            number="",
            title=f"关于转办群众意见{seen.case.number}的函",
            to="、".join([lead, *helping]),
            body=tuple(map(Part, [opening, *said, _asked(seen), WHO_SAID_IT])),
            signer=head.issuer,
            day=day,
            note=f"联系人：{head.contact}" if head.contact else "",
        )


def transcript(letter: Written, head: Letterhead, day: date) -> layout.Paper:
    """来信抄清 What somebody wrote by hand, written fair for those who read it next: masked, and nothing of who wrote it."""
    with override("zh-hans"):
        own = letter.opinion
        subject = in_force(day, own.case.body_id).section(OpinionRules).subject(own.subject) if own.subject else ""
        where = "，".join(filter(None, (place_of(own.case.region), subject)))
        came = f"{own.case.number}，{day_told(own.said_on)}来信（{where}）。"
        said = filter(None, (line.strip() for line in masked(own.text).splitlines()))
        return layout.Paper(
            form=Form.PLAIN,
            issuer=head.issuer,
            number="",
            title="群众来信抄清",
            body=tuple(map(Part, [came, *said, FAIR])),
            signer=head.issuer,
            day=day,
        )


FAIR = "（以上照原信抄录。写信人的姓名、住址和电话由我们保管，没有抄在这里。）"
WHO_SAID_IT = "反映人的姓名和联系方式由我们保管。需要补充情况的，请和我们联系，不要打听反映人是谁。"


def _asked(seen: Seen) -> str:
    """What is asked of the units: a sentence for each day that still counts."""
    asked, days = "", {code: clock.due_on for code, clock in seen.small}
    if not seen.handover.signed_in_at and (day := days.get("opinions_sign_in")):
        asked += f"请{by_day(day, seen.day)}签收。"
    if seen.may_return:
        asked += f"认为不属于本单位职责的，请于{day_told(seen.last_day_to_return)}前说明理由退回，不要自行转送。"
    if not seen.clock.due_on:
        return asked
    last = day_told(seen.clock.due_on)
    return asked + (
        f"答复期限{last}已经过了，请尽快答复反映人。" if seen.clock.is_late else f"请于{last}前答复反映人。"
    )

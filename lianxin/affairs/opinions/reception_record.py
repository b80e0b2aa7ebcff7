"""接待记录 What one reception was, as a paper: when, where, who sat there, each matter with its answer, and no resident's name."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import override

from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import OpinionQuerySet
from lianxin.affairs.opinions.record_lines import heading, in_one_line
from lianxin.affairs.opinions.registers import Became, people_of
from lianxin.affairs.stations.models import Duty, Shift
from lianxin.affairs.stations.naming import receptions
from lianxin.ground.cases.models import Reply
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Ref, names
from lianxin.ground.documents.models import Letterhead, Paper
from lianxin.ground.documents.models.paper import PaperQuerySet
from lianxin.lib import papers as layout
from lianxin.lib.papers import Form, Part, day_told


def about(shift: Shift) -> Ref:
    """A reception as what a paper is about."""
    return Ref("shift", shift.pk)


def head_of(shift: Shift) -> Letterhead:
    """The station signs its record itself, without a number: its body's letterhead is not needed."""
    return Letterhead(body=shift.station.body, issuer=shift.station.name)


def records(shift: Shift) -> PaperQuerySet:
    """The records that were written of it, the latest first."""
    return Paper.objects.about(about(shift)).select_related("template")


def told_at(shift: Shift) -> OpinionQuerySet:
    """Whose words stand on its record: of what complains of somebody, and of words that are gone, nothing."""
    return Opinion.objects.filter(shift=shift, complains_of_kind="", erased_at=None)


def written(shift: Shift, day: date) -> layout.Paper:
    """What is recorded of it on a day, in Chinese."""
    with override("zh-hans"):
        matters = list(told_at(shift).select_related("case__region__parent", "mandate__person").order_by("id"))
        return layout.Paper(
            form=Form.PLAIN,
            issuer=shift.station.name,
            number="",
            title=f"{shift.station.name}{receptions([shift])[shift.pk]}接待记录",
            body=(*_where_and_who(shift, len(matters)), *_matters(matters)),
            signer=shift.station.name,
            day=day,
        )


def _where_and_who(shift: Shift, count: int) -> Iterator[Part]:
    station, came = shift.station, people_of(Duty.objects.filter(shift=shift, state=Duty.State.CAME))
    yield Part(f"时间：{day_told(shift.held_on)}{f' {shift.hours}' if shift.hours else ''}")
    yield Part(f"地点：{station.name}{f'（{station.address}）' if station.address else ''}")
    yield Part(f"接待代表：{came.get(shift.pk, '没有代表签到')}")
    yield Part(f"记下群众反映{count}件。" if count else "没有人来反映。")


def _matters(matters: list[Opinion]) -> Iterator[Part]:
    became = Became.of(matters)
    sent = Reply.objects.filter(case__in=[one.case_id for one in matters], sent_at__isnull=False)
    read = sent.select_related("handover", "repeats__handover").order_by("sent_at")
    answers = {reply.case_id: reply for reply in read}
    who = names({reply.party for reply in answers.values()})
    for index, one in enumerate(matters, start=1):
        yield heading(index, one, one.case.region.called)
        heard_by = f"（{one.mandate.person.name}代表听取）" if one.mandate else ""
        yield Part(f"反映{heard_by}：{in_one_line(one.text)}")
        if answer := answers.get(one.case_id):
            on = day_told(day_of(answer.sent_at)) if answer.sent_at else ""
            kind, id = answer.party
            yield Part(f"答复（{who[kind, str(id)]}，{on}）：{in_one_line(answer.text)}")
        else:
            yield Part(f"还没有答复，现在由{became.holders.get(one.case_id, '')}办理。")

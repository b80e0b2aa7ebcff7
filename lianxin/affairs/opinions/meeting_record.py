"""研判记录 What one joint meeting was, as a paper: when, where, who sat there, each matter with what was decided (Y9)."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import override

from lianxin.affairs.opinions.meetings import Matter, listed, matters
from lianxin.affairs.opinions.models import Meeting, Opinion
from lianxin.affairs.opinions.models.opinion import OpinionQuerySet
from lianxin.affairs.opinions.queues import place_of
from lianxin.affairs.opinions.record_lines import heading, in_one_line
from lianxin.ground.documents.models import Letterhead, Paper
from lianxin.ground.documents.models.paper import PaperQuerySet
from lianxin.lib import papers as layout
from lianxin.lib.papers import Form, Part, day_told


def head_of(meeting: Meeting) -> Letterhead:
    """The body signs it, as it heads its papers, so in a template of its own; by its name where it laid nothing down."""
    return Letterhead.of(meeting.body) or Letterhead(body=meeting.body, issuer=meeting.body.name)


def records(meeting: Meeting) -> PaperQuerySet:
    """The records that were written of it, the latest first."""
    return Paper.objects.about(meeting.own).select_related("template")


def told_at(meeting: Meeting) -> OpinionQuerySet:
    """Whose words stand on its record: what was listed for it, but nothing that complains of somebody."""
    own = listed(Opinion.objects.filter(complains_of_kind="")).filter(party_id=meeting.body_id, due_on=meeting.on)
    return Opinion.objects.filter(case__in=own.values("case"))


def written(meeting: Meeting, head: Letterhead, day: date) -> layout.Paper:
    """What is known of it on a day, in Chinese."""
    with override("zh-hans"):
        rows = matters(meeting.body_id, meeting.on, Opinion.objects.filter(complains_of_kind=""))
        return layout.Paper(
            form=Form.PLAIN,
            issuer=head.issuer,
            number="",
            title=f"{head.issuer}集中研判记录",
            body=(*_where_and_who(meeting, rows), *_matters(rows)),
            signer=head.issuer,
            day=day,
        )


def _where_and_who(meeting: Meeting, rows: list[Matter]) -> Iterator[Part]:
    yield Part(f"时间：{day_told(meeting.on)}")
    if meeting.place:
        yield Part(f"地点：{meeting.place}")
    yield Part(f"主持人：{meeting.chair}")
    came = [line.strip("；;，,。 ") for line in meeting.attended.splitlines() if line.strip()]
    yield Part(f"参加人员：{'；'.join(came)}")
    open_ones = sum(1 for row in rows if row.decision.on is None)
    left = f"，其中{open_ones}件还没有定" if open_ones else ""
    yield Part(f"列入研判的群众反映{len(rows)}件{left}。" if rows else "没有列入研判的群众反映。")


def _matters(rows: list[Matter]) -> Iterator[Part]:
    """Each in its author's own words: those of others who said the same go with their own papers, when they withdraw."""
    for index, row in enumerate(rows, start=1):
        on = f"（{day_told(row.decision.on)}）" if row.decision.on else ""
        yield heading(index, row.opinion, place_of(row.opinion.case.region))
        yield Part(f"反映：{in_one_line(row.opinion.text) or '（原话已销毁）'}")
        yield Part(f"研判：{row.decision.what}{on}。")

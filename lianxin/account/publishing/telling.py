"""What feeds tell of matters that stand in public: nothing that their pages do not show.

Of a matter's telling everybody knows the month alone, so a feed gives no day of it: `updated` is the last answer, or the
beginning of that month. What identifies an entry is the number, never an id, for ids hold a moment.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lianxin.account.publishing.feeds import Entry, Feed
from lianxin.affairs.opinions.following import Answer
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.published import READ, Published, Row, rows_of
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.opinions.thread import holders_called
from lianxin.ground.cases.models import Handover, Reply
from lianxin.ground.core.clock import now, start_of, today
from lianxin.ground.core.events import names
from lianxin.ground.core.models import Platform
from lianxin.ground.rulebook import in_force

LATEST = 30  # matters of each kind that are read: many answers push no new matter out
Called = tuple[str, Reply]


def read(opinions: QuerySet[Opinion]) -> list[Any]:
    """The first matters of a queryset with everything that an entry is written from. One query."""
    sent = Reply.objects.filter(case=OuterRef("case"), sent_at__isnull=False).exclude(handover__role=Handover.Role.CO)
    found = opinions.annotate(answered_at=Subquery(sent.order_by("-sent_at").values("sent_at")[:1]))
    facts = ("id", "case_id", "case__edition", "is_redacted", "text", "answered_at", *READ)
    return list(found.values_list(*facts, named=True)[:LATEST])


def of_matters(title: str, page: str, rows: Iterable[Any]) -> Feed:
    """A feed of all matters that were `read`, what was answered last first; one that was read twice is told once."""
    once = {row.id: row for row in rows}
    latest = sorted(once.values(), key=lambda row: (_moment(row), row.id), reverse=True)
    updated = max(map(_moment, latest), default=begin())
    return Feed(title, page, updated, latest, lambda: _entries(latest))


def of_one(opinion: Opinion) -> Feed:
    """A feed of one matter: what was said, and every answer to it, the last first."""
    matter, number = Published(opinion, now()), opinion.case.number
    page = reverse("opinions:public_matter", args=[number])
    said = start_of(opinion.said_on.replace(day=1))
    moments = [answer.reply.sent_at or said for answer in matter.answers]
    state = (opinion.case.edition, opinion.text, matter.stage, moments)

    def entries() -> list[Entry]:
        facts = {"about": f"{matter.place} · {matter.month}", "stage": matter.stage[0], "text": opinion.text}
        first = Entry(f"opinions/{number}", opinion.title, page, said, _drawn(**facts), matter.subject)
        return [*(_answer(answer, page, number) for answer in reversed(matter.answers)), first]

    return Feed(opinion.title, page, max([said, *moments]), state, entries)


def _answer(answer: Answer, page: str, number: str) -> Entry:
    by = {"who": strip_tags(answer.who), "outcome": answer.outcome}
    title = _("%(who)s答复：%(outcome)s") % by
    assert answer.reply.sent_at
    about = f"opinions/{number}/rounds/{answer.reply.round.number}/answers/{answer.reply.sent_at:%Y%m%dT%H%M%SZ}"
    return Entry(about, title, page, localtime(answer.reply.sent_at), _drawn(answers=[("", answer.reply)]))


def _moment(row: Any) -> datetime:
    said = start_of(row.said_on.replace(day=1))
    return max(said, localtime(row.answered_at)) if row.answered_at else said


def begin() -> datetime:
    """When the platform began: the moment of a feed in which nothing stands yet."""
    platform = Platform.current()
    return platform.created_at if platform else now()


def _entries(rows: list[Any]) -> list[Entry]:
    """Two queries, and those of who answered, however many matters."""
    rules = in_force(today()).section(OpinionRules)
    answers = _answers([row.case_id for row in rows])
    return [
        Entry(
            f"opinions/{shown.number}",
            shown.title,
            shown.href,
            _moment(row),
            _drawn(**_told(shown, row, answers)),
            rules.subject(row.subject),
        )
        for row, shown in zip(rows, rows_of(rows, rules), strict=True)
    ]


def _told(shown: Row, row: Any, answers: Mapping[UUID, list[Called]]) -> dict[str, Any]:
    return {"about": shown.about, "stage": shown.stage, "text": row.text, "answers": answers.get(row.case_id, ())}


def _answers(cases: list[UUID]) -> dict[UUID, list[Called]]:
    """What was answered in these, oldest first, each after who answered."""
    sent = Reply.objects.filter(case__in=cases, sent_at__isnull=False).exclude(handover__role=Handover.Role.CO)
    replies = list(sent.select_related("handover", "repeats__handover").order_by("case", "sent_at", "pk"))
    known = names({reply.party for reply in replies})
    told = [(strip_tags(holders_called([reply.party], known)), reply) for reply in replies]
    return {case: list(group) for case, group in groupby(told, key=lambda one: one[1].case_id)}


def _drawn(**told: Any) -> str:
    return render_to_string("publishing/feed_entry.html", told)

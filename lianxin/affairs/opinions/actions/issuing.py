"""What an office does on paper: letters about a matter."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from lianxin.affairs.opinions import meeting_record, reception_record
from lianxin.affairs.opinions.doing import Doing, doing, holding
from lianxin.affairs.opinions.errors import NotRecorded, NotYetOver
from lianxin.affairs.opinions.models import Meeting, Opinion
from lianxin.affairs.opinions.models.opinion import OpinionQuerySet
from lianxin.affairs.opinions.voices import speaking
from lianxin.affairs.stations.models import Shift
from lianxin.ground.cases import issuing
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Ref, record
from lianxin.ground.documents import papers
from lianxin.ground.documents.models import Letterhead, Paper, PaperKind
from lianxin.lib import papers as layout


def issue(lead: Handover, content: layout.Paper, kind: PaperKind, **facts: Any) -> Paper:
    """Issue a paper to the unit that leads: it goes with the words of the voice that speaks in it.

    Facts and errors are those of `cases.issuing.issue`.
    """
    return issuing.issue(partial(holding, is_final=True), lead, content, kind, about=_words_of, **facts)


def transcribe(
    opinion: Opinion, content: layout.Paper, *, id: UUID, head: Letterhead, by: UUID, at: datetime, edition: int
) -> Paper:
    """来信抄清 A fair copy of what somebody wrote on paper: it has no number, and goes with the words of its author.

    What is pressed twice is issued once. Raises ChangedMeanwhile, NotNow; AlreadyIssued where the id is another paper's.
    """
    about = Ref("opinion", opinion.pk)

    def do() -> Paper:
        with doing(opinion, by=by, at=at, edition=edition, is_final=True) as work:
            paper = papers.issue(content, PaperKind.TRANSCRIPT, id=id, about=about, to=None, head=head, at=at)
            work.tell("opinions.transcribed")
        return paper

    return issuing.once(do, id=id, about_id=opinion.pk)


def record_reception(shift: Shift, *, id: UUID, by: UUID, at: datetime) -> Paper:
    """接待记录 Write what a reception was that is over, as it is known now; it goes when words of it go.

    What is pressed twice is written once. Raises NotYetOver; AlreadyIssued where the id is another paper's.
    """
    if shift.state != Shift.State.HELD:
        raise NotYetOver(shift.station.name)
    written = partial(reception_record.written, shift, day_of(at))
    about, words, head = reception_record.about(shift), reception_record.told_at(shift), reception_record.head_of(shift)
    return _record(PaperKind.RECEPTION, about, words, head, written, id=id, by=by, at=at)


def record_meeting(meeting: Meeting, *, id: UUID, by: UUID, at: datetime) -> Paper:
    """研判记录 Write what a joint meeting was, as far as it is decided by now; it goes when words of it go.

    What is pressed twice is written once. Raises NotRecorded where nobody said who sat there; AlreadyIssued where the
    id is another paper's.
    """
    if not meeting.is_recorded:
        raise NotRecorded(meeting.on)
    head, words = meeting_record.head_of(meeting), meeting_record.told_at(meeting)
    written = partial(meeting_record.written, meeting, head, day_of(at))
    return _record(PaperKind.MEETING, meeting.own, words, head, written, id=id, by=by, at=at)


def _record(
    kind: PaperKind,
    about: Ref,
    words: OpinionQuerySet,
    head: Letterhead,
    written: Callable[[], layout.Paper],
    *,
    id: UUID,
    by: UUID,
    at: datetime,
) -> Paper:
    """Write what several said. Their rows are held from before it is read: who withdraws meanwhile finds it, and it goes."""

    def do() -> Paper:
        with transaction.atomic():
            list(words.select_for_update().order_by("pk").values_list("pk", flat=True))
            paper = papers.issue(written(), kind, id=id, about=about, to=None, head=head, at=at)
            record(f"opinions.{kind.value}_recorded", subject=about, by=by, at=at, body=head.body_id)
        return paper

    return issuing.once(do, id=id, about_id=about.id)


def _words_of(work: Doing) -> Ref:
    return Ref("opinion", speaking([work.opinion])[work.case.pk].pk)

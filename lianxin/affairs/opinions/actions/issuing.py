"""What an office does on paper: letters about a matter."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from lianxin.affairs.opinions.errors import AlreadyIssued
from lianxin.affairs.opinions.seen import Seen
from lianxin.ground.core.events import Ref, record
from lianxin.ground.documents import papers
from lianxin.ground.documents.models import Letterhead, Paper, PaperKind
from lianxin.lib import papers as layout


def issue(
    seen: Seen, content: layout.Paper, kind: PaperKind, *, id: UUID, head: Letterhead, by: UUID | None, at: datetime
) -> Paper:
    """Issue a paper about a matter, and tell it there. It goes with the words of the voice that speaks in it.

    What is pressed twice is issued once. Raises AlreadyIssued where the id is that of a paper about something else.
    """
    about = Ref("opinion", seen.voice.pk)
    with suppress(IntegrityError), transaction.atomic():
        paper = papers.issue(content, kind, id=id, about=about, head=head, by=by, at=at)
        subject, facts = Ref("opinion", seen.opinion.pk), {"what": kind, "paper": paper.pk}
        record("opinions.letter_issued", subject=subject, by=by, at=at, body=seen.case.body_id, facts=facts)
        return paper
    issued = Paper.objects.about(about).filter(pk=id).first()
    if issued is None:
        raise AlreadyIssued
    return issued

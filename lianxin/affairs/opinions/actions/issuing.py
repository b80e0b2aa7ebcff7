"""What an office does on paper: letters about a matter."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from lianxin.affairs.opinions.doing import Role, holding
from lianxin.affairs.opinions.errors import AlreadyIssued
from lianxin.affairs.opinions.voices import speaking
from lianxin.ground.cases.errors import ChangedMeanwhile
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.events import Ref
from lianxin.ground.documents import papers
from lianxin.ground.documents.models import Letterhead, Paper, PaperKind
from lianxin.lib import papers as layout


def issue(
    lead: Handover,
    content: layout.Paper,
    kind: PaperKind,
    *,
    id: UUID,
    head: Letterhead,
    by: UUID | None,
    at: datetime,
    edition: int,
) -> Paper:
    """Issue a paper to the unit that leads, and tell it there. It goes with the words of the voice that speaks in it.

    The `edition` is that of the page on which the words stood: those of somebody who withdrew meanwhile are not issued.
    What is pressed twice is issued once. Raises ChangedMeanwhile, NotHeld; AlreadyIssued where the id is another paper's.
    """
    try:
        with holding(lead, (Role.LEAD,), by=by, at=at, edition=edition, is_final=True) as work:
            about = Ref("opinion", speaking([work.opinion])[work.case.pk].pk)
            paper = papers.issue(content, kind, id=id, about=about, to=lead.pk, head=head, at=at)
            work.tell("opinions.letter_issued", facts={"what": kind, "paper": paper.pk})
        return paper
    except (ChangedMeanwhile, IntegrityError) as refused:
        if done := Paper.objects.filter(pk=id, to_id=lead.pk).first():
            return done
        if isinstance(refused, IntegrityError):
            raise AlreadyIssued from refused
        raise

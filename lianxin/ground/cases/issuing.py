"""A paper is issued to the unit that leads a matter, whatever kind of matter it is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from lianxin.ground.cases.errors import AlreadyIssued, ChangedMeanwhile
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.events import Ref
from lianxin.ground.documents import papers
from lianxin.ground.documents.models import Letterhead, Paper, PaperKind
from lianxin.lib import papers as layout

Holding = Callable[..., AbstractContextManager[Any]]


def issue(
    holding: Holding,
    lead: Handover,
    content: layout.Paper,
    kind: PaperKind,
    *,
    about: Callable[[Any], Ref],
    id: UUID,
    head: Letterhead,
    by: UUID | None,
    at: datetime,
    edition: int,
) -> Paper:
    """Issue it while the matter lies there, and tell it at the matter, as its `letter_issued`.

    `holding` holds a matter of that kind, `about` says of the work whose words the paper holds. The `edition` is that of
    the page on which the words stood: those of somebody who withdrew meanwhile are not issued. What is pressed twice is
    issued once. Raises ChangedMeanwhile, NotHeld; AlreadyIssued where the id is another paper's.
    """

    def do() -> Paper:
        with holding(lead, (Handover.Role.LEAD,), by=by, at=at, edition=edition) as work:
            paper = papers.issue(content, kind, id=id, about=about(work), to=lead.pk, head=head, at=at)
            work.tell(f"{work.KINDS}.letter_issued", facts={"what": kind, "paper": paper.pk})
        return paper

    return once(do, id=id, to_id=lead.pk)


def once(issue: Callable[[], Paper], *, id: UUID, **same: Any) -> Paper:
    """Issue a paper; what is pressed twice is issued once, and the second time gives the first.

    Raises AlreadyIssued where the id is that of another paper than the `same`, and what `issue` raises.
    """
    try:
        return issue()
    except (ChangedMeanwhile, IntegrityError) as refused:
        if done := Paper.objects.filter(pk=id, **same).first():
            return done
        if isinstance(refused, IntegrityError):
            raise AlreadyIssued from refused
        raise

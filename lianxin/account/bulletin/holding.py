"""One issue at work: held until the transaction ends, and only as the page showed it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lianxin.account.bulletin.errors import ChangedMeanwhile, NotNow
from lianxin.account.bulletin.models import Issue
from lianxin.ground.core.events import record

State = Issue.State


@contextmanager
def holding(issue: Issue, *states: str, edition: int | None = None) -> Iterator[Issue]:
    """Hold an issue that stands at one of these; its edition counts one more, and all of it or nothing is saved.

    Raises NotNow, and ChangedMeanwhile where another `edition` is there.
    """
    with transaction.atomic():
        held = Issue.objects.select_for_update(of=("self",)).select_related("body__region").get(pk=issue.pk)
        if held.state not in states:
            raise NotNow(held.get_state_display())
        if edition is not None and held.edition != edition:
            raise ChangedMeanwhile
        held.edition += 1
        yield held
        held.save()
    issue.refresh_from_db()


def tell(issue: Issue, kind: str, *, by: UUID | None, at: datetime, **told: Any) -> None:
    """Write what was done into the record of its body."""
    record(kind, subject=issue.ref, by=by, at=at, body=issue.body_id, **told)

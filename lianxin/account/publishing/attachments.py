"""附件 What is sent along with an announcement: a writer sends it, and somebody else looks before everybody sees it."""

from datetime import datetime
from typing import IO
from uuid import UUID

from django.db import transaction

from lianxin.account.publishing.errors import ChangedMeanwhile, OwnAttachment, StillPublic
from lianxin.account.publishing.models import Announcement, Wording
from lianxin.account.publishing.models.wording import OPEN
from lianxin.ground.documents import actions as documents
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.documents.models.file import FileQuerySet


def send(announcement: Announcement, upload: IO[bytes], caption: str, *, by: UUID, at: datetime) -> File:
    """Keep a file while a wording is written, seen by the office alone; `caption` is what readers call it, or empty.

    Raises ChangedMeanwhile, FileRefused, DiskFull, NotStored.
    """
    laid = documents.lay(upload, kind=FileKind.ATTACHMENT)  # before the transaction: it takes seconds
    with transaction.atomic():
        if not announcement.wordings.select_for_update().filter(state__in=OPEN).exists():
            raise ChangedMeanwhile
        owner, body = announcement.ref, announcement.body_id
        return documents.keep(laid, kind=FileKind.ATTACHMENT, owner=owner, by=by, at=at, body=body, caption=caption)


def look(file: File, *, is_public: bool, by: UUID, at: datetime) -> None:
    """Somebody looked at it: it may go along, or not. Raises OwnAttachment, AlreadyLooked, Gone."""
    if is_public and file.added_by == by:
        raise OwnAttachment
    file.look(by=by, at=at, is_public=is_public)


def discard(announcement: Announcement, file: File, *, by: UUID, at: datetime) -> None:
    """Destroy it while a wording is written; what is public is hidden first, by who reviews. Raises ChangedMeanwhile, StillPublic, Gone."""
    if file.is_public:
        raise StillPublic
    if not announcement.wordings.filter(state__in=OPEN).exists():
        raise ChangedMeanwhile
    documents.discard(file, by=by, at=at)


def public(wording: Wording) -> FileQuerySet:
    """What goes along with these words: looked at before they were published, never while the next ones are prepared."""
    return wording.announcement.attachments.public().filter(seen_at__lte=wording.reviewed_at)

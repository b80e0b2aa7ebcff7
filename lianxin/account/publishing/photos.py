"""照片 Photos of a station: whoever keeps it sends them, and somebody else looks before everybody sees them."""

from collections.abc import Iterable
from datetime import datetime
from typing import IO
from uuid import UUID

from django.db import transaction

from lianxin.account.publishing.errors import OwnPhoto
from lianxin.affairs.stations.models import Station
from lianxin.ground.core.events import Ref
from lianxin.ground.documents import actions as documents
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.documents.models.file import FileQuerySet

MOST = 4  # at once


def photos_of(station: Station) -> FileQuerySet:
    """Every photo of a station, in order."""
    return File.objects.of(Ref("station", station.pk)).filter(kind=FileKind.PHOTO)


def send(station: Station, photos: Iterable[IO[bytes]], *, by: UUID, at: datetime) -> list[File]:
    """Keep photos, which nobody but staff sees yet. Raises OneOfMany, DiskFull, NotStored."""
    laid = documents.lay_all(photos, kind=FileKind.PHOTO)  # before the transaction: it takes seconds
    owner = Ref("station", station.pk)
    with transaction.atomic():
        return [
            documents.keep(one, kind=FileKind.PHOTO, owner=owner, by=by, at=at, body=station.body_id) for one in laid
        ]


def show(photo: File, *, is_public: bool, by: UUID, at: datetime) -> None:
    """Somebody looked at it: everybody may see it, or nobody but staff. Raises OwnPhoto, AlreadyLooked, Gone."""
    if is_public and photo.added_by == by:
        raise OwnPhoto
    photo.look(by=by, at=at, is_public=is_public)

"""What is done with files: laid down, kept as something's, discarded for good."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from lianxin.ground.core import ciphers
from lianxin.ground.core.backups import erasures
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.events import Ref
from lianxin.ground.core.ids import new_id
from lianxin.ground.documents import blobs, receiving
from lianxin.ground.documents.errors import ContentLost, DiskFull, Gone, NotStored, OneOfMany
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.vault import erasing, keyring

ERASED = "documents.file"


@dataclass(frozen=True)
class Laid:
    """A content that lies on the disk, sealed, and belongs to nothing yet. What is never kept is swept away after a day."""

    id: UUID
    kind: FileKind
    media_type: str
    size: int
    width: int | None
    height: int | None
    has_preview: bool
    cipher: str
    data_key: bytes = field(repr=False)

    def content(self) -> bytes:
        """What was laid. Raises ContentLost."""
        sealed = blobs.read(self.id, blobs.CONTENT)
        if sealed is None:
            raise ContentLost
        return blobs.unseal(sealed, self.data_key, ciphers.named(self.cipher), self.id, blobs.CONTENT)

    def drop(self) -> None:
        """Take it away at once."""
        blobs.remove(self.id)


def lay(upload: IO[bytes], *, kind: FileKind) -> Laid:
    """Read what was sent, judge and mend it, and bring it sealed to the disk. Do this before a transaction is opened.

    It takes up to a few seconds, in which SQLite would keep everybody else from writing.
    Raises FileRefused, UploadRefused, DiskFull, NotStored; then nothing is left of it.
    """
    content = receiving.read(upload, kind)
    cipher, file_id = ciphers.in_use(), new_id()
    key = cipher.new_key()
    parts = {blobs.CONTENT: content.plain} | ({blobs.PREVIEW: content.preview} if content.preview else {})
    try:
        for part, plain in parts.items():
            blobs.write(file_id, part, blobs.seal(plain, key, cipher, file_id, part))
    except RuleError:
        with suppress(OSError):  # what cannot be taken away now, the nightly sweep takes
            blobs.remove(file_id)
        raise
    return Laid(
        id=file_id,
        kind=kind,
        media_type=content.media_type,
        size=len(content.plain),
        width=content.width,
        height=content.height,
        has_preview=content.preview is not None,
        cipher=cipher.name,
        data_key=key,
    )


def lay_all(uploads: Iterable[IO[bytes]], *, kind: FileKind) -> list[Laid]:
    """Several, one after another: all of them, or none. Raises OneOfMany, which says which is refused; DiskFull, NotStored."""
    laid: list[Laid] = []
    for upload in uploads:
        try:
            laid.append(lay(upload, kind=kind))
        except RuleError as refusal:
            for one in laid:
                one.drop()
            if isinstance(refusal, (DiskFull, NotStored)):
                raise
            raise OneOfMany(len(laid) + 1, str(refusal)) from refusal
    return laid


def keep(
    upload: IO[bytes] | Laid,
    *,
    kind: FileKind,
    owner: Ref,
    by: UUID | None,
    at: datetime,
    body: UUID | None = None,
    caption: str = "",
) -> File:
    """A file of `owner`, after those of its kind that are there; `body` is whose record it goes into, `caption` what readers call it.

    Give what `lay` made, where a transaction is open: only the row is then written here. The content is on the disk
    before the row; when the transaction is undone, the nightly sweep takes it away. Raises as `lay`, and KeyDoesNotFit, NoVaultKey.
    """
    laid = upload if isinstance(upload, Laid) else lay(upload, kind=kind)
    if laid.kind != kind:
        raise ValueError(f"Laid as {laid.kind}, to be kept as {kind}.")
    with transaction.atomic():
        last = File.objects.of(owner).filter(kind=kind).aggregate(last=Max("position"))["last"]
        file = File(
            id=laid.id,
            kind=kind,
            owner_kind=owner.kind,
            owner_id=owner.id,
            body_id=body,
            position=0 if last is None else last + 1,
            caption=caption,
            media_type=laid.media_type,
            size=laid.size,
            width=laid.width,
            height=laid.height,
            has_preview=laid.has_preview,
            cipher=laid.cipher,
            added_at=at,
            added_by=by,
        )
        file.wrap(laid.data_key, keyring.current()).save(force_insert=True)
        file.tell("documents.kept", by=by, at=at)
    return file


def discard(file: File, *, by: UUID | None, at: datetime) -> None:
    """Destroy row, key and content for good, and keep them destroyed after every restore. Raises Gone."""
    with transaction.atomic():
        held = File.objects.select_for_update(of=("self",)).filter(pk=file.pk).first()
        if held is None:
            raise Gone
        File.objects.filter(pk=held.pk).delete()
        held.tell("documents.discarded", by=by, at=at)
        erasures.note_after_commit(erasures.Erasure(ERASED, held.pk, at))
        erasing.leave_remains(at)
        transaction.on_commit(lambda: blobs.remove(held.pk), robust=True)  # what fails here, the sweep does

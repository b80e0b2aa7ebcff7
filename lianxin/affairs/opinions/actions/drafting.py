"""What becomes of a draft: it is sent, or thrown away, or its time is over."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lianxin.affairs.opinions.actions.telling import Telling, tell
from lianxin.affairs.opinions.addressing import Address
from lianxin.affairs.opinions.models import Answers, Channel, Draft, Opinion, Visibility
from lianxin.affairs.opinions.models.opinion import ENTERED, KIND
from lianxin.ground.core.events import Ref
from lianxin.ground.documents.actions import Laid, discard, keep
from lianxin.ground.documents.errors import TooMany
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.messages import actions as messages
from lianxin.ground.vault.particulars import Particulars
from lianxin.lib.text import is_empty

DRAFT = "draft"
KINDS = list(FileKind)
MOST_PHOTOS = 4


def files_of(draft_id: UUID) -> list[File]:
    """What was put to a draft: photos, then voice and scan, each in their order."""
    return sorted(File.objects.of(Ref(DRAFT, draft_id)), key=lambda file: KINDS.index(FileKind(file.kind)))


def keep_files(draft_id: UUID, laid: Iterable[Laid], *, by: UUID | None, at: datetime) -> None:
    """Put files that lie on the disk already to a draft, all or none; one that is there already is not put there twice.

    Where the line broke before the answer came, the same photos are sent once more. Raises TooMany.
    """
    with transaction.atomic():
        there = files_of(draft_id)
        for one in laid:
            if any(_is_same(one, file) for file in there):
                transaction.on_commit(one.drop, robust=True)
            else:
                there.append(keep(one, kind=one.kind, owner=Ref(DRAFT, draft_id), by=by, at=at))
        if sum(file.kind == FileKind.PHOTO for file in there) > MOST_PHOTOS:
            raise TooMany(MOST_PHOTOS)


def _is_same(laid: Laid, file: File) -> bool:
    """Whether both hold the same bytes. Opens them only where their lengths are equal."""
    if (laid.kind, laid.media_type, laid.size) != (file.kind, file.media_type, file.size):
        return False
    return laid.content() == file.content()


def send(draft_id: UUID, answers: Answers, address: Address, *, notice: str, by: UUID | None, at: datetime) -> Opinion:
    """The draft becomes an opinion of the same id, and its files that opinion's. The caller holds the draft.

    `notice` is the version of the privacy notice that the author agreed to. Raises as `tell`, and
    NoSuchChannel, NoAddress.
    """
    with transaction.atomic():
        there = files_of(draft_id)
        has_voice = any(file.kind == FileKind.VOICE for file in there)
        opinion = tell(_telling(draft_id, answers, address, notice, has_voice), by=by, at=at)
        if there:
            File.objects.of(Ref(DRAFT, draft_id)).update(body_id=opinion.case.body_id)
            File.objects.hand_on(Ref(DRAFT, draft_id), Ref(KIND, opinion.pk), by=by, at=at)
        if answers.told_by:
            messages.choose(opinion.pk, answers.told_by, by=by, at=at)
    return opinion


def _telling(id: UUID, answers: Answers, address: Address, notice: str, has_voice: bool) -> Telling:
    words = answers.words
    if is_empty(words) and has_voice:
        words = _("说的话在录音里，等工作人员听了写成文字。")
    return Telling(
        id=id,
        words=words,
        region=address.whole,
        channel=Channel(answers.came_by) if answers.came_by in ENTERED else Channel.ONLINE,
        visibility=Visibility.STAFF if address.complaint else Visibility(answers.visibility),
        subject=answers.subject,
        spot=answers.spot,
        station=address.station,
        mandate=address.mandate,
        complaint=address.complaint,
        particulars=Particulars(name=answers.name, phone=answers.phone, email=answers.email),
        shown_name=answers.shown_name,
        notice_version=notice,
        said_on=date.fromisoformat(answers.said_on) if answers.said_on else None,
    )


def drop(draft_id: UUID, *, by: UUID | None, at: datetime) -> None:
    """Throw a draft away, with its files. Those of an opinion that was sent are the opinion's."""
    with transaction.atomic():
        Draft.objects.filter(pk=draft_id).delete()
        for file in files_of(draft_id):
            discard(file, by=by, at=at)


def drop_over(due_at: datetime) -> str:
    """Throw away the drafts whose time is over; how many."""
    over = list(Draft.objects.over(due_at).values_list("pk", flat=True))
    for draft_id in over:
        drop(draft_id, by=None, at=due_at)
    return str(len(over))

"""Letters by e-mail: one that answers a mail of ours adds to its matter, every other is an opinion of its own.

Whoever writes a mail has not chosen who may see it: staff and deputies alone, and its author is told by mail what
becomes of it. It has no village until somebody has read it.
"""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from uuid import NAMESPACE_OID, UUID, uuid5

from lianxin.affairs.opinions import saying
from lianxin.affairs.opinions.actions import telling
from lianxin.affairs.opinions.models import Channel, Opinion, Visibility
from lianxin.ground.cases.errors import NotNow
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.events import Ref
from lianxin.ground.core.models import Platform
from lianxin.ground.documents import actions as documents
from lianxin.ground.documents.models import FileKind
from lianxin.ground.messages import actions as messages
from lianxin.ground.messages import channels
from lianxin.ground.messages.letters import Attachment, Letter
from lianxin.ground.messages.receiving import answered
from lianxin.ground.people.models import Region
from lianxin.ground.vault.particulars import Particulars
from lianxin.lib.text import clean, is_empty

MOST_FILES = 8
BY_MAIL = "email"
CUT = 40  # signs of a name that are kept


def receive(letter: Letter, at: datetime) -> bool:
    """Take a letter; False where there is nothing in it, or no place on the platform that it could be about."""
    words = clean(letter.text) if not is_empty(letter.text) else clean(letter.subject)
    home = _home()
    if is_empty(words) or home is None:
        return False
    opinion = _added_to(letter, words, at) or _told(letter, words, home, at)
    _keep(letter.attachments, opinion, at)
    return True


def _added_to(letter: Letter, words: str, at: datetime) -> Opinion | None:
    """The matter that the letter goes on with, as long as it has not ended."""
    before = answered(letter)
    opinion = Opinion.objects.with_case().filter(pk=before.voice_id).first() if before else None
    if opinion is None or opinion.erased_at:
        return None
    try:
        telling.add(opinion, words[: telling.LONGEST], at=at)
    except NotNow:
        return None
    return opinion


def _told(letter: Letter, words: str, home: Region, at: datetime) -> Opinion:
    """A new opinion. The same letter makes the same one, so that it is there once."""
    who = Particulars(name=clean(letter.from_name)[:CUT], email=letter.from_address)
    told = telling.Telling(
        id=_id_of(letter, words),
        words=words[: telling.LONGEST],
        title=clean(letter.subject),
        region=home,
        channel=Channel.EMAIL,
        visibility=Visibility.STAFF,
        particulars=who,
        said_on=min(day_of(letter.sent_at), day_of(at)) if letter.sent_at else None,
    )
    opinion = telling.tell(told, by=None, at=at)
    if letter.from_address and BY_MAIL in channels.available():
        messages.choose(opinion.pk, BY_MAIL, by=None, at=at)
        saying.received(opinion, at)
    return opinion


def _id_of(letter: Letter, words: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"lianxin:mail:{letter.message_id or words}:{letter.from_address}")


def _keep(attachments: Iterable[Attachment], opinion: Opinion, at: datetime) -> None:
    """Keep what hangs on the letter as what it is; what is nothing that can be kept is left out."""
    for attachment in list(attachments)[:MOST_FILES]:
        for kind in (FileKind.PHOTO, FileKind.VOICE, FileKind.ATTACHMENT):
            try:
                laid = documents.lay(BytesIO(attachment.content), kind=kind)
            except RuleError:
                continue
            owner = Ref("opinion", opinion.pk)
            documents.keep(laid, kind=kind, owner=owner, by=None, at=at, body=opinion.case.body_id)
            break


def _home() -> Region | None:
    platform = Platform.current()
    code = platform.county_code if platform else ""
    return Region.objects.standing().filter(code__begins=code).order_by("path").first() if code else None

"""Letters are handed to who takes them. What was read twice is one letter, and what failed is tried again."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction

from lianxin.ground.access.errors import TooOften
from lianxin.ground.access.limits import spend
from lianxin.ground.core.events import Ref
from lianxin.ground.messages.automatic import of_what_kind
from lianxin.ground.messages.composing import own_message_ids
from lianxin.ground.messages.letters import Letter, Unreadable, header, parse, read
from lianxin.ground.messages.models import Outgoing, Received

log = logging.getLogger("lianxin.jobs")
Outcome = Received.Outcome

BIGGEST = 25 * 1024 * 1024  # bytes of a whole mail
TRIES = 3
PER_SENDER, WITHIN_S = 20, 3600  # letters of one address: a person writes fewer, a machine that answers us does not

Receiver = Callable[[Letter, datetime], bool]
_receivers: list[Receiver] = []


def register_receiver(receiver: Receiver) -> None:
    """Declare who may take letters: asked with the letter and the moment, in one transaction with the note that it came.

    The first that answers True has taken it. What it raises undoes what it wrote; the letter is then tried again.
    """
    if receiver not in _receivers:
        _receivers.append(receiver)


def has_receivers() -> bool:
    """Whether anybody takes letters."""
    return bool(_receivers)


@dataclass(frozen=True)
class Answered:
    """Which mail of ours a letter answers: to whom it went, and about what, the newest first."""

    voice_id: UUID
    abouts: tuple[Ref, ...]


def answered(letter: Letter) -> Answered | None:
    """Which mail of ours this letter answers, if any. That proves no more than that its writer has seen that mail."""
    for letter_id in reversed(own_message_ids(f"{letter.references} {letter.in_reply_to}")):
        if rows := list(Outgoing.objects.filter(letter_id=letter_id).order_by("-said_at", "-id")):
            return Answered(rows[0].voice_id, tuple(dict.fromkeys(row.about for row in rows)))
    return None


def take(raw: bytes, *, at: datetime, is_whole: bool = True) -> Outcome:
    """Take one mail, or set it aside; what became of it. The same mail again is answered the same, and does nothing.

    Of a mail that is too big only the headers are given (`is_whole` is False). What fails is FAILED, to be given again,
    and BROKEN the third time. A database that does not answer is raised.
    """
    mark = _mark(raw)
    try:
        mail = parse(raw)
        mark = _mark(raw, mail)
        return _take(mail, mark, at, is_whole)
    except Unreadable:
        return _note(mark, at, Outcome.BROKEN)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001  whatever a letter brings about keeps no other from being read
        log.error("a letter was not taken: %s", type(error).__name__)  # the text might quote it
        return _note_failure(mark, at)


def _take(mail: Message, mark: str, at: datetime, is_whole: bool) -> Outcome:
    with transaction.atomic():
        new = {"received_at": at, "outcome": Outcome.FAILED}
        row, _is_new = Received.objects.select_for_update().get_or_create(mark=mark, defaults=new)
        if row.outcome == Outcome.FAILED:
            row.outcome = of_what_kind(mail) or (_hand_on(mail, at) if is_whole else Outcome.TOO_BIG)
            row.save(update_fields=["outcome"])
        return Outcome(row.outcome)


def _hand_on(mail: Message, at: datetime) -> Outcome:
    letter = read(mail)
    try:
        spend("messages.letter", letter.from_address, times=PER_SENDER, seconds=WITHIN_S)
    except TooOften:
        return Outcome.TOO_OFTEN
    return Outcome.TAKEN if any(receiver(letter, at) for receiver in _receivers) else Outcome.NOBODYS


def _note_failure(mark: str, at: datetime) -> Outcome:
    row, _is_new = Received.objects.get_or_create(mark=mark, defaults={"received_at": at, "outcome": Outcome.FAILED})
    row.tries += 1
    row.outcome = Outcome.BROKEN if row.tries >= TRIES else Outcome.FAILED
    row.save(update_fields=["tries", "outcome"])
    return Outcome(row.outcome)


def _note(mark: str, at: datetime, outcome: Outcome) -> Outcome:
    Received.objects.update_or_create(mark=mark, defaults={"received_at": at, "outcome": outcome})
    return outcome


def _mark(raw: bytes, mail: Message | None = None) -> str:
    """Names a mail without telling whose it is: by its Message-ID, writer and date, or, without the first, by all of it."""
    message_id = header(mail, "Message-ID") if mail else ""
    named = f"{message_id}\n{header(mail, 'From')}\n{header(mail, 'Date')}".encode() if mail and message_id else raw
    return hashlib.sha256(named).hexdigest()

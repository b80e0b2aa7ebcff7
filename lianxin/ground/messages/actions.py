"""What is done with messages: said, taken back, and the way in which somebody is told chosen, stopped and forgotten."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lianxin.ground.core import erasing
from lianxin.ground.core.events import Ref, record
from lianxin.ground.messages import channels, persons
from lianxin.ground.messages.errors import NoAddress
from lianxin.ground.messages.models import UNDO, Outgoing, Reach
from lianxin.ground.people.models import Person
from lianxin.ground.vault.actions import can_reach
from lianxin.lib.text import clean


def say(voice_id: UUID, about: Ref, text: str, link: str, *, key: str, at: datetime) -> bool:
    """Put one thing into the outbox, inside the caller's transaction; nothing is sent here. Whether somebody will be told.

    `text` is one line in plain words; `link` a path of the platform that may hold a token; `key` names the fact: what
    was said under it once is not said again. It leaves after UNDO. Who chose no way, or stopped, is told nothing.
    Raises ValueError for a text or link that is too long.
    """
    if len(text) > Outgoing.LONGEST or len(link) > 300 or not link.startswith("/"):
        raise ValueError("A message is one short line, and its link a path.")
    if not Reach.objects.open().filter(voice_id=voice_id).exists():
        return False
    row = Outgoing(
        voice_id=voice_id,
        about_kind=about.kind,
        about_id=about.id,
        key=key,
        said_at=at,
        text=" ".join(clean(text).split()),
        link=link,
        next_try_at=at + UNDO,
    )
    Outgoing.objects.bulk_create([row], ignore_conflicts=True)
    return True


def say_to_person(person: Person, about: Ref, text: str, link: str, *, key: str, at: datetime) -> bool:
    """As `say`, to somebody on the roster: by text message where there is a mobile number, else by e-mail.

    Nobody has to choose it: it is their own work. Who stopped it is told nothing.
    """
    if not (code := persons.way_to(person)):
        return False
    chosen = {"channel": code, "chosen_at": at, "reader": Reach.Reader.PERSON}
    reach, is_new = Reach.objects.get_or_create(voice_id=person.pk, defaults=chosen)
    if not is_new and reach.channel != code:
        Reach.objects.filter(pk=reach.pk).update(channel=code)
    return say(person.pk, about, text, link, key=key, at=at)


def recall(key: str) -> bool:
    """Take back what was said under `key` while it waits; False where it was told, is being told, or was never said."""
    taken, _by_model = Outgoing.objects.free().filter(key=key).delete()
    if taken:
        erasing.forget_after_commit()
    return bool(taken)


def choose(voice_id: UUID, channel: str, *, by: UUID | None, at: datetime) -> None:
    """From now on the voice is told by this channel, also after a stop. Raises NoSuchChannel, NoAddress."""
    way_out = channels.channel(channel)
    if not can_reach(voice_id, way_out):
        raise NoAddress(way_out.way)
    with transaction.atomic():
        chosen = {"channel": channel, "chosen_at": at, "stopped_at": None}
        Reach.objects.update_or_create(voice_id=voice_id, defaults=chosen)
        record("messages.chosen", subject=Ref("voice", voice_id), by=by, at=at, facts={"channel": channel})


def stop(voice_id: UUID, *, by: UUID | None, at: datetime) -> bool:
    """The voice is told nothing any more, not even what waits; False where it was not being told."""
    with transaction.atomic():
        if not Reach.objects.open().filter(voice_id=voice_id).update(stopped_at=at):
            return False
        _drop_waiting(voice_id)
        record("messages.stopped", subject=Ref("voice", voice_id), by=by, at=at)
    return True


def forget(voice_id: UUID) -> None:
    """Take away how a voice is reached and what waits for it. For whoever erases its identity, in the same transaction."""
    with transaction.atomic():
        Reach.objects.filter(voice_id=voice_id).delete()
        _drop_waiting(voice_id)


def _drop_waiting(voice_id: UUID) -> None:
    if Outgoing.objects.waiting().filter(voice_id=voice_id).delete()[0]:
        erasing.forget_after_commit()

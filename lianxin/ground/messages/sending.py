"""Sending: what waits for a voice goes as one message, and is tried again for days where it does not go.

A message is claimed, sent and noted, in this order: of two workers one sends it, and who is killed loses nothing. Killed
between sending and noting, it goes once more, under the same Message-ID, by which mail programs may know it.
"""

from collections import Counter
from datetime import datetime, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from lianxin.ground.core import erasing
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.messages import channels, persons
from lianxin.ground.messages.composing import compose, letter_id
from lianxin.ground.messages.models import Outgoing, Reach
from lianxin.ground.vault.actions import deliver
from lianxin.ground.vault.errors import AlreadyErased, NotKept, NoWayToReach

AT_ONCE = 500  # voices; the others are told by the next run
SILENT = 3  # failures in a row after which a channel is left alone until the next run
_HOURS = (0.08, 0.25, 1, 3, 6, 12, 24, 24, 24, 24, 24)  # six days in all: a gateway may be down over a long weekend
PAUSES = tuple(timedelta(hours=hours) for hours in _HOURS)

SENT, FAILED, ENDED = "sent", "failed", "ended"


def send(due_at: datetime) -> str:
    """Tell every voice what waits for it, and none for whom nothing waits. May be called twice for one moment."""
    done: Counter[str] = Counter()
    failed_in_a_row: Counter[str] = Counter()
    for voice_id in Outgoing.objects.voices_due(now(), AT_ONCE):
        reach = Reach.objects.open().filter(voice_id=voice_id).first()
        if reach and failed_in_a_row[reach.channel] >= SILENT:
            continue
        if outcome := _tell(Outgoing.objects.claim(voice_id, now()), reach):
            done[outcome] += 1
        if reach and outcome in (SENT, FAILED):
            failed_in_a_row[reach.channel] = 0 if outcome == SENT else failed_in_a_row[reach.channel] + 1
    if done[SENT] or done[ENDED]:
        erasing.forget_after_commit()
    told = {"sent": number_format(done[SENT]), "failed": number_format(done[FAILED])}
    return _("寄出%(sent)s封，没有寄成%(failed)s封") % told


def _tell(rows: list[Outgoing], reach: Reach | None) -> str:
    """Send what was claimed; how it went, or nothing where others were first."""
    if not rows:
        return ""
    mine = Outgoing.objects.filter(claim=rows[0].claim)
    if reach is None:  # stopped meanwhile
        mine.delete()
        return ENDED
    try:
        channel = channels.channel(reach.channel)
        is_person = reach.reader == Reach.Reader.PERSON
        message = compose(rows, reach.stop_token, channels.WAYS[reach.channel].form, is_person=is_person)
        if is_person:
            persons.deliver(reach.voice_id, message, channel=channel)
        else:
            deliver(reach.voice_id, message, channel=channel, by=None, at=now())
    except AlreadyErased:
        mine.delete()
        return ENDED
    except (NotKept, NoWayToReach):
        _end(rows, Outgoing.State.GIVEN_UP)
        return ENDED
    except RuleError:  # mail server or gateway down, or taken out of the settings: it may come back
        _put_off(rows)
        return FAILED
    _end(rows, Outgoing.State.SENT)
    return SENT


def _end(rows: list[Outgoing], state: Outgoing.State) -> None:
    """Nothing is left to be told of these; what they said goes."""
    letter = letter_id(rows) if state == Outgoing.State.SENT else None
    Outgoing.objects.filter(pk__in=[row.pk for row in rows], claim=rows[0].claim).update(
        state=state, ended_at=now(), letter_id=letter, text="", link="", claim=None, claimed_at=None
    )


def _put_off(rows: list[Outgoing]) -> None:
    """Tried again after a pause that grows, and given up after the last."""
    if over := [row for row in rows if row.attempts >= len(PAUSES)]:
        _end(over, Outgoing.State.GIVEN_UP)
    for row in rows:
        if row not in over:
            Outgoing.objects.filter(pk=row.pk, claim=row.claim).update(
                attempts=row.attempts + 1, next_try_at=now() + PAUSES[row.attempts], claim=None, claimed_at=None
            )

"""Opening the door again before the lock-out runs out."""

from datetime import datetime
from uuid import UUID

from axes.utils import reset
from django.db import transaction

from lianxin.ground.access.models import User
from lianxin.ground.core.events import Ref, record


def unlock(user: User, *, by: UUID | None, at: datetime) -> None:
    """Forget the failed sign-ins of this user, so that the next one is tried at once."""
    with transaction.atomic():
        forget_failures(user)
        record("access.unlocked", subject=Ref("user", user.pk), by=by, at=at)


def forget_failures(user: User) -> int:
    """The same without an event, where another one tells of it. Answers how many were forgotten."""
    return reset(username=user.username)

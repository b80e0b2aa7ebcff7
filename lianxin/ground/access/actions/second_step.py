"""Telling the audit administrator of a second step that somebody must have changed below the platform."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lianxin.ground.core.events import Ref, record


def tell_unopenable(user_id: UUID, ways: list[str], *, at: datetime) -> None:
    """Record that what is stored of these ways (CodeWay) does not open, and let nobody in."""
    with transaction.atomic():
        for way in ways:
            facts = {"way": way}
            record("access.second_step_unopenable", subject=Ref("user", user_id), by=None, at=at, facts=facts)

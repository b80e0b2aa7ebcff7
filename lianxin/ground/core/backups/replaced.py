"""Platforms that a restore has replaced: kept as long as backups are, and no longer."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from lianxin.ground.core.backups import engines
from lianxin.ground.core.backups.making import MOMENT


@dataclass(frozen=True)
class Replaced:
    """One of them: since when, and in which folders or schema it lies."""

    stamp: str
    at: datetime
    places: tuple[str, ...]

    @property
    def expires_at(self) -> datetime:
        """When it is deleted (LIANXIN_BACKUP_DAYS)."""
        return self.at + timedelta(days=settings.BACKUP_DAYS)


def all_replaced() -> list[Replaced]:
    """Every platform that was replaced and is still there, the oldest first."""
    found: dict[str, set[str]] = {}
    for lies in (engines.in_use().replaced(), engines.replaced_below(Path(settings.HOME))):
        for stamp, where in lies.items():
            found.setdefault(stamp, set()).add(where)
    return [Replaced(stamp, at, tuple(sorted(found[stamp]))) for stamp in sorted(found) if (at := _moment(stamp))]


def expire(now: datetime) -> list[Replaced]:
    """Delete those that are older than backups are kept, whatever is in them."""
    old = [one for one in all_replaced() if one.expires_at <= now]
    for one in old:
        engines.in_use().drop_replaced(one.stamp)
        shutil.rmtree(engines.replaced_in(Path(settings.HOME), one.stamp), ignore_errors=True)
    return old


def _moment(stamp: str) -> datetime | None:
    """The moment that a stamp says; None for a folder that somebody else named."""
    try:
        return datetime.strptime(stamp, MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None

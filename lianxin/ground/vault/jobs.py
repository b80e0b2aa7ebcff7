"""What the vault does by night."""

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import now
from lianxin.ground.core.jobs import Job
from lianxin.ground.vault.erasing import erase_words, wipe_remains
from lianxin.ground.vault.errors import ReadersInTheWay
from lianxin.ground.vault.models import Erasure, Opening

WORDS_KEPT_FOR = timedelta(days=3 * 366)  # Personal Information Protection Law, art. 56: three years
UNREVIEWED_KEPT_FOR = timedelta(days=30)  # after the identity is gone; a review is due within seven


def erase_old_words(due_at: datetime) -> str:
    """Take away reasons and notes of openings that are old, and those that outlive an identity without being reviewed."""
    at = now()
    erased = Erasure.objects.filter(erased_at__lt=at - UNREVIEWED_KEPT_FOR).values("voice_id")
    old = Opening.objects.with_words().filter(Q(opened_at__lt=at - WORDS_KEPT_FOR) | Q(voice_id__in=erased))
    return str(erase_words(old.order_by("pk"), by=None, at=at))


def wipe(due_at: datetime) -> str:
    """Take the remains of what was erased out of the database's files. Raises ReadersInTheWay, to be tried again."""
    if (count := wipe_remains()) is None:
        raise ReadersInTheWay
    return str(count)


JOBS = (
    Job("vault.words", _("删去过期的查看理由"), erase_old_words, at=time(4, 40)),
    Job("vault.wipe", _("清除销毁的残留"), wipe, at=time(4, 50)),
)

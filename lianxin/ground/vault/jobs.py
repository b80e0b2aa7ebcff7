"""What the vault does by night."""

from datetime import datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.jobs import Job
from lianxin.ground.vault.erasing import wipe
from lianxin.ground.vault.errors import ReadersInTheWay
from lianxin.ground.vault.models import Erasure

LOOKED_BACK = timedelta(days=2)  # a night may be missed


def wipe_remains(due_at: datetime) -> str:
    """Take the remains of what was erased lately out of the database's files. Raises ReadersInTheWay, to be tried again."""
    count = Erasure.objects.filter(erased_at__gte=due_at - LOOKED_BACK).count()
    if count and not wipe():
        raise ReadersInTheWay
    return str(count)


JOBS = (Job("vault.wipe", _("清除销毁的残留"), wipe_remains, at=time(4, 50)),)

"""How an author is reached: what comes later than the telling."""

from datetime import datetime

from django.db import transaction

from lianxin.affairs.opinions.errors import Gone
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.messages import actions as messages
from lianxin.ground.messages.wechat import Wechat
from lianxin.ground.vault import actions as vault


def by_wechat(opinion: Opinion, openid: str, *, at: datetime) -> None:
    """From now on the author is told by WeChat; the openid is sealed beside what the author told.

    Raises NoSuchChannel, NoAddress, and Gone where the words were taken back meanwhile.
    """
    with transaction.atomic():
        held = Opinion.objects.select_for_update().filter(pk=opinion.pk, erased_at__isnull=True)
        if not held.exists():
            raise Gone
        around = [] if opinion.is_complaint else opinion.case.region.path_ids
        vault.keep_too(opinion.pk, by=None, at=at, body=opinion.case.body_id, places=around, wechat=openid)
        messages.choose(opinion.pk, Wechat.code, by=None, at=at)

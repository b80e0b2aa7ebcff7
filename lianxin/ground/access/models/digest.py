"""That somebody was reminded of what waits."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Record


class Digest(Record):
    """每周提醒 Somebody was sent the e-mail of one week. `week_on` is the day for which it was due; what it said is not kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("用户"))
    week_on = models.DateField(_("哪一周"))
    sent_at = models.DateTimeField(_("寄出时间"))

    class Meta:
        verbose_name = _("每周提醒")
        constraints = [models.UniqueConstraint(fields=["user", "week_on"], name="digest_once_a_week")]

    def __str__(self) -> str:
        return f"{self.week_on}"

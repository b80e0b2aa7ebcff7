"""That an identity was destroyed, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Record


class Cause(models.TextChoices):
    """Why an identity is destroyed: a list, so that no free text about a resident enters the record.

    The first five are those of the Personal Information Protection Law, art. 47.
    """

    ASKED = "asked", _("本人要求")
    WITHDRAWN = "withdrawn", _("撤回同意")
    SERVED = "served", _("事情办完，不再需要")
    EXPIRED = "expired", _("保存期满")
    UNLAWFUL = "unlawful", _("收集或使用不合规定")
    RESTORED = "restored", _("恢复备份后重新销毁")


class Erasure(Record):
    """销毁 The identity of a voice was destroyed for good. Outlives the identity, so that no backup brings it back."""

    voice_id = models.UUIDField(_("来信"), unique=True)
    erased_at = models.DateTimeField(_("销毁时间"))

    class Meta:
        verbose_name = _("销毁")

    def __str__(self) -> str:
        return f"{self.voice_id} {self.erased_at:%Y-%m-%d}"

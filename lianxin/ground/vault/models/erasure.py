"""That an identity was destroyed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Record


class Erasure(Record):
    """销毁 The identity of a voice was destroyed for good. Outlives the identity, so that no backup brings it back."""

    voice_id = models.UUIDField(_("来信"), unique=True)
    erased_at = models.DateTimeField(_("销毁时间"))

    class Meta:
        verbose_name = _("销毁")

    def __str__(self) -> str:
        return f"{self.voice_id} {self.erased_at:%Y-%m-%d}"

"""Which master keys wrapped what is kept. The keys themselves are never here."""

from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Record


class MasterKeyQuerySet(models.QuerySet["MasterKey"]):
    """Questions asked of master keys."""

    def in_use(self) -> Self:
        """The one that seals, and every other that something is still wrapped under."""
        from lianxin.ground.vault.models.wrapped import wrapped_models

        wraps = (Q(Exists(model._default_manager.filter(master=OuterRef("pk")))) for model in wrapped_models())
        return self.filter(reduce(or_, wraps, Q(is_current=True)))


class MasterKey(Record):
    """主密钥 A master key by its fingerprint: tells which key is needed, and shows a wrong one before it does harm."""

    fingerprint = models.CharField(_("指纹"), max_length=32, unique=True)
    is_current = models.BooleanField(_("现用"))
    added_at = models.DateTimeField(_("启用时间"))

    objects = MasterKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("主密钥")
        constraints = [
            models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name="one_master_key_seals")
        ]

    def __str__(self) -> str:
        return self.fingerprint[:8]

    @classmethod
    def add(cls, fingerprint: str) -> "MasterKey":
        """From here on this key seals. The update waits for those who seal under the former one (keyring.current)."""
        cls.objects.filter(is_current=True).exclude(fingerprint=fingerprint).update(is_current=False)
        master, _made = cls.objects.update_or_create(
            fingerprint=fingerprint,
            defaults={"is_current": True},
            create_defaults={"is_current": True, "added_at": now()},
        )
        return master

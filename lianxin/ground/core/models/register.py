"""Numbers that follow one another."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class Register(models.Model):
    """编号簿 Numbers without gaps or doubles: the row is held from the taking of a number to the end of the transaction."""

    name = models.CharField(_("名称"), max_length=48, primary_key=True)
    last = models.IntegerField(_("最后一个"), default=0)

    class Meta:
        verbose_name = _("编号簿")

    def __str__(self) -> str:
        return f"{self.name} {self.last}"

    @classmethod
    def take(cls, name: str) -> int:
        """The next number of a register, the first of which is 1. Inside a transaction: undone with it."""
        if not cls.objects.filter(pk=name).update(last=F("last") + 1):
            cls.objects.get_or_create(name=name)
            cls.objects.filter(pk=name).update(last=F("last") + 1)
        return cls.objects.get(pk=name).last

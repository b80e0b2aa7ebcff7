"""What became of a mail that came in."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Record


class ReceivedQuerySet(models.QuerySet["Received"]):
    """Questions asked of mails that came in."""

    def left(self) -> Self:
        """Those that a person should look at: they lie in the mailbox with a flag."""
        return self.filter(outcome__in=Received.LEFT)


class Received(Record):
    """收到的邮件 That a mail was read, and what became of it: neither whose it is nor what it says. Read twice, it is still one."""

    class Outcome(models.TextChoices):
        """What became of it."""

        TAKEN = "taken", _("已收下")
        AUTOMATIC = "automatic", _("自动回复")
        BOUNCE = "bounce", _("退信")
        OWN = "own", _("平台自己的")
        NOBODYS = "nobodys", _("没有能接的")
        TOO_OFTEN = "too_often", _("来得太密")
        TOO_BIG = "too_big", _("太大")
        FAILED = "failed", _("没有收成，还会再试")
        BROKEN = "broken", _("收不了")

    LEFT: ClassVar[tuple[str, ...]] = (Outcome.NOBODYS, Outcome.TOO_OFTEN, Outcome.TOO_BIG, Outcome.BROKEN)

    mark = models.CharField(_("记号"), max_length=64, unique=True)
    received_at = models.DateTimeField(_("收到时间"))
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome)
    tries = models.IntegerField(_("试过几次"), default=0)

    objects: ClassVar[ReceivedQuerySet] = ReceivedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("收到的邮件")
        constraints = [models.CheckConstraint(name="received_tries", condition=Q(tries__gte=0))]
        indexes = [models.Index(fields=["received_at"], name="received_at")]

    def __str__(self) -> str:
        return f"{self.received_at:%Y-%m-%d} {self.outcome}"

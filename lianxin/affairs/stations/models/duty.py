"""值班 Which deputy is expected at which shift, and what became of it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Record
from lianxin.ground.people.models import Mandate


class DutyQuerySet(models.QuerySet["Duty"]):
    """Questions asked of duties."""

    def visible_to(self, user: Any) -> Self:
        """A deputy's own."""
        return self.filter(mandate__person__user=user.pk)

    def counted(self) -> Self:
        """Those who are expected, or came."""
        return self.filter(state__in=Duty.COUNTED).exclude(shift__state="cancelled")

    def announced(self) -> Self:
        """Those whom the public was told of: that somebody did not come, it is not told afterwards."""
        return self.filter(state__in=Duty.ANNOUNCED).exclude(shift__state="cancelled")


class Duty(Record):
    """值班 That a deputy is expected at a shift, and what became of it."""

    class State(models.TextChoices):
        """What became of it."""

        ON = "on", _("排上了")
        SWAPPED = "swapped", _("换下了")
        EXCUSED = "excused", _("请假")
        CAME = "came", _("到了")
        ABSENT = "absent", _("没有到")

    COUNTED: ClassVar[tuple[str, ...]] = (State.ON, State.CAME)
    ANNOUNCED: ClassVar[tuple[str, ...]] = (*COUNTED, State.ABSENT)

    shift = models.ForeignKey("stations.Shift", models.CASCADE, related_name="duties", verbose_name=_("轮值"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="duties", verbose_name=_("代表资格"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ON)
    came_at = models.DateTimeField(_("签到时间"), null=True)
    asked_at = models.DateTimeField(_("申请换班的时间"), null=True)

    objects: ClassVar[DutyQuerySet] = DutyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("值班")
        constraints = [
            models.UniqueConstraint(fields=["shift", "mandate"], name="duty_stands_once"),
            models.CheckConstraint(
                name="duty_came_at",
                condition=Q(state="came", came_at__isnull=False) | (~Q(state="came") & Q(came_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate} {self.shift}"

    @property
    def is_counted(self) -> bool:
        """Whether the deputy is expected, or came."""
        return self.state in self.COUNTED

    @property
    def beside(self) -> list[str]:
        """Who else sits there, by name; read the duties of the shift and their persons beforehand."""
        others = [one for one in self.shift.duties.all() if one.is_counted and one.pk != self.pk]
        return sorted(one.mandate.person.name for one in others)

    @property
    def wants_off(self) -> bool:
        """Whether the deputy asked to be excused and nobody has decided."""
        return self.state == self.State.ON and self.asked_at is not None

"""What a resident says of an answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.cases.models.case import Case, Round
from lianxin.ground.core.models import Record


class Rating(Record):
    """评价 One voice is asked twice of one round, once soon and once some weeks later: satisfied? solved?

    Of a suggestion the voice that is asked is the mandate of who leads it, once.
    `given_at` stays empty where nobody answered: that is "no answer", never satisfied. Units never see whose it is.
    """

    class Satisfied(models.TextChoices):
        """Of manner and speed."""

        YES = "yes", _("满意")
        FAIRLY = "fairly", _("一般")
        NO = "no", _("不满意")

    class Solved(models.TextChoices):
        """Of the matter itself."""

        YES = "yes", _("解决了")
        PARTLY = "partly", _("解决了一部分")
        NO = "no", _("没解决")

    class Wave(models.IntegerChoices):
        """When it was asked."""

        SOON = 1, _("答复时")
        LATER = 2, _("过些时候")

    case = models.ForeignKey(Case, models.PROTECT, related_name="ratings", verbose_name=_("事项"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="ratings", verbose_name=_("轮次"))
    voice_id = models.UUIDField(_("来信"))
    wave = models.IntegerField(_("第几次问"), choices=Wave.choices, default=Wave.SOON)
    asked_at = models.DateTimeField(_("问的时间"))
    due_on = models.DateField(_("评价截止"))
    given_at = models.DateTimeField(_("评价时间"), null=True)
    satisfied = models.CharField(_("满意吗"), max_length=6, choices=Satisfied.choices, blank=True)
    solved = models.CharField(_("解决了吗"), max_length=6, choices=Solved.choices, blank=True)
    why = models.CharField(_("不满意什么"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("评价")
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(given_at__isnull=True), name="rating_open"),
            models.Index(fields=["voice_id"], name="rating_of_voice"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round", "voice_id", "wave"], name="rating_is_asked_once"),
            models.CheckConstraint(
                name="rating_is_given_whole",
                condition=Q(given_at__isnull=True, satisfied="", solved="")
                | (Q(given_at__isnull=False) & ~Q(satisfied="") & ~Q(solved="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_wave_display()}"

"""What is answered, and what is promised with it."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.cases.models.case import Case, Claimant, Means, Round
from lianxin.ground.cases.models.handover import Handover
from lianxin.ground.core.models import Record


class Reply(Record):
    """答复 What somebody answers in one round. A draft until it is sent; a sent one never changes.

    `outcome` is the preset's class, `means` what that class meant when it was sent. `repeats` is the answer to a
    suggestion with which a matter that waited for it is answered too. `edition` counts how often the draft was saved, so that two who write at once do not overwrite each other.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="replies", verbose_name=_("事项"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="replies", verbose_name=_("轮次"))
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="replies", verbose_name=_("交办"))
    said_by = models.CharField(_("谁答复"), max_length=10, choices=Claimant.choices)
    text = models.TextField(_("答复内容"))
    measures = models.TextField(_("措施"), blank=True)
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name=_("照着哪个答复"))
    outcome = models.CharField(_("答复类别"), max_length=40, blank=True)
    means = models.CharField(_("含义"), max_length=10, choices=Means.choices, blank=True)
    promise = models.CharField(_("承诺的事"), max_length=200, blank=True)
    promised_on = models.DateField(_("承诺的日子"), null=True, blank=True)
    edition = models.IntegerField(_("改动次数"), default=0)
    drafted_by = models.UUIDField(_("起草人"), null=True)
    drafted_at = models.DateTimeField(_("起草时间"))
    asked_at = models.DateTimeField(_("送审时间"), null=True)
    approved_by = models.UUIDField(_("批准人"), null=True)
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    sent_at = models.DateTimeField(_("答复时间"), null=True)

    class Meta:
        verbose_name = _("答复")
        indexes = [models.Index(fields=["case", "sent_at"], name="reply_of_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["handover"], condition=Q(sent_at__isnull=True), name="reply_has_one_draft_for_a_handover"
            ),
            models.UniqueConstraint(
                fields=["handover"], condition=Q(sent_at__isnull=False), name="reply_is_sent_once_for_a_handover"
            ),
            models.CheckConstraint(
                name="reply_later_has_a_day",
                condition=Q(sent_at__isnull=True) | ~Q(means="later") | Q(promised_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_said_by_display()}"

    @property
    def party(self) -> tuple[str, UUID]:
        """Who answers: the holder, or who gave the answer that it repeats; `repeats__handover` was read beforehand."""
        return (self.repeats or self).handover.party


class Promise(Record):
    """承诺 What was promised, until when, and what became of it. One that lapses reopens its matter by itself."""

    reply = models.OneToOneField(Reply, models.PROTECT, related_name="promised", verbose_name=_("答复"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="promises", verbose_name=_("事项"))
    what = models.CharField(_("承诺的事"), max_length=200)
    due_on = models.DateField(_("承诺的日子"))
    kept_at = models.DateTimeField(_("做到的时间"), null=True)
    lapsed_at = models.DateTimeField(_("到期未做到"), null=True)

    class Meta:
        verbose_name = _("承诺")
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(kept_at__isnull=True, lapsed_at__isnull=True),
                name="promise_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="promise_is_kept_or_lapses", condition=Q(kept_at__isnull=True) | Q(lapsed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.due_on}"

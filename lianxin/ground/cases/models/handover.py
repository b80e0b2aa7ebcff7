"""Who holds a matter, since when, and until when."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.cases.models.case import Case, Round
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.models import Record


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Questions asked of handovers."""

    def running(self) -> Self:
        """Those that have not ended."""
        return self.filter(ended_at__isnull=True)

    def held_by(self, kind: str, ids: Any) -> Self:
        """Those to parties of one kind."""
        return self.filter(party_kind=kind, party_id__in=ids)


class Handover(Record):
    """交办 A matter lies with somebody: the office that sorts it, a meeting, a deputy, a unit. Each has its own clock.

    Whoever holds a matter holds it by a row here: so no clock is without an owner. `due_on` is a projection of span,
    pauses and calendar, written by `clocks.set_due` alone; None while the clock is held.
    """

    class Role(models.TextChoices):
        """What the holder is to do."""

        SORT = "sort", _("收件")
        ASSIGN = "assign", _("交办")
        MEETING = "meeting", _("集中研判")
        ANSWER = "answer", _("代表答复")
        TAKEN_UP = "taken_up", _("代表认领")
        REVISE = "revise", _("代表修改")
        RAISED = "raised", _("等建议答复")
        LEAD = "lead", _("主办")
        CO = "co", _("协办")

    class Ending(models.TextChoices):
        """How it ended."""

        DONE = "done", _("办了")
        RETURNED = "returned", _("退回")
        PASSED_ON = "passed_on", _("转出")
        TAKEN_BACK = "taken_back", _("收回")
        UNDONE = "undone", _("撤销")
        CLOSED = "closed", _("随事项办结")

    OFFICES = (Role.SORT, Role.ASSIGN, Role.MEETING)
    DEPUTIES = (Role.ANSWER, Role.TAKEN_UP)
    UNITS = (Role.LEAD, Role.CO)

    case = models.ForeignKey(Case, models.PROTECT, related_name="handovers", verbose_name=_("事项"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="handovers", verbose_name=_("轮次"))
    role = models.CharField(_("角色"), max_length=10, choices=Role.choices)
    party_kind = models.CharField(_("主体种类"), max_length=16)
    party_id = models.UUIDField(_("主体"))
    handed_at = models.DateTimeField(_("交办时间"))
    handed_by = models.UUIDField(_("交办人"), null=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by", verbose_name=_("接在"))
    started_on = models.DateField(_("起算日"))
    span = models.CharField(_("期间"), max_length=20, blank=True)
    due_on = models.DateField(_("到期日"), null=True)
    calendar = models.CharField(_("日历版本"), max_length=80, blank=True)
    rule_version = models.CharField(_("规则版本"), max_length=64, blank=True)
    signed_in_at = models.DateTimeField(_("签收时间"), null=True)
    contacted_at = models.DateTimeField(_("首次联系时间"), null=True)
    return_asked_at = models.DateTimeField(_("申请退回时间"), null=True)
    late_told = models.CharField(_("已提醒到"), max_length=10, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    ending = models.CharField(_("怎样结束"), max_length=10, choices=Ending.choices, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("交办")
        indexes = [
            models.Index(
                fields=["party_id", "due_on", "id"], condition=Q(ended_at__isnull=True), name="handover_queue"
            ),
            models.Index(fields=["party_id", "handed_at"], name="handover_of_party"),
            models.Index(fields=["due_on"], condition=Q(ended_at__isnull=True), name="handover_due"),
            models.Index(fields=["party_id", "due_on"], condition=Q(role="meeting"), name="handover_of_meeting"),
        ]
        constraints = [
            models.CheckConstraint(
                name="handover_ends_in_some_way",
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
            ),
            models.UniqueConstraint(
                fields=["case", "party_id"], condition=Q(ended_at__isnull=True), name="handover_runs_once_for_a_party"
            ),
            models.CheckConstraint(name="handover_has_one_clock", condition=~Q(span="") | Q(due_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_role_display()}"

    @property
    def is_running(self) -> bool:
        """Whether the matter still lies there."""
        return self.ended_at is None

    @property
    def party(self) -> tuple[str, UUID]:
        """Who holds it."""
        return self.party_kind, self.party_id

    def end(self, ending: str, *, at: datetime) -> None:
        """The matter lies there no more. The case is held by whoever calls."""
        Handover.objects.filter(pk=self.pk).update(ended_at=at, ending=ending, return_asked_at=None)
        self.pauses.filter(ended_on__isnull=True).update(ended_on=day_of(at))
        self.ended_at, self.ending, self.return_asked_at = at, ending, None


class Pause(Record):
    """中止 The clock of a handover is held while somebody else is asked."""

    class Kind(models.TextChoices):
        """What it waits for."""

        AUTHOR = "author", _("等反映人补充")

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="pauses", verbose_name=_("交办"))
    kind = models.CharField(_("原因"), max_length=10, choices=Kind.choices, default=Kind.AUTHOR)
    began_on = models.DateField(_("开始"))
    ended_on = models.DateField(_("结束"), null=True)

    class Meta:
        verbose_name = _("中止")
        constraints = [
            models.UniqueConstraint(
                fields=["handover"], condition=Q(ended_on__isnull=True), name="pause_runs_once_for_a_handover"
            ),
            models.CheckConstraint(
                name="pause_ends_after_it_began", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.began_on}"

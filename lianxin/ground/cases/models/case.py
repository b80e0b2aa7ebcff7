"""A case, its rounds, its number, and what is needed to take its last step back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Event, Record, Register
from lianxin.ground.people.models import Body, Region

if TYPE_CHECKING:
    from lianxin.ground.cases.models.handover import Handover


class Claimant(models.TextChoices):
    """Who says how it came out. Only a unit, an office or the resident says "solved"; a deputy explains or takes up."""

    UNIT = "unit", _("承办单位")
    DEPUTY = "deputy", _("代表")
    OFFICE = "office", _("人大工作机构")
    RESIDENT = "resident", _("反映人")


class Means(models.TextChoices):
    """What a class of replies means, whatever a preset calls it. What comes later is promised with a day."""

    SOLVED = "solved", _("解决了")
    PARTLY = "partly", _("解决了一部分")
    LATER = "later", _("以后解决")
    EXPLAINED = "explained", _("作了说明")


class Outcome(models.TextChoices):
    """How a case came out: what the answer meant, or what the resident says, who may say that it did not."""

    SOLVED = "solved", _("解决了")
    PARTLY = "partly", _("解决了一部分")
    LATER = "later", _("以后解决")
    EXPLAINED = "explained", _("作了说明")
    UNSOLVED = "unsolved", _("没解决")


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions asked of cases."""

    def open(self) -> "CaseQuerySet":
        """Those that have not ended."""
        return self.filter(ended_at__isnull=True)


class Case(Record):
    """事项 One matter that is followed to its end, whatever kind of thing it is about.

    Stage, outcome and who says so are three fields. `waits_for`, `due_on`, `is_returned` are projections of the running
    handovers and ratings, written by `settling.settle` alone. `edition` counts what was done to it.
    """

    class Stage(models.TextChoices):
        """How far it is."""

        RECEIVED = "received", _("收到了")
        ACCEPTED = "accepted", _("收下了")
        HANDLING = "handling", _("办理中")
        ANSWERED = "answered", _("答复了")
        ENDED = "ended", _("办结了")

    class Ending(models.TextChoices):
        """How it ended."""

        JUDGED = "judged", _("评价过了")
        UNJUDGED = "unjudged", _("没有评价")
        DECLINED = "declined", _("没有收")
        WITHDRAWN = "withdrawn", _("撤回了")
        MERGED = "merged", _("并案了")

    class WaitsFor(models.TextChoices):
        """Who moves next."""

        OFFICE = "office", _("办公室")
        MEETING = "meeting", _("集中研判")
        DEPUTY = "deputy", _("代表")
        UNIT = "unit", _("承办单位")
        SUGGESTION = "suggest", _("建议答复")
        AUTHOR = "author", _("反映人补充")
        JUDGING = "judging", _("反映人评价")

    kind = models.CharField(_("种类"), max_length=16)
    number = models.CharField(_("编号"), max_length=24, unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="cases", verbose_name=_("主管机构"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="cases", verbose_name=_("地方"))
    opened_at = models.DateTimeField(_("收到时间"))
    changed_at = models.DateTimeField(_("最近变化"))
    ended_at = models.DateTimeField(_("办结时间"), null=True)
    stage = models.CharField(_("进展"), max_length=10, choices=Stage.choices, default=Stage.RECEIVED)
    ending = models.CharField(_("怎样办结"), max_length=10, choices=Ending.choices, blank=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome.choices, blank=True)
    outcome_by = models.CharField(_("谁说的"), max_length=10, choices=Claimant.choices, blank=True)
    waits_for = models.CharField(_("等谁"), max_length=8, choices=WaitsFor.choices, blank=True)
    due_on = models.DateField(_("到期日"), null=True)
    is_returned = models.BooleanField(_("被退回"), default=False)
    returns = models.IntegerField(_("退回次数"), default=0)
    voices = models.IntegerField(_("同声"), default=1)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", verbose_name=_("并入"))
    edition = models.IntegerField(_("变化次数"), default=0)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("事项")
        indexes = [
            models.Index(
                fields=["kind", "waits_for", "opened_at", "id"], condition=Q(ended_at__isnull=True), name="case_waiting"
            ),
            models.Index(fields=["kind", "opened_at", "id"], condition=Q(ended_at__isnull=True), name="case_open"),
            models.Index(fields=["kind", "due_on", "id"], condition=Q(ended_at__isnull=True), name="case_due"),
            models.Index(fields=["kind", "changed_at", "id"], name="case_latest"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="case_merged"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_ends_in_some_way",
                condition=Q(ended_at__isnull=True, ending="") & ~Q(stage="ended")
                | Q(ended_at__isnull=False, stage="ended") & ~Q(ending=""),
            ),
            models.CheckConstraint(
                name="case_is_merged_into_another",
                condition=Q(merged_into__isnull=True) & ~Q(ending="merged")
                | Q(merged_into__isnull=False, ending="merged") & ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="case_outcome_says_who",
                condition=Q(outcome="", outcome_by="") | (~Q(outcome="") & ~Q(outcome_by="")),
            ),
            models.CheckConstraint(
                name="case_deputy_never_says_solved", condition=~Q(outcome_by="deputy") | Q(outcome="explained")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in the body in charge, and in its place with those around it (read beforehand)."""
        yield from self.body.access_scopes()
        yield from self.region.access_scopes()

    @staticmethod
    def take_number(prefix: str, day: date) -> str:
        """The next number of a month: DJ-2611-0127; 2611-0127 where there is no prefix. Inside a transaction."""
        name = "-".join(filter(None, [prefix, f"{day:%y%m}"]))
        return f"{name}-{Register.take(name):04}"

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is to be done."""
        return self.ended_at is not None

    def current_round(self) -> "Round":
        """The round that runs, or ran last."""
        return self.rounds.latest("number")

    def leading(self, *related: str) -> "Handover | None":
        """The handover to the unit that answers, while it runs, with its round and what else is `related` to it; one query."""
        running = self.handovers.running().filter(party_kind="unit", role="lead")
        return running.select_related("round", *related).first()

    def begin_round(self, cause: str, *, at: datetime) -> "Round":
        """Another round begins; the one before stays as it is."""
        number = self.rounds.count() + 1
        return Round.objects.create(case=self, number=number, cause=cause, began_at=at)


class Round(Record):
    """轮次 One turn of a case: handed over, answered, judged. Another round is another row and never overwrites one."""

    class Cause(models.TextChoices):
        """Why it began."""

        FIRST = "first", _("第一次办理")
        REOPENED = "reopened", _("反映人说没解决")
        LAPSED = "lapsed", _("承诺到期没有做到")
        DISSATISFIED = "unhappy", _("代表对答复不满意")

    case = models.ForeignKey(Case, models.PROTECT, related_name="rounds", verbose_name=_("事项"))
    number = models.IntegerField(_("第几轮"))
    cause = models.CharField(_("起因"), max_length=10, choices=Cause.choices, default=Cause.FIRST)
    began_at = models.DateTimeField(_("开始时间"))

    class Meta:
        verbose_name = _("轮次")
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="round_stands_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.number}"


class Step(Record):
    """一步 What a case was before its last step, for as long as the step can be taken back. Derived; old ones are deleted."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps", verbose_name=_("事项"))
    edition = models.IntegerField(_("变化次数"))
    event = models.ForeignKey(Event, models.PROTECT, related_name="+", verbose_name=_("事件"))
    by_id = models.UUIDField(_("经手人"), null=True)
    taken_at = models.DateTimeField(_("时间"))
    before = models.JSONField(_("之前"))

    class Meta:
        verbose_name = _("一步")
        constraints = [models.UniqueConstraint(fields=["case", "edition"], name="step_stands_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.edition}"

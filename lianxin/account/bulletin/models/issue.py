"""An issue of the bulletin: composed, reviewed, signed, and from then on as it was issued."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.account.bulletin.sheet import Sheet
from lianxin.account.publishing.models.announcement import in_reach
from lianxin.ground.core.events import Ref
from lianxin.ground.core.figures import Period
from lianxin.ground.core.models import Record
from lianxin.ground.people.models import Body

COMPOSE, REVIEW, SIGN = "bulletin.compose", "bulletin.review", "bulletin.sign"


class IssueQuerySet(models.QuerySet["Issue"]):
    """Questions asked of issues."""

    def visible_to(self, user: Any) -> Self:
        """Those of bodies for which somebody composes, reviews or signs."""
        return self.filter(in_reach(user, COMPOSE, REVIEW, SIGN))

    def issued(self) -> Self:
        """Those that everybody may read, the latest first."""
        return self.filter(state=Issue.State.ISSUED).order_by("-number")

    def with_matters(self) -> Self:
        """With what each entry tells of; one query more."""
        told = apps.get_model("bulletin", "Item").objects.select_related("opinion", "suggestion__case")
        return self.select_related("body").prefetch_related(Prefetch("items", told))


class Issue(Record):
    """一期 One issue: of which month, how far it is, who brought it out. `edition` counts what was changed in the draft.

    Once issued, `sheet` is what everybody reads: texts, figures, as of when, and the fingerprint over all of it. Facts that
    come later change nothing in it; they make an erratum. Only words that may not be shown any more are taken out, and
    the fingerprint still holds, for it stands over their digests (sheet.py).
    """

    class State(models.TextChoices):
        """How far it is."""

        COMPOSING = "composing", gettext_lazy("在编")
        REVIEW = "review", gettext_lazy("等复核")
        SIGNING = "signing", gettext_lazy("等签发")
        ISSUED = "issued", gettext_lazy("已签发")

    body = models.ForeignKey(Body, models.PROTECT, related_name="bulletins", verbose_name=gettext_lazy("机构"))
    month = models.DateField(gettext_lazy("哪个月"))
    number = models.IntegerField(gettext_lazy("第几期"), null=True, unique=True)
    state = models.CharField(gettext_lazy("状态"), max_length=10, choices=State.choices, default=State.COMPOSING)
    edition = models.IntegerField(gettext_lazy("改动次数"), default=0)
    compiled_by = models.UUIDField(gettext_lazy("编辑"), null=True)
    reviewed_by = models.UUIDField(gettext_lazy("复核人"), null=True)
    signed_by = models.UUIDField(gettext_lazy("签发人"), null=True)
    issued_at = models.DateTimeField(gettext_lazy("签发时间"), null=True)
    algorithm = models.CharField(gettext_lazy("算法"), max_length=8, blank=True)
    fingerprint = models.CharField(gettext_lazy("指纹"), max_length=64, blank=True)
    frozen = models.JSONField(gettext_lazy("签发的内容"), null=True)

    objects = IssueQuerySet.as_manager()
    SUBJECT: ClassVar[str] = "bulletin"

    class Meta:
        verbose_name = gettext_lazy("一期简报")
        constraints = [
            models.UniqueConstraint(fields=["body", "month"], name="issue_once_a_month"),
            models.CheckConstraint(
                name="issue_is_whole_once_issued",
                condition=~Q(state="issued")
                | Q(number__isnull=False, issued_at__isnull=False, frozen__isnull=False) & ~Q(fingerprint=""),
            ),
        ]

    def __str__(self) -> str:
        return _("第%(number)d期") % {"number": self.number} if self.number else self.period.called

    def get_absolute_url(self) -> str:
        """Its page at the desk."""
        return reverse("bulletin:issue", args=[self.pk])

    @property
    def public_url(self) -> str:
        """Its page for everybody; empty while there is none."""
        return reverse("bulletin:public_issue", args=[self.number]) if self.is_issued else ""

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies with the body that issues it."""
        yield from self.body.access_scopes()

    @property
    def ref(self) -> Ref:
        """As the record names it."""
        return Ref(self.SUBJECT, self.pk)

    @property
    def period(self) -> Period:
        """The month that it tells of."""
        return Period.month(self.month.year, self.month.month)

    @property
    def is_issued(self) -> bool:
        """Whether it is out."""
        return self.state == self.State.ISSUED

    @property
    def sheet(self) -> Sheet:
        """What was issued. Raises ValueError before."""
        return Sheet.model_validate(self.frozen)

    def take_out(self, entry: str) -> None:
        """The words of an entry go out of what was issued, if they stand there; its digest and the fingerprint stay."""
        self.frozen = self.sheet.without(entry).model_dump(mode="json")


class Counted(models.Model):
    """名单 A matter among which a figure of an issue was counted, as the list stood when it was issued."""

    id = models.BigAutoField(primary_key=True)
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="counted", verbose_name=gettext_lazy("一期简报"))
    figure = models.CharField(gettext_lazy("指标"), max_length=60)
    case_id = models.UUIDField(gettext_lazy("事项"))

    class Meta:
        verbose_name = gettext_lazy("指标的名单")
        constraints = [models.UniqueConstraint(fields=["issue", "figure", "case_id"], name="counted_once_for_a_figure")]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.figure} {self.case_id}"


class Erratum(Record):
    """更正 What was wrong in an issue. It stands on that issue's page from now on, and is printed in the next one."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="errata", verbose_name=gettext_lazy("一期简报"))
    words = models.CharField(gettext_lazy("更正的话"), max_length=300)
    written_at = models.DateTimeField(gettext_lazy("更正时间"))
    printed_in = models.ForeignKey(
        Issue, models.PROTECT, null=True, related_name="prints", verbose_name=gettext_lazy("登在哪一期")
    )

    class Meta:
        verbose_name = gettext_lazy("简报的更正")
        ordering = ("written_at", "id")

    def __str__(self) -> str:
        return f"{self.issue} {self.words}"

"""What a user was granted."""

from datetime import date
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianxin.ground.core.models import Record


class GrantQuerySet(models.QuerySet["Grant"]):
    """Questions asked of grants."""

    def in_force(self, on: date) -> Self:
        """Grants that hold on this day; one that was taken back does not hold on the day of its end any more."""
        not_over = Q(ends_on__isnull=True) | Q(ends_on__gt=on) | Q(ends_on=on, ended_at__isnull=True)
        return self.filter(not_over, starts_on__lte=on)

    def running(self, on: date) -> Self:
        """Grants that hold on this day or will hold later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), ended_at__isnull=True)

    def left_empty(self) -> Self:
        """Posts whose holder has left, and that nobody was given since; each with the heir who was proposed."""
        return (
            self.filter(proposed_heir__isnull=False).select_related("user", "proposed_heir").order_by("ended_at", "pk")
        )

    def over(self, scope_kind: str, scope_id: UUID | None) -> Self:
        """Grants over this scope."""
        return self.filter(scope_kind=scope_kind, scope_id=scope_id)


class Grant(Record):
    """授权 A role given to a user over a scope, with its days. Roles are named by the preset; a scope is a kind and an opaque id.

    Both days belong to it. A grant that was taken back (`ended_at`) stops at that moment, not at midnight.
    `proposed_heir` stands on a post that ended by a leaving, until somebody who may grant has given the post away.
    """

    class Scope(models.TextChoices):
        """What a role is given over."""

        PLATFORM = "platform", _("整个平台")
        BODY = "body", pgettext_lazy("scope of a grant", "机构")
        PLACE = "place", pgettext_lazy("scope of a grant", "地方")
        STATION = "station", pgettext_lazy("scope of a grant", "站点")
        UNIT = "unit", pgettext_lazy("scope of a grant", "承办单位")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants", verbose_name=_("用户"))
    role = models.CharField(_("角色"), max_length=40)
    scope_kind = models.CharField(_("范围种类"), max_length=10, choices=Scope.choices)
    scope_id = models.UUIDField(_("范围"), null=True, blank=True)
    starts_on = models.DateField(_("起始日期"))
    ends_on = models.DateField(_("终止日期"), null=True, blank=True)
    ended_at = models.DateTimeField(_("收回时间"), null=True, blank=True)
    proposed_heir = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("拟接任的人"),
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("授权")
        indexes = [models.Index(fields=["scope_kind", "scope_id", "role"], name="grant_scope")]
        constraints = [
            models.CheckConstraint(
                name="grant_scope_names_its_thing",
                condition=Q(scope_kind="platform", scope_id__isnull=True)
                | (~Q(scope_kind="platform") & Q(scope_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="grant_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="grant_taken_back_has_a_last_day",
                condition=Q(ended_at__isnull=True) | Q(ends_on__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_with_an_heir_has_ended",
                condition=Q(proposed_heir__isnull=True) | Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope_kind}"

    def is_running(self, on: date) -> bool:
        """Whether it holds on this day or will hold later."""
        return self.ended_at is None and (self.ends_on is None or self.ends_on >= on)

    def access_scopes(self) -> list[tuple[str, UUID]]:
        """A grant lies in the scope that it is given over."""
        return [(self.scope_kind, self.scope_id)] if self.scope_id else []

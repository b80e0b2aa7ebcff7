"""Congresses and what they form: committees, presidiums, delegations, groups, offices."""

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Record
from lianxin.ground.people.models.dated import Dated, DatedQuerySet
from lianxin.ground.people.models.region import Region


class CongressLevel(models.TextChoices):
    """代表级别 The five levels of congresses (Organic Law of local congresses; Law on Deputies, art. 2)."""

    NATIONAL = "national", _("全国")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")


class BodyQuerySet(DatedQuerySet["Body"]):
    """Questions asked of bodies."""

    def visible_to(self, user: Any) -> Self:
        """Everybody may see every body."""
        return self

    def congresses(self) -> Self:
        """The congresses alone."""
        return self.filter(kind="congress")


class Body(Record, Dated):
    """机构 A congress, or something it forms. Which kinds there are, and what they are called here, the preset says."""

    kind = models.CharField(_("种类"), max_length=40)
    name = models.CharField(_("名称"), max_length=80)
    level = models.CharField(_("级别"), max_length=8, choices=CongressLevel.choices, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="bodies", verbose_name=_("地方"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", verbose_name=_("上级机构"))
    position = models.IntegerField(_("次序"), default=0)

    objects = BodyQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("机构")
        indexes = [models.Index(fields=["parent", "kind", "position"], name="body_parts")]

    def __str__(self) -> str:
        return self.name

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in itself, in the body that formed it, and in its place with those around it (read beforehand)."""
        yield "body", self.id
        if self.parent_id:
            yield "body", self.parent_id
        if self.region:
            yield from self.region.access_scopes()


class Term(Record, Dated):
    """届 One term of a congress: five years from its first session to the next congress's first (Law on Deputies, art. 2)."""

    congress = models.ForeignKey(Body, models.PROTECT, related_name="terms", verbose_name=_("人民代表大会"))
    number = models.IntegerField(_("届次"))

    objects = DatedQuerySet["Term"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("届")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["congress", "number"], name="term_number_stands_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="term_number_counts_from_one"),
        ]

    def __str__(self) -> str:
        return str(_("第%(number)s届") % {"number": self.number})


class Session(Record, Dated):
    """会议 One session of a term (第×次会议)."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="sessions", verbose_name=_("届"))
    number = models.IntegerField(_("次"))

    objects = DatedQuerySet["Session"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("会议")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["term", "number"], name="session_number_stands_once"),
        ]

    def __str__(self) -> str:
        return str(_("第%(number)s次会议") % {"number": self.number})


class Membership(Record, Dated):
    """成员 A person in a body, in a role, from one day to another. Which roles there are the preset says."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships", verbose_name=_("机构"))
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="memberships", verbose_name=_("人员"))
    role = models.CharField(_("职务"), max_length=40)

    objects = DatedQuerySet["Membership"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("成员")
        indexes = [
            models.Index(fields=["body", "role", "person"], name="membership_of_body"),
            models.Index(fields=["person", "body"], name="membership_of_person"),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "person", "role"], condition=Q(ends_on__isnull=True), name="membership_runs_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role}"

"""One voice: who said it lies in the vault, what becomes of it in its case."""

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions import codes
from lianxin.affairs.stations.models import Shift, Station
from lianxin.ground.access.answering import Reach, grants_of, reach
from lianxin.ground.cases.models import Case, Handover, Reply
from lianxin.ground.core.models import Event, EventText, Record
from lianxin.ground.documents.models import File
from lianxin.ground.people.models import Mandate
from lianxin.ground.people.places.reaching import lies_within

SEE = "opinions.see"
KIND = "opinion"
PARTIES_COMPLAINED_OF = ("mandate", "station", "unit")


class Channel(models.TextChoices):
    """How it came in. All but the first and the last two were written down by somebody for the one who spoke."""

    ONLINE = "online", _("网上")
    WALK_IN = "walk_in", _("当面")
    CALL = "call", _("电话")
    LETTER = "letter", _("来信")
    RECEPTION = "reception", _("接待日")
    ENTERPRISE = "enterprise", _("走访企业")
    HOME = "home", _("走访住户")
    NOTES = "notes", _("代表记录")
    EMAIL = "email", _("邮件")
    IMPORTED = "imported", _("导入")


ENTERED = (
    Channel.WALK_IN,
    Channel.CALL,
    Channel.LETTER,
    Channel.RECEPTION,
    Channel.ENTERPRISE,
    Channel.HOME,
    Channel.NOTES,
)


class Visibility(models.TextChoices):
    """Who may see it, as the author chose."""

    NAMED = "named", _("公开，写名字")
    UNNAMED = "unnamed", _("公开，不写名字")
    STAFF = "staff", _("只给工作人员和代表看")


class Privacy(models.TextChoices):
    """Whether somebody has looked for what gives people away."""

    CLEAR = "clear", _("没有发现")
    FOUND = "found", _("要看一看")
    SEEN = "seen", _("看过了")


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Questions asked of opinions."""

    def visible_to(self, user: Any) -> Self:
        """What somebody at a desk may see: by body, place or station; a complaint goes past the one complained of."""
        return self.within(reach(user, SEE)).not_against(user)

    def not_against(self, user: Any) -> Self:
        """Without what complains of this very person, or of a station or unit that they work for, whatever else they are."""
        seat = Mandate.objects.filter(pk=OuterRef("complains_of_id"), person__user=user.pk)
        found = self.filter(~Exists(seat))  # PostgreSQL joins this; IN it counts anew for every row, and scans instead
        for kind in ("station", "unit"):
            if own := {grant.scope_id for grant in grants_of(user) if grant.scope_kind == kind}:
                found = found.exclude(complains_of_kind=kind, complains_of_id__in=own)
        return found

    def within(self, far: Reach) -> Self:
        """What lies in somebody's reach."""
        if far.everywhere:
            return self
        own = Q(case__body__in=far.ids("body"))
        if stations := far.ids("station"):
            own |= Q(station__in=stations, complains_of_kind="")
        own |= Q(complains_of_kind="") & lies_within(far, "case__region__path")
        return self.filter(own | lies_within(far, "case__body__region__path"))

    def lying_with(self, kind: str, ids: Iterable[UUID]) -> Self:
        """What lies, or lay, with parties of one kind."""
        held = Handover.objects.held_by(kind, ids).values("case")
        return self.filter(case__in=held)

    def public(self) -> Self:
        """What everybody may read."""
        return self.filter(is_public=True)

    def answered(self) -> Self:
        """What was answered, and is not being handled anew."""
        return self.filter(case__stage__in=(Case.Stage.ANSWERED, Case.Stage.ENDED)).exclude(case__outcome="")

    def told_with(self, case: Case) -> Self:
        """Every voice that is handled as this case: its own, and those merged into it, but not those withdrawn."""
        cases = Case.objects.filter(Q(pk=case.pk) | Q(merged_into=case.pk))  # each by its index, among however many
        return self.filter(case__in=cases.values("pk"), erased_at__isnull=True)

    def with_signs(self) -> Self:
        """With what there is beside it, so that a page need not ask for what is not there."""
        additions = apps.get_model("opinions", "Addition").objects
        return self.annotate(
            has_files=Exists(File.objects.filter(owner_kind=KIND, owner_id=OuterRef("pk"))),
            has_more_words=Exists(additions.filter(opinion=OuterRef("pk"))),
            has_replies=Exists(Reply.objects.filter(case=OuterRef("case"), sent_at__isnull=False)),
        )

    def with_case(self) -> Self:
        """With case, body and place, in one query."""
        return self.select_related("case__body__region", "case__region__parent__parent", "station")


class Opinion(Record):
    """群众意见 What one person said, in their own words. One author, one code, one text, one answer, even when merged.

    `text` is what staff and units read: the words as they were told, or what redacting left of them. The words as told
    stand in the record, as the text `words` of `told`, and go when the author withdraws or the time of keeping is over.
    Who the author is lies in the vault under this id.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="opinion", verbose_name=_("事项"))
    told = models.OneToOneField(Event, models.PROTECT, related_name="+", verbose_name=_("收到的事件"))
    code_series = models.IntegerField(_("第几个查询码"), default=0)
    code_mark = models.CharField(_("查询码标记"), max_length=64, unique=True)
    title = models.CharField(_("题目"), max_length=60)
    text = models.TextField(_("内容"), blank=True)
    is_redacted = models.BooleanField(_("遮盖过"), default=False)
    subject = models.CharField(_("类别"), max_length=40, blank=True)
    channel = models.CharField(_("来路"), max_length=12, choices=Channel.choices)
    visibility = models.CharField(_("谁能看到"), max_length=8, choices=Visibility.choices)
    shown_name = models.CharField(_("公开的名字"), max_length=40, blank=True)
    privacy = models.CharField(_("隐私"), max_length=6, choices=Privacy.choices, default=Privacy.CLEAR)
    is_public = models.BooleanField(_("已公开"), default=False)
    lacks_place = models.BooleanField(_("没写哪个村"), default=False)
    spot = models.CharField(_("具体位置"), max_length=80, blank=True)
    is_alike = models.BooleanField(_("可能重复"), default=False)
    compared_at = models.DateTimeField(_("比对时间"), null=True)
    station = models.ForeignKey(Station, models.PROTECT, null=True, related_name="opinions", verbose_name=_("家站点户"))
    shift = models.ForeignKey(Shift, models.PROTECT, null=True, related_name="opinions", verbose_name=_("哪次接待"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="opinions", verbose_name=_("代表"))
    complains_of_kind = models.CharField(_("投诉的种类"), max_length=16, blank=True)
    complains_of_id = models.UUIDField(_("投诉的对象"), null=True)
    entered_by = models.UUIDField(_("代写人"), null=True)
    said_on = models.DateField(_("说的日子"))
    notice_version = models.CharField(_("隐私告知版本"), max_length=40, blank=True)
    consented_at = models.DateTimeField(_("同意时间"), null=True)
    erased_at = models.DateTimeField(_("销毁时间"), null=True)

    objects = OpinionQuerySet.as_manager()
    has_files = has_more_words = has_replies = True  # unless with_signs says otherwise

    class Meta:
        verbose_name = _("群众意见")
        indexes = [
            models.Index(fields=["station", "id"], name="opinion_of_station"),
            models.Index(fields=["subject", "id"], name="opinion_of_subject"),
            models.Index(fields=["id"], condition=Q(compared_at__isnull=True), name="opinion_to_compare"),
            models.Index(fields=["id"], condition=Q(is_public=True), name="opinion_public"),
            models.Index(fields=["subject", "id"], condition=Q(is_public=True), name="opinion_public_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                name="opinion_complaint_is_never_public", condition=Q(complains_of_kind="") | Q(is_public=False)
            ),
            models.CheckConstraint(
                name="opinion_for_staff_is_never_public", condition=~Q(visibility="staff") | Q(is_public=False)
            ),
            models.CheckConstraint(
                name="opinion_is_public_once_looked_at", condition=~Q(privacy="found") | Q(is_public=False)
            ),
            models.CheckConstraint(
                name="opinion_complains_of_somebody",
                condition=Q(complains_of_kind="", complains_of_id__isnull=True)
                | (~Q(complains_of_kind="") & Q(complains_of_id__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page at the desk."""
        return reverse("opinions:opinion", args=[self.pk])

    @property
    def public_url(self) -> str:
        """Its page for everybody; empty where there is none. The case was read beforehand."""
        return reverse("opinions:public_matter", args=[self.case.number]) if self.is_public else ""

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in the body in charge, its place and its station; a complaint only in the body, which stands above."""
        yield from self.case.body.access_scopes()
        if self.complains_of_kind:
            return
        yield from self.case.region.access_scopes()
        if self.station_id:
            yield "station", self.station_id

    @property
    def is_complaint(self) -> bool:
        """Whether it complains of a deputy, a station or a unit."""
        return bool(self.complains_of_kind)

    @property
    def code(self) -> str:
        """The code by which its author opens it; see codes."""
        return codes.code_of(self.pk, self.code_series)

    def words(self) -> str:
        """The words as they were told; empty once they are erased. One query."""
        return EventText.objects.filter(event=self.told_id, name="words").values_list("text", flat=True).first() or ""

"""A paper that was issued, and how the body that issues it heads it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Self, cast
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.access.answering import reach
from lianxin.ground.core.clock import start_of
from lianxin.ground.core.events import Ref, record
from lianxin.ground.core.figures import Period
from lianxin.ground.core.models import Record
from lianxin.ground.documents.errors import MarkTaken
from lianxin.ground.people.models import Body, Unit
from lianxin.ground.people.places.reaching import lies_within
from lianxin.lib import papers as layout

SEE_BOOK, SET_TEMPLATES = "documents.see_book", "documents.set_templates"
Shown = Callable[[Any], "models.QuerySet[Any]"]
_shown: dict[str, Shown] = {}


def register_shown(kind: str, shown: Shown) -> None:
    """Of things of this kind, those of which somebody may read at all, whatever the right: a queryset, by user."""
    _shown[kind] = shown


class PaperKind(models.TextChoices):
    """What a paper is to the work."""

    TRANSFER = "transfer", _("转办函")
    ASSIGNMENT = "assignment", _("交办通知")
    REPLY = "reply", _("答复函")
    TRANSCRIPT = "transcript", _("来信抄清")
    RECEPTION = "reception", _("接待记录")
    MEETING = "meeting", _("研判记录")

    @property
    def is_numbered(self) -> bool:
        """Whether papers of this kind have a number; a fair copy is of something that was written, a record of what was said."""
        return self not in (PaperKind.TRANSCRIPT, PaperKind.RECEPTION, PaperKind.MEETING)


def _within(user: Any, code: str) -> Q:
    """Which rows of a body or a unit lie within somebody's right: a unit's own and those of its offices, never those of a place's units."""
    far = reach(user, code)
    if far.everywhere:
        return Q(body__isnull=False)
    units = far.ids("unit")
    of_units = Q(unit__in=units) | Q(unit__parent__in=units)
    return Q(body__in=far.ids("body")) | lies_within(far, "body__region__path") | of_units


class LetterheadQuerySet(models.QuerySet["Letterhead"]):
    """Questions asked of letterheads."""

    def visible_to(self, user: Any) -> Self:
        """Those of the bodies and units whose templates somebody may set, with whose they are."""
        return self.filter(_within(user, SET_TEMPLATES)).select_related("body", "unit")


class Letterhead(Record):
    """发文机关 How a body or a unit heads its papers: who issues them, the mark of their numbers (机关代字), and whom to ask.

    No two share a mark, so their numbers cannot be mixed up.
    """

    body = models.OneToOneField(Body, models.PROTECT, null=True, related_name="letterhead", verbose_name=_("机构"))
    unit = models.OneToOneField(Unit, models.PROTECT, null=True, related_name="letterhead", verbose_name=_("承办单位"))
    issuer = models.CharField(_("发文机关"), max_length=40)
    mark = models.CharField(_("机关代字"), max_length=16, unique=True)
    contact = models.CharField(_("联系人和电话"), max_length=60, blank=True)

    objects = LetterheadQuerySet.as_manager()

    class Meta:
        verbose_name = _("发文机关")
        constraints = [
            models.CheckConstraint(
                name="letterhead_is_of_a_body_or_a_unit",
                condition=Q(body__isnull=True, unit__isnull=False) | Q(body__isnull=False, unit__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.issuer

    @property
    def owner(self) -> Body | Unit:
        """Whose it is."""
        return cast("Body | Unit", self.body or self.unit)

    @classmethod
    def of(cls, owner: Body | Unit) -> "Letterhead | None":
        """That of a body or a unit, if it was laid down."""
        return cls.objects.filter(**_own(owner)).first()

    @classmethod
    def lay_down(cls, owner: Body | Unit, *, by: UUID | None, at: datetime, **told: str) -> "Letterhead":
        """What stands on the papers of a body or a unit from now on; the same again is said once. Raises MarkTaken."""
        own = cls.of(owner) or cls(**_own(owner))
        if not own._state.adding and all(getattr(own, name) == value for name, value in told.items()):
            return own
        for name, value in told.items():
            setattr(own, name, value)
        own._refuse_mark_of_another()
        try:
            with transaction.atomic():
                own.save()
                own.tell("headed", by=by, at=at)
        except IntegrityError:  # somebody was quicker: with this mark, or for this owner
            own._refuse_mark_of_another()
            return cls.objects.get(**_own(owner))
        return own

    def tell(self, done: str, *, by: UUID | None, at: datetime, **facts: Any) -> None:
        """Write what was done with it, or with a template of its papers, into the record of whose it is."""
        if self.unit_id:
            record(f"documents.unit_{done}", subject=Ref("unit", self.unit_id), by=by, at=at, facts=facts)
        elif self.body_id:
            subject = Ref("body", self.body_id)
            record(f"documents.{done}", subject=subject, by=by, at=at, body=self.body_id, facts=facts)

    def _refuse_mark_of_another(self) -> None:
        """Another's is also the mark under which it issued something before."""
        heads = Letterhead.objects.filter(mark=self.mark).exclude(pk=self.pk)
        used = Paper.objects.filter(number__startswith=f"{self.mark}〔").exclude(body=self.body_id, unit=self.unit_id)
        if other := heads.first() or used.first():
            raise MarkTaken(self.mark, str(other.owner))


def _own(owner: Body | Unit) -> dict[str, Any]:
    """The column that names the owner."""
    return {"unit" if isinstance(owner, Unit) else "body": owner}


class PaperQuerySet(models.QuerySet["Paper"]):
    """Questions asked of papers."""

    def about(self, thing: Ref) -> Self:
        """What was issued about a thing, the latest first."""
        return self.filter(about_kind=thing.kind, about_id=thing.id).order_by("-issued_at", "-id")

    def visible_to(self, user: Any) -> Self:
        """What stands in the books that somebody may see, with who issued it: numbered, and not about what is hidden from them."""
        found = self.filter(_within(user, SEE_BOOK)).exclude(number="").select_related("body", "unit")
        for kind, shown in _shown.items():
            found = found.filter(~Q(about_kind=kind) | Exists(shown(user).filter(pk=OuterRef("about_id"))))
        return found

    def issued_in(self, period: Period) -> Self:
        """What was issued on the days of a period."""
        after = period.ends_on + timedelta(days=1)
        return self.filter(issued_at__gte=start_of(period.starts_on), issued_at__lt=start_of(after))


class Paper(Record):
    """公文 A paper that a body or a unit issued: numbered at once, if its kind is, written as DOCX and PDF in the background, never changed.

    `about_kind` and `about_id` name the thing that it is about, with whose words its own are erased; `to_id` is the row
    by which the matter was given to whom it was written for, if it was for one. `content` is what it says. Its files belong to it. The fingerprint is the SHA-256 of the DOCX in hexadecimal: whoever has the file can
    prove that it is the one that was issued.
    """

    class Trouble(models.TextChoices):
        """Why the PDF was not made from the DOCX: the first two have it in the built-in layout."""

        ABSENT = "absent", _("这台服务器没有装LibreOffice")
        FAILED = "failed", _("LibreOffice没有转成")
        NONE = "none", _("内置版式也没有排成")

    kind = models.CharField(_("种类"), max_length=12, choices=PaperKind.choices)
    about_kind = models.CharField(_("所关事物"), max_length=32)
    about_id = models.UUIDField(_("所关事物编号"))
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="papers", verbose_name=_("发文机构"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="papers", verbose_name=_("发文单位"))
    to_id = models.UUIDField(_("交给谁时出的"), null=True)
    number = models.CharField(_("发文字号"), max_length=40, blank=True)
    title = models.CharField(_("标题"), max_length=200, blank=True)
    to = models.CharField(_("主送"), max_length=400, blank=True)
    content = models.JSONField(_("内容"), null=True)
    issued_at = models.DateTimeField(_("出文时间"))
    begun_at = models.DateTimeField(_("开始生成时间"), null=True)
    made_at = models.DateTimeField(_("生成时间"), null=True)
    fingerprint = models.CharField(_("指纹"), max_length=64, blank=True)
    trouble = models.CharField(_("PDF为什么不是从Word文档转的"), max_length=8, choices=Trouble.choices, blank=True)
    missing_fonts = models.JSONField(_("缺的字体"), default=list)
    missing_signs = models.JSONField(_("缺的字"), default=list)
    template = models.ForeignKey("documents.Template", models.PROTECT, null=True, verbose_name=_("照哪一版模板写"))
    is_template_unfit = models.BooleanField(_("模板没有填成"), default=False)
    erased_at = models.DateTimeField(_("销毁时间"), null=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("公文")
        indexes = [
            models.Index(fields=["about_id", "about_kind", "issued_at"], name="paper_about"),
            models.Index(fields=["to_id", "issued_at"], name="paper_to"),
            models.Index(fields=["body", "issued_at"], name="paper_of_body"),
            models.Index(fields=["unit", "issued_at"], name="paper_of_unit"),
            models.Index(fields=["issued_at"], condition=Q(made_at=None, erased_at=None), name="paper_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="paper_number_stands_once"),
            models.CheckConstraint(
                name="paper_is_of_a_body_or_a_unit",
                condition=Q(body__isnull=True, unit__isnull=False) | Q(body__isnull=False, unit__isnull=True),
            ),
            models.CheckConstraint(
                name="paper_says_something_until_erased",
                condition=Q(content__isnull=False, erased_at__isnull=True)
                | Q(content__isnull=True, erased_at__isnull=False),
            ),
            models.CheckConstraint(
                name="paper_that_is_made_has_a_fingerprint",
                condition=Q(made_at__isnull=True, fingerprint="") | Q(made_at__isnull=False) & ~Q(fingerprint=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.get_kind_display()

    @property
    def owner(self) -> Body | Unit:
        """Who issued it."""
        return cast("Body | Unit", self.body or self.unit)

    @property
    def has_pdf(self) -> bool:
        """Whether there is a PDF, in whichever layout."""
        return bool(self.made_at) and self.trouble != self.Trouble.NONE

    @property
    def signs_told(self) -> str:
        """The signs that its PDF could not show, each with its number."""
        return "、".join(f"{sign}（{layout.code_of(sign)}）" for sign in self.missing_signs)

    @property
    def own(self) -> Ref:
        """The owner of its files."""
        return Ref("paper", self.pk)

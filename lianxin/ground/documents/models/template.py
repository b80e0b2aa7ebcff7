"""A template that an office or a unit edited for one kind of its papers."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lianxin.ground.core.events import Ref
from lianxin.ground.core.models import Record
from lianxin.ground.documents.errors import SetMeanwhile
from lianxin.ground.documents.models.file import File, FileKind
from lianxin.ground.documents.models.paper import Letterhead, PaperKind


class TemplateQuerySet(models.QuerySet["Template"]):
    """Questions asked of templates."""

    def of(self, head: Letterhead, kind: str) -> Self:
        """Every version for a kind of papers under a letterhead, the latest first."""
        return self.filter(head=head, kind=kind).order_by("-version")

    def in_force(self) -> Self:
        """Those by which papers are written now."""
        return self.filter(left_at=None)


class Template(Record):
    """公文模板 One version of the own template of a body or a unit for a kind of papers. Its DOCX belongs to it, and never changes.

    The one that was not left is in force, since it was last taken; where there is none, papers are written in the built-in layout.
    """

    head = models.ForeignKey(Letterhead, models.PROTECT, related_name="templates", verbose_name=_("发文机关"))
    kind = models.CharField(_("种类"), max_length=12, choices=PaperKind.choices)
    version = models.IntegerField(_("第几版"))
    taken_at = models.DateTimeField(_("启用时间"))
    left_at = models.DateTimeField(_("停用时间"), null=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("公文模板")
        constraints = [
            models.UniqueConstraint(fields=["head", "kind", "version"], name="template_version_once"),
            models.UniqueConstraint(fields=["head", "kind"], condition=Q(left_at=None), name="template_one_in_force"),
        ]

    def __str__(self) -> str:
        return ngettext("第%(n)d版", "第%(n)d版", self.version) % {"n": self.version}

    @property
    def own(self) -> Ref:
        """The owner of its file."""
        return Ref("template", self.pk)

    @property
    def file(self) -> File:
        """Its DOCX."""
        return File.objects.of(self.own).get(kind=FileKind.TEMPLATE)

    def leave(self, *, by: UUID | None, at: datetime) -> None:
        """Write papers in the built-in layout again. Raises SetMeanwhile where another version came, or this was left."""
        with transaction.atomic():
            if not Template.objects.in_force().filter(pk=self.pk).update(left_at=at):
                raise SetMeanwhile
            self.tell("template_left", by=by, at=at)
        self.left_at = at

    def tell(self, done: str, *, by: UUID | None, at: datetime) -> None:
        """Write what was done with it into the record of whose papers are written by it."""
        self.head.tell(done, by=by, at=at, what=PaperKind(self.kind), version=self.version)

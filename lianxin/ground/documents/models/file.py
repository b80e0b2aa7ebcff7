"""A file that belongs to a thing."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core import ciphers
from lianxin.ground.core.events import Party, Ref, record
from lianxin.ground.documents import blobs
from lianxin.ground.documents.errors import AlreadyLooked, ContentLost, Gone, NeverPublic
from lianxin.ground.vault.errors import SealBroken
from lianxin.ground.vault.models import Wrapped


class FileKind(models.TextChoices):
    """What a file is to the work."""

    PHOTO = "photo", _("照片")
    VOICE = "voice", _("录音")
    SCAN = "scan", _("扫描件")
    ATTACHMENT = "attachment", _("附件")
    PAPER = "paper", _("公文")
    TEMPLATE = "template", _("公文模板")


MAY_BE_PUBLIC = (FileKind.PHOTO, FileKind.ATTACHMENT)


class FileQuerySet(models.QuerySet["File"]):
    """Questions asked of files."""

    def of(self, owner: Ref) -> Self:
        """What belongs to this thing, in its order."""
        return self.filter(owner_kind=owner.kind, owner_id=owner.id).order_by("position", "id")

    def public(self) -> Self:
        """What a person has looked at and found fit to be shown to everybody."""
        return self.filter(is_public=True)

    def for_handlers(self) -> Self:
        """What a person has looked at and found fit to be shown to those who handle the matter; all that is public is."""
        return self.filter(is_for_handlers=True)

    def unseen(self) -> Self:
        """Photos and attachments that nobody has looked at yet."""
        return self.filter(seen_at=None, kind__in=MAY_BE_PUBLIC)

    def hand_on(self, former: Ref, owner: Ref, *, by: UUID | None, at: datetime) -> int:
        """Give everything of one thing to another, as when a draft is sent; how many files it were."""
        with transaction.atomic():
            files = list(self.of(former).select_for_update(of=("self",)))
            self.filter(pk__in=[file.pk for file in files]).update(owner_kind=owner.kind, owner_id=owner.id)
            for file in files:
                file.owner_kind, file.owner_id = owner.kind, owner.id
                file.tell("documents.handed_on", by=by, at=at)
        return len(files)


class File(Wrapped):
    """文件 A photo, voice, scan, attachment or paper, sealed under a data key of its own; the content lies in blobs beside the database.

    No hash of the content is kept: whoever has the picture could find by it who sent it, and two matters could be
    linked by it. That the content is whole is shown by the seal itself, which is bound to this row. Its name on the
    sender's disk is not kept either; `caption` is what readers are told it is, where an office says so.
    `owner_kind` and `owner_id` name a thing of an app above. A file is public only after a person has looked at it.
    """

    kind = models.CharField(_("种类"), max_length=12, choices=FileKind.choices)
    owner_kind = models.CharField(_("所属事物"), max_length=32)
    owner_id = models.UUIDField(_("所属事物编号"))
    body_id = models.UUIDField(_("所属机构"), null=True)
    position = models.IntegerField(_("次序"))
    caption = models.CharField(_("叫什么"), max_length=60, blank=True)
    media_type = models.CharField(_("格式"), max_length=80)
    size = models.IntegerField(_("字节数"))
    width = models.IntegerField(_("宽（像素）"), null=True)
    height = models.IntegerField(_("高（像素）"), null=True)
    has_preview = models.BooleanField(_("有小图"), default=False)
    added_at = models.DateTimeField(_("收存时间"))
    added_by = models.UUIDField(_("收存人"), null=True)
    seen_at = models.DateTimeField(_("看过时间"), null=True)
    seen_by = models.UUIDField(_("看过的人"), null=True)
    is_public = models.BooleanField(_("可以公开"), default=False)
    is_for_handlers = models.BooleanField(_("办的人可以看"), default=False)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("thing", "文件")
        indexes = [models.Index(fields=["owner_id", "owner_kind", "position"], name="file_of_owner")]
        constraints = [
            models.CheckConstraint(name="file_has_a_content", condition=Q(size__gt=0)),
            models.CheckConstraint(name="file_position_counts_from_zero", condition=Q(position__gte=0)),
            models.CheckConstraint(
                name="file_is_seen_before_it_is_shown",
                condition=Q(is_public=False, is_for_handlers=False)
                | Q(seen_at__isnull=False, kind__in=MAY_BE_PUBLIC, is_for_handlers=True),
            ),
        ]

    def __str__(self) -> str:
        return self.caption or f"{self.get_kind_display()} {self.position + 1}"

    @property
    def format(self) -> str:
        """What it opens as: a picture, PDF, Word or Excel. Only of attachments."""
        formats = {"pdf": "PDF", "word": "Word", "sheet": "Excel"}
        return next((called for sign, called in formats.items() if sign in self.media_type), gettext("图片"))

    @property
    def bound_id(self) -> UUID:
        """The file itself."""
        return self.pk

    @property
    def owner(self) -> Ref:
        """The thing that it belongs to."""
        return Ref(self.owner_kind, self.owner_id)

    def content(self, *, preview: bool = False) -> bytes:
        """The content, or the small picture where there is one. Raises ContentLost, KeyDoesNotFit."""
        part = blobs.PREVIEW if preview and self.has_preview else blobs.CONTENT
        sealed = blobs.read(self.pk, part)
        if sealed is None:
            raise ContentLost
        try:
            return blobs.unseal(sealed, self.unwrap(), ciphers.named(self.cipher), self.pk, part)
        except (ciphers.Unopenable, SealBroken):
            raise ContentLost from None

    def look(self, *, by: UUID, at: datetime, is_public: bool, is_for_handlers: bool = False) -> None:
        """A person has looked at it and says whether everybody may see it, or at least those who handle the matter.

        What everybody may see they may see too. The same twice is said once.

        Raises NeverPublic for voices and scans, AlreadyLooked where somebody else decided meanwhile, Gone.
        """
        shown = {"is_public": is_public, "is_for_handlers": is_public or is_for_handlers}
        if any(shown.values()) and self.kind not in MAY_BE_PUBLIC:
            raise NeverPublic(self.get_kind_display())
        was = {name: getattr(self, name) for name in shown}
        if self.seen_at and was == shown:
            return
        with transaction.atomic():
            mine = File.objects.filter(pk=self.pk)
            if not mine.filter(seen_at=self.seen_at, **was).update(seen_at=at, seen_by=by, **shown):
                raise AlreadyLooked if mine.exists() else Gone
            self.tell("documents.looked_at", by=by, at=at, **shown)
        self.seen_at, self.seen_by, self.is_public, self.is_for_handlers = at, by, is_public, shown["is_for_handlers"]

    def tell(self, kind: str, *, by: UUID | None, at: datetime, **facts: Any) -> None:
        """Write what was done to it into the record, for the thing that it belongs to."""
        party = Party(self.owner_kind, self.owner_id, "owner")
        facts["what"] = FileKind(self.kind)
        subject = Ref("file", self.pk)
        record(kind, subject=subject, by=by, at=at, body=self.body_id, parties=[party], facts=facts)

"""A roster on its way into the platform."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Record

FOLDER = "roster/"
KEPT = timedelta(days=1)


class RosterUploadQuerySet(models.QuerySet["RosterUpload"]):
    """Questions asked of uploads."""

    def visible_to(self, user: Any) -> Self:
        """Whoever brought a roster sees it, and nobody else: it holds private phones."""
        return self.filter(by_id=user.pk)

    def stale(self, at: datetime) -> Self:
        """Uploads whose file has served its time: a day after they came, whatever became of them."""
        return self.filter(made_at__lt=at - KEPT).exclude(file="")


class RosterUpload(Record):
    """名册上传 A workbook that somebody brought: checked first, taken over when that person says so, then thrown away."""

    class Stage(models.TextChoices):
        """Where the workbook is on its way."""

        WAITING = "waiting", _("等着核对")
        CHECKED = "checked", _("核对好了，等您决定")
        REFUSED = "refused", _("有地方要改")
        TAKING = "taking", _("正在导入")
        TAKEN = "taken", _("已经导入")

    RETRY_AFTER = timedelta(minutes=5)

    file = models.FileField(_("文件"), upload_to=FOLDER)
    name = models.CharField(_("文件名"), max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人"))
    made_at = models.DateTimeField(_("上传时间"))
    moved_at = models.DateTimeField(_("最近变动时间"))
    stage = models.CharField(_("进展"), max_length=8, choices=Stage.choices, default=Stage.WAITING)
    report = models.JSONField(_("核对结果"), default=dict)

    objects = RosterUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("名册上传")
        indexes = [models.Index(fields=["by", "-made_at"], name="roster_upload_of_user")]

    def __str__(self) -> str:
        return self.name

    @property
    def has_expired(self) -> bool:
        """Whether the workbook was thrown away before anything came of it."""
        return not self.file and self.stage in (self.Stage.WAITING, self.Stage.CHECKED, self.Stage.TAKING)

    @property
    def is_under_way(self) -> bool:
        """Whether the worker has it, or will have it soon."""
        return self.stage in (self.Stage.WAITING, self.Stage.TAKING) and not self.has_expired

    @property
    def has_stopped(self) -> bool:
        """Whether the worker has been silent so long that somebody may ask it again."""
        return self.is_under_way and now() - self.moved_at > self.RETRY_AFTER

    def move(self, stages: Iterable[str], to: str, **facts: Any) -> bool:
        """Go on to another stage, if it still is at one of `stages`; False where somebody else was faster."""
        facts |= {"stage": to, "moved_at": now()}
        if RosterUpload.objects.filter(pk=self.pk, stage__in=list(stages)).update(**facts) != 1:
            return False
        for key, value in facts.items():
            setattr(self, key, value)
        return True

    def throw_file_away(self) -> None:
        """Delete the workbook; the report stays. The file goes first: what is left of a failure is a name without a file."""
        if self.file:
            self.file.delete(save=False)
            RosterUpload.objects.filter(pk=self.pk).update(file="")

    @classmethod
    def throw_strays_away(cls, at: datetime) -> int:
        """Delete old workbooks that no row knows, left by a process that died while it received one. Says how many."""
        storage = cls(made_at=at).file.storage
        if not storage.exists(FOLDER):
            return 0
        known = set(cls.objects.exclude(file="").values_list("file", flat=True))
        strays = [f"{FOLDER}{name}" for name in storage.listdir(FOLDER)[1] if f"{FOLDER}{name}" not in known]
        old = [name for name in strays if storage.get_modified_time(name) < at - KEPT]
        for name in old:
            storage.delete(name)
        return len(old)

    @classmethod
    def receive(cls, upload: Any, *, by: Any, at: datetime) -> "RosterUpload":
        """Keep a workbook that somebody brought, under a name of our own."""
        row = cls(name=upload.name[-120:], by=by, made_at=at, moved_at=at)
        row.file.save(f"{row.id.hex}.xlsx", upload, save=False)
        row.save()
        return row

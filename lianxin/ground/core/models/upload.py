"""A table on its way into the platform: looked at first, taken over when whoever brought it says so."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import now
from lianxin.ground.core.models.record import Record

KEPT = timedelta(days=1)


class UploadQuerySet(models.QuerySet[Any]):
    """Questions asked of uploads."""

    def visible_to(self, user: Any) -> Self:
        """Whoever brought a table sees it, and nobody else: it may hold what is private."""
        return self.filter(by_id=user.pk)

    def stale(self, at: datetime) -> Self:
        """Uploads whose file has served its time: a day after they came, whatever became of them."""
        return self.filter(made_at__lt=at - KEPT).exclude(file="")


class Upload(Record):
    """A table that somebody brought. What it is of adds `file`, in the folder FOLDER."""

    class Stage(models.TextChoices):
        """Where the table is on its way."""

        WAITING = "waiting", _("等着核对")
        CHECKED = "checked", _("核对好了，等您决定")
        REFUSED = "refused", _("有地方要改")
        TAKING = "taking", _("正在导入")
        TAKEN = "taken", _("已经导入")

    RETRY_AFTER = timedelta(minutes=5)
    FOLDER: ClassVar[str]
    file: Any

    name = models.CharField(_("文件名"), max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人"))
    made_at = models.DateTimeField(_("上传时间"))
    moved_at = models.DateTimeField(_("最近变动时间"))
    stage = models.CharField(_("进展"), max_length=8, choices=Stage.choices, default=Stage.WAITING)
    report = models.JSONField(_("核对结果"), default=dict)

    objects = UploadQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def has_expired(self) -> bool:
        """Whether the file was thrown away before anything came of it."""
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
        if type(self).objects.filter(pk=self.pk, stage__in=list(stages)).update(**facts) != 1:
            return False
        for key, value in facts.items():
            setattr(self, key, value)
        return True

    def go_on(self) -> str:
        """What its button does: what was looked at is taken over, and where the worker fell silent it is asked again.

        The stage it is at now; empty where somebody was faster, or its file is gone.
        """
        before, after = (self.stage, self.stage) if self.has_stopped else (self.Stage.CHECKED, self.Stage.TAKING)
        return after if not self.has_expired and self.move([before], after) else ""

    def is_ready(self, stage: str) -> bool:
        """Whether the worker finds it at this stage, and its file: what a second worker does of the same changes nothing."""
        if self.stage != stage or not self.file:
            return False
        if not self.file.storage.exists(str(self.file.name)):  # somebody cleared the folder
            self.throw_file_away()
        return bool(self.file)

    def settle(self) -> None:
        """Its file has served its time where nothing more comes of it."""
        if self.stage in (self.Stage.REFUSED, self.Stage.TAKEN):
            self.throw_file_away()

    def throw_file_away(self) -> None:
        """Delete the file; the report stays. The file goes first: what is left of a failure is a name without a file."""
        if self.file:
            self.file.delete(save=False)
            own: models.QuerySet[Any] = type(self).objects.filter(pk=self.pk)
            own.update(file="")

    @classmethod
    def throw_old_away(cls, at: datetime) -> int:
        """Delete files that came more than a day ago. Says how many."""
        count = cls.throw_strays_away(at)
        for upload in cls.objects.stale(at):
            upload.throw_file_away()
            count += 1
        return count

    @classmethod
    def throw_strays_away(cls, at: datetime) -> int:
        """Delete old files that no row knows, left by a process that died while it received one. Says how many."""
        storage = cls(made_at=at).file.storage
        if not storage.exists(cls.FOLDER):
            return 0
        known = set(cls.objects.exclude(file="").values_list("file", flat=True))
        strays = [
            f"{cls.FOLDER}{name}" for name in storage.listdir(cls.FOLDER)[1] if f"{cls.FOLDER}{name}" not in known
        ]
        old = [name for name in strays if storage.get_modified_time(name) < at - KEPT]
        for name in old:
            storage.delete(name)
        return len(old)

    @classmethod
    def receive(cls, upload: Any, *, by: Any, at: datetime, ending: str = ".xlsx", **facts: Any) -> Self:
        """Keep a file that somebody brought, under a name of our own."""
        row = cls(name=upload.name[-120:], by=by, made_at=at, moved_at=at, **facts)
        row.file.save(f"{row.id.hex}{ending}", upload, save=False)
        row.save()
        return row

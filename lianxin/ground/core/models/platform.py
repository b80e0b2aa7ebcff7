"""The platform: one database, one row."""

import time
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models.record import Record


class Platform(Record):
    """平台 One database with its preset. Whether it is a rehearsal or holds made-up people is decided when it is made, and never after."""

    CACHED_FOR_S: ClassVar[float] = 2.0  # a change made by another process is seen within this time
    _cached: ClassVar[tuple[float, "Platform | None"]] = (0.0, None)

    name = models.CharField(_("名称"), max_length=80)
    preset = models.CharField(_("规则预设"), max_length=40)
    county_code = models.CharField(_("行政区划代码"), max_length=12)
    is_demo = models.BooleanField(_("虚构人员"), default=False)
    is_rehearsal = models.BooleanField(_("演练平台"), default=False)
    rehearsal_offset_s = models.BigIntegerField(_("演练时钟偏移（秒）"), default=0)
    created_at = models.DateTimeField(_("建立时间"))

    class Meta:
        verbose_name = _("平台")
        constraints = [
            models.CheckConstraint(
                name="only_rehearsals_move_the_clock",
                condition=models.Q(is_rehearsal=True) | models.Q(rehearsal_offset_s=0),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Platform | None":
        """The platform of this database, or None before it is made. Kept in memory for two seconds."""
        read_at, platform = cls._cached
        if platform is None or time.monotonic() - read_at > cls.CACHED_FOR_S:
            platform = cls.objects.order_by("id").first()
            cls._cached = (time.monotonic(), platform)
        return platform

    @classmethod
    def forget(cls) -> None:
        """Read the platform anew next time."""
        cls._cached = (0.0, None)

    @classmethod
    def clock_offset(cls) -> timedelta:
        """How far a rehearsal's clock is ahead of the real one; nothing on any other platform."""
        _read_at, platform = cls._cached
        return timedelta(seconds=platform.rehearsal_offset_s) if platform else timedelta(0)

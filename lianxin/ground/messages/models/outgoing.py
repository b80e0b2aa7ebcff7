"""One thing that is to be told to a voice."""

from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, Min, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.events import Ref
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Record

UNDO = timedelta(seconds=60)  # what was done can be taken back for so long without anybody having been told
HELD = timedelta(minutes=15)  # after which what a killed worker had claimed is free again; sending one takes far less


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    """Questions asked of what is to be told."""

    def waiting(self) -> Self:
        """What nobody was told yet."""
        return self.filter(state=Outgoing.State.WAITING)

    def free(self) -> Self:
        """What waits and is being sent by nobody just now."""
        return self.waiting().filter(Q(claimed_at__isnull=True) | Q(claimed_at__lt=timezone.now() - HELD))

    def given_up(self) -> Self:
        """What could not be told."""
        return self.filter(state=Outgoing.State.GIVEN_UP)

    def voices_due(self, at: datetime, most: int) -> list[UUID]:
        """To whom something may go now, those first who wait longest; a voice that could not be reached waits as a whole."""
        put_off = Outgoing.objects.waiting().filter(voice_id=OuterRef("voice_id"), attempts__gt=0, next_try_at__gt=at)
        due = self.free().filter(~Exists(put_off), next_try_at__lte=at)
        since = due.values("voice_id").annotate(since=Min("next_try_at")).order_by("since", "voice_id")
        return list(since.values_list("voice_id", flat=True)[:most])

    def claim(self, voice_id: UUID, at: datetime) -> "list[Outgoing]":
        """Take everything that may go to a voice now, for oneself alone, the newest first; nothing where others were first."""
        mine = new_id()
        self.free().filter(voice_id=voice_id, next_try_at__lte=at).update(claim=mine, claimed_at=timezone.now())
        return list(self.filter(claim=mine).order_by("-said_at", "-id"))


class Outgoing(Record):
    """待发消息 One thing to be told to a voice: what, about which case, and by when it was told.

    Words and link may tell who it is for, so they stay until it was told or given up, and then go; what is left says
    that it was told, once for each `key`. The address lies in the vault alone.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("等待寄出")
        SENT = "sent", _("已寄出")
        GIVEN_UP = "given_up", _("没有送到")

    LONGEST: ClassVar[int] = 500  # characters

    voice_id = models.UUIDField(_("来信"))
    about_kind = models.CharField(_("关于哪一类"), max_length=40)
    about_id = models.UUIDField(_("关于哪一件"))
    key = models.CharField(_("同一件事的记号"), max_length=120, unique=True)
    said_at = models.DateTimeField(_("说的时间"))
    text = models.CharField(_("内容"), max_length=LONGEST, blank=True)
    link = models.CharField(_("链接"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.IntegerField(_("试过几次"), default=0)
    next_try_at = models.DateTimeField(_("下次寄的时间"))
    claim = models.UUIDField(_("正在寄"), null=True)
    claimed_at = models.DateTimeField(_("开始寄的时间"), null=True)
    letter_id = models.UUIDField(_("所在的一封"), null=True)
    ended_at = models.DateTimeField(_("了结时间"), null=True)

    objects: ClassVar[OutgoingQuerySet] = OutgoingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("待发消息")
        constraints = [
            models.CheckConstraint(name="outgoing_attempts", condition=Q(attempts__gte=0)),
            models.CheckConstraint(
                name="outgoing_ended_says_nothing",
                condition=Q(state="waiting", ended_at__isnull=True)
                | Q(state__in=["sent", "given_up"], ended_at__isnull=False, text="", link="", claim__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="outgoing_due", condition=Q(state="waiting")),
            models.Index(fields=["voice_id"], name="outgoing_voice", condition=Q(state="waiting")),
            models.Index(fields=["claim"], name="outgoing_claim", condition=Q(claim__isnull=False)),
            models.Index(fields=["letter_id"], name="outgoing_letter", condition=Q(letter_id__isnull=False)),
            models.Index(fields=["state", "ended_at"], name="outgoing_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"

    @property
    def about(self) -> Ref:
        """What it is about."""
        return Ref(self.about_kind, self.about_id)

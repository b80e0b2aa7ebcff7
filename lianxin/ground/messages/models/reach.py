"""By which way a voice wants to be told."""

import secrets
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Record


def new_token() -> str:
    """A token that nobody guesses: 128 bits."""
    return secrets.token_urlsafe(16)


class ReachQuerySet(models.QuerySet["Reach"]):
    """Questions asked of ways to tell."""

    def open(self) -> Self:
        """Those that nobody stopped."""
        return self.filter(stopped_at__isnull=True)


class Reach(Record):
    """告知方式 By which channel a voice is told what becomes of its matter, until it says stop. The address is the vault's.

    A resident who never chose has none, and is told nothing. A person of the roster is told by what the roster holds, and
    stands here under the person's own id. `stop_token` stands in every message, so that whoever gets it can stop it.
    """

    class Reader(models.TextChoices):
        """Whose address it is: a resident's in the vault, or that of somebody on the roster."""

        VOICE = "voice", _("群众")
        PERSON = "person", _("代表和工作人员")

    voice_id = models.UUIDField(_("来信"), unique=True)
    reader = models.CharField(_("告诉谁"), max_length=6, choices=Reader.choices, default=Reader.VOICE)
    channel = models.CharField(_("方式"), max_length=20)
    chosen_at = models.DateTimeField(_("选定时间"))
    stopped_at = models.DateTimeField(_("停止时间"), null=True)
    stop_token = models.CharField(_("停止用的链接"), max_length=40, unique=True, default=new_token)

    objects: ClassVar[ReachQuerySet] = ReachQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("告知方式")

    def __str__(self) -> str:
        return f"{self.voice_id} {self.channel}"

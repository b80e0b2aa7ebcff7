"""How somebody comes in for the first time, or again."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.access.errors import InvitationSpent
from lianxin.ground.access.models.user import User
from lianxin.ground.core.models import Record

HOLDS_FOR = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions asked of invitations."""

    def open(self, at: datetime) -> Self:
        """Invitations that can still be used."""
        return self.filter(used_at__isnull=True, expires_at__gt=at)


class Invitation(Record):
    """邀请 A code that lets one person set a way to sign in, once, within seven days. Only its hash is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations", verbose_name=_("用户")
    )
    code_hash = models.CharField(_("邀请码摘要"), max_length=64, unique=True)
    by_id = models.UUIDField(_("邀请人"), null=True)
    made_at = models.DateTimeField(_("发出时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("邀请")
        indexes = [models.Index(fields=["user", "expires_at"], name="invitation_of_user")]

    def __str__(self) -> str:
        return str(self.user)

    @staticmethod
    def hash_of(code: str) -> str:
        """SHA-256 of the code, in hex. The code has 256 random bits, so that no salt is needed."""
        return hashlib.sha256(code.strip().encode()).hexdigest()

    @classmethod
    def make(cls, user: User, *, by: UUID | None, at: datetime) -> str:
        """Make an invitation, take back earlier ones, and return the code, which nothing keeps."""
        cls.objects.filter(user=user).open(at).update(expires_at=at)
        code = secrets.token_urlsafe(32)
        cls.objects.create(user=user, code_hash=cls.hash_of(code), by_id=by, made_at=at, expires_at=at + HOLDS_FOR)
        return code

    @classmethod
    def of_code(cls, code: str, *, at: datetime) -> "Invitation":
        """The open invitation with this code. Raises InvitationSpent: used, run out or never made look the same."""
        found = cls.objects.open(at).filter(code_hash=cls.hash_of(code), user__is_active=True).select_related("user")
        if (invitation := found.first()) is None:
            raise InvitationSpent
        return invitation

    def use(self, *, at: datetime) -> None:
        """Use it up. Raises InvitationSpent where somebody was quicker, or it ran out meanwhile."""
        if Invitation.objects.filter(pk=self.pk).open(at).update(used_at=at) != 1:
            raise InvitationSpent
        self.used_at = at

"""Who signs in."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.access.models.grant import Grant
from lianxin.ground.core.clock import today
from lianxin.ground.core.models import Record

USERNAME = re.compile(r"[\w.-]{2,60}")


def plain_username(typed: str) -> str:
    """A username as it is kept: full-width letters and digits made plain, lower case, no spaces around."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


class UserQuerySet(models.QuerySet["User"]):
    """Questions asked of users."""

    def visible_to(self, user: Any) -> Self:
        """Users that `user` may see: those with a running grant in the reach of `access.see_staff`, and oneself."""
        from lianxin.ground.access.answering import reach  # answering asks these tables

        far = reach(user, "access.see_staff")
        if far.everywhere:
            return self
        in_reach = Q(pk__in=[])
        for kind in {kind for kind, _id in far.scopes}:
            in_reach |= Q(scope_kind=kind, scope_id__in=far.ids(kind))
        near = Grant.objects.running(today()).filter(in_reach)
        return self.filter(Q(pk=user.pk) | Q(pk__in=near.values("user")))

    def waiting_to_come_in(self) -> Self:
        """Those who were invited and have not come in yet."""
        return self.filter(is_active=True, joined_at__isnull=True)

    def without_grants(self) -> Self:
        """Those in office who may do nothing."""
        granted = Exists(Grant.objects.filter(user=OuterRef("pk")).running(today()))
        return self.filter(~granted, is_active=True)

    def named_like(self, words: str) -> Self:
        """Users whose name or username holds the words."""
        return self.filter(Q(name__icontains=words.strip()) | Q(username__contains=plain_username(words)))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users. Called a manager because Django calls it so."""

    def create_user(self, username: str, name: str, password: str | None = None, **facts: object) -> "User":
        """A user who may sign in once a password or a passkey is set; without `password`, not before."""
        user = self.model(username=plain_username(username), name=name.strip(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this username, however it was typed."""
        return self.get(username=plain_username(username or ""))


class User(AbstractBaseUser, Record):
    """用户 Somebody who signs in. What they may do stands in their grants, never here."""

    username = models.CharField(_("登录名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    email = models.EmailField(_("邮箱"), blank=True)
    is_active = models.BooleanField(_("可以登录"), default=True)
    joined_at = models.DateTimeField(_("开通时间"), null=True, blank=True)
    left_on = models.DateField(_("离任日期"), null=True, blank=True)
    is_demo_sign_in = models.BooleanField(_("演示登录"), default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("用户")

    def __str__(self) -> str:
        return self.name

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """A user lies in the scopes of the running grants; read the grants beforehand."""
        for grant in self.running_grants():
            yield from grant.access_scopes()

    def running_grants(self) -> "list[Grant]":
        """The grants that hold or will hold, among those read beforehand."""
        day = today()
        return [grant for grant in self.grants.all() if grant.is_running(day)]

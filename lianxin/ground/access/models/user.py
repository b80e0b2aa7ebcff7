"""Who signs in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models import Record


class UserManager(BaseUserManager["User"]):
    """Makes users. Called a manager because Django calls it so."""

    def create_user(self, username: str, name: str, password: str | None = None, **facts: object) -> "User":
        """A user who may sign in once a password or a passkey is set; without `password`, not before."""
        user = self.model(username=username, name=name, **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, Record):
    """用户 Somebody who signs in. What they may do stands in their grants, never here."""

    username = models.CharField(_("登录名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    email = models.EmailField(_("邮箱"), blank=True)
    is_active = models.BooleanField(_("可以登录"), default=True)
    left_on = models.DateField(_("离任日期"), null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("用户")

    def __str__(self) -> str:
        return self.name

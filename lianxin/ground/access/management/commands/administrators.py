"""lianxin administrators: the one-time links of the three administrators."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxin.ground.access.actions import reinvite
from lianxin.ground.access.administrators import open_administrators
from lianxin.ground.access.models import User, plain_username
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.serving import where


class Command(BaseCommand):
    """Prints links; refuses when the administrators are there. Whoever may run this owns the server anyway."""

    help = "打印三位管理员的一次性开通链接；已经有管理员时拒绝。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--address", default="", help="平台的网址，写在链接里；不写就用平台启动时的网址")
        parser.add_argument("--reopen", metavar="USERNAME", help="给这个登录名重新开通：旧的登录方式马上作废")

    def handle(self, *, address: str, reopen: str | None, **options: Any) -> None:
        """Print, or end with the reason in plain words."""
        address = address or where.noted(settings.HOME)
        link = f"{address.rstrip('/')}{reverse('access:invitation')}#"
        try:
            if reopen:
                user = _user(reopen)
                self.stdout.write(f"{user.name}\n  {link}{reinvite(user, by=None, at=now())}")
                return
            openings = open_administrators(at=now())
        except RuleError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(_("每个链接只能用一次，7天内有效。请分别交给三个人，不要放在一起："))
        for opening in openings:
            self.stdout.write(f"{opening.role}（{opening.user.username}）\n  {link}{opening.code}")


def _user(username: str) -> User:
    try:
        return User.objects.get(username=plain_username(username))
    except User.DoesNotExist:
        raise CommandError(_("没有登录名是“%(username)s”的人。") % {"username": username}) from None

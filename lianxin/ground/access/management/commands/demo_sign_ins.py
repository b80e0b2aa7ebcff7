"""lianxin demo sign-ins: as whom anybody may sign in where all people are made up."""

from typing import Any

from django.core.management.base import BaseCommand

from lianxin.ground.access.demo import demo_sign_ins


class Command(BaseCommand):
    """Prints one line for each; nothing on a platform of real people."""

    help = "列出演示登录名；只有全是虚构人员的平台才有。"

    def handle(self, **options: Any) -> None:
        """Print."""
        for known in demo_sign_ins():
            duties = "；".join(str(duty) for duty in known.duties)
            self.stdout.write(f"{known.user.username}  {known.password}  {known.user.name}  {duties}")

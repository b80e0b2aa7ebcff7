"""lianxin run: start the platform on this computer."""

import sys
from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError

from lianxin.ground.core import running
from lianxin.ground.core.backups import restoring, upgrading
from lianxin.ground.core.serving import first, home, plans, ports, where
from lianxin.ground.core.serving.build import build_static
from lianxin.terminal import explained, say


class Command(BaseCommand):
    """Prepares what is missing, then becomes the program that keeps web server and job worker running."""

    help = "启动平台：网页服务与后台作业。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--place", default="", help="首次启动时用哪个地方的规则")
        parser.add_argument("--first-place", default="", help="没有写 --place 时，空数据库用哪个地方")
        parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
        parser.add_argument("--empty", action="store_true", help="不载入虚构人员")
        parser.add_argument("--lan", action="store_true", help="供同一网络的手机使用（TLS）")

    def handle(self, **options: Any) -> None:
        """Start; a step that fails ends the command with what happened and what to do next."""
        try:
            start(**options)
        except OSError as error:
            sys.exit(f"✗ {explained(error)}")
        except OperationalError as error:
            sys.exit(f"✗ {home.database_failed(error)}")


def start(*, place: str, first_place: str, port: int, empty: bool, lan: bool, **_: Any) -> None:
    """Check, prepare, and become the watching program. Raises Failed, RuleError, OSError, OperationalError."""
    home.need_room(settings.HOME)
    finish_restore()
    lock = home.hold(settings.DATABASES["default"])
    ports.need(port, plans.EVERYWHERE if lan else plans.HERE)
    running.hold()
    upgrading.refuse_unfinished()
    call_command("translations")
    build_static()
    say("检查数据库", "Bringing the database up to date")
    call_command("migrate", interactive=False, verbosity=0)
    for line in said_by("vault_key", save=True, verbosity=0):
        print(line)
    running.refuse_unready()
    made = first.fill(place=place, first_place=first_place, empty=empty)
    plan = plans.shared(port, settings.HOME, settings.ALLOWED_HOSTS) if lan else plans.private(port, settings.HOME)
    plan.lock = lock
    where.note(settings.HOME, plan.address if lan else where.in_front() or plan.address)
    plan.told[1:1] = said_by("administrators" if made and empty else "demo_sign_ins")
    say("启动网页服务与后台作业", "Starting web server and job worker")
    plan.carry_out()


def finish_restore() -> None:
    """End a restore that was killed while two platforms changed places."""
    if running.half_replaced().exists():
        say("上次恢复停在最后一步，现在换完", "Ending a restore that stopped at its last step")
        restoring.finish()


def said_by(command: str, **options: Any) -> list[str]:
    """The lines that a command of the product prints: who may sign in, or the links by which administrators come in."""
    lines = StringIO()
    call_command(command, stdout=lines, **options)
    return lines.getvalue().splitlines()

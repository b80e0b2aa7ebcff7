"""lianxin vault key: a new key for the vault."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lianxin.ground.core import keys
from lianxin.ground.vault import keyring


class Command(BaseCommand):
    """Prints a new key, or puts one where the platform looks for it; never replaces one."""

    help = "造一把保险柜的密钥：显示出来，或用 --save 存进 HOME/keys（只在还没有时）。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the option."""
        parser.add_argument("--save", action="store_true", help="存进 HOME/keys/vault_key，只有自己可读")

    def handle(self, *, save: bool, verbosity: int, **options: Any) -> None:
        """Print or save; with verbosity 0 say nothing where there is one. Raises KeyDoesNotFit, KeyUnusable."""
        if not save:
            self.stdout.write(keys.new_text())
        elif place := keyring.make_first():
            told = _(
                "保险柜的密钥造好了：%(place)s。请另存一份，和备份分开放；丢了它，群众的身份信息就打不开了。"
                "共用一个数据库的其他机器，先把这个文件拷过去。"
            )
            self.stdout.write(told % {"place": place})
        elif verbosity:
            self.stdout.write(_("已经有密钥，没有改动。"))

"""lianxin vault key: a new key for the vault."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lianxin.ground.core import keys


class Command(BaseCommand):
    """Prints a new key, or puts one where the platform looks for it; never replaces one."""

    help = "造一把保险柜的密钥：显示出来，或用 --save 存进 HOME/keys（只在还没有时）。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the option."""
        parser.add_argument("--save", action="store_true", help="存进 HOME/keys/vault_key，只有自己可读")

    def handle(self, *, save: bool, **options: Any) -> None:
        """Print or save."""
        if not save:
            self.stdout.write(keys.new_text())
            return
        place = keys.place("VAULT_KEY")
        was_there = place.exists()
        keys.make(place)
        words = _("这里已经有密钥，没有改动：%(place)s") if was_there else _("密钥存好了，请另存一份：%(place)s")
        self.stdout.write(words % {"place": place})

"""`lianxin translations`: compile the words of other languages; with --update, first look for new ones."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lianxin.ground.core import languages


class Command(BaseCommand):
    """Compiles .po files to .mo files without GNU gettext. Writes nothing that is up to date."""

    help = "编译各语言的文字。Compile the words of other languages."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """--update brings the .po files up to date with the sources."""
        parser.add_argument(
            "--update", nargs="*", metavar="APP", help="更新英文文件；可只写几个应用。Update English files."
        )

    def handle(self, *, update: list[str] | None, verbosity: int, **_options: Any) -> None:
        """Compile, and say what is still to be translated."""
        if update is not None:
            for folder in languages.folders():
                if not update or folder.name in update:
                    missing = languages.update(folder)
                    if verbosity and missing:
                        self.stdout.write(f"{languages.po_file(folder)}: {missing}")
        languages.compile_all()

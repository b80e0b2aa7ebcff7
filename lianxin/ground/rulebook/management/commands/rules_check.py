"""`lianxin rules check [NAME, FOLDER or FILE …]`: hold presets against the law, and regulations against their own types."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.rulebook.errors import RulesRefused
from lianxin.ground.rulebook.loading import folders, load, load_one
from lianxin.ground.rulebook.sections import all_entries
from lianxin.terminal import CHINESE_ALONE

LANGUAGES = ("zh-hans",) if CHINESE_ALONE else ("zh-hans", "en")


class Command(BaseCommand):
    """Tells every mistake with file, line and key, and leaves with 1; of a preset without any, what is still open."""

    help = "检查规则预设：名称或文件夹；或一份办法的文件；不写就检查全部预设"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which presets."""
        parser.add_argument("presets", nargs="*")

    def handle(self, presets: list[str], **options: Any) -> None:
        """Check each, and leave with 1 if one is refused."""
        refused = [name for name in presets or folders() if not self._holds_up(name)]
        if refused:
            sys.exit(1)

    def _holds_up(self, name: str) -> bool:
        told = []
        for language in LANGUAGES:
            with translation.override(language):
                holds_up, lines = check_file(Path(name)) if name.endswith((".yaml", ".yml")) else check(name)
            told.append(lines)
        for line in zip(*told, strict=True):
            self.stdout.write("\n  ".join(dict.fromkeys(line)))
        return holds_up


def check_file(file: Path) -> tuple[bool, list[str]]:
    """Whether the file of one regulation holds up, and what there is to tell of it."""
    try:
        rule = load_one(next(iter(all_entries())), file.name, file.read_bytes())
    except OSError:
        return False, [_("读不了“%(file)s”：没有这个文件，或者没有权限。请核对路径。") % {"file": file}]
    except RulesRefused as refused:
        return False, [str(problem) for problem in refused.problems]
    return True, [_("%(file)s没有错处：%(title)s。") % {"file": file.name, "title": getattr(rule, "title", "")}]


def check(name: str) -> tuple[bool, list[str]]:
    """Whether a preset holds up, and what there is to tell of it. Raises NoSuchPreset."""
    try:
        preset = load(name)
    except RulesRefused as refused:
        return False, [str(problem) for problem in refused.problems]
    lines = [_("%(preset)s（%(place)s）没有错处。") % {"preset": preset.name, "place": preset.first_page.name}]
    if count := len(preset.to_be_filled):
        words = ngettext("由办公室填写的有%(count)d处：", "由办公室填写的有%(count)d处：", count)
        lines += [words % {"count": count}, *(f"  {spot}" for spot in preset.to_be_filled)]
    if count := len(preset.assumed):
        words = ngettext("由我们设定的有%(count)d处：", "由我们设定的有%(count)d处：", count)
        lines += [words % {"count": count}, *(f"  {spot}" for spot in preset.assumed)]
    return True, lines

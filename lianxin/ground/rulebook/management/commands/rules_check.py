"""`lianxin rules check [NAME or FOLDER …]`: hold presets against the law and against their own types."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.rulebook.errors import RulesRefused
from lianxin.ground.rulebook.loading import folders, load
from lianxin.terminal import CHINESE_ALONE

LANGUAGES = ("zh-hans",) if CHINESE_ALONE else ("zh-hans", "en")


class Command(BaseCommand):
    """Tells every mistake with file, line and key, and leaves with 1; of a preset without any, what is still open."""

    help = "检查规则预设：名称或文件夹；不写就检查全部"

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
                holds_up, lines = check(name)
            told.append(lines)
        for line in zip(*told, strict=True):
            self.stdout.write("\n  ".join(dict.fromkeys(line)))
        return holds_up


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

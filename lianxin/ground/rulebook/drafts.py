"""Rules that somebody is about to adopt: a preset, and files that were changed."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

from lianxin.ground.core.clock import now
from lianxin.ground.rulebook.errors import RulesRefused
from lianxin.ground.rulebook.loading import BASE, FIRST_PAGE, decoded, law, load_texts
from lianxin.ground.rulebook.preset import Preset
from lianxin.ground.rulebook.problems import Problem
from lianxin.ground.rulebook.reading import parse

SALT, KEPT = "rulebook.draft", timedelta(days=1)


@dataclass(frozen=True)
class Draft:
    """草稿 The files of a preset by name, those of the law among them; `unreadable` have letters that cannot be read."""

    name: str
    texts: Mapping[str, str]
    unreadable: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, name: str, own: Mapping[str, bytes]) -> "Draft":
        """The files of the preset as they were sent, under the law of today."""
        texts, problems = decoded({**law(), **own})
        return cls(name, texts, tuple(problems))

    @classmethod
    def under_law_of_today(cls, name: str, own: Mapping[str, str]) -> "Draft":
        """The texts of the preset, under the law of today."""
        return cls.of(name, {file: text.encode() for file, text in own.items()})

    @property
    def own(self) -> dict[str, str]:
        """The texts that are not the law's."""
        return own_texts(self.texts)

    def preset(self) -> Preset:
        """The preset of it. Raises RulesRefused with every mistake."""
        return load_texts(self.name, self.texts, self.unreadable)

    def problems(self) -> tuple[Problem, ...]:
        """Every mistake in it."""
        try:
            self.preset()
        except RulesRefused as refused:
            return refused.problems
        return ()

    def packed(self) -> str:
        """It in letters that a form can carry; see `unpacked`."""
        return signing.dumps([self.name, self.own, now().isoformat()], salt=SALT, compress=True)

    @classmethod
    def unpacked(cls, letters: str) -> "Draft | None":
        """What was packed within a day; None for anything else."""
        try:
            name, own, packed_at = signing.loads(letters, salt=SALT)
        except signing.BadSignature:
            return None
        return cls.under_law_of_today(name, own) if now() - datetime.fromisoformat(packed_at) < KEPT else None


def own_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Those of a preset's texts that are not the law's."""
    return {file: text for file, text in texts.items() if not file.startswith(f"{BASE}/")}


def place_of(name: str, texts: Mapping[str, str]) -> str:
    """The place whose rules they are; read without the types, for these may have changed, or the rules not hold up."""
    file = f"{name}/{FIRST_PAGE}.yaml"
    tree, _problems = parse(file, texts.get(file, ""))
    return str(tree.data.get("name") or name)


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The lines that were taken away (-) and added (+), file by file, with three lines around them."""
    for file in sorted({*old, *new}):
        before, after = old.get(file, "").splitlines(), new.get(file, "").splitlines()
        for line in difflib.unified_diff(before, after, file, file, lineterm="", n=2):
            if not line.startswith("+++"):
                yield ("file" if line.startswith("---") else {"+": "added", "-": "gone"}.get(line[:1], "")), line

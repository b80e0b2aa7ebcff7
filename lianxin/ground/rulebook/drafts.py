"""Rules that somebody is about to adopt: a preset, and files that were changed."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core import signing

from lianxin.ground.core.clock import now
from lianxin.ground.rulebook.errors import NoSuchPreset, RulesRefused
from lianxin.ground.rulebook.loading import BASE, FIRST_PAGE, decoded, files_of, folders, law, load_texts
from lianxin.ground.rulebook.models import RulebookVersion
from lianxin.ground.rulebook.preset import Preset
from lianxin.ground.rulebook.problems import Problem
from lianxin.ground.rulebook.reading import parse

SALT, KEPT = "rulebook.draft", timedelta(days=1)
RUNNING, ON_DISK = "version", "preset"


@dataclass(frozen=True)
class Draft:
    """草稿 The files of a preset by name, those of the law among them; `unreadable` have letters that cannot be read."""

    name: str
    texts: Mapping[str, str]
    unreadable: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, base: str, changed: Mapping[str, bytes]) -> "Draft":
        """What `bases` calls `base`, with the changed files in place of its own, under the law of today.

        Raises NoSuchPreset for a base that is no longer there.
        """
        kind, _colon, what = base.partition(":")
        if kind == ON_DISK and what in folders():
            name, own = what, files_of(what)
        elif kind == RUNNING and (version := RulebookVersion.objects.filter(pk=what).first()):
            name = version.preset
            own = {file: text.encode() for file, text in version.files.items() if not file.startswith(f"{BASE}/")}
        else:
            raise NoSuchPreset(what, folders())
        own |= {f"{name}/{file}": content for file, content in changed.items()}
        texts, problems = decoded(law() | own)
        return cls(name, texts, tuple(problems))

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
        return signing.dumps([self.name, dict(self.texts), now().isoformat()], salt=SALT, compress=True)

    @classmethod
    def unpacked(cls, letters: str) -> "Draft | None":
        """What was packed within a day; None for anything else."""
        try:
            name, texts, packed_at = signing.loads(letters, salt=SALT)
        except signing.BadSignature:
            return None
        return cls(name, texts) if now() - datetime.fromisoformat(packed_at) < KEPT else None


def bases(on: date) -> Iterator[tuple[str, str, RulebookVersion | None]]:
    """What a draft can begin with: the versions in force on a day, then the presets there are; with their place's name."""
    for version in RulebookVersion.objects.in_force(on):
        yield f"{RUNNING}:{version.pk}", place_of(version.preset, version.files), version
    for name in folders():
        texts, _problems = decoded(files_of(name))
        yield f"{ON_DISK}:{name}", place_of(name, texts), None


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

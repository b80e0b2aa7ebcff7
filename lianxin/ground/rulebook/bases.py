"""What changed rules can begin with: versions in force, what was sent back, presets that there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from lianxin.ground.core.ids import id_in
from lianxin.ground.rulebook.drafts import Draft, own_texts, place_of
from lianxin.ground.rulebook.errors import NoSuchPreset
from lianxin.ground.rulebook.loading import decoded, files_of, folders
from lianxin.ground.rulebook.models import RulebookVersion, RulesProposal


class Kind(StrEnum):
    """Where a basis lies."""

    RUNNING = "version"
    SENT_BACK = "proposal"
    ON_DISK = "preset"


@dataclass(frozen=True)
class Basis:
    """依据 Something to begin with: `name` of the preset, the `place` whose rules they are, whose body's."""

    kind: Kind
    key: str
    name: str
    place: str
    body_id: UUID | None = None

    @property
    def code(self) -> str:
        """It in a form."""
        return f"{self.kind}:{self.key}"


def bases(on: date) -> Iterator[Basis]:
    """The versions in force on a day, what was sent back, then the presets there are."""
    for version in RulebookVersion.objects.in_force(on):
        place = place_of(version.preset, version.files)
        yield Basis(Kind.RUNNING, str(version.pk), version.preset, place, version.body_id)
    for proposal in RulesProposal.objects.sent_back():
        yield Basis(Kind.SENT_BACK, str(proposal.pk), proposal.preset, proposal.place, proposal.body_id)
    for name in folders():
        texts, _problems = decoded(files_of(name))
        yield Basis(Kind.ON_DISK, name, name, place_of(name, texts))


def begun_with(code: str, changed: Mapping[str, bytes]) -> Draft:
    """What `bases` calls so, with the changed files in place of its own, under the law of today.

    Raises NoSuchPreset for a basis that is no longer there.
    """
    name, own = _files_of(code)
    return Draft.of(name, own | {f"{name}/{file}": content for file, content in changed.items()})


def _files_of(code: str) -> tuple[str, dict[str, bytes]]:
    kind, _colon, key = code.partition(":")
    if kind == Kind.ON_DISK and key in folders():
        return key, files_of(key)
    tables = {Kind.RUNNING: RulebookVersion.objects, Kind.SENT_BACK: RulesProposal.objects}
    if (rows := tables.get(kind)) and (row := rows.filter(pk=id_in(key)).first()):  # type: ignore[call-overload]
        return row.preset, {file: text.encode() for file, text in own_texts(row.files).items()}
    raise NoSuchPreset(key, folders())

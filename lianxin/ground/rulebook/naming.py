"""What presets are called in the record."""

from collections.abc import Iterable

from lianxin.ground.rulebook.loading import FIRST_PAGE
from lianxin.ground.rulebook.models import RulebookVersion
from lianxin.ground.rulebook.reading import parse


def presets(names: Iterable[str]) -> dict[str, str]:
    """Presets by the place whose rules they are, as the newest version says; one query."""
    wanted = RulebookVersion.objects.filter(preset__in=set(names)).order_by("loaded_at")
    return {version.preset: _place(version) for version in wanted.only("preset", "files")}


def _place(version: RulebookVersion) -> str:
    """Read without the types: those of an old version may have changed since."""
    file = f"{version.preset}/{FIRST_PAGE}.yaml"
    tree, _problems = parse(file, version.files.get(file, ""))
    return str(tree.data.get("name") or version.preset)

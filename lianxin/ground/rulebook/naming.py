"""What presets are called in the record."""

from collections.abc import Iterable

from lianxin.ground.rulebook.drafts import place_of
from lianxin.ground.rulebook.models import RulebookVersion


def presets(names: Iterable[str]) -> dict[str, str]:
    """Presets by the place whose rules they are, as the newest version says; one query."""
    wanted = RulebookVersion.objects.filter(preset__in=set(names)).order_by("loaded_at")
    return {version.preset: place_of(version.preset, version.files) for version in wanted.only("preset", "files")}

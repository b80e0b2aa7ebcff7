"""What presets are called in the record."""

from collections.abc import Iterable

from lianxin.ground.rulebook.drafts import place_of
from lianxin.ground.rulebook.models import RulebookVersion, RulesProposal


def presets(names: Iterable[str]) -> dict[str, str]:
    """Presets by the place whose rules they are, as the newest version says, or where there is none, the newest proposal."""
    wanted = set(names)
    versions = RulebookVersion.objects.filter(preset__in=wanted).order_by("loaded_at").only("preset", "files")
    found = {version.preset: place_of(version.preset, version.files) for version in versions}
    if missing := wanted - set(found):
        proposed = RulesProposal.objects.filter(preset__in=missing).order_by("proposed_at").only("preset", "files")
        found |= {proposal.preset: proposal.place for proposal in proposed}
    return found

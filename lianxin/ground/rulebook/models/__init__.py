"""Tables of the rulebook."""

from lianxin.ground.rulebook.models.proposal import RulesProposal
from lianxin.ground.rulebook.models.version import RulebookVersion

__all__ = ["RulebookVersion", "RulesProposal"]

"""What stands on pages of other apps about regulations."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from lianxin.account.duty.files import EACH
from lianxin.ground.core.parts import Part
from lianxin.ground.rulebook.models import RulesProposal


def trial(request: HttpRequest, proposal: RulesProposal) -> Part | None:
    """The way to what a proposal would do, person by person; nothing of one that is over, or that has no regulation."""
    has_regulation = any(file.rpartition("/")[2].startswith(f"{EACH}-") for file in proposal.files)
    if not proposal.is_waiting or not has_regulation:
        return None
    return Part(render_to_string("duty/proposal_part.html", {"proposal": proposal}, request))

"""What suggestions stand on an opinion, and where a deputy writes one."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from lianxin.affairs.opinions.lineage import Became
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.access import can


def of(opinion: UUID) -> list[Became]:
    """Those that were submitted, the latest first; one query."""
    found = Suggestion.objects.filter(bases__opinion=opinion, case__isnull=False).select_related("case")
    return [
        Became(str(one), one.state, one.get_absolute_url(), one.public_url) for one in found.order_by("-submitted_at")
    ]


def begins(user: Any, opinion: UUID) -> str:
    """The page on which a deputy begins a suggestion with this opinion."""
    return f"{reverse('suggestions:new')}?of={opinion}" if can(user, "suggestions.raise") else ""

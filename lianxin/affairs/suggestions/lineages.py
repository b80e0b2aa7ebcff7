"""What suggestions stand on an opinion, and where a deputy writes one."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse

from lianxin.affairs.opinions.lineage import Became
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.access import can
from lianxin.ground.cases.models import Promise


def of(opinion: UUID) -> list[Became]:
    """Those that were submitted, the latest first; one query."""
    found = Suggestion.objects.filter(bases__opinion=opinion, case__isnull=False).select_related("case")
    promised = Promise.objects.filter(case=OuterRef("case"), kept_at__isnull=True, lapsed_at__isnull=True)
    return [
        Became(one.pk, str(one), one.state, one.get_absolute_url(), not one.case.has_ended or one.is_promised)
        for one in found.annotate(is_promised=Exists(promised)).order_by("-submitted_at")
        if one.case
    ]


def begins(user: Any, opinion: UUID) -> str:
    """The page on which a deputy begins a suggestion with this opinion; that of the draft of theirs which stands on it, where there is one."""
    if not can(user, "suggestions.raise"):
        return ""
    mine = Suggestion.objects.filter(lead__person__user=user.pk, case__isnull=True, dropped_at__isnull=True)
    if draft := mine.filter(bases__opinion=opinion).order_by("-drafted_at").first():
        return reverse("suggestions:edit", args=[draft.pk])
    return f"{reverse('suggestions:new')}?of={opinion}"

"""What papers are called in the record."""

from collections.abc import Mapping
from uuid import UUID

from lianxin.ground.documents.models import Paper


def papers(ids: set[UUID]) -> Mapping[UUID, str]:
    """Papers by their numbers."""
    return dict(Paper.objects.filter(pk__in=ids).values_list("pk", "number"))

"""What announcements are called in the record."""

from collections.abc import Iterable
from uuid import UUID

from lianxin.account.publishing.models import Wording


def announcements(ids: Iterable[UUID]) -> dict[UUID, str]:
    """By the title of the latest wording; one query."""
    found = Wording.objects.filter(announcement__in=list(ids)).order_by("number").values_list("announcement", "title")
    return {pk: f"《{title}》" for pk, title in found}

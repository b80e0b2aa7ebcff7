"""What issues are called in the record."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.account.bulletin.models import Issue


def issues(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Issues by number, or by month before they have one."""
    return {one.pk: _("民情简报%(issue)s") % {"issue": one} for one in Issue.objects.filter(pk__in=list(ids))}

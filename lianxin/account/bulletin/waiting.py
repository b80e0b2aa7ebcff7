"""What waits for those who review and sign the bulletin."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lianxin.account.bulletin.models import Issue
from lianxin.account.bulletin.models.issue import REVIEW, SIGN
from lianxin.ground.access import can
from lianxin.ground.access.waiting import Waiting


def to_review(user: Any) -> Waiting | None:
    """An issue to review, of others; one query."""
    if not can(user, REVIEW):
        return None
    found = Issue.objects.visible_to(user).filter(state=Issue.State.REVIEW).exclude(compiled_by=user.pk).first()
    if found is None:
        return None
    title = _("%(issue)s的简报要复核") % {"issue": found}
    return Waiting(title, _("看校样，对的送签发，不对的退回。"), "doc", found.get_absolute_url())


def to_sign(user: Any) -> Waiting | None:
    """An issue to sign; one query."""
    if not can(user, SIGN):
        return None
    found = Issue.objects.visible_to(user).filter(state=Issue.State.SIGNING)
    first = found.exclude(compiled_by=user.pk).exclude(reviewed_by=user.pk).first()
    if first is None:
        return None
    title = _("%(issue)s的简报要签发") % {"issue": first}
    return Waiting(title, _("签发以后数字不再变，大家都能看。"), "pen", reverse("bulletin:to_sign", args=[first.pk]))

"""What waits with suggestions: for the office to hand over, for units and their heads, for deputies to join and to judge."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.affairs.opinions.queues import is_asked, units_of
from lianxin.affairs.opinions.waiting_handlers import SOON, late_of
from lianxin.affairs.suggestions import lists
from lianxin.affairs.suggestions.models import Signature, Suggestion
from lianxin.affairs.suggestions.models.suggestion import KIND
from lianxin.ground.access import can
from lianxin.ground.access.waiting import Waiting
from lianxin.ground.cases.models import Case, Rating
from lianxin.ground.core.clock import today

REVIEW, HANDLE, APPROVE, RAISE = (f"suggestions.{verb}" for verb in ("review", "handle", "approve", "raise"))


def to_review(user: Any) -> Waiting | None:
    """What was submitted, or came back, and lies with the office. One query."""
    if not can(user, REVIEW):
        return None
    tab = lists.REVIEW
    count = Suggestion.objects.visible_to(user).filter(tab.within).count()
    title = ngettext("%(count)d件代表建议要审查交办", "%(count)d件代表建议要审查交办", count) % {"count": count}
    note = _("交给承办单位，或者退给代表修改。")
    return Waiting(title, note, "doc", f"{reverse('suggestions:suggestions')}?tab={tab.code}") if count else None


def at_unit(user: Any) -> Waiting | None:
    """What the unit has not signed in, or has to answer within three days, or is late with."""
    if not can(user, HANDLE):
        return None
    running = lists.handled_by(units_of(user, HANDLE)).filter(ended_at__isnull=True)
    if not (count := running.filter(Q(signed_in_at__isnull=True) | Q(due_on__lte=today() + SOON)).count()):
        return None
    title = ngettext("%(count)d件代表建议要签收，或者快到期", "%(count)d件代表建议要签收，或者快到期", count) % {
        "count": count
    }
    note = _("先和领衔代表沟通，再答复。")
    return Waiting(title, late_of(running) or note, "doc", reverse("suggestions:unit_suggestions"))


def to_approve(user: Any) -> Waiting | None:
    """Drafts of replies that wait for the head of the unit."""
    if not can(user, APPROVE):
        return None
    running = lists.handled_by(units_of(user, APPROVE)).filter(ended_at__isnull=True)
    count = running.filter(is_asked()).count()
    title = ngettext("%(count)d份建议的答复等您批准", "%(count)d份建议的答复等您批准", count) % {"count": count}
    note = _("批准以后才能送给代表；要改的退回经办人。")
    return Waiting(title, note, "pen", reverse("suggestions:unit_suggestions")) if count else None


def to_sign(user: Any) -> Waiting | None:
    """Suggestions that colleagues ask the deputy to join."""
    if not can(user, RAISE):
        return None
    asked = Signature.objects.filter(mandate__person__user=user.pk, signed_at__isnull=True, refused_at__isnull=True)
    count = asked.filter(suggestion__submitted_at__isnull=True, suggestion__dropped_at__isnull=True).count()
    title = ngettext("%(count)d件建议请您附议", "%(count)d件建议请您附议", count) % {"count": count}
    note = _("看过再定，附不附议都行。")
    return Waiting(title, note, "hand", f"{reverse('suggestions:deputy_suggestions')}?tab=joined") if count else None


def to_rate(user: Any) -> Waiting | None:
    """Replies that the deputy, as the lead, is asked to judge, and until when they can judge the first of them."""
    if not can(user, RAISE):
        return None
    mine = Suggestion.objects.filter(lead__person__user=user.pk, case__stage=Case.Stage.ANSWERED)
    asked = Rating.objects.filter(case__kind=KIND, case__in=mine.values("case"), given_at__isnull=True)
    days = list(asked.filter(due_on__gte=today()).order_by("due_on").values_list("due_on", flat=True))
    if not days:
        return None
    title = ngettext("%(count)d份答复等您评价", "%(count)d份答复等您评价", len(days)) % {"count": len(days)}
    note = _("最急的一份%(day)s到期，过了就算没有评。") % {"day": date_format(days[0])}
    return Waiting(title, note, "star", reverse("suggestions:deputy_suggestions"))


OF_DEPUTIES = (to_sign, to_rate)
ASKS = (to_review, at_unit, to_approve, *OF_DEPUTIES)

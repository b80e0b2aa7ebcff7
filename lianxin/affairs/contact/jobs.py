"""What is done by night: ties end with mandates, and lists that were brought are thrown away."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.contact.models import Tie, TieUpload
from lianxin.ground.core.clock import now
from lianxin.ground.core.jobs import Job
from lianxin.ground.people.models import Mandate


def end_with_mandates(due_at: datetime) -> str:
    """Ties of deputies whose mandate ended, and those toward them, end the day after it; how many."""
    ended = {pk: on for pk, on in Mandate.objects.values_list("pk", "ends_on").filter(ends_on__isnull=False) if on}
    gone = Mandate.objects.filter(ends_on__isnull=False).values("pk")
    over = Q(who_kind=Tie.MANDATE, who_id__in=gone) | Q(toward_kind=Tie.MANDATE, toward_id__in=gone)
    ties = list(Tie.objects.running().filter(over).select_related("region"))
    with transaction.atomic():
        for tie in ties:
            last = min(ended[id] for id in (tie.who_id, tie.toward_id) if id in ended)
            tie.end(on=max(tie.from_on, last + timedelta(days=1)), by=None, at=now())
    return str(len(ties))


def throw_old_lists_away(due_at: datetime) -> str:
    """Lists that came more than a day ago are deleted; how many."""
    return str(TieUpload.throw_old_away(now()))


JOBS = (
    Job("contact.mandates", _("结对随代表资格结束"), end_with_mandates, at=time(2, 20)),
    Job("contact.uploads", _("删去放了一天的结对表"), throw_old_lists_away, at=time(3, 20)),
)

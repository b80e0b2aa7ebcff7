"""Taking a workbook of ties over: households first, then who keeps contact with them; all of it, or nothing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lianxin.affairs.contact.importing.checking import Plan
from lianxin.affairs.contact.models import Household, Tie


def take_over(plan: Plan, *, by: UUID | None, at: datetime) -> None:
    """Do what a plan without problems says. Raises what `Household.add_all` and `tie_all` raise."""
    with transaction.atomic():
        made = Household.add_all(list(plan.households.values()), by=by, at=at)
        there = plan.known | dict(zip(plan.households, made, strict=True))
        for (scheme, on), pairs in plan.ties.items():
            together = [(mandate, there[key]) for mandate, key in pairs]
            Tie.objects.tie_all(together, scheme, on=on, by=by, at=at)

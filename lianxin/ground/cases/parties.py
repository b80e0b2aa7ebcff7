"""Who may hold a matter, and when somebody does no more."""

from datetime import date
from uuid import UUID

from lianxin.ground.people.models import Body, Mandate, Unit


def units_gone(ids: set[UUID], day: date) -> set[UUID]:
    """Units that have closed."""
    return set(Unit.objects.filter(pk__in=ids, ends_on__lt=day).values_list("pk", flat=True))


def mandates_gone(ids: set[UUID], day: date) -> set[UUID]:
    """Deputies whose mandate has ended; one that rests is not at work either."""
    return ids - set(Mandate.objects.filter(pk__in=ids).at_work(day).values_list("pk", flat=True))


def bodies_gone(ids: set[UUID], day: date) -> set[UUID]:
    """Bodies that have closed."""
    return set(Body.objects.filter(pk__in=ids, ends_on__lt=day).values_list("pk", flat=True))

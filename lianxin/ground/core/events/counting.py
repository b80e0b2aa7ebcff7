"""How much was recorded: the roll-up that pages and reports ask instead of counting a table of millions."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from lianxin.ground.core.models import DailyCount, DaySeal, Event


def recount(day: date, body: UUID | None) -> None:
    """Count a body's events of one day of recording anew. Called inside the transaction that seals the day."""
    DailyCount.objects.filter(recorded_on=day, body_id=body).delete()
    DailyCount.objects.bulk_create(_rows(Event.objects.filter(recorded_on=day, body_id=body)))


def daily_counts() -> Iterator[DailyCount]:
    """Every row of DailyCount, made from the record: up to the last day that is sealed."""
    sealed_until = DaySeal.objects.aggregate(day=Max("day"))["day"]
    return _rows(Event.objects.filter(recorded_on__lte=sealed_until)) if sealed_until else iter(())


def _rows(events: "QuerySet[Event]") -> Iterator[DailyCount]:
    counted = events.order_by().values_list("recorded_on", "body_id", "kind").annotate(Count("id"))
    for day, body, kind, count in counted.iterator():
        yield DailyCount(recorded_on=day, body_id=body, kind=kind, count=count)

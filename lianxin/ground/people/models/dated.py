"""What holds from one day to another."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.people.errors.dated import DaysReversed

M = TypeVar("M", bound=models.Model)


class DatedQuerySet(models.QuerySet[M]):
    """Questions asked of what holds from one day to another."""

    def on(self, day: date) -> Self:
        """What held on this day: the roster as of any date."""
        begun, not_over = (
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        )
        return self.filter(begun, not_over)

    def end(self, on: date) -> int:
        """Everything of these that runs ends with the day `on`; how many. Raises DaysReversed where one begins later."""
        running = self.filter(ends_on__isnull=True)
        if later := running.filter(starts_on__gt=on).values_list("starts_on", flat=True).first():
            raise DaysReversed(on, later)
        return running.update(ends_on=on)


class Dated(models.Model):
    """Something with a first and a last day, both included; no day given means from ever, or until further notice."""

    starts_on = models.DateField(_("起始日期"), null=True, blank=True)
    ends_on = models.DateField(_("终止日期"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            )
        ]

    def holds_on(self, day: date) -> bool:
        """Whether it held on this day."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)

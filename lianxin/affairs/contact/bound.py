"""Whom a scheme binds, and who of them keeps contact with fewer than it asks for. Counted anew whenever it is asked."""

from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from lianxin.affairs.contact.models import Tie
from lianxin.affairs.contact.rules import Scheme
from lianxin.ground.people.models import Mandate, Membership
from lianxin.ground.people.models.mandate import MandateQuerySet


def bound(scheme: Scheme, day: date) -> MandateQuerySet:
    """The deputies at work whom a scheme binds on a day. A body counts that stands where their congress stands."""
    who, found = scheme.who, Mandate.objects.at_work(day).filter(level__in=scheme.who.levels)
    sits = Membership.objects.on(day).filter(
        person=OuterRef("person"), body__level=OuterRef("level"), body__region=OuterRef("congress__region")
    )
    if who.sits_in:
        found = found.filter(Exists(sits.filter(body__kind__in=who.sits_in)))
    if who.not_in:
        found = found.exclude(Exists(sits.filter(body__kind__in=who.not_in)))
    if who.places:
        found = found.filter(congress__region__code__in=who.places)
    return found


def short(code: str, scheme: Scheme, day: date) -> MandateQuerySet:
    """Those of them who keep contact with fewer than the scheme asks for; `held` is with how many they do."""
    own = Tie.objects.on(day).filter(who_id=OuterRef("pk"), scheme=code).order_by().values("who_id")
    held = Subquery(own.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return bound(scheme, day).annotate(held=Coalesce(held, 0)).filter(held__lt=scheme.least)

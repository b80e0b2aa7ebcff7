"""Ties as lines of a list: whom they join, by which names, for however many lines with as many questions."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

from lianxin.affairs.contact.models import Household, Tie
from lianxin.affairs.contact.rules import ContactRules
from lianxin.ground.core.clock import today
from lianxin.ground.core.events import names
from lianxin.ground.people.models import Mandate
from lianxin.ground.rulebook import in_force

PAGES = {"district": "people:district", "region": "people:place", "body": "people:body"}


class Line(NamedTuple):
    """A tie in a list: its deputy, with whom contact is kept, and where that one's page is; empty where it has none here."""

    tie: Tie
    scheme: str
    deputy: str
    toward: str
    is_person: bool
    page: str


def lines(ties: Iterable[Tie], *, household_page: str = "contact:household") -> list[Line]:
    """Ties in the order they come. One query for each kind of thing, and one for the persons of deputies."""
    rows = list(ties)
    rules = in_force(today()).section(ContactRules)
    called = names([(tie.who_kind, tie.who_id) for tie in rows] + [(tie.toward_kind, tie.toward_id) for tie in rows])
    deputies = [tie.toward_id for tie in rows if tie.toward_kind == Tie.MANDATE]
    persons = dict(Mandate.objects.filter(pk__in=deputies).values_list("pk", "person_id")) if deputies else {}
    return [
        Line(
            tie,
            rules.name(tie.scheme),
            called[tie.who_kind, str(tie.who_id)],
            called[tie.toward_kind, str(tie.toward_id)],
            tie.toward_kind == Tie.MANDATE,
            _page(tie, persons, household_page),
        )
        for tie in rows
    ]


def _page(tie: Tie, persons: dict[UUID, UUID], household_page: str) -> str:
    if tie.toward_kind == Household.KIND:
        return reverse(household_page, args=[tie.toward_id])
    if tie.toward_kind == Tie.MANDATE:
        return reverse("people:person", args=[persons[tie.toward_id]])
    return reverse(PAGES[tie.toward_kind], args=[tie.toward_id])


class OwnTies(NamedTuple):
    """A deputy's own: by scheme with whom contact is kept, and who keeps contact with the deputy."""

    by_scheme: dict[str, list[Line]]
    by_others: list[Line]


def own_ties(user: object, day: date) -> OwnTies:
    """What the person who signs in as this user is tied to on a day."""
    running = Tie.objects.on(day).order_by("scheme", "region__code", "pk")
    mandates = Mandate.objects.filter(person__user=getattr(user, "pk", None)).values("pk")
    by_scheme: dict[str, list[Line]] = {}
    for line in lines(running.own(user), household_page="contact:own_identity"):
        by_scheme.setdefault(line.scheme, []).append(line)
    return OwnTies(by_scheme, lines(running.filter(toward_kind=Tie.MANDATE, toward_id__in=mandates)))

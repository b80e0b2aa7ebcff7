"""What is a deputy's own: seats and bodies, stations, and when residents are received there next."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from lianxin.affairs.stations.models import Duty, Posting, Station
from lianxin.affairs.stations.receptions import Reception, changed_by_hand, receptions_of
from lianxin.affairs.stations.turns import next_duty
from lianxin.ground.people.models import Mandate, Membership, Person
from lianxin.ground.people.rules import BodyRules
from lianxin.ground.rulebook import in_force


@dataclass(frozen=True)
class OwnStation:
    """A station that the deputy belongs to, with its next reception, where the days are known."""

    station: Station
    next: Reception | None


@dataclass(frozen=True)
class Own:
    """Everything of one deputy on one day. `memberships` come with the role as it is called here; `duty` is the next turn."""

    person: Person
    mandates: list[Mandate]
    memberships: list[tuple[Membership, str]]
    stations: list[OwnStation]
    duty: Duty | None = None

    @property
    def next(self) -> OwnStation | None:
        """The station where residents are received soonest."""
        known = [(own.next.held_on, number) for number, own in enumerate(self.stations) if own.next]
        return self.stations[min(known)[1]] if known else None


def first_of(own: Own | None, due_on: date | None, day: date) -> str:
    """What stands first on a deputy's home: of the turn or the reception that is next and an answer, what comes soonest.

    What is late counts as due today, and whoever is on duty today checks in first. Empty where nothing comes.
    """
    coming = [(max(due_on, day), "matter")] if due_on else []
    if own and own.duty:
        coming.insert(0, (own.duty.shift.held_on, "duty"))
    elif own and own.next and own.next.next:
        coming.insert(0, (own.next.next.held_on, "reception"))
    return min(coming, key=lambda one: one[0])[1] if coming else ""


def own_of(user: Any, day: date) -> Own | None:
    """What is the user's own; None where nobody on the roster signs in by this name. Six queries."""
    person = Person.objects.filter(user=user.pk).first()
    if person is None:
        return None
    mandates = (
        Mandate.objects.on(day).filter(person=person).select_related("congress", "term", "district", "electing_body")
    )
    sits = Membership.objects.on(day).filter(person=person).select_related("body").order_by("starts_on", "id")
    roles = in_force(day).section(BodyRules)
    memberships = [(one, roles.role(one.body.kind, one.role)) for one in sits]
    return Own(
        person, list(mandates.order_by("starts_on", "id")), memberships, _stations(person, day), next_duty(user, day)
    )


def _stations(person: Person, day: date) -> list[OwnStation]:
    """The stations, those with the soonest reception first."""
    postings = Posting.objects.on(day).filter(mandate__person=person, station__ends_on=None)
    found = {posting.station_id: posting.station for posting in postings.select_related("station__region__parent")}
    changed = changed_by_hand(day) if found else {}
    own = [OwnStation(station, next(iter(receptions_of(station, day, changed)), None)) for station in found.values()]
    return sorted(own, key=lambda one: (one.next.held_on if one.next else date.max, one.station.name))

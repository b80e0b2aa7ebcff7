"""To whom somebody writes, and about where, as a form says it: ids that may be anything."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from lianxin.affairs.opinions.models import Answers
from lianxin.affairs.opinions.routing import Complaint, Route, route
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.models import Station
from lianxin.ground.access import can
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.events import names
from lianxin.ground.core.ids import id_in
from lianxin.ground.people.models import Mandate, Region, Unit
from lianxin.ground.rulebook import in_force
from lianxin.lib.calendars import span_end

ASKED = ("region", "station", "mandate", "complaint")
Thing = TypeVar("Thing", bound=Model)


@dataclass(frozen=True)
class Receiver:
    """Who answers first, and by which day."""

    kind: str
    name: str
    due_on: date


@dataclass(frozen=True)
class Address:
    """Where, to whom, and of whom somebody complains. `is_lost`: something was named that is not there, or not any more."""

    region: Region | None = None
    station: Station | None = None
    mandate: Mandate | None = None
    complained: Mandate | Station | Unit | None = None
    is_lost: bool = False

    @property
    def complaint(self) -> Complaint | None:
        """The complaint, if it is one."""
        return Complaint.of(self.complained) if self.complained else None

    @property
    def whole(self) -> Region:
        """The place, where it is known that there is one."""
        assert self.region
        return self.region

    @property
    def is_vague(self) -> bool:
        """Whether the village is not known."""
        return self.whole.level not in ("village", "grid")

    def route(self, day: date) -> Route:
        """The way it goes. Raises NobodyThere."""
        return route(self.whole, day, station=self.station, mandate=self.mandate, complaint=self.complaint)

    def rules(self, day: date) -> OpinionRules:
        """The rules of the body in charge. Raises NobodyThere, NothingInForce."""
        return in_force(day, self.route(day).body.pk).section(OpinionRules)

    def receiver(self, day: date) -> Receiver:
        """Who answers first, and by which day. Raises NobodyThere, NothingInForce."""
        way = self.route(day)
        span, (kind, id) = way.days(in_force(day, way.body.pk)), way.holder
        return Receiver(kind, called(kind, id), span_end(day, span, working_calendar().outlook))

    def may_be_entered_by(self, user: Any, day: date) -> bool:
        """Whether a clerk may write here for somebody else: the station, the place, or the body in charge is theirs."""
        things = [self.station, self.whole, self.route(day).body]
        return any(can(user, "opinions.enter", thing) for thing in things if thing)


def address_of(answers: Answers, day: date) -> Address:
    """What a draft says."""
    return find_address({name: getattr(answers, name) for name in ASKED}, day)


def find_address(asked: Mapping[str, str], day: date) -> Address:
    """What these ids name today. The place of a station is taken where none is named; whoever is complained of gets no copy."""
    station = _station(asked.get("station", ""), day)
    mandate = _mandate(asked.get("mandate", ""), day)
    region = named(Region.objects.standing().select_related("parent"), asked.get("region", ""))
    kind, _colon, thing = asked.get("complaint", "").partition(":")
    complained = _complained(kind, thing, day)
    told = [(asked.get("station"), station), (asked.get("mandate"), mandate), (asked.get("region"), region)]
    found = Address(region, station, mandate, is_lost=any(text and row is None for text, row in told))
    if complained:
        return replace(
            found, region=region or _ground_of(complained), station=None, mandate=None, complained=complained
        )
    if station and not region:
        return replace(found, region=station.region)
    return found


def called(kind: str, id: UUID) -> str:
    """What somebody who holds a matter is called."""
    return names([(kind, id)])[kind, str(id)]


def complained_of(thing: Mandate | Station | Unit) -> str:
    """What somebody who is complained of is called."""
    return thing.person.name if isinstance(thing, Mandate) else thing.name


def named(rows: QuerySet[Thing], text: str) -> Thing | None:
    """The one that an address or a form names; None, without a query, where it names none."""
    pk = id_in(text)
    return rows.filter(pk=pk).first() if pk else None


def _station(text: str, day: date) -> Station | None:
    return named(Station.objects.on(day).select_related("region__parent", "body__region"), text)


def _mandate(text: str, day: date) -> Mandate | None:
    return named(Mandate.objects.at_work(day).select_related("person", "congress__region__parent"), text)


def _complained(kind: str, text: str, day: date) -> Mandate | Station | Unit | None:
    if kind == "mandate":
        return _mandate(text, day)
    if kind == "station":
        return _station(text, day)
    if kind == "unit":
        return named(Unit.objects.on(day).select_related("region__parent"), text)
    return None


def _ground_of(thing: Mandate | Station | Unit) -> Region | None:
    return thing.congress.region if isinstance(thing, Mandate) else thing.region


def kinds_complained_of() -> dict[str, str]:
    """Of whom one may complain here."""
    return {"mandate": _("代表"), "station": _("站点"), "unit": _("部门")}

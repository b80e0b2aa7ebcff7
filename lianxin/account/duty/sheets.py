"""Sheets of the platform's own people, from its own record: of everybody whom a regulation is about, or of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q

from lianxin.account.duty.books import OneShelf, Party, Shelf
from lianxin.account.duty.counting import Counting, KindsOf
from lianxin.account.duty.files import Written
from lianxin.account.duty.language.regulation import RegulationRule
from lianxin.account.duty.parties.reading import parties
from lianxin.affairs.stations.models import Station
from lianxin.ground.core.models import EventParty
from lianxin.ground.people.models import Body, Mandate, Region, Unit
from lianxin.lib.scoring.closing import Closed, close
from lianxin.lib.scoring.periods import Stretch
from lianxin.lib.scoring.sheets import Sheet
from lianxin.lib.scoring.spec import Join

ROWS: Mapping[str, type[Model]] = {
    "mandate": Mandate,
    "group": Body,
    "station": Station,
    "township": Region,
    "village": Region,
    "unit": Unit,
}


@dataclass(frozen=True)
class Sheets:
    """Everybody whom a regulation is about in a period, each with the sheet and how the period closes, were it closed now."""

    written: Written
    period: Stretch
    parties: Sequence[Party]
    sheets: Mapping[UUID, Sheet]
    closed: Mapping[UUID, Closed]


def kinds_of(rule: RegulationRule) -> KindsOf:
    """The kinds of events of the platform that are records of each kind."""
    return {code: record.of for code, record in rule.records.items()}


def sheets(written: Written, period: Stretch, body: Body | None = None) -> Sheets:
    """The sheets of everybody in the body's place, or on the platform.

    One or two queries for each measure. All events of the period count, whichever version was in force when they
    happened, but none of a day on which the party did not serve.
    """
    everybody = parties(written, period, body)
    shelf = Shelf(written.regulation, Counting(written.rule, kinds_of(written.rule)), period)
    apart = _beyond(written.rule.whom.kind, everybody, period)
    own = {party.id: _own(written, period, party) if party.id in apart else shelf.sheet(party) for party in everybody}
    return Sheets(written, period, everybody, own, close(written.regulation, own))


def sheet(written: Written, period: Stretch, id: UUID) -> tuple[Party, Sheet] | None:
    """The sheet of one party; None whom the regulation is not about. A few queries, however many items there are."""
    for party in parties(written, period, only=id):
        return party, _own(written, period, party)
    return None


def _own(written: Written, period: Stretch, party: Party) -> Sheet:
    counting = Counting(written.rule, kinds_of(written.rule))
    return OneShelf(written.regulation, counting, period, party).sheet(party)


def _beyond(kind: str, everybody: Sequence[Party], period: Stretch) -> frozenset[UUID]:
    """Those with events in the period from days on which they did not serve. No query where all served all of it."""
    if all(party.tenure.share(period, period, Join.PRORATE, frozenset()) == 1 for party in everybody):
        return frozenset()
    last, rows = period.end - timedelta(days=1), ROWS[kind]._default_manager
    served_less = rows.filter(Q(starts_on__gt=period.start) | Q(ends_on__lt=last))
    on = OuterRef("event__happened_on")
    was_away = rows.filter(Q(starts_on__gt=on) | Q(ends_on__lt=on), pk=OuterRef("party_id"))
    found = EventParty.objects.filter(
        Exists(was_away),
        kind=kind,
        party_id__in=served_less.values("pk"),
        event__happened_on__gte=period.start,
        event__happened_on__lt=period.end,
    )
    return frozenset(found.values_list("party_id", flat=True).distinct())

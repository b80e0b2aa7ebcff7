"""Taking a roster over: whole or not at all, in one transaction, with an event for every change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from lianxin.ground.core.clock import start_of, today
from lianxin.ground.core.events import Entry, Party, Ref, record, record_all
from lianxin.ground.core.models import Platform
from lianxin.ground.people.models import Body, District, DistrictPart, Mandate, Membership, Person
from lianxin.ground.people.pinyin import spell
from lianxin.ground.people.roster.checking import check
from lianxin.ground.people.roster.comparing import compare
from lianxin.ground.people.roster.lookups import May, anywhere
from lianxin.ground.people.roster.plan import Changed, NewPerson, NewSeat, Plan
from lianxin.ground.people.roster.problems import Problems
from lianxin.ground.people.roster.sheets import Reading

BATCH = 500
T = TypeVar("T")


class RosterRefused(Exception):
    """The roster has mistakes; nothing was taken over. `plan.problems` has them."""

    def __init__(self, plan: Plan):
        super().__init__(f"{plan.problems.count} problems")
        self.plan = plan

    @property
    def problems(self) -> Problems:
        """What is wrong."""
        return self.plan.problems


def look(reading: Reading, *, may: May = anywhere) -> Plan:
    """What taking a roster over would change, or what is wrong with it. Changes nothing."""
    return compare(check(reading, may))


def take_over(reading: Reading, *, by: UUID | None, at: datetime, may: May = anywhere) -> Plan:
    """Take a roster over. `may` says whose congresses may be touched. Raises RosterRefused, and then nothing has changed.

    The file is read before, outside the transaction: on SQLite nobody else can write until it ends.
    """
    with transaction.atomic():
        Platform.objects.select_for_update().first()  # one roster at a time
        plan = look(reading, may=may)
        if plan.problems:
            raise RosterRefused(plan)
        if not plan.is_empty:
            save(plan, by=by, at=at)
            _tell_of_import(plan, reading.digest, by=by, at=at)
    return plan


def save(plan: Plan, *, by: UUID | None, at: datetime) -> None:
    """Write it all, in an order in which no row ever contradicts another."""
    _save_districts(plan, by=by, at=at)
    _save_changes(plan.changed, by=by, at=at)
    Mandate.end_all(
        [(it.mandate, it.line.ending, it.line.ends_on) for it in plan.endings if it.line.ends_on], by=by, at=at
    )
    for persons in _batches(plan.persons):
        Person.objects.bulk_create([_person(new) for new in persons])
    for seats in _batches(plan.mandates):
        Mandate.begin_all([_mandate(new) for new in seats], by=by)
    _save_groups(plan, by=by, at=at)


def _batches(things: Iterable[T]) -> Iterator[Sequence[T]]:
    rest = iter(things)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _person(new: NewPerson) -> Person:
    pinyin, initials = spell(new.facts["name"])
    return Person(id=new.id, pinyin=pinyin, initials=initials, **new.facts)


def _mandate(new: NewSeat) -> Mandate:
    line = new.line
    return Mandate(
        person_id=new.person_id,
        term=line.term,
        congress=line.congress,
        level=line.congress.level,
        card_number=line.card_number,
        district=new.district,
        electing_body=line.electing_body,
        ends_on=line.ends_on,
        ending=line.ending,
        **line.mandate,
    )


def _save_districts(plan: Plan, *, by: UUID | None, at: datetime) -> None:
    new = {district.id for district in plan.districts}
    District.objects.bulk_create(plan.districts, BATCH)
    DistrictPart.objects.bulk_create(
        [
            DistrictPart(
                district=it.district,
                region=it.region,
                starts_on=it.district.starts_on if it.district.id in new else today(),
            )
            for it in plan.parts
        ],
        BATCH,
    )
    places = Counter(part.district for part in plan.parts)
    record_all([_drawn(district, places[district], by, at) for district in plan.districts])
    grown = [district for district in places if district.id not in new]
    running = DistrictPart.objects.filter(district__in=grown, ends_on__isnull=True)
    covered = Counter(running.values_list("district_id", flat=True))
    record_all(
        [
            Entry("people.district_redrawn", Ref("district", district.id), by, at, body=district.congress_id,
                  facts={"on": today()}, measures={"places": covered[district.id]})
            for district in grown
        ]
    )  # fmt: skip


def _drawn(district: District, places: int, by: UUID | None, at: datetime) -> Entry:
    subject = Ref("district", district.id)
    return Entry("people.district_drawn", subject, by, at, body=district.congress_id, measures={"places": places})


def _save_changes(changed: Iterable[Changed], *, by: UUID | None, at: datetime) -> None:
    for kind, rows in (("person", Person.objects), ("mandate", Mandate.objects), ("district", District.objects)):
        of_kind = (change for change in changed if isinstance(change.thing, rows.model))
        for batch in _batches(of_kind):
            for change in batch:
                for key, (_before, after) in change.values.items():
                    setattr(change.thing, key, after)
            columns = sorted({key for change in batch for key in change.values})
            things: list[Any] = [change.thing for change in batch]
            rows.bulk_update(things, columns)
            record_all([_changed(kind, change, by, at) for change in batch])


def _changed(kind: str, change: Changed, by: UUID | None, at: datetime) -> Entry:
    what = "+".join(key for key in change.values if key not in ("pinyin", "initials"))
    subject = Ref(kind, change.thing.id)
    return Entry(f"people.{kind}_changed", subject, by, at, body=change.congress.id, facts={"what": what})


def _save_groups(plan: Plan, *, by: UUID | None, at: datetime) -> None:
    Body.objects.bulk_create(plan.groups, BATCH)
    record_all(
        [
            Entry("people.body_founded", Ref("body", group.id), by, at, body=group.id, facts={"kind": "group"})
            for group in plan.groups
        ]
    )
    for leaving in _batches(plan.leaving):
        for it in leaving:
            it.membership.ends_on = it.ends_on
        held = [it.membership for it in leaving if (it.membership.starts_on or it.ends_on) <= it.ends_on]
        Membership.objects.bulk_update(held, ["ends_on"])
        never = {it.membership.id for it in leaving} - {membership.id for membership in held}
        Membership.objects.filter(id__in=never).delete()  # began today and is corrected today
        record_all([_sat("people.left", it.membership, by, at) for it in leaving])
    for joining in _batches(plan.joining):
        memberships = [
            Membership(body=it.group, person_id=it.person_id, role="member", starts_on=it.starts_on) for it in joining
        ]
        Membership.objects.bulk_create(memberships)
        record_all([_sat("people.joined", it, by, min(at, start_of(it.starts_on or today()))) for it in memberships])


def _sat(kind: str, membership: Membership, by: UUID | None, at: datetime) -> Entry:
    return Entry(
        kind,
        subject=Ref("body", membership.body_id),
        by=by,
        at=at,
        body=membership.body_id,
        parties=[Party("person", membership.person_id, "member")],
        facts={"role": membership.role},
    )


def _tell_of_import(plan: Plan, digest: str, *, by: UUID | None, at: datetime) -> None:
    counts = plan.counts()
    record(
        "people.roster_taken_over",
        subject=Ref("platform", Platform.objects.get().id),
        by=by,
        at=at,
        measures={name: counts[name] for name in ("persons", "mandates", "changed", "endings")},
        facts={"file": digest},
    )

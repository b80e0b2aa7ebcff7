"""Taking a roster over: whole or not at all, in one transaction, with an event for every change."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from lianxin.ground.core.clock import start_of, today
from lianxin.ground.core.events import Entry, Party, Ref, record, record_all
from lianxin.ground.core.models import Platform
from lianxin.ground.people.models import Body, District, DistrictPart, Mandate, Membership, Person
from lianxin.ground.people.roster.checking import check
from lianxin.ground.people.roster.comparing import Changed, Plan, compare
from lianxin.ground.people.roster.problems import Problem

BATCH = 500


class RosterRefused(Exception):
    """The roster has mistakes; nothing was taken over. `problems` lists all of them."""

    def __init__(self, problems: list[Problem]):
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def take_over(file: Path, *, by: UUID | None, at: datetime) -> Plan:
    """Take a roster over. Raises RosterUnreadable or RosterRefused, and then nothing has changed."""
    with transaction.atomic():
        Platform.objects.select_for_update().first()  # one roster at a time
        checked = check(file)
        plan = compare(checked) if not checked.problems else Plan(problems=checked.problems)
        if plan.problems:
            raise RosterRefused(plan.problems)
        if not plan.is_empty:
            _save(plan, by=by, at=at)
            _tell_of_import(plan, file, by=by, at=at)
    return plan


def _save(plan: Plan, *, by: UUID | None, at: datetime) -> None:
    District.objects.bulk_create(plan.districts, BATCH)
    DistrictPart.objects.bulk_create(plan.parts, BATCH)
    record_all(
        [
            Entry("people.district_drawn", Ref("district", district.id), by, at, body=district.congress_id,
                  measures={"places": sum(part.district_id == district.id for part in plan.parts)})
            for district in plan.districts
        ]
    )  # fmt: skip
    Body.objects.bulk_create(plan.groups, BATCH)
    record_all(
        [
            Entry("people.body_founded", Ref("body", group.id), by, at, body=group.id, facts={"kind": "group"})
            for group in plan.groups
        ]
    )
    Person.objects.bulk_create(plan.persons, BATCH)
    Mandate.begin_all(plan.mandates, by=by)
    _save_changes(plan.changed, by=by, at=at)
    for mandate, line in plan.endings:
        mandate.end(line.mandate["ending"], on=line.mandate["ends_on"], by=by, at=at)
    left = [membership.id for membership in plan.leaving]
    for start in range(0, len(left), BATCH):
        Membership.objects.filter(id__in=left[start : start + BATCH]).update(ends_on=today() - timedelta(days=1))
    Membership.objects.bulk_create(plan.joining, BATCH)
    record_all(
        [
            Entry(
                kind,
                subject=Ref("body", membership.body_id),
                by=by,
                at=start_of(membership.starts_on) if kind == "people.joined" and membership.starts_on else at,
                body=membership.body_id,
                parties=[Party("person", membership.person_id, "member")],
                facts={"role": membership.role},
            )
            for kind, memberships in (("people.left", plan.leaving), ("people.joined", plan.joining))
            for membership in memberships
        ]
    )


def _save_changes(changed: Iterable[Changed], *, by: UUID | None, at: datetime) -> None:
    entries = []
    for change in changed:
        for key, (_before, after) in change.values.items():
            setattr(change.thing, key, after)
        change.thing.save(update_fields=list(change.values))
        kind = "person" if isinstance(change.thing, Person) else "mandate"
        entries.append(
            Entry(
                f"people.{kind}_changed",
                subject=Ref(kind, change.thing.id),
                by=by,
                at=at,
                body=change.line.congress.id,
                facts={"what": "+".join(key for key in change.values if key not in ("pinyin", "initials"))},
            )
        )
    record_all(entries)


def _tell_of_import(plan: Plan, file: Path, *, by: UUID | None, at: datetime) -> None:
    counts = plan.counts()
    platform = Platform.objects.get()
    record(
        "people.roster_taken_over",
        subject=Ref("platform", platform.id),
        by=by,
        at=at,
        measures={name: counts[name] for name in ("persons", "mandates", "changed", "endings")},
        facts={"file": hashlib.sha256(file.read_bytes()).hexdigest()},
    )

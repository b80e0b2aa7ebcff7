"""What taking over a roster would change, told in facts; rows are made of them only when they are saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from lianxin.ground.people.models import Body, District, Mandate, Membership, Person, Region
from lianxin.ground.people.roster.lines import DeputyLine
from lianxin.ground.people.roster.problems import Problems
from lianxin.ground.people.roster.sheets import Row


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody the platform does not know, and the lines that tell of this person. `namesakes` have the same name and another phone."""

    id: UUID
    lines: Sequence[DeputyLine]
    namesakes: int

    @property
    def facts(self) -> dict[str, Any]:
        """The columns of the person, from every line."""
        return {key: value for line in self.lines for key, value in line.person.items()}


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A mandate that begins; with a last day where it has ended already."""

    person_id: UUID
    line: DeputyLine
    district: District | None


@dataclass(frozen=True, slots=True)
class Changed:
    """Columns of one row of the platform that would change: name → (before, after).

    Where it is a person's name, `namesakes` are the other sitting deputies who have the new one.
    """

    thing: Person | Mandate | District
    congress: Body
    name: str
    values: dict[str, tuple[Any, Any]]
    row: Row
    namesakes: int = 0

    @property
    def is_renaming(self) -> bool:
        """Whether a person would be called otherwise."""
        return isinstance(self.thing, Person) and "name" in self.values


@dataclass(frozen=True, slots=True)
class Ended:
    """A mandate that runs and would end."""

    mandate: Mandate
    line: DeputyLine


@dataclass(frozen=True, slots=True)
class NewPart:
    """A place that a district would cover."""

    district: District
    region: Region


@dataclass(frozen=True, slots=True)
class Joining:
    """Somebody who would sit in a group, from a day on."""

    group: Body
    person_id: UUID
    name: str
    starts_on: date
    row: Row


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody who would no longer sit in a group; `ends_on` is the last day."""

    membership: Membership
    name: str
    ends_on: date
    row: Row


@dataclass
class Plan:
    """Everything a roster would change. Where there are problems, nothing is to be changed."""

    problems: Problems = field(default_factory=Problems)
    notes: list[str] = field(default_factory=list)
    districts: list[District] = field(default_factory=list)
    parts: list[NewPart] = field(default_factory=list)
    groups: list[Body] = field(default_factory=list)
    persons: list[NewPerson] = field(default_factory=list)
    mandates: list[NewSeat] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    endings: list[Ended] = field(default_factory=list)
    joining: list[Joining] = field(default_factory=list)
    leaving: list[Leaving] = field(default_factory=list)
    unchanged: int = 0

    def counts(self) -> dict[str, int]:
        """How many of each would be new, changed, ended; `unchanged` counts deputies."""
        names = ("districts", "parts", "groups", "persons", "mandates", "changed", "endings", "joining", "leaving")
        return {name: len(getattr(self, name)) for name in names} | {"unchanged": self.unchanged}

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not any(count for name, count in self.counts().items() if name != "unchanged")

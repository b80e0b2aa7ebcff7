"""What every verb of an opinion does alike: hold the case, write the one event, note how it is taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from lianxin.affairs.opinions import saying
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import KIND
from lianxin.affairs.opinions.rules import CLOCKS, OpinionRules
from lianxin.ground.cases import settling, undoing
from lianxin.ground.cases.errors import NotHeld
from lianxin.ground.cases.handled import Handled
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.cases.working import Work
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.models import Event
from lianxin.ground.rulebook import in_force

Stage: TypeAlias = Case.Stage
Role: TypeAlias = Handover.Role
COLUMNS = (  # of an opinion, that taking a step back puts back
    "visibility",
    "shown_name",
    "privacy",
    "is_public",
    "text",
    "is_redacted",
    "title",
    "subject",
    "spot",
    "lacks_place",
)


@dataclass
class Doing(Work):
    """One verb at work on an opinion whose case is held. Whom an event concerns is told of it; a complaint counts for nobody."""

    SUBJECT, KINDS, CLOCKS = KIND, "opinions", CLOCKS

    opinion: Opinion
    kept: dict[str, Any] = field(default_factory=dict)  # what taking it back needs beside the case and the opinion
    events: list[Event] = field(default_factory=list)

    @property
    def thing(self) -> Opinion:
        """The opinion."""
        return self.opinion

    @property
    def rules(self) -> OpinionRules:
        """What the preset says of opinions."""
        return self.preset.section(OpinionRules)

    def tell(self, kind: str, **told: Any) -> Event:
        """Write the event, and tell whom it concerns. It counts for the holders; nothing that complains counts for anybody."""
        event = super().tell(kind, **told)
        self.events.append(event)
        saying.of(self, event)
        return event


def matter_of(opinion: Opinion) -> Opinion:
    """The opinion as whose matter a voice is handled: itself, or the one that it was merged into."""
    if opinion.case.merged_into_id is None:
        return opinion
    return Opinion.objects.with_case().get(case=opinion.case.merged_into_id)


@contextmanager
def doing(
    opinion: Opinion,
    *,
    by: UUID | None,
    at: datetime,
    stages: tuple[Stage, ...] = (),
    edition: int | None = None,
    is_final: bool = False,
) -> Iterator[Doing]:
    """Hold the opinion's case and do something to it: all of it or nothing.

    What is done by somebody can be taken back for a minute, unless it `is_final`. Raises NotNow, ChangedMeanwhile.
    """
    with settling.held(opinion.case_id, at=at, stages=stages, edition=edition) as case:
        _keep_place(opinion.case, case)
        opinion.case = case
        was = _before(opinion) if by and not is_final else {}
        work = Doing(case, by, at, in_force(day_of(at), case.body_id), opinion, was.get("more", {}))
        yield work
        if was and len(work.events) == 1:
            undoing.note(case, work.events[0], was, by=by, at=at)


def _keep_place(known: Case, held: Case) -> None:
    """What was read of the place and the body with the opinion is not read again, where they are still the same."""
    for name in ("region", "body"):
        if name in known._state.fields_cache and getattr(known, f"{name}_id") == getattr(held, f"{name}_id"):
            setattr(held, name, getattr(known, name))


def _before(opinion: Opinion) -> dict[str, Any]:
    return undoing.before(opinion.case, **Opinion.objects.filter(pk=opinion.pk).values(*COLUMNS).get())


@contextmanager
def holding(
    handover: Handover,
    roles: tuple[str, ...] = tuple(Handover.Role),
    *,
    by: UUID | None,
    at: datetime,
    edition: int | None = None,
    is_final: bool = False,
) -> Iterator[Doing]:
    """Work on the opinion that a handover is of, as long as the matter still lies there, to do this. Raises NotHeld."""
    opinion = Opinion.objects.with_case().get(case=handover.case_id)
    if opinion.case.has_ended:
        raise NotHeld(opinion.case)
    with doing(opinion, by=by, at=at, edition=edition, is_final=is_final) as work:
        handover.refresh_from_db()
        if not handover.is_running or handover.role not in roles:
            raise NotHeld(work.case)
        yield work


UNIT = Handled("opinions", holding)

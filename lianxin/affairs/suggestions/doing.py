"""What every verb of a suggestion does alike: hold the case, write the one event."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from lianxin.affairs.suggestions.errors import NotSubmitted
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.models.suggestion import KIND
from lianxin.affairs.suggestions.rules import CLOCKS, SuggestionRules
from lianxin.ground.cases import settling
from lianxin.ground.cases.errors import NotHeld
from lianxin.ground.cases.handled import Handled
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.cases.working import Work
from lianxin.ground.core.clock import day_of
from lianxin.ground.rulebook import in_force

Stage: TypeAlias = Case.Stage
Role: TypeAlias = Handover.Role


@dataclass
class Doing(Work):
    """One verb at work on a suggestion whose case is held."""

    SUBJECT, KINDS, CLOCKS = KIND, "suggestions", CLOCKS

    suggestion: Suggestion

    @property
    def thing(self) -> Suggestion:
        """The suggestion."""
        return self.suggestion

    @property
    def rules(self) -> SuggestionRules:
        """What the preset says of suggestions."""
        return self.preset.section(SuggestionRules)

    @property
    def deputy(self) -> tuple[str, UUID]:
        """Who leads it, as the one for whom an event counts."""
        return "mandate", self.suggestion.lead_id

    @property
    def office(self) -> tuple[str, UUID]:
        """The congress's office, as a holder."""
        return "body", self.case.body_id


@contextmanager
def doing(
    suggestion: Suggestion,
    *,
    by: UUID | None,
    at: datetime,
    stages: tuple[Stage, ...] = (),
    edition: int | None = None,
) -> Iterator[Doing]:
    """Hold the suggestion's case and do something to it: all of it or nothing. Raises NotSubmitted, NotNow, ChangedMeanwhile."""
    if suggestion.case_id is None:
        raise NotSubmitted(suggestion.title)
    with settling.held(suggestion.case_id, at=at, stages=stages, edition=edition) as case:
        suggestion.case = case
        yield Doing(case, by, at, in_force(day_of(at), case.body_id), suggestion)


@contextmanager
def holding(
    handover: Handover,
    roles: tuple[str, ...] = tuple(Handover.Role),
    *,
    by: UUID | None,
    at: datetime,
    edition: int | None = None,
) -> Iterator[Doing]:
    """Work on the suggestion that a handover is of, as long as it still lies there, to do this. Raises NotHeld."""
    suggestion = Suggestion.objects.with_case().get(case=handover.case_id)
    if suggestion.case is None or suggestion.case.has_ended:
        raise NotHeld(handover.case)
    with doing(suggestion, by=by, at=at, edition=edition) as work:
        handover.refresh_from_db()
        if not handover.is_running or handover.role not in roles:
            raise NotHeld(work.case)
        yield work


UNIT = Handled("suggestions", holding)

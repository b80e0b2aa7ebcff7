"""How a case is changed: held by one, and afterwards its projections say what its running rows say."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import F, Min, QuerySet

from lianxin.ground.cases import clocks
from lianxin.ground.cases.errors import ChangedMeanwhile, NotNow
from lianxin.ground.cases.models import Case, Handover, Pause, Rating, Round
from lianxin.ground.core.clock import day_of

Stage: TypeAlias = Case.Stage
WaitsFor: TypeAlias = Case.WaitsFor
Role: TypeAlias = Handover.Role


@contextmanager
def held(case_id: UUID, *, at: datetime, stages: tuple[Stage, ...] = (), edition: int | None = None) -> Iterator[Case]:
    """Hold a case until the block ends, change it there, and settle it: all of it or nothing.

    Raises ChangedMeanwhile where `edition` is not the case's, NotNow where it is in none of `stages` (any, but not
    ended, where none are given).
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if edition is not None and case.edition != edition:
            raise ChangedMeanwhile(case)
        if case.has_ended and Stage.ENDED not in stages:
            raise NotNow(case)
        if stages and case.stage not in stages:
            raise NotNow(case)
        yield case
        case.changed_at = at
        case.edition += 1
        settle(case)
        case.save()


def settle(case: Case) -> None:
    """Set who moves next, and by when, from the rows that run; saves nothing.

    An answered case waits for those who were asked of its last round; those asked of an earlier one are asked no more.
    """
    case.waits_for, case.due_on, case.is_returned = "", None, False
    if case.has_ended:
        return
    running = list(case.handovers.running())
    roles = {handover.role for handover in running}
    if Pause.objects.filter(handover__in=running, ended_on__isnull=True).exists():
        case.waits_for = WaitsFor.AUTHOR
    elif roles:
        case.waits_for = _mover(roles)
    elif case.stage == Stage.ANSWERED:
        case.waits_for = WaitsFor.JUDGING
        case.due_on = open_ratings(case).aggregate(day=Min("due_on"))["day"]
    case.due_on = min((h.due_on for h in running if h.due_on), default=case.due_on)
    case.is_returned = any(
        h.return_asked_at or (h.role == Role.ASSIGN and h.follows_id and _was_returned(h)) for h in running
    )


def _mover(roles: set[str]) -> WaitsFor:
    """Who moves next, where these roles are held."""
    if roles & {Role.SORT, Role.ASSIGN}:
        return WaitsFor.OFFICE
    if Role.MEETING in roles:
        return WaitsFor.MEETING
    if roles & {*Handover.DEPUTIES, Role.REVISE}:
        return WaitsFor.DEPUTY
    return WaitsFor.SUGGESTION if roles == {Role.RAISED} else WaitsFor.UNIT


def _was_returned(handover: Handover) -> bool:
    return handover.follows is not None and handover.follows.ending == Handover.Ending.RETURNED


def open_ratings(case: Case) -> "QuerySet[Rating]":
    """Who was asked of the round that ran last, and has not said anything yet."""
    asked = Rating.objects.filter(case=case, given_at__isnull=True, wave=Rating.Wave.SOON)
    return asked.filter(round=case.current_round())


def hold_all(*case_ids: UUID) -> None:
    """Hold cases with what they are merged into and what is merged into them, in one order, inside a transaction.

    So two who change the same ones from different sides wait for each other once, and never both at once.
    """
    while True:
        family = _family(case_ids)
        list(Case.objects.select_for_update().filter(pk__in=family).order_by("pk").values_list("pk", flat=True))
        if _family(case_ids) == family:
            return


def _family(case_ids: tuple[UUID, ...]) -> set[UUID]:
    into = Case.objects.filter(pk__in=case_ids, merged_into__isnull=False).values_list("merged_into", flat=True)
    merged = Case.objects.filter(merged_into__in=case_ids).values_list("pk", flat=True)
    return {*case_ids, *filter(None, into), *merged}


def hand(
    case: Case,
    role: Role,
    party: tuple[str, UUID],
    *,
    span: str,
    at: datetime,
    by: UUID | None,
    rule_version: str,
    follows: Handover | None = None,
    round: Round | None = None,
) -> Handover:
    """The matter lies with a party from now on, for a span of days. The case is held by the caller."""
    kind, id = party
    made = Handover(
        case=case,
        round=round or case.current_round(),
        role=role,
        party_kind=kind,
        party_id=id,
        handed_at=at,
        handed_by=by,
        follows=follows,
        started_on=day_of(at),
        span=span,
        rule_version=rule_version,
    )
    clocks.start(made)
    made.save(force_insert=True)
    return made


def open_case(
    party: tuple[str, UUID], role: Role, *, span: str, at: datetime, rule_version: str, **columns: Any
) -> Case:
    """A case begins, with its first round, and lies with a party from now on. `columns` are the case's."""
    case = Case(opened_at=at, changed_at=at, **columns)
    first = Round(case=case, number=1, began_at=at)
    made = Handover(
        case=case,
        round=first,
        role=role,
        party_kind=party[0],
        party_id=party[1],
        handed_at=at,
        started_on=day_of(at),
        span=span,
        rule_version=rule_version,
    )
    clocks.start(made)
    case.waits_for, case.due_on = _mover({role}), made.due_on
    for row in (case, first, made):
        row.save(force_insert=True)
    return case


def end_running(case: Case, ending: str, *, at: datetime, roles: tuple[str, ...] = ()) -> list[Handover]:
    """Every running handover (of these roles) ends; which they were."""
    running = case.handovers.running()
    ended = list(running.filter(role__in=roles) if roles else running)
    for handover in ended:
        handover.end(ending, at=at)
    return ended


def close(case: Case, ending: str, *, at: datetime) -> None:
    """Nothing more is to be done. Marks of those who said the same go (architecture, rule of protection 11)."""
    end_running(case, Handover.Ending.CLOSED, at=at)
    case.echoes.exclude(mark="").update(mark="")
    case.stage, case.ending, case.ended_at = Stage.ENDED, ending, at


def reopen(case: Case, cause: str, *, at: datetime) -> Round:
    """A second round begins; the first stays as it is."""
    case.stage, case.ending, case.ended_at = Stage.ACCEPTED, "", None
    return case.begin_round(cause, at=at)


def count_voices(case: Case, by: int) -> None:
    """So many more voices say the same."""
    case.voices += by
    Case.objects.filter(pk=case.pk).update(voices=F("voices") + by)

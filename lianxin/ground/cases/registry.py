"""What kinds of cases there are. The apps that own them say here what happens when time passes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lianxin.ground.cases.models import Case, Handover, Promise
from lianxin.lib.calendars import Thresholds


@dataclass(frozen=True)
class CaseKind:
    """A kind of case. `late` is told of a handover that passed a line, `lapsed` of a promise whose day is over,
    `over` of a case whose days for rating are over, `orphaned` of a handover whose party is there no more. `lines` says
    from when on a handover's clock is long late. Whoever is told may raise a RuleError: then it is told again next time."""

    code: str
    late: Callable[[Handover, str, datetime], None]
    lapsed: Callable[[Promise, datetime], None]
    over: Callable[[Case, datetime], None]
    orphaned: Callable[[Handover, datetime], None]
    lines: Callable[[Handover], Thresholds]


Gone = Callable[[set[UUID], date], set[UUID]]

_kinds: dict[str, CaseKind] = {}
_parties: dict[str, Gone] = {}


def register_kind(kind: CaseKind) -> None:
    """Declare a kind of case once; a code declared twice raises ValueError."""
    if _kinds.get(kind.code, kind) is not kind:
        raise ValueError(f"{kind.code} is declared twice.")
    _kinds[kind.code] = kind


def kind_of(case: Case) -> CaseKind:
    """The kind of a case."""
    return _kinds[case.kind]


def register_party(kind: str, gone: Gone) -> None:
    """Declare a kind of holder: `gone(ids, day)` are those of them that hold nothing any more on that day."""
    if _parties.get(kind, gone) is not gone:
        raise ValueError(f"{kind} is declared twice.")
    _parties[kind] = gone


def gone(kind: str, ids: set[UUID], day: date) -> set[UUID]:
    """Which of these parties are there no more."""
    return _parties[kind](ids, day)

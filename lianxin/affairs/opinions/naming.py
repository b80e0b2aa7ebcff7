"""What opinions, classes of replies and reasons are called in the record."""

from collections.abc import Iterable
from uuid import UUID

from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.core.clock import today
from lianxin.ground.rulebook import in_force


def opinions(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Opinions by their numbers: a title may tell of a resident, a number does not."""
    return dict(Opinion.objects.filter(pk__in=list(ids)).values_list("pk", "case__number"))


def _rules() -> OpinionRules:
    return in_force(today()).section(OpinionRules)


def outcomes(codes: Iterable[str]) -> dict[str, str]:
    """Classes of replies."""
    known = _rules().outcomes
    return {code: known[code].called for code in codes if code in known}


def declines(codes: Iterable[str]) -> dict[str, str]:
    """Reasons for which an opinion is not taken."""
    known = _rules().declines
    return {code: known[code].called for code in codes if code in known}


def dissatisfied(codes: Iterable[str]) -> dict[str, str]:
    """What somebody is dissatisfied with."""
    known = _rules().dissatisfied
    return {code: known[code].called for code in codes if code in known}

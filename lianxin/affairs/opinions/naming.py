"""What opinions, classes of replies and reasons are called in the record."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.affairs.opinions.models import Meeting, Opinion
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.core.clock import today
from lianxin.ground.rulebook import in_force


def opinions(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Opinions by their numbers: a title may tell of a resident, a number does not."""
    return dict(Opinion.objects.filter(pk__in=list(ids)).values_list("pk", "case__number"))


def meetings(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Joint meetings by their bodies and days."""
    found = Meeting.objects.filter(pk__in=list(ids)).values_list("pk", "body__name", "on")
    return {pk: _("%(body)s%(day)s的集中研判") % {"body": name, "day": date_format(day)} for pk, name, day in found}


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

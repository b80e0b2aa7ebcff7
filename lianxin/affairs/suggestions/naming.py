"""What suggestions, classes of replies and reasons are called in the record."""

from collections.abc import Iterable
from uuid import UUID

from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.rules import SuggestionRules
from lianxin.ground.core.clock import today
from lianxin.ground.rulebook import in_force


def suggestions(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Suggestions by number and title; a draft by its title."""
    rows = Suggestion.objects.filter(pk__in=list(ids)).values_list("pk", "case__number", "title")
    return {pk: f"{number or ''}《{title}》" for pk, number, title in rows}


def numbers(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Suggestions by their numbers alone, where a title may tell of residents."""
    return dict(Suggestion.objects.filter(pk__in=list(ids)).values_list("pk", "case__number"))


def outcomes(codes: Iterable[str]) -> dict[str, str]:
    """Classes of replies."""
    known = in_force(today()).section(SuggestionRules).outcomes
    return {code: known[code].called for code in codes if code in known}


def declines(codes: Iterable[str]) -> dict[str, str]:
    """Reasons for which a suggestion is not taken."""
    known = in_force(today()).section(SuggestionRules).declines
    return {code: known[code].called for code in codes if code in known}

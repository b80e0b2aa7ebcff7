"""What households, ties and schemes are called."""

from collections.abc import Iterable
from uuid import UUID

from lianxin.affairs.contact.models import Household, Tie
from lianxin.affairs.contact.rules import ContactRules
from lianxin.ground.core.clock import today
from lianxin.ground.core.events import names
from lianxin.ground.rulebook import in_force


def households(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Households by their village and number; never by a name."""
    found = Household.objects.filter(pk__in=list(ids)).select_related("region__parent")
    return {household.pk: household.called for household in found}


def ties(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Ties by whom they lead to."""
    found = list(Tie.objects.filter(pk__in=list(ids)).values_list("pk", "toward_kind", "toward_id"))
    called = names((kind, id) for _pk, kind, id in found)
    return {pk: called[kind, str(id)] for pk, kind, id in found}


def schemes(codes: Iterable[str]) -> dict[str, str]:
    """Schemes as the rules in force call them."""
    known = in_force(today()).section(ContactRules).schemes
    return {code: known[code].called for code in codes if code in known}

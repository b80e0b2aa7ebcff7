"""Card numbers that stand twice in a file: told at every row that has one, for nobody knows which row is wrong."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.ground.people.models import Mandate, Term
from lianxin.ground.people.models.mandate import plain_card
from lianxin.ground.people.roster.problems import Problems
from lianxin.ground.people.roster.sheets import Row

Card = tuple[UUID, str]  # a term, and a number without what is added or lost by accident


class Cards:
    """The rows of each card. 001 and 1 are one card."""

    def __init__(self) -> None:
        self._rows: defaultdict[Card, list[Row]] = defaultdict(list)

    def add(self, row: Row, term: Term | None) -> None:
        """A row names a card of a term; one that could not be read is passed over."""
        if term and (number := row.get("card_number")):
            self._rows[term.id, plain_card(number)].append(row)

    def tell_twins(self, problems: Problems) -> set[Row]:
        """Tell at each row that shares its card whose rows these are, and whose card the platform says it is; give these rows."""
        twins = {card: rows for card, rows in self._rows.items() if len(rows) > 1}
        holders = dict(_holders({term for term, _number in twins}))
        for card, rows in twins.items():
            known = holders.get(card)
            for row in rows:
                first, second = (rows[0], row) if row is not rows[0] else rows[:2]
                expected = _("同一届里不重复的号码：%(first)s和%(second)s是同一个号码") % {
                    "first": _said(first),
                    "second": _said(second),
                }
                told = _("；平台里它是%(name)s的") % {"name": known} if known else ""
                problems.add(row.problem("card_number", expected + told))
        return {row for rows in twins.values() for row in rows}


def _said(row: Row) -> str:
    return _("第%(row)s行%(name)s的%(number)s") % {
        "row": row.number,
        "name": row.get("name", ""),
        "number": row["card_number"],
    }


def _holders(terms: Iterable[UUID]) -> Iterator[tuple[Card, str]]:
    """Who holds which card of these terms; one query where there is any."""
    held = Mandate.objects.filter(term__in=terms).values_list("term_id", "card_number", "person__name")
    for term, number, name in held.iterator():
        yield (term, plain_card(number)), name

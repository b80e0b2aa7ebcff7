"""One deputy, told by a page: looked up, compared and saved as a row of the roster would be, so that both agree."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lianxin.ground.core.models import Platform
from lianxin.ground.people.models import Body
from lianxin.ground.people.roster.columns import DEPUTIES, DEPUTY_COLUMNS
from lianxin.ground.people.roster.headers import Header, Place
from lianxin.ground.people.roster.known import running_congresses, words_of
from lianxin.ground.people.roster.lookups import May
from lianxin.ground.people.roster.plan import Plan
from lianxin.ground.people.roster.problems import Problem
from lianxin.ground.people.roster.sheets import Reading, Row
from lianxin.ground.people.roster.taking import look, save

HEADER = Header(
    DEPUTIES, DEPUTIES, 0, {it.key: Place(index, it.header, it) for index, it in enumerate(DEPUTY_COLUMNS, start=1)}
)


def add(said: Mapping[str, Any], *, by: UUID | None, at: datetime, may: May) -> Plan:
    """Give one deputy a seat. `said` is what the columns of the roster say, by key, already read; None for blank ones.

    The plan tells what was done; where it has problems, nothing was. A card that somebody has is a problem: an old seat
    is changed on its own page.
    """
    row = Row(HEADER, 1, tuple(said.get(key) for key in HEADER.places))
    reading = Reading("", rows={DEPUTIES: [row], **{name: [] for name in Reading("").rows if name != DEPUTIES}})
    with transaction.atomic():
        Platform.objects.select_for_update().first()  # one roster at a time
        plan = look(reading, may=may)
        if not plan.problems and not plan.mandates:
            plan.problems.add(row.problem("card_number", _("没有人用过的号码：这一届里已经有人用了这个代表证号")))
        if not plan.problems:
            save(plan, by=by, at=at)
    return plan


def key_of(problem: Problem) -> str:
    """The column of a problem, by key."""
    return next(key for key, place in HEADER.places.items() if place.index == problem.column)


def word_of(congress: Body) -> str:
    """What a congress is called in a roster."""
    return words_of(running_congresses())[congress]

"""What leaders ask of opinions: what is long late, and what goes to and fro. Numbers, titles, units and days; no resident."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxin.affairs.opinions.models import Privacy
from lianxin.affairs.opinions.models.opinion import KIND
from lianxin.affairs.opinions.queues import place_of, title_of
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.access.answering import reach
from lianxin.ground.cases.jobs import LONG_LATE
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.people.models import Mandate, Unit
from lianxin.ground.people.places.reaching import lies_within
from lianxin.ground.rulebook import in_force

LEAD = "desks.enter_lead"
LISTED, SOON = 15, timedelta(days=14)
Role = Handover.Role


@dataclass(frozen=True)
class Stuck:
    """A matter that is long late, or that came back too often: `who` holds it, `days` how long it is over its day.

    `href` leads to its public page, where it has one.
    """

    number: str
    title: str
    place: str
    who: str
    due_on: date | None
    days: int
    returns: int
    href: str


@dataclass(frozen=True)
class Found:
    """The first of a list, and how many there are in all."""

    rows: list[Stuck]
    count: int

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are listed."""
        return self.count > len(self.rows)


def long_late(user: Any, day: date) -> Found:
    """Matters of the leader's places that are long late by the preset, the longest first. Three queries."""
    late = _running(user).filter(late_told=LONG_LATE, due_on__lt=day).exclude(role=Role.CO)
    return _found(late.order_by("due_on", "pk"), day)


def due_soon(user: Any, day: date) -> Found:
    """Matters of the leader's places that units and deputies are late with, or have to answer within half a month.

    The longest late first; what is long late by the preset stands in a list of its own. Three queries.
    """
    soon = _running(user).filter(due_on__lte=day + SOON, role__in=(Role.LEAD, *Handover.DEPUTIES))
    soon = soon.exclude(late_told=LONG_LATE, due_on__lt=day)
    return _found(soon.order_by("due_on", "pk"), day)


def to_and_fro(user: Any, day: date) -> Found:
    """Matters that units gave back as often as the preset says that leaders are told. Three queries."""
    least = in_force(day).section(OpinionRules).returns_shown
    returned = _running(user).filter(case__returns__gte=least).exclude(role=Role.CO)
    return _found(returned.order_by("-case__returns", "pk"), day)


def _running(user: Any) -> QuerySet[Handover]:
    """What runs in the leader's places; no complaint, for it may complain of somebody the leader works with."""
    far = reach(user, LEAD)
    running = Handover.objects.running().filter(case__kind=KIND, case__opinion__complains_of_kind="")
    return running if far.everywhere else running.filter(lies_within(far, "case__region__path"))


def _found(handovers: QuerySet[Handover], day: date) -> Found:
    named = Subquery(Unit.objects.filter(pk=OuterRef("party_id")).values("name"))
    deputy = Subquery(Mandate.objects.filter(pk=OuterRef("party_id")).values("person__name"))
    rows = handovers.select_related("case__opinion", "case__region__parent__parent")
    held = rows.annotate(holder=Coalesce(named, deputy))
    return Found([_stuck(one, one.holder, day) for one in held[:LISTED]], handovers.count())


def _stuck(handover: Handover, holder: str | None, day: date) -> Stuck:
    case: Case = handover.case
    looked_at = case.opinion.privacy != Privacy.FOUND
    return Stuck(
        number=case.number,
        title=title_of(case.opinion) if looked_at else _("隐私还没有看过，题目不显示"),
        place=place_of(case.region),
        who=holder or handover.get_role_display(),
        due_on=handover.due_on,
        days=(day - handover.due_on).days if handover.due_on else 0,
        returns=case.returns,
        href=reverse("opinions:public_matter", args=[case.number]) if case.opinion.is_public else "",
    )

"""Lists of suggestions: what each door shows, in which order, and what a line says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.models.suggestion import KIND
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.core.paging import Page, page_by_key
from lianxin.ground.people.models import Unit

WaitsFor = Case.WaitsFor
WITH_SUGGESTION = ("round", "case__suggestion__lead__person", "case__suggestion__lead__congress")


@dataclass(frozen=True)
class Tab:
    """Some of the suggestions of a door, and the order in which they stand."""

    code: str
    label: str | Promise
    within: Q
    order: tuple[str, str] = ("case__due_on", "id")


OPEN = Q(case__ended_at__isnull=True)
REVIEW = Tab("review", _("要审查交办"), OPEN & Q(case__waits_for=WaitsFor.OFFICE))
DESK = (
    REVIEW,
    Tab("units", _("单位在办"), OPEN & Q(case__waits_for=WaitsFor.UNIT)),
    Tab("revise", _("代表在改"), OPEN & Q(case__waits_for=WaitsFor.DEPUTY)),
    Tab("judging", _("等代表评价"), OPEN & Q(case__waits_for=WaitsFor.JUDGING)),
    Tab("ended", _("办结的"), Q(case__ended_at__isnull=False), ("-submitted_at", "-id")),
)


def tab_of(tabs: tuple[Tab, ...], asked: str, counts: Mapping[str, int]) -> Tab:
    """The tab that was asked for, else the first with something in it."""
    known = {tab.code: tab for tab in tabs}
    return known.get(asked) or next((tab for tab in tabs if counts[tab.code]), tabs[0])


def counts(found: QuerySet[Suggestion], tabs: tuple[Tab, ...], day: date) -> dict[str, int]:
    """How many stand in each tab, and how many are late; one query."""
    asked = {tab.code: Count("pk", filter=tab.within) for tab in tabs}
    return found.aggregate(**asked, late=Count("pk", filter=OPEN & Q(case__due_on__lt=day)))


def page(found: QuerySet[Suggestion], tab: Tab, query: Mapping[str, str]) -> Page[Suggestion]:
    """A page of a tab."""
    rows = found.filter(tab.within).select_related("case", "lead__person")
    return page_by_key(rows, tab.order, query)


def handled_by(units: QuerySet[Unit]) -> QuerySet[Handover]:
    """Handovers of suggestions to these units, running or ended, each with case, round and suggestion."""
    found = Handover.objects.filter(case__kind=KIND, party_kind="unit", party_id__in=units.order_by().values("pk"))
    return found.select_related(*WITH_SUGGESTION)

"""Suggestions as a list that is taken out to Excel."""

from collections.abc import Iterator

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianxin.affairs.suggestions.lists import Tab
from lianxin.affairs.suggestions.models import Signature, Suggestion
from lianxin.affairs.suggestions.models.suggestion import SuggestionQuerySet
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import day_of
from lianxin.ground.people.models import Unit
from lianxin.ground.rulebook.exports import Column, Listing

CHUNK = 500


def _joined(own: Suggestion) -> str:
    """Who joined its words as they stand, in the order in which they did; `signatures` are fetched already."""
    stands = own.digest
    return "、".join(one.mandate.person.name for one in own.signatures.all() if one.digest == stands)


SUGGESTIONS = Listing(
    "suggestions",
    _("代表建议"),
    (
        Column("number", _("编号"), 16, lambda own: own.number),
        Column("title", _("题目"), 44, lambda own: own.title),
        Column("lead", _("领衔代表"), 12, lambda own: own.lead.person.name),
        Column("joined", pgettext_lazy("who joined", "附议代表"), 28, _joined),
        Column("congress", _("人民代表大会"), 28, lambda own: own.lead.congress.name),
        Column("submitted_on", _("提出日期"), 12, lambda own: own.submitted_at and day_of(own.submitted_at)),
        Column("state", _("进展"), 18, lambda own: own.state),
        Column("due_on", _("到期日"), 12, lambda own: own.case and own.case.due_on),
        Column("returned", _("申请退回"), 10, lambda own: str(_("是")) if own.case and own.case.is_returned else ""),
        Column("public", _("已公开"), 10, lambda own: str(_("是")) if own.is_public else ""),
    ),
)

HELD = Listing(
    "held_suggestions",
    _("代表建议"),
    (
        Column("number", _("编号"), 16, lambda one: one.case.number),
        Column("title", _("题目"), 44, lambda one: one.case.suggestion.title),
        Column("lead", _("领衔代表"), 12, lambda one: one.case.suggestion.lead.person.name),
        Column("congress", _("人民代表大会"), 28, lambda one: one.case.suggestion.lead.congress.name),
        Column("unit", _("承办单位"), 24, lambda one: one.unit or ""),
        Column("role", _("做什么"), 12, lambda one: str(one.get_role_display())),
        Column("handed_on", _("交来日期"), 12, lambda one: day_of(one.handed_at)),
        Column("signed_in_on", _("签收日期"), 12, lambda one: one.signed_in_at and day_of(one.signed_in_at)),
        Column("due_on", _("到期日"), 12, lambda one: one.due_on),
        Column("round", _("第几轮"), 8, lambda one: one.round.number),
        Column("ended_on", _("办完日期"), 12, lambda one: one.ended_at and day_of(one.ended_at)),
        Column("ending", _("怎么办完的"), 14, lambda one: str(one.get_ending_display())),
    ),
)


def held(handovers: QuerySet[Handover], *, is_past: bool) -> Iterator[Handover]:
    """What lies with units, or lay, in the order of their list, one after another; one query."""
    unit = Subquery(Unit.objects.filter(pk=OuterRef("party_id")).values("name"))
    found = handovers.filter(ended_at__isnull=not is_past).annotate(unit=unit)
    return found.order_by(*(("-ended_at", "-id") if is_past else ("due_on", "id"))).iterator(chunk_size=CHUNK)


def rows(seen: SuggestionQuerySet, tab: Tab) -> Iterator[Suggestion]:
    """What a tab shows, in its order, one after another; two queries for each chunk."""
    found = seen.filter(tab.within).select_related("case", "lead__person", "lead__congress").order_by(*tab.order)
    signed = Signature.objects.filter(signed_at__isnull=False).select_related("mandate__person")
    signatures = Prefetch("signatures", signed.order_by("signed_at", "pk"))
    return found.prefetch_related(signatures).iterator(chunk_size=CHUNK)

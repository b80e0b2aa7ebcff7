"""Suggestions as a list that is taken out to Excel."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lianxin.affairs.suggestions.lists import Tab
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.affairs.suggestions.models.suggestion import SuggestionQuerySet
from lianxin.ground.core.clock import day_of
from lianxin.ground.rulebook.exports import Column, Listing

CHUNK = 500

SUGGESTIONS = Listing(
    "suggestions",
    _("代表建议"),
    (
        Column("number", _("编号"), 16, lambda own: own.number),
        Column("title", _("题目"), 44, lambda own: own.title),
        Column("lead", _("领衔代表"), 12, lambda own: own.lead.person.name),
        Column("congress", _("人民代表大会"), 28, lambda own: own.lead.congress.name),
        Column("submitted_on", _("提出日期"), 12, lambda own: day_of(own.submitted_at)),
        Column("state", _("进展"), 18, lambda own: own.state),
        Column("due_on", _("到期日"), 12, lambda own: own.case.due_on),
        Column("returned", _("申请退回"), 10, lambda own: str(_("是")) if own.case.is_returned else ""),
        Column("public", _("已公开"), 10, lambda own: str(_("是")) if own.is_public else ""),
    ),
)


def rows(seen: SuggestionQuerySet, tab: Tab) -> Iterator[Suggestion]:
    """What a tab shows, in its order, one after another; one query."""
    found = seen.filter(tab.within).select_related("case", "lead__person", "lead__congress").order_by(*tab.order)
    return found.defer("facts", "analysis", "advice").iterator(chunk_size=CHUNK)

"""Lists of news and notices at the desk: which there are, how many stand in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxin.account.publishing.models import Wording
from lianxin.account.publishing.models.wording import OPEN, State
from lianxin.ground.core.paging import Page, page_by_key

STANDS = Q(state=State.PUBLISHED, announcement__taken_down_at__isnull=True)


@dataclass(frozen=True)
class Tab:
    """Some of the wordings, and what they are called."""

    code: str
    label: str | Promise


TABS = (
    Tab("review", _("等人审")),
    Tab("drafts", _("在写的")),
    Tab("later", _("到时候公布")),
    Tab("public", _("公布了的")),
    Tab("down", _("撤下的")),
)


def _within(at: datetime) -> dict[str, Q]:
    return {
        "review": Q(state=State.SUBMITTED),
        "drafts": Q(state__in=OPEN),
        "later": STANDS & Q(public_from__gt=at),
        "public": STANDS & Q(public_from__lte=at),
        "down": Q(state=State.PUBLISHED, announcement__taken_down_at__isnull=False),
    }


def counts(found: QuerySet[Wording], at: datetime) -> dict[str, int]:
    """How many stand in each; one query."""
    return found.aggregate(**{code: Count("pk", filter=within) for code, within in _within(at).items()})


def tab_of(asked: str, counted: Mapping[str, int]) -> Tab:
    """The tab that was asked for, else the first with something in it."""
    known = {tab.code: tab for tab in TABS}
    return known.get(asked) or next((tab for tab in TABS if counted[tab.code]), TABS[0])


def in_tab(found: QuerySet[Wording], tab: Tab, at: datetime) -> QuerySet[Wording]:
    """Those that stand in a tab."""
    return found.filter(_within(at)[tab.code])


def page(found: QuerySet[Wording], tab: Tab, at: datetime, query: Mapping[str, str]) -> Page[Wording]:
    """A page of a tab, the latest first."""
    rows = in_tab(found, tab, at).select_related("announcement__body")
    return page_by_key(rows, ("-id",), query)

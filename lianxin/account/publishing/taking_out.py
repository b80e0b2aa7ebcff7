"""News and notices as a list that is taken out to Excel."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianxin.account.publishing.models import Wording
from lianxin.account.publishing.rules import rules_on
from lianxin.ground.core.clock import day_of, today
from lianxin.ground.rulebook.exports import Column, Listing

CHUNK = 500

NEWS = Listing(
    "news",
    _("消息"),
    (
        Column("title", _("题目"), 44, lambda one: one.title),
        Column("category", _("消息类别"), 14, lambda one: one.category_called),
        Column("body", _("机构"), 32, lambda one: one.announcement.body.name),
        Column("state", _("状态"), 12, lambda one: str(one.get_state_display())),
        Column("version", _("版本"), 8, lambda one: one.number),
        Column("drafted_on", _("起草日期"), 12, lambda one: day_of(one.drafted_at)),
        Column("reviewed_on", _("审过日期"), 12, lambda one: one.reviewed_at and day_of(one.reviewed_at)),
        Column("public_from", _("公布日期"), 12, lambda one: one.public_from and day_of(one.public_from)),
        Column("public_until", _("公布到"), 12, lambda one: one.public_until and day_of(one.public_until)),
        Column("change", _("更正说明"), 36, lambda one: one.change),
    ),
)


def rows(found: QuerySet[Wording]) -> Iterator[Any]:
    """Wordings of a tab, the latest first, one after another; one query."""
    rules = rules_on(today())
    own = found.select_related("announcement__body").defer("text").order_by("-id")
    for wording in own.iterator(chunk_size=CHUNK):
        wording.category_called = rules.category(wording.category)  # type: ignore[attr-defined]
        yield wording

"""The inbox as a list that is taken out to Excel: what stands there, and nothing of who said it."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.inbox import Sieve, views
from lianxin.affairs.opinions.models import Channel
from lianxin.affairs.opinions.models.opinion import OpinionQuerySet
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.cases.models import Case
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.workbooks import Cell
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.exports import Column, Listing
from lianxin.lib.text.private import masked

CHUNK = 1_000
PLACE = "case__region"
READ = (
    "title",
    "channel",
    "subject",
    "complains_of_kind",
    f"{PLACE}__name",
    f"{PLACE}__level",
    f"{PLACE}__parent__name",
) + tuple(f"case__{name}" for name in ("number", "opened_at", "stage", "waits_for", "due_on", "voices", "is_returned"))


def _label(choices: Any, column: str) -> Callable[[Any], Cell]:
    """What a code in a column is called; asked of each row, so that the words are in the language of the page."""
    return lambda row: str(choices(value).label) if (value := getattr(row, column)) else ""


def _township(row: Any) -> str:
    """The township of a village, or itself; nothing above and below."""
    towns = {Level.VILLAGE: row.case__region__parent__name, Level.TOWNSHIP: row.case__region__name}
    return towns.get(row.case__region__level) or ""


INBOX = Listing(
    "inbox",
    _("群众意见"),
    (
        Column("number", _("编号"), 16, lambda row: row.case__number),
        Column("came_on", _("收到日期"), 12, lambda row: day_of(row.case__opened_at)),
        Column("channel", _("来路"), 10, _label(Channel, "channel")),
        Column("township", _("乡镇街道"), 14, _township),
        Column("place", _("哪里的事"), 16, lambda row: row.case__region__name),
        Column("title", _("标题"), 44, lambda row: masked(row.title)),
        Column("subject", _("类别"), 14, lambda row: row.subject),
        Column("stage", _("进展"), 12, _label(Case.Stage, "case__stage")),
        Column("waits_for", _("等谁办"), 14, _label(Case.WaitsFor, "case__waits_for")),
        Column("due_on", _("到期日"), 12, lambda row: row.case__due_on),
        Column("voices", _("几个人反映"), 10, lambda row: row.case__voices),
        Column("returned", _("申请退回"), 10, lambda row: str(_("是")) if row.case__is_returned else ""),
        Column("complaint", _("投诉"), 10, lambda row: str(_("是")) if row.complains_of_kind else ""),
    ),
)


def rows(seen: OpinionQuerySet, sieve: Sieve, day: date) -> Iterator[Any]:
    """What a view of the inbox shows, in its order, row by row; one query."""
    subjects = in_force(day).section(OpinionRules).subject
    found = sieve.of_seen(seen, day).order_by(*views(day)[sieve.view].order)
    for row in found.values_list(*READ, named=True).iterator(chunk_size=CHUNK):
        yield row._replace(subject=subjects(row.subject) if row.subject else "")

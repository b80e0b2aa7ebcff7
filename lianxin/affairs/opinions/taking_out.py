"""The inbox, what lies with units and deputies, and promises, as lists for Excel: what stands there, and nothing of who said it."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions import queues
from lianxin.affairs.opinions.inbox import Sieve, views
from lianxin.affairs.opinions.models import Channel
from lianxin.affairs.opinions.models.opinion import OpinionQuerySet
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.cases.models import Case, Handover, Promise
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.workbooks import Cell
from lianxin.ground.people.models import Unit
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


HELD = Listing(
    "held_opinions",
    _("群众意见"),
    (
        Column("number", _("编号"), 16, lambda one: one.case.number),
        Column("title", _("标题"), 44, lambda one: queues.title_of(one.case.opinion)),
        Column("place", _("哪里的事"), 20, lambda one: queues.place_of(one.case.region)),
        Column("unit", _("承办单位"), 24, lambda one: one.unit or ""),
        Column("role", _("做什么"), 12, lambda one: str(one.get_role_display())),
        Column("handed_on", _("交来日期"), 12, lambda one: day_of(one.handed_at)),
        Column("signed_in_on", _("签收日期"), 12, lambda one: one.signed_in_at and day_of(one.signed_in_at)),
        Column("due_on", _("到期日"), 12, lambda one: one.due_on),
        Column("round", _("第几轮"), 8, lambda one: one.round.number),
        Column("voices", _("几个人反映"), 10, lambda one: one.case.voices),
        Column("ended_on", _("办完日期"), 12, lambda one: one.ended_at and day_of(one.ended_at)),
        Column("ending", _("怎么办完的"), 14, lambda one: str(one.get_ending_display())),
    ),
)
OF_UNITS = ("unit", "signed_in_on")
OWN = Listing("own_opinions", _("群众意见"), tuple(column for column in HELD.columns if column.key not in OF_UNITS))
PROMISES = Listing(
    "promises",
    _("承诺"),
    (
        Column("due_on", _("承诺的日子"), 12, lambda one: one.due_on),
        Column("what", _("承诺的事"), 44, lambda one: masked(one.what)),
        Column("who", _("谁承诺的"), 24, lambda one: one.who or str(one.reply.get_said_by_display())),
        Column("number", _("编号"), 16, lambda one: one.case.number),
        Column("title", _("标题"), 44, lambda one: queues.title_of(one.case.opinion)),
        Column("place", _("哪里的事"), 20, lambda one: queues.place_of(one.case.region)),
        Column("kept_on", _("做到日期"), 12, lambda one: one.kept_at and day_of(one.kept_at)),
        Column("lapsed_on", _("到期没做到"), 12, lambda one: one.lapsed_at and day_of(one.lapsed_at)),
    ),
)


def held(handovers: QuerySet[Handover], tab: str) -> Iterator[Handover]:
    """What a tab of a unit or a deputy shows, row by row; one query."""
    unit = Subquery(Unit.objects.filter(pk=OuterRef("party_id")).values("name"))
    found = queues.ordered(queues.in_tab(handovers, tab), tab).annotate(unit=unit)
    return found.select_related("round", "case__opinion", "case__region__parent__parent").iterator(chunk_size=CHUNK)


def promises(found: QuerySet[Promise], fate: str) -> Iterator[Promise]:
    """Promises of which this became, row by row; one query."""
    return queues.with_fate(found, fate).iterator(chunk_size=CHUNK)


def rows(seen: OpinionQuerySet, sieve: Sieve, day: date) -> Iterator[Any]:
    """What a view of the inbox shows, in its order, row by row; one query."""
    subjects = in_force(day).section(OpinionRules).subject
    found = sieve.of_seen(seen, day).order_by(*views(day)[sieve.view].order)
    for row in found.values_list(*READ, named=True).iterator(chunk_size=CHUNK):
        yield row._replace(subject=subjects(row.subject) if row.subject else "")

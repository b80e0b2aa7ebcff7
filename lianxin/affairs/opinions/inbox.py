"""What a desk has before it: the views of the inbox, how many there are in each, and what a filter leaves of one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.models import Channel, Opinion, Privacy
from lianxin.affairs.opinions.models.opinion import KIND, OpinionQuerySet
from lianxin.affairs.opinions.narrowing import Narrowing, townships_of
from lianxin.ground.access.answering import Reach
from lianxin.ground.cases.models import Case

Stage, WaitsFor = Case.Stage, Case.WaitsFor
OURS, THEIRS, ALL = "ours", "theirs", "all"
GROUPS = {OURS: _("要我处理的"), THEIRS: _("别人在办的"), ALL: _("全部")}
FIRST = "new"


@dataclass(frozen=True)
class View:
    """视图 A part of the inbox that is worked through. `is_hot`: time presses where anything lies in it.

    All are of matters that have not ended, by when they came in; only the last is of those that have, the latest first.
    """

    code: str
    label: str | Promise
    group: str
    about: Q
    is_hot: bool = False
    has_ended: bool = False

    @property
    def order(self) -> tuple[str, str]:
        """By which keys it is listed."""
        return ("-case__changed_at", "-case_id") if self.has_ended else ("case__opened_at", "case_id")


def _held(who: str) -> Q:
    return Q(case__waits_for=who)


def views(day: date) -> dict[str, View]:
    """Every view by its code, on this day, in the order in which they are shown."""
    office, deputy = _held(WaitsFor.OFFICE), _held(WaitsFor.DEPUTY)
    moving = ~_held(WaitsFor.JUDGING)
    found = (
        View("new", _("新来的"), OURS, Q(case__stage=Stage.RECEIVED) & office),
        View("assign", _("收下没交办"), OURS, Q(case__stage=Stage.ACCEPTED) & office),
        View("today", _("今天到期"), OURS, Q(case__due_on=day) & moving, is_hot=True),
        View("late", _("已超期"), OURS, Q(case__due_on__lt=day) & moving, is_hot=True),
        View("returned", _("退回来的"), OURS, Q(case__is_returned=True)),
        View("alike", _("可能重复"), OURS, Q(is_alike=True, case__stage__in=(Stage.RECEIVED, Stage.ACCEPTED))),
        View("private", _("隐私要看"), OURS, Q(privacy=Privacy.FOUND)),
        View("placeless", _("没写哪个村"), OURS, Q(lacks_place=True, case__stage__in=(Stage.RECEIVED, Stage.ACCEPTED))),
        View("stuck", _("卡在代表手上"), OURS, deputy & Q(case__due_on__lt=day)),
        View("meeting", _("等集中研判"), THEIRS, _held(WaitsFor.MEETING)),
        View("deputies", _("代表手上"), THEIRS, deputy),
        View("units", _("部门手上"), THEIRS, _held(WaitsFor.UNIT)),
        View("suggestions", _("等建议答复"), THEIRS, _held(WaitsFor.SUGGESTION)),
        View("author", _("等反映人补充"), THEIRS, _held(WaitsFor.AUTHOR)),
        View("judging", _("等反映人评价"), THEIRS, _held(WaitsFor.JUDGING)),
        View("open", _("没办完的"), ALL, Q()),
        View("ended", _("办结的"), ALL, Q(), has_ended=True),
    )
    return {view.code: view for view in found}


def open_ones(seen: OpinionQuerySet) -> OpinionQuerySet:
    """Of what somebody may see, what has not ended."""
    return seen.filter(case__kind=KIND, case__ended_at__isnull=True)


FACTS = (
    "case__stage",
    "case__waits_for",
    "case__is_returned",
    "is_alike",
    "privacy",
    "lacks_place",
    "case__due_on",
)  # by which a matter stands in a view; the day last


def counts(seen: OpinionQuerySet, day: date, *codes: str) -> dict[str, int]:
    """How many lie in each view of what somebody may see (in these, or all that are open). One query."""
    found = Counter[tuple[Any, ...]]()
    alike = open_ones(seen).order_by().values_list(*FACTS).annotate(number=Count("pk"))
    for *facts, due_on, number in alike:
        found[*facts, due_on and _side(due_on, day)] += number
    told = dict.fromkeys((view.code for view in views(day).values() if not view.has_ended), 0)
    for facts, number in found.items():
        for code in _standing_in(facts):
            told[code] += number
    return {code: number for code, number in told.items() if not codes or code in codes}


def _side(due_on: date, day: date) -> date:
    """Which of three days stands for every day before, on or after `day`."""
    return date(2000, 1, 2 + (due_on > day) - (due_on < day))


@lru_cache(4096)
def _standing_in(facts: tuple[Any, ...]) -> tuple[str, ...]:
    """In which views an open matter with these FACTS stands."""
    named = dict(zip(FACTS, facts, strict=True))
    asked = views(date(2000, 1, 2)).values()
    return tuple(view.code for view in asked if not view.has_ended and _holds(view.about, named))


def _holds(about: Q, facts: Mapping[str, Any]) -> bool:
    """Whether a condition of a view holds, told without asking the database."""
    children: list[Any] = about.children
    parts = (_holds(one, facts) if isinstance(one, Q) else _is(facts, *one) for one in children)
    return (any(parts) if about.connector == Q.OR else all(parts)) != about.negated


def _is(facts: Mapping[str, Any], lookup: str, wanted: Any) -> bool:
    if lookup in facts:
        return bool(facts[lookup] == wanted)
    name, _dash, how = lookup.rpartition("__")
    value = facts[name]
    return value in wanted if how == "in" else value is not None and {"lt": value < wanted}[how]


@dataclass(frozen=True)
class Sieve(Narrowing):
    """筛选 A view, and what is left of it by place, subject, channel, and words in titles. Made from an address."""

    view: str = FIRST
    channel: str = ""
    q: str = ""

    @classmethod
    def known(cls, told: dict[str, str]) -> dict[str, str]:
        """What an address asks for, with the first view and every channel where it names none there is."""
        if told["channel"] not in Channel.values:
            told["channel"] = ""
        if told["view"] not in views(date.min):
            told["view"] = FIRST
        return super().known(told)

    @classmethod
    def of_text(cls, query: str) -> "Sieve":
        """The same of the query of an address."""
        return cls.of(QueryDict(query).dict())

    @property
    def is_narrowed(self) -> bool:
        """Whether it is more than a view."""
        return bool(super().is_narrowed or self.channel or self.q)

    def query(self, **more: Any) -> str:
        """As the query of an address, without what is empty; `more` keys beside it."""
        told = {"view": self.view} | {name: getattr(self, name) for name in self.__dataclass_fields__} | more
        return urlencode({name: value for name, value in told.items() if value not in ("", None)})

    def of_seen(self, seen: OpinionQuerySet, day: date) -> OpinionQuerySet:
        """What is left of what somebody may see."""
        view = views(day)[self.view]
        rows = seen.filter(case__kind=KIND, case__ended_at__isnull=not view.has_ended).filter(view.about)
        if self.q:
            rows = rows.filter(Q(title__icontains=self.q) | Q(case__number__icontains=self.q))
        return self.narrowed(rows)

    def narrowed(self, rows: OpinionQuerySet) -> OpinionQuerySet:
        """What is left of these by place, subject and channel."""
        rows = super().narrowed(rows)
        return rows.filter(channel=self.channel) if self.channel else rows


def townships(far: Reach) -> list[tuple[str, str]]:
    """Codes and names of the townships that lie in somebody's reach, to choose from. One query."""
    ids = far.ids("place")
    return townships_of(Q() if far.everywhere else Q(pk__in=ids) | Q(parent__in=ids) | Q(parent__parent__in=ids))


def next_after(rows: OpinionQuerySet, opinion: Opinion, view: View) -> Any:
    """Whom one looks at next when this one is done: the one behind it in the list, else the first there is."""
    others = rows.exclude(pk=opinion.pk)
    key, side = ("changed_at", "lte") if view.has_ended else ("opened_at", "gte")
    behind = others.filter(**{f"case__{key}__{side}": getattr(opinion.case, key)}).order_by(*view.order)
    return (
        behind.values_list("pk", flat=True).first() or others.order_by(*view.order).values_list("pk", flat=True).first()
    )

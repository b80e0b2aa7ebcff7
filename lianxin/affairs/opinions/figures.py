"""The figures of opinions: what came in, what was answered in time, what residents say and what is claimed, side by side.

Each has its list: the matters among which it was counted, never the ones that one resident judged so or so.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import KIND
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.cases.models import Case, Claimant, Handover, Means, Rating, Reply, Round
from lianxin.ground.core.clock import day_of, start_of
from lianxin.ground.core.figures import Counted, Definition, Period
from lianxin.ground.messages.models import Reach
from lianxin.ground.rulebook import in_force

Role = Handover.Role
Rows = QuerySet[Any]
ANSWERERS = (Role.LEAD, Role.ANSWER, Role.TAKEN_UP)


def _within(period: Period, name: str) -> dict[str, datetime]:
    """That a moment falls into a period."""
    return {f"{name}__gte": start_of(period.starts_on), f"{name}__lt": start_of(period.ends_on + timedelta(days=1))}


def received(period: Period, at: datetime) -> Rows:
    """Matters that came in."""
    return Case.objects.filter(kind=KIND, **_within(period, "opened_at"))


def so_far(period: Period, at: datetime) -> Rows:
    """Matters that had come in by then, from the first one on, whatever the period: how far they were before is not known."""
    return Case.objects.filter(kind=KIND, opened_at__lte=at)


def answers(period: Period, at: datetime) -> Rows:
    """Answers that were sent, without what co-handlers gave to the lead."""
    sent = Reply.objects.filter(case__kind=KIND, **_within(period, "sent_at"))
    return sent.exclude(handover__role=Role.CO)


def clocks(period: Period, at: datetime) -> Rows:
    """What deputies and lead units had to answer by a day of the period: answered, or not answered and the day over."""
    reply = Reply.objects.filter(handover=OuterRef("pk"), sent_at__isnull=False).values(day=TruncDate("sent_at"))[:1]
    due = Handover.objects.filter(
        case__kind=KIND, role__in=ANSWERERS, due_on__range=(period.starts_on, period.ends_on)
    ).annotate(answered_on=reply)
    return due.filter(Q(answered_on__isnull=False) | Q(ended_at__isnull=True, due_on__lt=day_of(at)))


def asked(period: Period, at: datetime) -> Rows:
    """Every time somebody was asked to rate an answer, the first time that it was asked."""
    return Rating.objects.filter(case__kind=KIND, wave=Rating.Wave.SOON, **_within(period, "asked_at"))


def given(period: Period, at: datetime) -> Rows:
    """Ratings that were given."""
    return asked(period, at).filter(given_at__isnull=False)


def answered_cases(period: Period, at: datetime) -> Rows:
    """Matters that were answered."""
    return Case.objects.filter(pk__in=answers(period, at).order_by().values("case"))


def first_answered(period: Period, at: datetime) -> Rows:
    """Matters whose first answer was sent in the period, by how long it took."""
    sent = ~Q(replies__handover__role=Role.CO)
    waited = ExpressionWrapper(F("first") - F("opened_at"), output_field=DurationField())
    found = answered_cases(period, at).annotate(first=Min("replies__sent_at", filter=sent))
    return found.filter(**_within(period, "first")).annotate(waited=waited).order_by("waited", "pk")


def _claims(claimant: Claimant) -> Callable[[Period, datetime], Rows]:
    return lambda period, at: answers(period, at).filter(said_by=claimant)


AMONG: dict[
    str, tuple[Callable[[Period, datetime], Rows], str]
] = {  # what it is counted among, and where its case stands
    "opinions.received": (received, "pk"),
    "opinions.answered": (answered_cases, "pk"),
    "opinions.in_time": (clocks, "case"),
    "opinions.median_days": (first_answered, "pk"),
    "opinions.satisfied": (given, "case"),
    "opinions.solved": (given, "case"),
    "opinions.claimed_by_units": (_claims(Claimant.UNIT), "case"),
    "opinions.claimed_by_offices": (_claims(Claimant.OFFICE), "case"),
    "opinions.no_answer": (asked, "case"),
    "opinions.not_asked": (asked, "case"),
    "opinions.reopened": (answered_cases, "pk"),
    "opinions.so_far": (so_far, "pk"),
    "opinions.done": (so_far, "pk"),
    "opinions.running": (so_far, "pk"),
}


def members(code: str, period: Period, at: datetime) -> Iterable[UUID]:
    """The cases of every matter among which a figure was counted, public or not, in order. Raises KeyError."""
    among, case = AMONG[code]
    rows: QuerySet[Any] = among(period, at).order_by(case).values_list(case, flat=True)
    return rows.distinct()


def listed(code: str, period: Period, at: datetime) -> QuerySet[Opinion]:
    """The public opinions among which a figure was counted. Raises KeyError."""
    among, case = AMONG[code]
    return Opinion.objects.public().filter(case__in=among(period, at).order_by().values(case))


ALL = Q(pk__isnull=False)
Part = Callable[[datetime], Q]


def _counted(code: str, part: Part, *, is_share: bool = True) -> Any:
    """Count for a period: the part, what it is among, and how much of that is public. One query, two for a median."""

    def count(period: Period, at: datetime) -> Counted:
        among, case = AMONG[code]
        rows = among(period, at)
        lying = "" if case == "pk" else "case__"
        found = rows.order_by().aggregate(
            whole=Count("pk"),
            part=Count("pk", filter=part(at)),
            matters=Count(case, distinct=True),
            public=Count(case, distinct=True, filter=Q(**{f"{lying}opinion__is_public": True})),
        )
        if code == MEDIAN and found["whole"]:
            found["part"] = _median(rows, found["whole"])
        least = in_force(day_of(at)).section(OpinionRules).least_shown if is_share or code == MEDIAN else 0
        return Counted(
            found["part"] if found["whole"] else (0 if code in COUNTS else None),
            found["whole"] if is_share else None,
            found["whole"] if code == MEDIAN else None,
            listed=found["public"],
            unlisted=found["matters"] - found["public"],
            least=least,
        )

    return count


MEDIAN = "opinions.median_days"
COUNTS = ("opinions.received", "opinions.answered", "opinions.so_far")  # of which there may be none
AGAIN = (Round.Cause.REOPENED, Round.Cause.LAPSED)


def _median(rows: Rows, count: int) -> int:
    """Days from the telling to the first answer of the matter in the middle; of an even number the shorter of two."""
    case = rows[(count - 1) // 2]
    return (day_of(case.first) - day_of(case.opened_at)).days


def _every(at: datetime) -> Q:
    return ALL


def _done(at: datetime) -> Q:
    return Q(stage__in=(Case.Stage.ANSWERED, Case.Stage.ENDED))


def _in_time(at: datetime) -> Q:
    return Q(answered_on__lte=F("due_on"))


def _reached() -> Q:
    """Whether anybody was asked in a message."""
    return Q(Exists(Reach.objects.filter(voice_id=OuterRef("voice_id"))))


def _no_answer(at: datetime) -> Q:
    return _reached() & Q(given_at__isnull=True, due_on__lt=day_of(at))


def _not_asked(at: datetime) -> Q:
    return ~_reached() & Q(given_at__isnull=True)


def _reopened(at: datetime) -> Q:
    return Q(Exists(Round.objects.filter(case=OuterRef("pk"), cause__in=AGAIN)))


def _solved(at: datetime) -> Q:
    return Q(means=Means.SOLVED)


def _figure(code: str, name: Any, counts: Any, part: Part, *, among: Any = "", **more: Any) -> Definition:
    def address(period: Period) -> str:
        return f"{reverse('opinions:public')}?{urlencode({'figure': code, 'period': period.code})}"

    count = _counted(code, part, is_share=bool(among))
    return Definition(code, name, counts, count, address, members=partial(members, code), among=among, **more)


FIGURES = (
    _figure(
        "opinions.so_far",
        _("累计收到的意见"),
        _("从开始用平台到现在收到的，撤回、并案的也算。"),
        _every,
        unit=_("件"),
        is_so_far=True,
    ),
    _figure(
        "opinions.done",
        _("已经答复或者办结"),
        _("现在已经答复、或者办结了的；又重新办的不算。"),
        _done,
        among=_("从开始用平台到现在收到的。"),
        is_so_far=True,
    ),
    _figure(
        "opinions.running",
        _("正在办"),
        _("现在还没有答复的，和重新办的。"),
        lambda at: ~_done(at),
        among=_("从开始用平台到现在收到的。"),
        is_so_far=True,
    ),
    _figure(
        "opinions.received",
        _("收到的意见"),
        _("这段时间收到的意见，撤回、并案的也算。"),
        _every,
        unit=_("件"),
    ),
    _figure(
        "opinions.answered",
        _("答复了的事"),
        _("这段时间送出过答复的，一件事答复几次也只算一件。"),
        _every,
        unit=_("件"),
    ),
    _figure(
        "opinions.in_time",
        _("按时答复"),
        _("在到期日当天或以前送出答复的。"),
        _in_time,
        among=_("到期日在这段时间、由主办单位或代表答复的：答复了的，和到期还没有答复的。退回、收回的不算。"),
    ),
    _figure(
        MEDIAN,
        _("第一次答复用了几天"),
        _("从收到到第一次答复，排在中间的那一件用的天数，节假日也算。"),
        _every,
        unit=_("天"),
    ),
    _figure(
        "opinions.satisfied",
        _("居民说满意"),
        _("答复以后问一次，选“满意”的。选“一般”不算。"),
        lambda at: Q(satisfied=Rating.Satisfied.YES),
        among=_("这段时间问过、居民自己评了的。没有评的不算在里面。"),
        kind="said",
    ),
    _figure(
        "opinions.solved",
        _("居民说解决了"),
        _("答复以后问一次，选“解决了”的。选“一部分”不算。"),
        lambda at: Q(solved=Rating.Solved.YES),
        among=_("这段时间问过、居民自己评了的。没有评的不算在里面。"),
    ),
    _figure(
        "opinions.claimed_by_units",
        _("承办单位自己说解决了"),
        _("答复类别属于“解决了”的。"),
        _solved,
        among=_("这段时间承办单位送出的答复，一轮算一次。"),
        kind="claimed",
    ),
    _figure(
        "opinions.claimed_by_offices",
        _("人大工作机构自己说解决了"),
        _("答复类别属于“解决了”的。"),
        _solved,
        among=_("这段时间人大工作机构当场作出的答复。"),
        kind="claimed",
    ),
    _figure(
        "opinions.no_answer",
        _("问了没有评"),
        _("发过消息请评、到期没有评的。"),
        _no_answer,
        among=_("这段时间答复以后该请评的，一个人算一次。"),
        kind="said",
    ),
    _figure(
        "opinions.not_asked",
        _("没有问到"),
        _("没有留联系方式、也没有自己来评的。"),
        _not_asked,
        among=_("这段时间答复以后该请评的，一个人算一次。"),
        kind="said",
    ),
    _figure(
        "opinions.reopened",
        _("又办了一轮"),
        _("居民说没解决，或者答应的日子到了没有做到，又办一轮的。"),
        _reopened,
        among=_("这段时间答复过的事。"),
        kind="said",
    ),
)

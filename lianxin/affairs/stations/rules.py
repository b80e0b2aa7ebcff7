"""The section `stations` of a preset: kinds of homes, stations, points, households and windows, and their receptions."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from lianxin.ground.people.models.region import Level
from lianxin.ground.people.rules import KindOfBody
from lianxin.ground.rulebook.articles import Article
from lianxin.ground.rulebook.blocks import (
    NONE,
    Block,
    Called,
    Count,
    Fillable,
    Flag,
    Named,
    OpenHours,
    RecurringDays,
    Span,
    Text,
)
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.rule import Marked, Rule
from lianxin.ground.rulebook.rules import ListCode, miscounted
from lianxin.ground.rulebook.shapes import CodeOf

KindOfStation = Annotated[Text, CodeOf("stations", ("kinds",), gettext_lazy("stations.yaml 的 kinds 里写明的站点"))]


class Form(TextChoices):
    """家站点户 What a kind of station is in general, whatever it is called here."""

    HOME = "home", gettext_lazy("代表之家")
    STATION = "station", gettext_lazy("联络站")
    POINT = "point", gettext_lazy("联络点")
    HOUSEHOLD = "household", gettext_lazy("中心户")
    WINDOW = "window", gettext_lazy("接待窗口")


class FittingRule(Called, Marked):
    """配备 Something a station is to have; without an article of its own, the kind's holds for it."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "is_needed": gettext_lazy("必须有"),
    }

    key: Text
    name: Fillable[Text]  # type: ignore[assignment]
    is_needed: Flag = True
    article: Article | None = None


class StationKind(Called, Rule):
    """站点的种类 One kind of station: at which level of places it stands, who runs it, what it is fitted with.

    `fittings_count` is how many fittings the paper says there are; `criteria` the list it is assessed by.
    """

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "form": gettext_lazy("类型"),
        "level": gettext_lazy("设在哪一级"),
        "run_by": gettext_lazy("由谁办"),
        "fittings": gettext_lazy("配备"),
        "fittings_count": gettext_lazy("文件写明的配备项数"),
        "criteria": gettext_lazy("按哪份清单评"),
    }

    form: Form
    level: Fillable[Level]
    run_by: tuple[KindOfBody, ...] = ()
    fittings: tuple[FittingRule, ...] = ()
    fittings_count: Count | None = None
    criteria: ListCode | None = None

    @classmethod
    def wrong_as_written(cls, data: Mapping[str, Any]) -> Iterator[Wrong]:
        """A fitting that stands twice; more or fewer than the paper says."""
        yield from super().wrong_as_written(data)
        yield from miscounted(data, "fittings", "key", "fittings_count")


class ReceptionRule(Called, Rule):
    """接待 When deputies receive residents at stations of some kinds, how many of them, and how long before it is told.

    `deputies` at one station at one time; `in_turn` is how many take turns in all, where a paper says so. Where
    `is_set_by_station`, each station sets its own days. `moves`, what becomes of a day that falls on a holiday, is
    written with the days and may be assumed alone.
    """

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "at": gettext_lazy("在哪种站点"),
        "days": gettext_lazy("哪天"),
        "is_set_by_station": gettext_lazy("日子由各站自定"),
        "hours": gettext_lazy("几点"),
        "deputies": gettext_lazy("每次几位代表"),
        "in_turn": gettext_lazy("一共几位轮值"),
        "notice": gettext_lazy("提前多久公布"),
    }

    ASSUMABLE = ("moves",)

    name: Text | None = None  # type: ignore[assignment]
    at: Annotated[tuple[KindOfStation, ...], Field(min_length=1)]
    days: Fillable[RecurringDays] | None = None
    is_set_by_station: Flag = False
    hours: Fillable[tuple[OpenHours, ...]]
    deputies: Fillable[Count]
    in_turn: Count | None = None
    notice: Fillable[Span]

    @classmethod
    def wrong_as_written(cls, data: Mapping[str, Any]) -> Iterator[Wrong]:
        """Days for all stations and for each, or neither."""
        yield from super().wrong_as_written(data)
        has_days = data.get("days") is not None
        if has_days == (data.get("is_set_by_station") is True):
            words = _("重复的日子；由各站自定的，不写 days，写 is_set_by_station: true")
            yield Wrong(("days",), words, found=_("两样都写了") if has_days else "")


class OnlineReplyRule(Rule):
    """线上留言 How soon a message left on line is answered at stations of some kinds."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "at": gettext_lazy("哪种站点"),
        "within": gettext_lazy("多久之内答复"),
    }

    at: Annotated[tuple[KindOfStation, ...], Field(min_length=1)]
    within: Span


class StationRules(Block):
    """Kinds of stations and receptions by code."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("家站点户")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "kinds": gettext_lazy("站点的种类"),
        "receptions": gettext_lazy("接待"),
        "online_reply": gettext_lazy("线上留言"),
    }

    kinds: Named[StationKind] = NONE
    receptions: Named[ReceptionRule] = NONE
    online_reply: OnlineReplyRule | None = None

    def name(self, kind: str) -> str:
        """What stations of a kind are called; a kind that these rules no longer know is called by its code."""
        return self.kinds[kind].called if kind in self.kinds else kind

    def words(self, kind: str) -> tuple[str, ...]:
        """The words by which rules may mean stations of a kind: its code, and what it is called."""
        return (kind, self.kinds[kind].name) if kind in self.kinds else (kind,)

    def receptions_at(self, kind: str) -> Mapping[str, ReceptionRule]:
        """The receptions held at stations of one kind, by code."""
        return {code: reception for code, reception in self.receptions.items() if kind in reception.at}

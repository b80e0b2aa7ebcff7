"""A rule with its article; a rule that the law bounds; a figure."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Generic, Literal, Self, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BeforeValidator, Field

from lianxin.ground.rulebook.articles import Article
from lianxin.ground.rulebook.blocks import Block, in_words
from lianxin.ground.rulebook.checking import Wrong, refuse
from lianxin.ground.rulebook.problems import listed, nearest
from lianxin.ground.rulebook.shapes import Expects, keys_of
from lianxin.lib.calendars.recurrence import Recurrence
from lianxin.lib.calendars.spans import Span, Unit

T = TypeVar("T")
EVERYTHING = ("*",)


def _assumed(value: Any) -> tuple[str, ...]:
    if isinstance(value, bool):
        return EVERYTHING if value else ()
    if isinstance(value, tuple) and all(isinstance(key, str) for key in value):
        return value
    raise refuse(_("true，或由我们设定的键，如 [hours, notice]"))


Assumed = Annotated[
    tuple[str, ...], BeforeValidator(_assumed), Expects(gettext_lazy("true，或由我们设定的键，如 [hours, notice]"))
]
Cited = Annotated[Article, Expects(gettext_lazy("依据，如 代表法第51条；由我们设定的，写 assumed: true"))]


class Marked(Block):
    """Keys of which some, or all, may be ours and no paper's: `assumed: true`, or the list of those that are."""

    ASSUMABLE: ClassVar[tuple[str, ...]] = ()  # parts that may be assumed though they have no key of their own

    assumed: Assumed = ()

    def assumes(self, key: str) -> bool:
        """Whether this part is ours, not the paper's."""
        return self.assumed == EVERYTHING or key in self.assumed

    @classmethod
    def wrong_as_written(cls, data: Mapping[str, Any]) -> Iterator[Wrong]:
        """Names of keys that it does not have."""
        assumed = data.get("assumed")
        known = [*keys_of(cls), *cls.ASSUMABLE]
        for number, key in enumerate(assumed if isinstance(assumed, tuple) else ()):
            if isinstance(key, str) and key not in known:
                words = _("%(words)s之一") % {"words": listed(known)}
                yield Wrong(("assumed", number), words, nearest=nearest(key, known))


class Rule(Marked):
    """规则 Something a paper says: it cites its article, or is marked as ours.

    In `_base` every rule says which way is stricter; a rule without a figure has no such way: `neither`.
    """

    article: Cited | None = None
    stricter: Literal["neither"] | None = None

    @classmethod
    def wrong_as_written(cls, data: Mapping[str, Any]) -> Iterator[Wrong]:
        """A rule without an article that is not wholly ours."""
        yield from super().wrong_as_written(data)
        if data.get("article") is None and data.get("assumed") is not True:
            yield Wrong(("article",), _("依据，如 代表法第51条；由我们设定的，写 assumed: true"))


class Bounded(Rule):
    """受法律限制的规则 A rule with a figure that the law may bound.

    `FIGURE` names the key of the figure, `SAME` the keys that a place may not change. In `_base`, `stricter` says
    which figures are stricter than the law's: less, more, neither (no figure is), or fixed (the law leaves no choice).
    `law` is the law's own rule, where `_base` has one.
    """

    FIGURE: ClassVar[str] = "value"
    SAME: ClassVar[tuple[str, ...]] = ()

    stricter: Literal["less", "more", "neither", "fixed"] | None = None  # type: ignore[assignment]
    law: Self | None = Field(None, alias="(_base)")  # LAW; the type checker wants it spelt out

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """A figure looser than the law's, told with both articles."""
        if self.law is None:
            return
        for key in self.SAME:
            if getattr(self, key) != getattr(self.law, key):
                yield self._looser(key, _("与%(law)s相同"))
        side = _compared(getattr(self, self.FIGURE), getattr(self.law, self.FIGURE))
        if side is None:
            yield self._looser(self.FIGURE, _("与%(law)s单位相同的期间"))
            return
        words = {"less": _("%(law)s，或更少"), "more": _("%(law)s，或更多"), "fixed": _("%(law)s，不能改")}
        refused = {"less": side > 0, "more": side < 0, "fixed": side != 0}
        if refused.get(self.law.stricter or ""):
            yield self._looser(self.FIGURE, words[self.law.stricter or ""])

    def _looser(self, key: str, expected: str) -> Wrong:
        law = _("%(value)s（%(article)s）") % {
            "value": _told(getattr(self.law, key)),
            "article": self.law and self.law.article,
        }
        source = self.article or _("由我们设定")
        found = _("%(value)s（%(article)s）") % {"value": _told(getattr(self, key)), "article": source}
        return Wrong((key,), expected % {"law": law}, found)


class Figure(Bounded, Generic[T]):
    """数 One figure with its article: a number, a span, a share."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {"value": gettext_lazy("数")}

    value: T


_FAMILIES: Mapping[Unit, tuple[str, int]] = {
    Unit.WORKING_DAY: ("working", 1),
    Unit.DAY: ("days", 1),
    Unit.WEEK: ("days", 7),
    Unit.MONTH: ("months", 1),
    Unit.HALF_YEAR: ("months", 6),
    Unit.YEAR: ("months", 12),
    Unit.HOUR: ("hours", 1),
}


def _compared(own: Any, law: Any) -> int | None:
    """Below 0, 0 or above 0 as `own` is less than, equal to or more than `law`; None for spans not comparable."""
    if isinstance(own, Span) and isinstance(law, Span):
        (own_family, own_size), (law_family, law_size) = _FAMILIES[own.unit], _FAMILIES[law.unit]
        if own_family != law_family:
            return None
        own, law = own.count * own_size, law.count * law_size
    return int(own > law) - int(own < law)


def _told(value: Any) -> str:
    return in_words(value) if isinstance(value, Span | Recurrence) else str(value)

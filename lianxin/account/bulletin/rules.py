"""The section `bulletin` of a preset: what the bulletin is called, its columns, and the figures it prints."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from pydantic import Field

from lianxin.ground.core import figures
from lianxin.ground.rulebook.blocks import NONE, Block, Called, Named, Text
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.problems import nearest
from lianxin.ground.rulebook.shapes import Expects, Tells

OF: dict[str, str | Promise] = {
    "said": gettext_lazy("这个月说的事"),
    "handled": gettext_lazy("这个月办的事"),
    "words": gettext_lazy("居民自己的话"),
}
Of = Annotated[
    Literal["said", "handled", "words"], Expects(gettext_lazy("said、handled 或者 words")), Tells(lambda of: OF[of])
]


def _figure_told(code: str) -> str | Promise:
    known = {one.code: one.name for one in figures.all_definitions()}
    return known.get(code, code)


FigureCode = Annotated[Text, Tells(_figure_told)]


class ColumnRule(Called):
    """栏目 A column: what is said under its name, and of what it is made.

    `of`: what was `said` in the month, what was `handled` in it, or residents' own `words`, which need their consent.
    """

    LABELS: ClassVar[Mapping[str, str | Promise]] = {"note": gettext_lazy("一句说明"), "of": gettext_lazy("收哪一类")}

    note: Text | None = None
    of: Of


class BulletinRules(Block):
    """民情简报 What places decide for themselves about their bulletin."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("民情简报")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "title": gettext_lazy("刊名"),
        "english": gettext_lazy("英文刊名"),
        "issued_before": gettext_lazy("以前印过几期"),
        "columns": gettext_lazy("栏目"),
        "figures": gettext_lazy("登哪些数"),
    }

    title: Text = "民情简报"
    english: Text | None = None
    issued_before: Annotated[int, Field(strict=True, ge=0), Expects(gettext_lazy("整数"))] = 0
    columns: Named[ColumnRule] = NONE
    figures: tuple[FigureCode, ...] = ()

    @property
    def called(self) -> str:
        """The bulletin's name in the language of the page."""
        return self.english if self.english and get_language() == "en" else str(self.title)

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """A figure that nobody counts."""
        yield from super().wrong_in_itself()
        known = [one.code for one in figures.all_definitions()]
        for index, code in enumerate(self.figures):
            if code not in known:
                yield Wrong(("figures", index), _("有定义的指标，如 opinions.received"), code, nearest(code, known))

"""The section `contact` of a preset: schemes by which deputies keep contact, with whom, and with how many at least."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.people.rules import KindOfBody, Levels
from lianxin.ground.rulebook.blocks import NONE, Block, Called, Count, Fillable, Named, Text, ToBeFilled
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.rule import Rule


class Toward(TextChoices):
    """联系谁 Whom or what a deputy keeps contact with by a scheme."""

    HOUSEHOLD = "household", gettext_lazy("联系户")
    DEPUTY = "deputy", gettext_lazy("代表")
    DISTRICT = "district", gettext_lazy("选区")
    VILLAGE = "village", gettext_lazy("村、社区")
    GRID = "grid", gettext_lazy("网格")
    GROUP = "group", gettext_lazy("代表小组")
    DELEGATION = "delegation", gettext_lazy("代表团")

    @property
    def kind(self) -> str:
        """As what the record knows it: the kind of thing that a tie leads to."""
        same = {"deputy": "mandate", "village": "region", "grid": "region", "group": "body", "delegation": "body"}
        return same.get(self.value, self.value)


class Who(Block):
    """由谁联系 The deputies whom a scheme binds: of these levels, sitting in one of these bodies, elected in these places."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "levels": gettext_lazy("哪几级的代表"),
        "sits_in": gettext_lazy("在哪种机构里"),
        "not_in": gettext_lazy("不在哪种机构里"),
        "places": gettext_lazy("哪些地方的（区划代码）"),
    }

    levels: Levels
    sits_in: tuple[KindOfBody, ...] = ()
    not_in: tuple[KindOfBody, ...] = ()
    places: tuple[Text, ...] = ()


class Scheme(Called, Rule):
    """结对方式 One way in which deputies keep contact: who with whom, and with how many each at least.

    `toward_levels` are the levels of the deputies with whom contact is kept. Without `at_least` nobody is short of any.
    """

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "who": gettext_lazy("由谁联系"),
        "toward": gettext_lazy("联系谁"),
        "toward_levels": gettext_lazy("联系哪几级的代表"),
        "at_least": gettext_lazy("每人至少几个"),
    }

    who: Who
    toward: Toward
    toward_levels: Levels | None = None
    at_least: Fillable[Count] | None = None

    @property
    def least(self) -> int:
        """How many each is to have at least; 0 where nobody has said."""
        return 0 if self.at_least is None or isinstance(self.at_least, ToBeFilled) else self.at_least

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """Levels of deputies where the scheme leads to no deputies."""
        yield from super().wrong_in_itself()
        if self.toward_levels and self.toward != Toward.DEPUTY:
            yield Wrong(("toward_levels",), _("只有 toward: deputy 才写"))


class ContactRules(Block):
    """Schemes by code."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("结对联系")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "schemes": gettext_lazy("结对方式"),
    }

    schemes: Named[Scheme] = NONE

    def name(self, code: str) -> str:
        """What a scheme is called; one that these rules no longer know is called by its code."""
        return self.schemes[code].called if code in self.schemes else code

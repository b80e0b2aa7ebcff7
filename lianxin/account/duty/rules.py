"""The section `regulations` of a preset: every regulation by which somebody is asked or scored."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.account.duty.language.regulation import RegulationRule
from lianxin.ground.rulebook.blocks import NONE, Block, Named
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.rules import InForce


class DutyRules(Block):
    """考核办法 The regulations of a place by their codes; each stands in a file of its own, regulation-CODE.yaml."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("履职要求和考核")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {"regulations": gettext_lazy("考核办法")}

    regulations: Named[RegulationRule] = NONE

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """Two versions of one regulation, of one title and body, that are in force on the same day."""
        for (one, former), (other, later) in combinations(self.regulations.items(), 2):
            if (former.title, former.body) == (later.title, later.body) and _overlap(former.in_force, later.in_force):
                told = {"code": one, "title": former.title}
                words = _("与“%(code)s”错开的日子：两份都是《%(title)s》，同一天只能有一份施行") % told
                yield Wrong(("regulations", other, "in_force"), words)


def _overlap(one: InForce, other: InForce) -> bool:
    """Whether both are in force on some day; without an end it is in force for good."""
    return one.start <= (other.end or date.max) and other.start <= (one.end or date.max)

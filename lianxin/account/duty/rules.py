"""The section `regulations` of a preset: every regulation by which somebody is asked or scored."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from lianxin.account.duty.language.regulation import RegulationRule
from lianxin.ground.rulebook.blocks import NONE, Block, Named


class DutyRules(Block):
    """考核办法 The regulations of a place by their codes; each stands in a file of its own, regulation-CODE.yaml."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("履职要求和考核")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {"regulations": gettext_lazy("考核办法")}

    regulations: Named[RegulationRule] = NONE

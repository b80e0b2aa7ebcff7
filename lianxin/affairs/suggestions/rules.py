"""The section `suggestions` of a preset: how they are numbered, why one is not taken, the classes of replies."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.affairs.opinions.rules import OutcomeClass, Reason
from lianxin.ground.cases.models import Handover
from lianxin.ground.cases.working import clock_rule
from lianxin.ground.rulebook.blocks import NONE, Block, Flag, Named, Text
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.preset import Preset
from lianxin.ground.rulebook.rules import ClockRule

LONGEST = 4  # signs before the month in a number


class SuggestionRules(Block):
    """代表建议 What places decide for themselves about suggestions, but the clocks, which stand in clocks.yaml."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("代表建议")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "prefix": gettext_lazy("编号开头"),
        "outcomes": gettext_lazy("答复类别"),
        "declines": gettext_lazy("不予受理的理由"),
        "head_approves": gettext_lazy("答复须经负责人批准"),
    }

    prefix: Text = "建"
    outcomes: Named[OutcomeClass] = NONE
    declines: Named[Reason] = NONE
    head_approves: Flag = True

    @classmethod
    def wrong_as_written(cls, data: Mapping[str, Any]) -> Iterator[Wrong]:
        """A prefix that would not stand in a number."""
        yield from super().wrong_as_written(data)
        prefix = data.get("prefix")
        if isinstance(prefix, str) and not (prefix.isalpha() and len(prefix) <= LONGEST):
            yield Wrong(("prefix",), _("至多4个字，如 建"))

    def outcome(self, code: str) -> str:
        """What a class of replies is called; one that these rules no longer know by its code."""
        return self.outcomes[code].called if code in self.outcomes else code


Role = Handover.Role
CLOCKS: Mapping[str, str] = {
    Role.SORT: "suggestions_review",
    Role.ASSIGN: "suggestions_review",
    Role.REVISE: "suggestions_revise",
    Role.LEAD: "suggestions_reply",
    Role.CO: "suggestions_co",
}


def clock_of(preset: Preset, role: str) -> ClockRule:
    """The clock of whoever holds a suggestion in this role."""
    return clock_rule(preset, CLOCKS[role])

"""The section `opinions` of a preset: subjects, classes of replies, what belongs elsewhere, and what is asked of residents."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from lianxin.ground.cases.models import Handover, Means
from lianxin.ground.cases.working import clock_rule
from lianxin.ground.rulebook.blocks import NONE, Block, Called, Count, Flag, Named, Span, Text
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.preset import Preset
from lianxin.ground.rulebook.rule import Figure, Marked, Rule
from lianxin.ground.rulebook.rules import ClockRule
from lianxin.ground.rulebook.shapes import CodeOf

SubjectCode = Annotated[Text, CodeOf("opinions", ("subjects",), gettext_lazy("opinions.yaml 的 subjects 里写明的类别"))]


class Subject(Called, Marked):
    """类别 What opinions may be about. `words` are words by which it is suggested; `units` names of units that it goes to.

    Both are only ever suggested, with this line as the reason.
    """

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "words": gettext_lazy("常见的词"),
        "units": gettext_lazy("一般交给"),
    }

    words: tuple[Text, ...] = ()
    units: tuple[Text, ...] = ()


class WrongDoor(Called, Rule):
    """不在这里办的事 What does not belong here, and where it is dealt with. It is told, and not stored.

    `words` are words that make the page ask whether it is this; nobody is turned away by a word.
    """

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "go_to": gettext_lazy("该去哪里"),
        "phone": gettext_lazy("电话"),
        "words": gettext_lazy("常见的词"),
    }

    go_to: Called
    phone: Text | None = None
    words: tuple[Text, ...] = ()


class OutcomeClass(Called, Marked):
    """答复类别 A class of replies; `means` is what it says, whatever its mark is here."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "mark": gettext_lazy("标记"),
        "means": gettext_lazy("含义"),
    }

    mark: Text | None = None
    means: Means


class Reason(Called, Marked):
    """原因 One entry of a list of reasons."""


class Keeping(Block):
    """保存期限 How long what tells of a resident is kept after a matter ended."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "identity": gettext_lazy("姓名和联系方式"),
        "originals": gettext_lazy("原话、录音和扫描件"),
    }

    identity: Figure[Span]
    originals: Figure[Span]


class Notice(Rule):
    """隐私告知 What residents are told before they agree. `version` is kept with each consent."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "version": gettext_lazy("版本"),
        "paragraphs": gettext_lazy("内容"),
    }

    version: Text
    paragraphs: tuple[Text, ...] = Field(min_length=1)
    english: tuple[Text, ...] = ()


class OpinionRules(Block):
    """群众意见 Everything about opinions that places decide for themselves, but the clocks, which stand in clocks.yaml."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("群众意见")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "prefix": gettext_lazy("编号开头"),
        "subjects": gettext_lazy("类别"),
        "wrong_doors": gettext_lazy("不在这里办的事"),
        "outcomes": gettext_lazy("答复类别"),
        "declines": gettext_lazy("不收的理由"),
        "dissatisfied": gettext_lazy("不满意什么"),
        "head_approves": gettext_lazy("答复须经负责人批准"),
        "returns_shown": gettext_lazy("退回几次提醒领导"),
        "keeping": gettext_lazy("保存期限"),
        "least_shown": gettext_lazy("样本少于几个不显示比率"),
        "notice": gettext_lazy("隐私告知"),
    }

    prefix: Text | None = None
    subjects: Named[Subject] = NONE
    wrong_doors: Named[WrongDoor] = NONE
    outcomes: Named[OutcomeClass] = NONE
    declines: Named[Reason] = NONE
    dissatisfied: Named[Reason] = NONE
    head_approves: Flag = True
    returns_shown: Count = 2
    least_shown: Count = 5
    keeping: Keeping | None = None
    notice: Notice | None = None

    @classmethod
    def wrong_as_written(cls, data: Mapping[str, Any]) -> Iterator[Wrong]:
        """A prefix that would not stand in a number."""
        yield from super().wrong_as_written(data)
        prefix = data.get("prefix")
        if isinstance(prefix, str) and not (prefix.isascii() and prefix.isalpha() and len(prefix) <= 6):
            yield Wrong(("prefix",), _("至多6个拉丁字母，如 DJ"))

    def subject(self, code: str) -> str:
        """What a subject is called; one that these rules no longer know by its code, none by nothing."""
        return self.subjects[code].called if code in self.subjects else code

    def outcome(self, code: str) -> str:
        """What a class of replies is called."""
        return self.outcomes[code].called if code in self.outcomes else code


Role = Handover.Role
CLOCKS: Mapping[str, str] = {
    Role.SORT: "opinions_sort",
    Role.ASSIGN: "opinions_assign",
    Role.MEETING: "opinions_assign",
    Role.ANSWER: "opinions_deputy",
    Role.TAKEN_UP: "opinions_taken_up",
    Role.RAISED: "opinions_raised",
    Role.LEAD: "opinions_reply",
    Role.CO: "opinions_reply",
}


def clock_of(preset: Preset, role: str) -> ClockRule:
    """The clock of whoever holds a matter in this role."""
    return clock_rule(preset, CLOCKS[Role(role)])

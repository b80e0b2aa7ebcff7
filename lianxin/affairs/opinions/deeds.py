"""What a desk can do with an opinion now, and why not: the buttons of its page, and the doors behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.forms import desk, handing
from lianxin.affairs.opinions.models import Opinion, Privacy, Visibility
from lianxin.ground.access import can
from lianxin.ground.access.policy import Answer
from lianxin.ground.cases.models import Case
from lianxin.ground.people.models.region import Level

Stage, WaitsFor = Case.Stage, Case.WaitsFor
Applies = Callable[[Opinion], bool]


@dataclass(frozen=True)
class Deed:
    """An act: its address, its form, what its button says, the key that presses it, the right it needs, when it makes sense."""

    kind: str
    form: type[Any]
    label: str | Promise
    needs: str
    applies: Applies
    key: str = ""
    at_once: bool = False  # nothing has to be said for it: the button does it


@dataclass(frozen=True)
class Offered:
    """A deed that makes sense now, and whether this person may do it; the reason when not.

    `is_handled`: a unit has it; `is_held`: a unit or a deputy, or it waits for a suggestion.
    """

    deed: Deed
    answer: Answer
    is_handled: bool = False
    is_held: bool = False

    @property
    def is_main(self) -> bool:
        """Whether it is the one main act of the page: to take it, then to say who handles it."""
        return self.deed.kind in ("accept", "unit") and self.answer.allowed and not self.is_held

    @property
    def label(self) -> str | Promise:
        """What its button says; where one unit handles it, others can help."""
        return _("请人协办") if self.deed.kind == "unit" and self.is_handled else self.deed.label


def _is_sorted(opinion: Opinion) -> bool:
    return opinion.case.stage in (Stage.RECEIVED, Stage.ACCEPTED)


def _lies_with_office(opinion: Opinion) -> bool:
    return _is_sorted(opinion) and opinion.case.waits_for != WaitsFor.DEPUTY


def _may_be_handed(opinion: Opinion) -> bool:
    return opinion.case.stage in (Stage.RECEIVED, Stage.ACCEPTED, Stage.HANDLING)


def _is_open(opinion: Opinion) -> bool:
    return not opinion.case.has_ended


def _is_below_county(opinion: Opinion) -> bool:
    region = opinion.case.body.region
    return _lies_with_office(opinion) and region is not None and region.level == Level.TOWNSHIP


MAIN = (
    Deed("accept", desk.AcceptForm, _("收下"), "opinions.sort", lambda o: o.case.stage == Stage.RECEIVED, "a", True),
    Deed("unit", handing.UnitForm, _("交单位"), "opinions.hand_over", _may_be_handed, "u"),
    Deed("merge", desk.MergeForm, _("并案"), "opinions.sort", lambda o: _is_sorted(o) and not o.is_complaint, "m"),
    Deed("answer", desk.AnswerForm, _("当场答复"), "opinions.answer", _lies_with_office, "r"),
    Deed("deputy", handing.DeputyForm, _("转代表"), "opinions.hand_over", _may_be_handed, "d"),
    Deed("meeting", desk.MeetingForm, _("集中研判"), "opinions.sort", _lies_with_office, "j"),
    Deed(
        "more",
        desk.MoreForm,
        _("请补充"),
        "opinions.sort",
        lambda o: _may_be_handed(o) and o.case.waits_for != WaitsFor.AUTHOR,
        "q",
    ),
    Deed("decline", desk.DeclineForm, _("不收"), "opinions.sort", _is_sorted, "x"),
)
MORE = (
    Deed("place", handing.PlaceForm, _("填地方类别"), "opinions.sort", _is_open, "g"),
    Deed(
        "privacy",
        desk.PrivacyForm,
        _("看过隐私"),
        "opinions.guard",
        lambda o: _is_open(o) and o.privacy == Privacy.FOUND,
    ),
    Deed("redact", desk.RedactForm, _("遮盖"), "opinions.guard", lambda o: _is_open(o) and bool(o.text)),
    Deed(
        "hide",
        desk.HideForm,
        _("改不公开"),
        "opinions.guard",
        lambda o: _is_open(o) and o.visibility != Visibility.STAFF,
    ),
    Deed("split", desk.SplitForm, _("分开"), "opinions.sort", lambda o: o.case.merged_into_id is not None),
    Deed("pass_up", desk.PassUpForm, _("转上级办公室"), "opinions.sort", _is_below_county),
)
DEEDS = {deed.kind: deed for deed in (*MAIN, *MORE)}
IN_BULK = ("accept", "unit", "meeting", "decline")


def offered(user: Any, opinion: Opinion, deeds: tuple[Deed, ...]) -> list[Offered]:
    """The deeds that make sense for the opinion as it is, each with the answer whether this person may. No query."""
    waits = opinion.case.waits_for
    is_handled, is_held = waits == WaitsFor.UNIT, waits in (WaitsFor.UNIT, WaitsFor.DEPUTY, WaitsFor.SUGGESTION)
    return [
        Offered(deed, can(user, deed.needs, opinion), is_handled, is_held) for deed in deeds if deed.applies(opinion)
    ]

"""What an office can do with a suggestion: each act with its form, the right it needs, and when it makes sense."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.suggestions.forms import desk
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.access import can
from lianxin.ground.access.policy import Answer
from lianxin.ground.cases.models import Case

Stage, WaitsFor = Case.Stage, Case.WaitsFor
REVIEW, PUBLISH = "suggestions.review", "suggestions.publish"


@dataclass(frozen=True)
class Deed:
    """An act: its address, its form, what its button says, the right it needs, when it makes sense."""

    kind: str
    form: type[Any]
    label: str | Promise
    needs: str
    applies: Callable[[Case, bool], bool]


def _is_reviewed(case: Case, is_public: bool) -> bool:
    return case.stage == Stage.RECEIVED and case.waits_for == WaitsFor.OFFICE


def _is_assigned(case: Case, is_public: bool) -> bool:
    return case.stage in (Stage.RECEIVED, Stage.ACCEPTED, Stage.HANDLING) and case.waits_for in (
        WaitsFor.OFFICE,
        WaitsFor.UNIT,
    )


def _may_be_public(case: Case, is_public: bool) -> bool:
    over = (Case.Ending.DECLINED, Case.Ending.WITHDRAWN)
    return not is_public and case.stage != Stage.RECEIVED and case.ending not in over


ALL = (
    Deed("hand-over", desk.UnitForm, _("交办"), REVIEW, _is_assigned),
    Deed("agree", desk.AgreeForm, _("同意退回"), REVIEW, lambda case, _public: case.is_returned and _handled(case)),
    Deed("refuse", desk.RefuseForm, _("不同意退回"), REVIEW, lambda case, _public: case.is_returned and _handled(case)),
    Deed("send-back", desk.SendBackForm, _("退给代表修改"), REVIEW, _is_reviewed),
    Deed("decline", desk.DeclineForm, _("不予受理"), REVIEW, _is_reviewed),
    Deed("take-back", desk.TakeBackForm, _("从单位收回"), REVIEW, lambda case, _public: _handled(case)),
    Deed("publish", desk.PublishForm, _("公开"), PUBLISH, _may_be_public),
    Deed("hide", desk.HideForm, _("不再公开"), PUBLISH, lambda _case, is_public: is_public),
)
DEEDS = {deed.kind: deed for deed in ALL}


def _handled(case: Case) -> bool:
    return case.waits_for == WaitsFor.UNIT


@dataclass(frozen=True)
class Offered:
    """An act that makes sense now, what its button says, and whether this person may do it; the reason when not."""

    deed: Deed
    label: str | Promise
    is_main: bool
    answer: Answer


def offered(user: Any, suggestion: Suggestion) -> list[Offered]:
    """The acts that make sense now. No query."""
    case = suggestion.case
    assert case
    return [_offered(user, suggestion, deed) for deed in ALL if deed.applies(case, suggestion.is_public)]


def _offered(user: Any, suggestion: Suggestion, deed: Deed) -> Offered:
    """To hand it over is the main act while nobody handles it; afterwards others can be asked to help."""
    hands = deed.kind == "hand-over"
    is_handled = suggestion.case is not None and _handled(suggestion.case)
    label = _("请别的单位协办") if hands and is_handled else deed.label
    return Offered(deed, label, hands and not is_handled, can(user, deed.needs, suggestion))

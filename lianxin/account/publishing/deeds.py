"""What an office can do with an announcement: each act with its form, the right it needs, and when it makes sense."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxin.account.publishing import calling, forms, stories, streams
from lianxin.account.publishing.models import Announcement
from lianxin.account.publishing.models.announcement import REVIEW, WRITE
from lianxin.account.publishing.models.wording import State
from lianxin.account.publishing.reading import Whole
from lianxin.ground.access import can
from lianxin.ground.access.policy import Answer
from lianxin.ground.core.clock import today
from lianxin.ground.core.errors import RuleError


@dataclass(frozen=True)
class Deed:
    """An act: its address, its form, what its button says, the right it needs, when it makes sense.

    `is_of_all`: it is done to the announcement, not to the wording that is under way.
    """

    kind: str
    form: type[Any]
    label: str | Promise
    needs: str
    applies: Callable[[Whole], bool]
    is_of_all: bool = False


def _waits(whole: Whole) -> bool:
    return whole.under_way is not None and whole.under_way.state == State.SUBMITTED


def _may_be_prolonged(whole: Whole) -> bool:
    return whole.is_public and whole.call is not None and not whole.call.results_id


def _may_be_story(whole: Whole) -> bool:
    return whole.is_open and whole.call is None and (whole.story is None or whole.story.consented_on is None)


def _lacks_consent(whole: Whole) -> bool:
    return whole.story is not None and whole.story.consented_on is None


def _has_consent(whole: Whole) -> bool:
    return whole.story is not None and whole.story.consented_on is not None


ALL = (
    Deed("submit", forms.SubmitForm, _("送人审"), WRITE, lambda whole: whole.is_open),
    Deed("recall", forms.RecallForm, _("撤回送审"), WRITE, _waits),
    Deed("send-back", forms.SendBackForm, _("退回修改"), REVIEW, _waits),
    Deed(
        "correct",
        forms.CorrectForm,
        _("更正"),
        WRITE,
        lambda whole: whole.standing is not None and whole.under_way is None,
        is_of_all=True,
    ),
    Deed(
        "results",
        calling.ResultsForm,
        _("写结果"),
        WRITE,
        lambda whole: whole.call is not None and whole.call.is_over(today()) and not whole.call.results_id,
        is_of_all=True,
    ),
    Deed("prolong", calling.ProlongForm, _("延长截止日"), REVIEW, _may_be_prolonged, is_of_all=True),
    Deed("stream", streams.StreamForm, _("写上直播"), WRITE, lambda whole: whole.is_open, is_of_all=True),
    Deed("story", stories.StoryForm, _("写的是哪位代表"), WRITE, _may_be_story, is_of_all=True),
    Deed("consent", stories.ConsentForm, _("记下书面同意"), WRITE, _lacks_consent, is_of_all=True),
    Deed("withdraw-consent", stories.WithdrawForm, _("本人不愿意了"), WRITE, _has_consent, is_of_all=True),
    Deed("ran", stories.AiringForm, _("记一次刊播"), WRITE, _has_consent, is_of_all=True),
    Deed("take-down", forms.TakeDownForm, _("撤下"), REVIEW, lambda whole: whole.is_public, is_of_all=True),
    Deed("drop", forms.DropForm, _("这一版作废"), WRITE, lambda whole: whole.is_open),
)
DEEDS = {deed.kind: deed for deed in ALL}


def offered(user: Any, whole: Whole) -> list[tuple[Deed, Answer]]:
    """The acts that make sense now, each with whether this person may do it, or why it cannot be done yet."""
    return [(deed, _answer(user, deed, whole)) for deed in ALL if deed.applies(whole)]


def _answer(user: Any, deed: Deed, whole: Whole) -> Answer:
    may = can(user, deed.needs, whole.announcement)
    if not may or deed.kind != "submit" or whole.under_way is None:
        return may
    try:
        whole.under_way.must_be_whole()
    except RuleError as lacking:
        return Answer(False, str(lacking))
    return may


def may_write(user: Any, announcement: Announcement) -> bool:
    """Whether this person writes for its body."""
    return bool(can(user, WRITE, announcement))


def may_review(user: Any, announcement: Announcement) -> bool:
    """Whether this person reviews for its body."""
    return bool(can(user, REVIEW, announcement))

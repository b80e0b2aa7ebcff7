"""What can be done with an issue: each act with its form, the right it needs, and at which stage it makes sense."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxin.account.bulletin import forms
from lianxin.account.bulletin.models import Issue
from lianxin.account.bulletin.models.issue import COMPOSE, REVIEW, SIGN
from lianxin.ground.access import can
from lianxin.ground.core.forms import ActForm

State = Issue.State


@dataclass(frozen=True)
class Deed:
    """An act: its address, its form, what its button says, the right it needs, at which stages."""

    kind: str
    form: type[ActForm]
    label: str | Promise
    needs: str
    at: tuple[str, ...]
    is_main: bool = False


ALL = (
    Deed("submit", forms.SubmitForm, _("送复核"), COMPOSE, (State.COMPOSING,), is_main=True),
    Deed("review", forms.ReviewForm, _("复核通过"), REVIEW, (State.REVIEW,), is_main=True),
    Deed("sign", forms.SignForm, _("签发"), SIGN, (State.SIGNING,), is_main=True),
    Deed("send-back", forms.SendBackForm, _("退给编辑"), REVIEW, (State.REVIEW,)),
    Deed("refuse", forms.SendBackForm, _("退给编辑"), SIGN, (State.SIGNING,)),
    Deed("correct", forms.CorrectForm, _("更正"), COMPOSE, (State.ISSUED,)),
    Deed("withhold", forms.WithholdForm, _("撤下一条"), REVIEW, (State.ISSUED,)),
)
DEEDS = {deed.kind: deed for deed in ALL}


def offered(user: Any, issue: Issue) -> list[Deed]:
    """The acts that make sense now and that this person may do."""
    return [deed for deed in ALL if issue.state in deed.at and can(user, deed.needs, issue)]

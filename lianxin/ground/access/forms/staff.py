"""Forms of inviting, granting and leaving."""

from operator import itemgetter
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.ground.access import scopes
from lianxin.ground.access.actions import NewGrant
from lianxin.ground.access.answering import Reach
from lianxin.ground.access.models import Grant, User
from lianxin.ground.access.rules import RoleRule
from lianxin.ground.core.forms import DayInput

LISTED = 12  # more are found by their names
PLAIN = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}


class InviteForm(forms.Form):
    """邀请 Who is invited."""

    name = forms.CharField(label=_("姓名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    username = forms.CharField(
        label=_("登录名"),
        help_text=_("本人登录时要输的，比如姓名全拼。2到60个字母、汉字或数字。"),
        max_length=60,
        widget=forms.TextInput(attrs=PLAIN),
    )
    email = forms.EmailField(
        label=_("邮箱"), help_text=_("忘记密码时，重设的链接寄到这里；有要办的事，每周一提醒一次。"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not settings.SENDS_MAIL:
            del self.fields["email"]


class GrantForm(forms.Form):
    """授权 Over what, from when to when. Which role was chosen before."""

    scope = forms.ChoiceField(widget=forms.RadioSelect)
    starts_on = forms.DateField(label=_("起始日期"), help_text=_("不填就从今天起。"), required=False, widget=DayInput)
    ends_on = forms.DateField(
        label=_("终止日期"), help_text=_("不填就一直有效，直到收回。"), required=False, widget=DayInput
    )

    def __init__(self, code: str, role: RoleRule, far: Reach, words: str, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.code, self.role = code, role
        if role.scope == Grant.Scope.PLATFORM:
            del self.fields["scope"]
            return
        self.fields["scope"].label = Grant.Scope(role.scope).label
        if role.levels and len(role.levels) < len(scopes.levels(role.scope) or ()):
            levels = _("、").join(str(level.label) for level in role.levels)
            self.fields["scope"].help_text = _("只列出%(levels)s的。") % {"levels": levels}
        found = scopes.choices(role.scope, words, LISTED + 1, role.fits) if far.everywhere else _own(role, far, words)
        self.has_more = len(found) > LISTED
        self.fields["scope"].choices = [(str(id), name) for id, name in found[:LISTED]]

    def new_grant(self) -> NewGrant:
        """What is to be granted."""
        scope = self.cleaned_data.get("scope")
        return NewGrant(
            self.code,
            self.role.scope,
            UUID(scope) if scope else None,
            self.cleaned_data["starts_on"],
            self.cleaned_data["ends_on"],
        )


def _own(role: RoleRule, far: Reach, words: str) -> list[tuple[UUID, str]]:
    """Those of one's own scopes whose level fits the role and whose name holds the words, by name."""
    ids = far.ids(role.scope)
    levels = scopes.levels_of(role.scope, ids)
    named = scopes.names((role.scope, id) for id in ids if role.fits(levels.get(id)))
    return sorted(((id, name) for (_kind, id), name in named.items() if id and words in name), key=itemgetter(1))


class Colleague(forms.ModelChoiceField):
    """One of the staff; two of one name are told apart by their usernames."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and username, and whether somebody was invited only."""
        if obj.joined_at is None:
            return gettext("%(name)s（%(username)s，等本人开通）") % {"name": obj.name, "username": obj.username}
        return f"{obj.name}（{obj.username}）"


class LeaveForm(forms.Form):
    """离任 Who takes over, where something has to be taken over."""

    heir = Colleague(
        label=_("接手的人"),
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("请先选接手的人。")},
    )

    def __init__(self, colleagues: Any, *args: Any, is_heir_needed: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        heir = self.fields["heir"]
        heir.queryset, heir.required = colleagues, is_heir_needed
        listed = list(colleagues[: LISTED + 1])
        self.has_more, self.has_none = len(listed) > LISTED, not listed
        heir.choices = [(one.pk, heir.label_from_instance(one)) for one in listed[:LISTED]]

"""Forms for a post that somebody left empty. The thing of each is the post, in words."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.ground.access import actions
from lianxin.ground.access.colleagues import who_may_do_business
from lianxin.ground.access.duties import Duty
from lianxin.ground.access.forms.staff import Colleague
from lianxin.ground.access.models import User
from lianxin.ground.access.models.user import UserQuerySet
from lianxin.ground.core.forms import ActForm, FindForm


class FillForm(FindForm):
    """接任 Who takes the post: whoever was proposed, or another."""

    title, act = _("由谁接任"), _("授权")
    chosen, finds = "heir", _("姓名或登录名")
    nothing_found = _("换个写法再找，登录名也行；管理员不办业务，所以不列出。")
    heir = Colleague(
        label=_("接任的人"),
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("请先选接任的人。")},
    )

    def __init__(self, post: Duty, asker: Any, *args: Any, **kwargs: Any):
        self.asker = asker
        super().__init__(post, *args, **kwargs)

    @property
    def told(self) -> str:
        """Who holds the post now."""
        return gettext("已授权%(name)s担任%(role)s。") % {"name": self.cleaned_data["heir"].name, "role": self.thing}

    def all_there_are(self) -> UserQuerySet:
        """Whoever may be given business, invited only or in already."""
        return who_may_do_business(self.asker)

    def fitting(self, words: str) -> UserQuerySet:
        """By name or username."""
        return self.all_there_are().named_like(words)

    def verb(self, **facts: Any) -> None:
        """Fill."""
        actions.fill_post(self.thing.grant, **facts)


class DismissForm(ActForm):
    """不需要接手 The post needs nobody any more, and why."""

    title, act = _("不需要接手"), _("不再等人接任")
    why = forms.CharField(
        label=_("为什么不需要"), max_length=200, help_text=_("写进记录，例如：站点已经撤销。不要写电话等个人信息。")
    )

    @property
    def told(self) -> str:
        """That it waits no longer."""
        return gettext("%(post)s不再等人接任。") % {"post": self.thing}

    def verb(self, **facts: Any) -> None:
        """Dismiss."""
        actions.dismiss_post(self.thing.grant, **facts)

"""What a deputy does with a matter, each as a form."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.actions import handling, replying
from lianxin.ground.cases.forms import LONG, SHORT, HandoverForm


class ExplainForm(HandoverForm):
    """The deputy answers. Whether it is solved is not the deputy's to say."""

    title, act = _("作说明"), _("送出说明")
    warning = _("您的答复记作“已作说明”。“解决了”要由办事单位、办公室或反映人来说，代表不直接处理问题。")
    refused_at = "text"
    text = forms.CharField(
        label=_("您的说明"),
        help_text=_("您问过谁，怎么说的，接下来怎么办。送出以后反映人就能看到，不能再改。"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("说明送出了，记作“已作说明”。")

    def verb(self, **facts: Any) -> None:
        """Explain."""
        replying.answer_as_deputy(self.thing, **facts)


class TakeUpForm(HandoverForm):
    """The deputy takes it up, to bring it on."""

    title, act = _("认领"), _("认领")
    warning = _("认领以后这件事由您跟着，另算一个期限，到期没有作说明会提醒办公室。")

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("认领了。")

    def verb(self, **facts: Any) -> None:
        """Take it up, and go on to what is held now: the former handover is over."""
        held = handling.take_up(self.thing, **facts)
        self.made = reverse("opinions:deputy_matter", args=[held.pk])


class PassOnForm(HandoverForm):
    """The deputy gives it to the office."""

    title, act = _("转回办公室"), _("转回办公室")
    refused_at = "reason"
    reason = forms.CharField(
        label=_("为什么转"),
        help_text=_("要部门来办、不在您的选区，都可以。"),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("转回办公室了，由办公室决定谁来办。")

    def verb(self, **facts: Any) -> None:
        """Pass it on."""
        handling.pass_on(self.thing, **facts)


ACTS: dict[str, type[HandoverForm]] = {"explain": ExplainForm, "take-up": TakeUpForm, "pass-on": PassOnForm}

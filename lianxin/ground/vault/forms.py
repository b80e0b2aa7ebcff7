"""The forms by which an identity is opened, and an opening reviewed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxin.ground.vault.models import Finding, Purpose


class OpenForm(forms.Form):
    """查看身份 What for, and why."""

    purpose = forms.ChoiceField(
        label=_("用来做什么"), help_text=_("本人会看到。"), choices=Purpose.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("为什么非看不可"),
        help_text=_("复核的人会看到。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReviewForm(forms.Form):
    """复核 Whether an opening was justified."""

    finding = forms.ChoiceField(label=_("您的结论"), choices=Finding.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("说明"),
        help_text=_("结论是“理由不足”时要写。查看的人会看到。"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

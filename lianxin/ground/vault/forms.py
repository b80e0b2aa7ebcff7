"""The form of a review."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxin.ground.vault.models import Finding


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

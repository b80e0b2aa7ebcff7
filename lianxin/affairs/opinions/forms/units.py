"""What units do about a promise."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.actions import judging
from lianxin.ground.cases.forms import SHORT
from lianxin.ground.core.forms import ActForm


class KeptForm(ActForm):
    """A promise was kept."""

    title, act = _("承诺做到了"), _("记下做到了")
    refused_at = "note"
    note = forms.CharField(
        label=_("怎么做到的，凭什么知道"), max_length=SHORT, widget=forms.Textarea(attrs={"rows": 4})
    )

    def verb(self, **facts: Any) -> None:
        """Note that it was kept."""
        judging.keep_promise(self.thing, **facts)

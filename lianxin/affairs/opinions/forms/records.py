"""Records that are written from what is known: nothing is asked for them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.affairs.opinions.actions import issuing
from lianxin.ground.core.forms import ActForm
from lianxin.ground.core.ids import new_id


class RecordForm(ActForm):
    """A record as a paper: what is pressed twice is written once."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


class ReceptionRecordForm(RecordForm):
    """接待记录"""

    title = act = gettext_lazy("写成接待记录")

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return _("写成了接待记录。")

    def verb(self, **facts: Any) -> None:
        """Write it."""
        issuing.record_reception(self.thing, **facts)


class MeetingRecordForm(RecordForm):
    """研判记录"""

    title = act = gettext_lazy("写成研判记录")

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return _("写成了研判记录。")

    def verb(self, **facts: Any) -> None:
        """Write it."""
        issuing.record_meeting(self.thing, **facts)

"""What an office says of a joint meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.affairs.opinions.forms.tell import Words
from lianxin.affairs.opinions.models import Meeting
from lianxin.ground.cases.forms import EditionField
from lianxin.ground.core.forms import ActForm

MOST = 1_000


class HoldForm(ActForm):
    """记会议 Who led it, who came, where it was."""

    title = act = gettext_lazy("记会议")
    thing: Meeting
    edition = EditionField()
    chair = Words(label=gettext_lazy("主持人"), help_text=gettext_lazy("写姓名和职务。"), max_length=40)
    attended = Words(
        label=gettext_lazy("参加人员"),
        help_text=gettext_lazy("代表，政府、监委、法院、检察院的负责人，各单位的人。可以一行一个单位。"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    place = Words(label=gettext_lazy("地点"), max_length=80, required=False)

    def __init__(self, thing: Meeting, *args: Any, **kwargs: Any) -> None:
        told = {name: getattr(thing, name) for name in ("edition", "chair", "attended", "place")}
        super().__init__(thing, *args, initial=told, **kwargs)

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return _("会议记下了。")

    def verb(self, **facts: Any) -> None:
        """Lay it down."""
        self.thing.lay_down(**facts)

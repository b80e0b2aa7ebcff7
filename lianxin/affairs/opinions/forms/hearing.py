"""The one short form for a queue of people at a reception."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.actions.hearing import Then, hear
from lianxin.affairs.opinions.actions.telling import LONGEST, Telling
from lianxin.affairs.opinions.forms.tell import Words
from lianxin.affairs.opinions.models import Channel, Opinion, Visibility
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.models import Duty, Shift
from lianxin.ground.core.forms import ActForm, needed_when
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.forms import phone_number
from lianxin.ground.people.models import Region
from lianxin.ground.people.models.region import Level
from lianxin.ground.vault.particulars import Particulars
from lianxin.lib.text import clean, is_empty

NOTE = 1_000


class DeputyOnDuty(forms.ModelChoiceField):
    """A deputy who sits there, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return str(obj.mandate.person.name)


class PlaceNear(forms.ModelChoiceField):
    """A village near the station, as the reader calls it; or the township, where nobody can say."""

    def label_from_instance(self, obj: Any) -> str:
        """The village; of the township, that it is not known where in it."""
        return str(obj.called)


class HearForm(ActForm):
    """记一位 What one person said, who heard it, and what becomes of it."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    heard_by = DeputyOnDuty(label=_("谁在听"), queryset=Duty.objects.none(), widget=forms.RadioSelect, empty_label=None)
    words = Words(
        label=_("说的什么"),
        help_text=_("照原话写，不改、不加。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
    )
    region = PlaceNear(label=_("哪个村、社区"), queryset=Region.objects.none(), empty_label=None)
    subject = forms.ChoiceField(label=_("归到哪一类"), required=False)
    then = forms.ChoiceField(label=_("怎么办"), choices=Then.choices, widget=forms.RadioSelect)
    note = needed_when(
        Words(
            label=_("答复了什么，或者为什么转"),
            required=False,
            max_length=NOTE,
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        _("当场答复、转给办公室要填"),
    )
    visibility = forms.ChoiceField(
        label=_("本人想让谁看到"),
        choices=[
            (Visibility.STAFF, _("只给工作人员和代表看")),
            (Visibility.UNNAMED, _("公开，不写名字")),
            (Visibility.NAMED, _("公开，写下面的姓名")),
        ],
        widget=forms.RadioSelect,
    )
    name = Words(
        label=_("说话人的姓名"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label=_("说话人的电话"),
        help_text=_("加密存放，部门看不到。"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    agrees = forms.BooleanField(
        label=_("写下的和隐私告知念给本人听过，本人同意"),
        error_messages={"required": _("请先念给本人听，本人同意了再存。")},
    )

    def __init__(self, thing: Shift, *args: Any, rules: OpinionRules, last: UUID | None = None, **kwargs: Any) -> None:
        station = thing.station
        initial = {"id": new_id(), "region": station.region_id, "heard_by": last}
        super().__init__(thing, *args, initial=initial, **kwargs)
        self.rules = rules
        on_duty = thing.duties.filter(state__in=Duty.COUNTED).select_related(
            "mandate__person", "mandate__congress__region"
        )
        self.fields["heard_by"].queryset = on_duty.order_by("mandate__person__pinyin", "pk")
        self.fields["region"].queryset = places_near(station.region)
        subjects = [(code, one.called) for code, one in rules.subjects.items()]
        self.fields["subject"].choices = [("", _("先不分")), *subjects]

    def clean_phone(self) -> str:
        """A number that can be called."""
        return phone_number(clean(self.cleaned_data["phone"]))

    def clean(self) -> dict[str, Any]:
        """What was answered, or why it is sent on; a name that is to be shown."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("then") in (Then.ANSWERED, Then.SENT_ON) and is_empty(told.get("note", "")):
            self.add_error("note", _("请写一两句：答复了什么，或者为什么转。"))
        if told.get("visibility") == Visibility.NAMED and not told.get("name"):
            self.add_error("name", _("本人要公开姓名，请写上；不想写，就选不写名字。"))
        return told

    def verb(self, **facts: Any) -> None:
        """Hear."""
        shift: Shift = self.thing
        named = facts["visibility"] == Visibility.NAMED
        telling = Telling(
            id=facts["id"],
            words=facts["words"],
            region=facts["region"],
            channel=Channel.RECEPTION,
            visibility=Visibility(facts["visibility"]),
            subject=facts["subject"],
            station=shift.station,
            shift=shift,
            mandate=facts["heard_by"].mandate,
            particulars=Particulars(name=facts["name"], phone=facts["phone"]),
            shown_name=facts["name"] if named else "",
            notice_version=self.rules.notice.version if self.rules.notice else "",
            said_on=shift.held_on,
        )
        self.heard: Opinion = hear(telling, facts["then"], facts["note"], by=facts["by"], at=facts["at"])


def places_near(region: Region) -> Any:
    """The villages of the township that a station lies in, and the township itself; the station's own place where it has none."""
    standing = Region.objects.standing()
    if region.level in (Level.VILLAGE, Level.GRID):
        township = standing.filter(path=region.township_path)
        return (standing.filter(path__begins=region.township_path, level=Level.VILLAGE) | township).order_by("code")
    inside = standing.filter(path__begins=region.path, level__in=(Level.TOWNSHIP, Level.VILLAGE))
    return (inside | standing.filter(pk=region.pk)).order_by("code")

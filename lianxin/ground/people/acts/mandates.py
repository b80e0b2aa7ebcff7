"""What happens to a mandate, and to what is known of a person."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxin.ground.access.models import User
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm, DayInput
from lianxin.ground.people.forms import phone_number
from lianxin.ground.people.models import Mandate, MandatePause, Person


class EndForm(ActForm):
    """终止 The mandate ends."""

    title, act = _("终止代表资格"), _("登记终止")
    warning = _("终止要有法律写明的原因（代表法第六十二条）。平台只记录已经发生的终止。")
    ending = forms.ChoiceField(label=_("终止原因"), choices=Mandate.Ending.choices)
    on = forms.DateField(label=_("最后一天"), widget=DayInput, initial=today)

    def verb(self, **facts: Any) -> None:
        """End."""
        self.thing.end(**facts)


class PauseForm(ActForm):
    """暂停 The mandate rests."""

    title, act = _("暂停执行职务"), _("登记暂停")
    kind = forms.ChoiceField(label=_("种类"), choices=MandatePause.Kind.choices)
    on = forms.DateField(label=_("从哪一天起"), widget=DayInput, initial=today)

    def verb(self, **facts: Any) -> None:
        """Pause."""
        self.thing.pause(**facts)


class ResumeForm(ActForm):
    """恢复 Back at work."""

    title, act = _("恢复执行职务"), _("登记恢复")
    on = forms.DateField(label=_("暂停的最后一天"), widget=DayInput, initial=today)

    def verb(self, **facts: Any) -> None:
        """Resume."""
        self.thing.resume(**facts)


class LinkForm(ActForm):
    """对上登录名 Who signs in by this name is this person."""

    title, act = _("对上登录名"), _("对上")
    user = forms.ModelChoiceField(
        label=_("登录名"),
        queryset=User.objects.filter(is_active=True),
        to_field_name="username",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        help_text=_("系统管理员邀请这位代表时定下的登录名。对上以后，本人可以改自己的手机、决定公不公开。"),
        error_messages={"invalid_choice": _("没有这个登录名。请向系统管理员核对。")},
    )

    def verb(self, **facts: Any) -> None:
        """Link."""
        self.thing.link(**facts)


class PersonForm(forms.ModelForm[Person]):
    """What is known of a person. The phone is shown to residents only where the person agreed."""

    class Meta:
        model = Person
        fields: ClassVar[tuple[str, ...]] = ("name", "sex", "ethnicity", "employer", "post", "phone", "is_phone_public")

    def clean_phone(self) -> str:
        """The number as the roster wants it, so that what is saved here can be imported again."""
        return phone_number(self.cleaned_data["phone"])


class OwnPersonForm(PersonForm):
    """What a person may change of what is known of him- or herself."""

    class Meta(PersonForm.Meta):
        fields = ("phone", "is_phone_public")


def forms_for(mandate: Mandate) -> Mapping[str, type[ActForm]]:
    """What can happen to a mandate now, by the word in the address. A mandate that has ended changes no more."""
    if mandate.ends_on:
        return {}
    rests = mandate.pauses.filter(ends_on__isnull=True).exists()
    return {"end": EndForm} | ({"resume": ResumeForm} if rests else {"pause": PauseForm})

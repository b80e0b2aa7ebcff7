"""What happens to a mandate, and to what is known of a person."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lianxin.ground.access.models import User
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm, AmendForm, DayInput
from lianxin.ground.people.actions import change_group
from lianxin.ground.people.acts.bodies import ELECTED_IN_DISTRICTS
from lianxin.ground.people.acts.deputies import DistrictChoice, RosterCell, SeatChoice, electing, is_in_midterm
from lianxin.ground.people.errors.mandates import ElectedInMidterm
from lianxin.ground.people.forms import phone_number
from lianxin.ground.people.models import Body, District, Mandate, MandatePause, Membership, Person
from lianxin.ground.people.roster.groups import shown


class EndForm(ActForm):
    """终止 The mandate ends."""

    title, act = _("终止代表资格"), _("登记终止")
    warning = _("终止要有法律写明的原因（代表法第六十二条）。平台只记录已经发生的终止。")
    ending = forms.ChoiceField(label=_("终止原因"), choices=Mandate.Ending.choices)
    on = forms.DateField(label=_("最后一天"), widget=DayInput, initial=today)

    def verb(self, **facts: Any) -> None:
        """End."""
        self.thing.end(**facts)


class CorrectEndingForm(ActForm):
    """改正终止 The mandate never ended, or ended on another day or for another reason."""

    title, act = _("改正终止"), _("改正")
    mistake = forms.ChoiceField(
        label=_("哪里登记错了"),
        choices=[("never", _("没有终止，代表资格照旧")), ("facts", _("终止了，但是日期或原因不对"))],
        widget=forms.RadioSelect,
        help_text=_("没有终止的，下面的原因和日期不算数，不用改。"),
    )
    ending = forms.ChoiceField(label=_("终止原因"), choices=Mandate.Ending.choices)
    on = forms.DateField(label=_("最后一天"), widget=DayInput)
    why = forms.CharField(label=_("为什么改正"), max_length=200, help_text=_("写进记录，例如：登记时看错了人。"))

    def __init__(self, thing: Mandate, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"ending": thing.ending, "on": thing.ends_on})
        super().__init__(thing, *args, **kwargs)

    def verb(self, **facts: Any) -> None:
        """Correct."""
        if facts.pop("mistake") == "facts":
            self.thing.correct_ending(**facts)
        else:
            self.thing.restore(facts["why"], by=facts["by"], at=facts["at"])


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


class MandateForm(ActForm):
    """改动 The card, the trade, and where the deputy was elected."""

    title, act = _("改动代表资料"), _("存下")
    card_number = forms.CharField(label=_("代表证号"), max_length=20)
    trade = forms.CharField(label=_("行业"), max_length=40, required=False)
    district = DistrictChoice(
        label=_("选区"), queryset=District.objects.none(), required=False, empty_label=_("没有填")
    )
    electing_body = forms.ModelChoiceField(
        label=_("选举单位"), queryset=Body.objects.none(), required=False, empty_label=_("没有填")
    )
    beginning = forms.ChoiceField(label=_("产生方式"), choices=Mandate.Beginning.choices)
    replaces = SeatChoice()
    starts_on = forms.DateField(label=_("就任日期"), widget=DayInput)

    def __init__(self, thing: Mandate, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(thing, name) for name in self.base_fields})
        super().__init__(thing, *args, **kwargs)
        running = District.objects.filter(Q(ends_on__isnull=True) | Q(pk=thing.district_id), congress=thing.congress)
        self.fields["district"].queryset = running.in_order()
        self.fields["electing_body"].queryset = electing(thing.congress)
        left = Mandate.objects.filter(Q(pk__in=Mandate.objects.vacated()) | Q(pk=thing.replaces_id), term=thing.term)
        self.fields["replaces"].queryset = left.select_related("person", "district", "electing_body")
        del self.fields["electing_body" if thing.level in ELECTED_IN_DISTRICTS else "district"]

    def clean(self) -> dict[str, Any]:
        """What is left as it was is not judged anew."""
        said = super().clean() or {}
        if {"beginning", "starts_on"} & set(self.changed_data) and is_in_midterm(self.thing.term, said):
            self.add_error("beginning", str(ElectedInMidterm(self.thing.term)))
        return said

    def verb(self, **facts: Any) -> None:
        """Amend."""
        for name in self.fields:
            setattr(self.thing, name, facts.pop(name))
        self.thing.amend([name for name in self.changed_data if name in self.fields], **facts)


class GroupForm(ActForm):
    """编组 The deputy's group or delegation, which is one of the congress or, for a group, of one in its place."""

    kind: ClassVar[str]
    group = forms.ModelChoiceField(queryset=Body.objects.none(), required=False, empty_label=_("不编入"))
    on = forms.DateField(label=_("从哪一天起"), widget=DayInput, initial=today)

    def __init__(self, thing: Mandate, *args: Any, **kwargs: Any) -> None:
        self.left = sitting(thing, self.kind)
        kwargs.setdefault("initial", {"group": self.left.body_id if self.left else None})
        super().__init__(thing, *args, **kwargs)
        self.fields["group"].label = str(self.title)
        self.fields["group"].queryset = groups_for(thing, self.kind)

    def verb(self, **facts: Any) -> None:
        """Change over."""
        change_group(self.thing.person, self.left, facts.pop("group"), **facts)


class DeputiesGroupForm(GroupForm):
    """代表小组 The deputies' group."""

    title, act, kind = _("代表小组"), _("存下"), "group"


class DelegationForm(GroupForm):
    """代表团 The delegation."""

    title, act, kind = _("代表团"), _("存下"), "delegation"


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


class PersonForm(AmendForm[Person]):
    """改动 What is known of a person. The phone is shown to residents only where the person agreed."""

    title = _("改动个人资料")

    class Meta:
        model = Person
        fields: ClassVar[tuple[str, ...]] = ("name", "sex", "ethnicity", "employer", "post", "phone", "is_phone_public")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sex := self.fields.get("sex"):
            sex.choices = [("", _("没有填")), *Person.Sex.choices]

    def clean_name(self) -> str:
        """As the roster reads it, so that what is saved here can be imported again."""
        return str(RosterCell("name").clean(self.cleaned_data["name"]))

    def clean_ethnicity(self) -> str:
        """As the roster reads it."""
        return str(RosterCell("ethnicity").clean(self.cleaned_data["ethnicity"]))

    def clean_phone(self) -> str:
        """The number as the roster wants it."""
        return phone_number(self.cleaned_data["phone"])


class OwnPersonForm(PersonForm):
    """What a person may change of what is known of him- or herself."""

    class Meta(PersonForm.Meta):
        fields = ("phone", "is_phone_public")


def forms_for(mandate: Mandate) -> Mapping[str, type[ActForm]]:
    """What can happen to a mandate now, by the word in the address. Of one that has ended, only its ending can be corrected."""
    if mandate.ends_on:
        return {"correct": CorrectEndingForm}
    always = {"amend": MandateForm, "group": DeputiesGroupForm, "delegation": DelegationForm}
    return always | {"end": EndForm} | ({"resume": ResumeForm} if mandate.is_resting else {"pause": PauseForm})


def sitting(mandate: Mandate, kind: str) -> Membership | None:
    """The group or delegation in which the deputy sits as of this mandate, as the roster's row shows it."""
    person = mandate.person_id
    running = Membership.objects.filter(
        person=person, ends_on__isnull=True, body__kind=kind, body__parent__isnull=False
    )
    seats = Mandate.objects.filter(person=person, ends_on__isnull=True).values_list("congress_id", flat=True)
    return shown(running.select_related("body"), mandate.congress_id, set(seats))


def groups_for(mandate: Mandate, kind: str) -> QuerySet[Body]:
    """Running groups or delegations of the mandate's congress; groups also of the congresses in its place."""
    found, congress = Body.objects.filter(kind=kind, ends_on__isnull=True), mandate.congress
    fitting = Q(parent=congress)
    if kind == "group" and congress.region:
        fitting |= Q(region__path__begins=congress.region.path)
    return found.filter(fitting).order_by("region__code", "position", "name")

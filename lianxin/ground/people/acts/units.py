"""What happens to a handling unit: it is established, what is known of it changes, and it closes."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.ground.access.answering import Reach
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import Act, ActForm, AmendForm, DayInput
from lianxin.ground.people.forms import phone_number
from lianxin.ground.people.models import Region, Unit
from lianxin.ground.people.models.region import Level


class UnitForm(AmendForm[Unit]):
    """改动 What is known of a unit."""

    title = _("改动承办单位资料")

    class Meta:
        model = Unit
        fields: ClassVar[tuple[str, ...]] = ("name", "short_name", "kind", "parent", "phone", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("请选一个")), *Unit.Kind.choices]
        if parent := self.fields.get("parent"):
            running = Unit.objects.filter(region=self.instance.region, parent=None, ends_on__isnull=True)
            parent.queryset = running.exclude(pk=self.instance.pk).order_by("name")
            parent.empty_label = _("没有，直接由人大交办")

    def clean_phone(self) -> str:
        """A number somebody can dial."""
        return phone_number(self.cleaned_data["phone"])


class PlaceOfUnit(forms.ModelChoiceField):
    """A county or a township, each after the place around it."""

    def label_from_instance(self, obj: Any) -> str:
        """Its name after that of the county, where it is a township."""
        return f"{obj.parent.name}　{obj.name}" if obj.level == Level.TOWNSHIP else str(obj.name)


class EstablishForm(UnitForm):
    """设立 A new unit at a place within one's reach; an office is set up on the page of its unit."""

    title, act, refused_at = _("设立承办单位"), _("设立"), "name"
    region = PlaceOfUnit(label=_("地方"), queryset=Region.objects.none(), empty_label=None)
    starts_on = forms.DateField(label=_("设立日期"), widget=DayInput, initial=today)

    class Meta(UnitForm.Meta):
        fields = ("name", "short_name", "kind", "region", "phone", "address", "starts_on")

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(None, *args, **kwargs)
        self.fields["region"].queryset = places_in(reach)
        self.initial.setdefault("kind", Unit.Kind.DEPARTMENT)

    @property
    def told(self) -> str:
        """That it is there."""
        return gettext("%(unit)s设立好了。") % {"unit": self.made.name}

    def verb(self, **facts: Any) -> None:
        """Establish it."""
        self.made = Unit.establish(**facts)


class OfficeForm(ActForm):
    """设立 An office of this unit, at its place."""

    title, act = _("设立内设机构"), _("设立")
    name = forms.CharField(label=_("名称"), max_length=80)
    short_name = forms.CharField(label=_("简称"), max_length=30, required=False)
    phone = forms.CharField(label=_("办公电话"), max_length=30, required=False)
    starts_on = forms.DateField(label=_("设立日期"), widget=DayInput, initial=today)
    clean_phone = UnitForm.clean_phone

    def verb(self, **facts: Any) -> None:
        """Establish it."""
        Unit.establish(kind=Unit.Kind.OFFICE, parent=self.thing, region=self.thing.region, **facts)


class CloseForm(ActForm):
    """撤销 The unit is no more."""

    title, act = _("撤销承办单位"), _("登记撤销")
    warning = _("撤销以后不能再交办给它，不能撤回。经办人的授权不会自己收回，请告诉安全管理员。")
    on = forms.DateField(label=_("最后一天"), widget=DayInput, initial=today)

    def verb(self, **facts: Any) -> None:
        """Close."""
        self.thing.close(**facts)


def forms_for(unit: Unit) -> Mapping[str, type[Act]]:
    """What can happen to a unit now, by the word in the address."""
    if unit.ends_on:
        return {}
    offices = {} if unit.parent_id else {"office": OfficeForm}
    return {"amend": UnitForm, **offices, "close": CloseForm}


def places_in(reach: Reach) -> QuerySet[Region]:
    """Counties and townships with a congress of their own or in one, within a reach."""
    counties = Region.objects.filter(level=Level.COUNTY, bodies__kind="congress", ends_on__isnull=True)
    ours = Q(pk__in=counties) | Q(parent__in=counties, level=Level.TOWNSHIP)
    if not reach.everywhere:
        within = Q(pk__in=[])
        for region in Region.objects.filter(pk__in=reach.ids("place")):
            within |= Q(path__begins=region.path)
        ours &= within
    return Region.objects.standing().filter(ours).select_related("parent").order_by("code")

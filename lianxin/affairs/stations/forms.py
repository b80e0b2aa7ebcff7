"""Forms about stations."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.stations.models import Fitting, Station
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.core.forms import DayInput
from lianxin.ground.people.models import Body, Mandate, Region
from lianxin.ground.people.models.region import Level
from lianxin.lib.calendars import RuleTextError, parse_rule


class StationFilter(forms.Form):
    """Which stations to show."""

    q = forms.CharField(label=_("站点名称"), required=False, max_length=40)
    kind = forms.ChoiceField(label=_("种类"), required=False)
    place = forms.ModelChoiceField(
        label=_("乡镇街道"), queryset=Region.objects.none(), required=False, empty_label=_("全部")
    )

    def __init__(self, *args: Any, rules: StationRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("全部")), *((code, kind.name) for code, kind in rules.kinds.items())]
        townships = Region.objects.filter(level=Level.TOWNSHIP, ends_on__isnull=True)
        self.fields["place"].queryset = townships.filter(parent__in=_counties_with_stations()).order_by("code")

    def conditions(self) -> Q:
        """What was asked for; what could not be understood is left out."""
        asked = self.cleaned_data if self.is_valid() else {}
        wanted = Q()
        if asked.get("q"):
            wanted &= Q(name__contains=asked["q"])
        if asked.get("kind"):
            wanted &= Q(kind=asked["kind"])
        if place := asked.get("place"):
            wanted &= Q(region__path__startswith=place.path)
        return wanted


def _counties_with_stations() -> QuerySet[Region]:
    return Region.objects.filter(level=Level.COUNTY, bodies__kind="congress", ends_on__isnull=True)


class StationForm(forms.ModelForm[Station]):
    """What a keeper may change of a station."""

    class Meta:
        model = Station
        fields: ClassVar[tuple[str, ...]] = ("name", "address", "way_in", "phone", "is_step_free", "reception_days")
        help_texts = {"reception_days": _("规则让各站自定日子的才填，例如：农历逢一、六；每周二。")}

    def clean_reception_days(self) -> str:
        """The days in the words of the calendar; what it cannot read comes back with its own advice."""
        days: str = self.cleaned_data["reception_days"].strip()
        if days:
            try:
                parse_rule(days)
            except RuleTextError as error:
                raise forms.ValidationError(str(error)) from error
        return days


class OpenStationForm(StationForm):
    """A new station: its kind and place stay as they are given here."""

    kind = forms.ChoiceField(label=_("种类"))
    region = forms.ModelChoiceField(label=_("地方"), queryset=Region.objects.none())
    body = forms.ModelChoiceField(label=_("主办机构"), queryset=Body.objects.none())
    starts_on = forms.DateField(label=_("设立日期"), widget=DayInput)

    class Meta(StationForm.Meta):
        fields = (
            "kind",
            "region",
            "body",
            "name",
            "starts_on",
            "address",
            "way_in",
            "phone",
            "is_step_free",
            "reception_days",
        )

    def __init__(self, *args: Any, rules: StationRules, places: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(code, kind.name) for code, kind in rules.kinds.items()]
        self.fields["region"].queryset = places.filter(level__in=(Level.TOWNSHIP, Level.VILLAGE)).order_by("path")
        self.fields["body"].queryset = Body.objects.congresses().filter(region__in=places.values("pk"))


class PostingForm(forms.Form):
    """A deputy who is to belong to the station, found by name."""

    mandate = forms.ModelChoiceField(label=_("代表"), queryset=Mandate.objects.none(), empty_label=_("请选择"))

    def __init__(self, *args: Any, candidates: QuerySet[Mandate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mandate"].queryset = candidates


class JudgeForm(forms.Form):
    """What was found of one fitting."""

    key = forms.CharField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("现状"), choices=Fitting.State.choices)

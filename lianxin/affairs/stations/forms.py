"""Forms about stations."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.stations.models import Fitting, Posting, Station
from lianxin.affairs.stations.receptions import receiving
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm, AmendForm, DayInput
from lianxin.ground.people.forms import phone_number
from lianxin.ground.people.models import Body, Mandate, Region
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.places.english import called
from lianxin.lib.calendars import RuleTextError, parse_rule


class _Places(ModelChoiceIterator):
    """Places by their names alone: a list to choose from needs no whole models, nor a cursor of its own."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        for pk, name, pinyin in self.queryset.values_list("pk", "name", "pinyin"):
            yield pk, called(name, pinyin)


class PlaceField(forms.ModelChoiceField):
    """A place that may be left open, by what the reader calls it: on English pages in Latin letters too."""

    iterator = _Places


class StationFilter(forms.Form):
    """Which stations to show."""

    q = forms.CharField(label=_("站点名称"), required=False, max_length=40)
    kind = forms.ChoiceField(label=_("站点种类"), required=False)
    place = PlaceField(label=_("乡镇街道"), queryset=Region.objects.none(), required=False, empty_label=_("全部"))

    reception = forms.BooleanField(label=_("只看定了接待日的"), required=False)

    def __init__(self, *args: Any, rules: StationRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("全部")), *((code, kind.called) for code, kind in rules.kinds.items())]
        townships = Region.objects.filter(level=Level.TOWNSHIP, ends_on__isnull=True)
        self.fields["place"].queryset = townships.filter(parent__in=_counties_with_stations()).order_by("code")

    def conditions(self, day: date) -> Q:
        """What was asked for on a day; what could not be understood is left out."""
        asked = self.cleaned_data if self.is_valid() else {}
        wanted = Q()
        if asked.get("q"):
            latin = asked["q"].lower().replace(" ", "")
            wanted &= Q(name__contains=asked["q"]) | (Q(pinyin__contains=latin) if latin.isascii() else Q())
        if asked.get("reception"):
            wanted &= receiving(day)
        if asked.get("kind"):
            wanted &= Q(kind=asked["kind"])
        if place := asked.get("place"):
            wanted &= Q(region__path__begins=place.path)
        return wanted


def _counties_with_stations() -> QuerySet[Region]:
    return Region.objects.filter(level=Level.COUNTY, bodies__kind="congress", ends_on__isnull=True)


class StationForm(AmendForm[Station]):
    """改动 What a keeper may change of a station."""

    title, refused_at = _("改动站点资料"), "name"

    class Meta:
        model = Station
        fields: ClassVar[tuple[str, ...]] = ("name", "address", "way_in", "phone", "is_step_free", "reception_days")
        help_texts = {"reception_days": _("规则让各站自定日子的才填，例如：农历逢一、六；每周二。")}

    def clean_phone(self) -> str:
        """A number somebody can dial."""
        return phone_number(self.cleaned_data["phone"])

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
    """设立 A new station at a place; its kind stays as it is given here."""

    title, act = _("设立站点"), _("设立")
    kind = forms.ChoiceField(label=_("站点种类"))
    body = forms.ModelChoiceField(label=_("主办机构"), queryset=Body.objects.none(), empty_label=_("请选一个"))
    starts_on = forms.DateField(label=_("设立日期"), widget=DayInput, initial=today)

    class Meta(StationForm.Meta):
        fields = ("kind", "body", "name", "starts_on", "address", "way_in", "phone", "is_step_free", "reception_days")

    def __init__(self, *args: Any, rules: StationRules, region: Region, **kwargs: Any) -> None:
        super().__init__(None, *args, **kwargs)
        self.region = region
        fitting_first = sorted(rules.kinds.items(), key=lambda named: named[1].level != region.level)
        self.fields["kind"].choices = [(code, kind.called) for code, kind in fitting_first]
        over = Body.objects.congresses().filter(region__in=region.path_ids, ends_on__isnull=True)
        self.fields["body"].queryset = over.order_by("-region__path")
        self.fields["body"].initial = over.order_by("-region__path").first()

    @property
    def told(self) -> str:
        """That it is there."""
        return gettext("%(station)s设立好了。") % {"station": self.made.name}

    def verb(self, **facts: Any) -> None:
        """Open it."""
        self.made = Station.open(region=self.region, **facts)


class CloseForm(ActForm):
    """撤销 The station closes."""

    title, act = _("撤销站点"), _("撤销")
    warning = _("撤销以后，编入这里的代表同一天调出，公开的名单里不再有它。记录都留着；撤错了，可以写明原因恢复。")
    on = forms.DateField(label=_("最后一天"), widget=DayInput, initial=today)

    def verb(self, **facts: Any) -> None:
        """Close."""
        self.thing.close(**facts)


class ReopenForm(ActForm):
    """恢复 The closing of the station was a mistake."""

    title, act = _("恢复站点"), _("恢复")
    warning = _("撤错了才恢复：站点接着开，撤销那天一起调出的代表回到这里。撤销和恢复都留在经过里。")
    reason = forms.CharField(label=_("为什么恢复"), max_length=100)

    def verb(self, **facts: Any) -> None:
        """Reopen."""
        self.thing.reopen(**facts)


class PostForm(ActForm):
    """编入 Deputies belong to the station from a day on."""

    mandates = forms.ModelMultipleChoiceField(
        queryset=Mandate.objects.none(), error_messages={"required": _("还没有选代表。请先勾上要编入的。")}
    )
    on = forms.DateField(label=_("从哪一天起"), widget=DayInput, initial=today)

    def __init__(self, thing: Station, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.fields["mandates"].queryset = Mandate.objects.at_work(today()).select_related("person", "congress")

    def verb(self, **facts: Any) -> None:
        """Post."""
        self.thing.post_all(list(facts.pop("mandates")), **facts)


class ReleaseForm(ActForm):
    """调出 A deputy belongs to the station no more after today."""

    release = forms.ModelChoiceField(queryset=Posting.objects.none(), widget=forms.HiddenInput)

    def __init__(self, thing: Station, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.fields["release"].queryset = thing.postings.select_related("mandate__person")

    def verb(self, **facts: Any) -> None:
        """Release."""
        self.thing.release(facts.pop("release").mandate, on=today(), **facts)


class JudgeForm(ActForm):
    """查看 What was found of one fitting, out of those the preset names."""

    key = forms.ChoiceField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("现状"), choices=Fitting.State.choices)

    def __init__(self, thing: Station, *args: Any, keys: Sequence[str], **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.fields["key"].choices = [(key, key) for key in keys]

    def verb(self, **facts: Any) -> None:
        """Judge."""
        self.thing.judge_fitting(facts.pop("key"), facts.pop("state"), on=today(), **facts)

"""Acts of a desk about one of many: a deputy, units, a place. Found by words; what is offered says why, and is never ticked."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.affairs.opinions import suggesting
from lianxin.affairs.opinions.actions import handling, sorting
from lianxin.affairs.opinions.forms.desk import DeskForm, rules_of
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import FindForm
from lianxin.ground.people.models import Mandate, Person, Region, Unit
from lianxin.ground.people.models.region import Level

Offer = tuple[UUID, str | Promise]


def _because(name: str | Promise, why: str | Promise) -> SafeString:
    """A choice with why it is offered, or what is to be known of it, in small letters."""
    return format_html("{} <small>{}</small>", name, why)


class _Deputy(forms.ModelChoiceField):
    def label_from_instance(self, obj: Mandate) -> str:
        return _because(obj.person.name, _("，").join(_facts(obj)))


def _facts(mandate: Mandate) -> list[str]:
    """Of which congress, elected where; and that nobody tells them unless somebody does it by hand."""
    facts = [mandate.congress.name]
    if mandate.district:
        facts.append(mandate.district.name)
    if mandate.person.user_id is None:
        facts.append(_("没有登录，请打电话或打印"))
    return facts


class _Place(forms.ModelChoiceField):
    def label_from_instance(self, obj: Region) -> str:
        if obj.parent and obj.level in (Level.VILLAGE, Level.GRID):
            return f"{obj.parent.called}{obj.called}"
        return obj.called


class FoundForm(FindForm, DeskForm):
    """An act about one of many. `offers` stand first, each with the reason why it is offered."""

    LISTED = 6

    def __init__(self, thing: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        offered = [] if self.words else self.offers()
        first = {pk for pk, _label in offered}
        field: Any = self.fields[self.chosen]
        field.choices = [*offered, *((pk, label) for pk, label in field.choices if pk not in first)]
        self.has_none, self.has_offers = not field.choices, bool(offered)

    def offers(self) -> list[Offer]:
        """What is offered before anybody looked for something."""
        return []


class DeputyForm(FoundForm):
    """转代表"""

    title, act = gettext_lazy("转给代表"), gettext_lazy("转给这位代表")
    chosen: ClassVar[str] = "mandate"
    finds: ClassVar[str | Promise] = gettext_lazy("代表的姓名或拼音")
    mandate = _Deputy(
        Mandate.objects.none(), label=gettext_lazy("转给谁"), widget=forms.RadioSelect(attrs={"translate": "no"})
    )

    def all_there_are(self) -> QuerySet[Mandate]:
        """Deputies at work in the congress in charge, who stand for the place or belong to the station."""
        mandates = Mandate.objects.at_work(today()).select_related("person", "congress", "district")
        return mandates.filter(congress__region__in=self.thing.case.region.path_ids).order_by("person__pinyin", "pk")

    def fitting(self, words: str) -> QuerySet[Mandate]:
        """By name or pinyin."""
        return self.all_there_are().filter(person__in=Person.objects.named_like(words))

    def offers(self) -> list[Offer]:
        """Those of the station it came to, and those elected where it is."""
        case, station = self.thing.case, self.thing.station
        posted = set(station.postings.on(today()).values_list("mandate", flat=True)) if station else set()
        own = Mandate.objects.none()
        if case.region.level in (Level.TOWNSHIP, Level.VILLAGE, Level.GRID):  # a whole county names nobody
            near = Mandate.objects.standing_for(case.region, today())
            own = near.filter(congress__region__level__in=(Level.COUNTY, Level.TOWNSHIP))
        found = self.all_there_are().filter(Q(pk__in=posted) | Q(pk__in=own.values("pk")))[: self.LISTED]
        why = {True: _("属于%(station)s") % {"station": station.name if station else ""}, False: _("在这里选出")}
        return [
            (one.pk, _because(one.person.name, _("，").join([why[one.pk in posted], *_facts(one)]))) for one in found
        ]

    @property
    def told(self) -> str:
        """To whom it went; and what is still to be done where that deputy cannot sign in."""
        person = self.cleaned_data["mandate"].person
        told = {"number": self.thing.case.number, "name": person.name}
        if person.user_id is None:
            return _("%(number)s转给%(name)s代表了。没有登录，请打电话，或者打印给本人。") % told
        return _("%(number)s转给%(name)s代表了。") % told

    def verb(self, **facts: Any) -> None:
        """Hand to the deputy."""
        handling.hand_to_deputy(self.thing, **facts)


class UnitForm(FoundForm):
    """交单位 One leads, others help. Where one leads already, all that are chosen help.

    What was picked before other words were looked for is kept in `initial`, and stays among the choices.
    """

    title, act = gettext_lazy("交单位办"), gettext_lazy("交给它办")
    chosen: ClassVar[str] = "lead"
    finds: ClassVar[str | Promise] = gettext_lazy("单位名称里的字")
    lead = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("主办"), widget=forms.RadioSelect)
    others = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=gettext_lazy("协办"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        lead, helping = fields["lead"], fields["others"]
        listed = dict(lead.choices)
        self.picked = [pk for pk in (self.initial.get("lead"), *self.initial.get("others", ())) if pk]
        called = dict(Unit.objects.filter(pk__in=[*listed, *self.picked]).values_list("pk", "name"))
        lead.choices = [
            (pk, listed.get(pk, called[pk])) for pk in dict.fromkeys([*self.picked, *listed]) if pk in called
        ]
        helping.queryset = self.all_there_are()
        helping.choices = [(pk, called[pk]) for pk, _label in lead.choices]
        if self.thing.case.handovers.running().filter(role=Handover.Role.LEAD).exists():
            lead.label = _("再交一家，协办")

    def all_there_are(self) -> QuerySet[Unit]:
        """Units at work in and around the place, and those of no place."""
        here = Q(region__in=self.thing.case.region.path_ids) | Q(region__isnull=True)
        return Unit.objects.on(today()).filter(here).order_by("name", "pk")

    def fitting(self, words: str) -> QuerySet[Unit]:
        """By any part of the name."""
        return self.all_there_are().filter(Q(name__icontains=words) | Q(short_name__icontains=words))

    def offers(self) -> list[Offer]:
        """What software suggests, with its reasons."""
        rules = rules_of(self.thing)
        found = suggesting.units(self.thing, rules, suggesting.subject_of(self.thing, rules))
        return [(one.unit.pk, _because(one.unit.name, one.reason)) for one in found]

    @property
    def told(self) -> str:
        """To whom it went."""
        told = {"number": self.thing.case.number, "unit": self.cleaned_data["lead"].name}
        return _("%(number)s交给%(unit)s了。") % told

    def clean(self) -> dict[str, Any]:
        """Nobody leads and helps at once."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        told["others"] = [unit for unit in told.get("others") or () if unit != told.get("lead")]
        return told

    def verb(self, **facts: Any) -> None:
        """Hand to the units."""
        handling.hand_to_units(self.thing, **facts)


class PlaceForm(FoundForm):
    """填地方类别"""

    title, act = gettext_lazy("填地方和类别"), gettext_lazy("存下")
    chosen: ClassVar[str] = "region"
    WRITTEN: ClassVar[tuple[str, ...]] = ("spot", "subject", "title_")
    finds: ClassVar[str | Promise] = gettext_lazy("村、社区的名字或拼音")
    region = _Place(Region.objects.none(), label=gettext_lazy("在哪里"), widget=forms.RadioSelect)
    spot = forms.CharField(label=gettext_lazy("具体位置"), max_length=80, required=False)
    subject = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    title_ = forms.CharField(label=gettext_lazy("列表里的题目"), max_length=60)

    def __init__(self, thing: Any, *args: Any, written: Mapping[str, str], **kwargs: Any) -> None:
        now = {"region": thing.case.region_id, "spot": thing.spot, "subject": thing.subject, "title_": thing.title}
        super().__init__(thing, *args, initial=now | dict(written), **kwargs)
        subjects = rules_of(thing).subjects
        self.fields["subject"].choices = [("", "—"), *((code, one.called) for code, one in subjects.items())]
        if suggested := suggesting.subject_of(thing, rules_of(thing)):
            self.fields["subject"].help_text = _("建议：%(called)s，%(reason)s。") % {
                "called": suggested.called,
                "reason": suggested.reason,
            }

    def all_there_are(self) -> QuerySet[Region]:
        """Places of the county around the opinion, its own township first."""
        around = [region for region in self.thing.case.region.around() if region.level == Level.COUNTY]
        places = Region.objects.standing().within(around[0]) if around else Region.objects.standing()
        levels = (Level.TOWNSHIP, Level.VILLAGE, Level.GRID)
        return places.filter(level__in=levels).select_related("parent").order_by("path")

    def fitting(self, words: str) -> QuerySet[Region]:
        """By name, pinyin or initials."""
        return self.all_there_are().filter(pk__in=Region.objects.named_like(words).values("pk"))

    def offers(self) -> list[Offer]:
        """Where it is now."""
        now = self.thing.case.region
        return [(now.pk, _because(self.fields["region"].label_from_instance(now), _("现在写的")))]

    def verb(self, **facts: Any) -> None:
        """Place."""
        sorting.place(self.thing, title=facts.pop("title_"), **facts)

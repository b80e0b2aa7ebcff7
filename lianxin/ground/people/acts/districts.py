"""What happens to an electoral district: it is drawn over places, redrawn, and comes to its end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import Act, ActForm, AmendForm, DayInput
from lianxin.ground.core.ids import ids_in
from lianxin.ground.people.models import Body, District, DistrictPart, Mandate, Region
from lianxin.ground.people.models.region import Level

NAMED = 8  # so many names are told; of more, how many there are
COVERED = (Level.TOWNSHIP, Level.VILLAGE, Level.GRID)


@dataclass(frozen=True)
class Choice:
    """A place that may be chosen, what is said of it (the district that covers it now), and the grids in it."""

    region: Region
    is_chosen: bool
    note: str = ""
    grids: Sequence["Choice"] = ()

    @property
    def is_open(self) -> bool:
        """Whether a grid in it is chosen, so that its grids are shown at once."""
        return any(grid.is_chosen for grid in self.grids)


class PlacesForm(ActForm):
    """Which places a district covers, chosen township by township.

    Without scripts, the township is changed by a button that sends everything chosen so far and gets the form back
    (`unfinished`); nothing is done until the main button is pressed.
    """

    places = forms.ModelMultipleChoiceField(
        label=_("范围"),
        queryset=Region.objects.none(),
        error_messages={
            "required": _("请至少选一个地方。"),
            "invalid_choice": _("选的地方里有一个不在这里，或者已经撤销。请重新选。"),
            "invalid_pk_value": _("选的地方里有一个不在这里，或者已经撤销。请重新选。"),
        },
    )
    on = forms.DateField(label=_("从哪一天起"), widget=DayInput, initial=today)

    congress: Body

    def __init__(self, thing: Any, *args: Any, around: str = "", **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.asked_around = around or (self.data.get("around", "") if self.is_bound else "")
        self.fields["places"].queryset = self._inside().filter(level__in=COVERED)

    @classmethod
    def unfinished(cls, thing: Any, data: Any) -> "PlacesForm":
        """What was filled so far, not judged yet, with the township that was asked for open."""
        filled = {name: data.get(name, "") for name in cls.base_fields} | {"places": data.getlist("places")}
        return cls(thing, initial=filled, around=data.get("around", ""))

    def _inside(self) -> QuerySet[Region]:
        home = self.congress.region
        return Region.objects.within(home).standing() if home else Region.objects.none()

    @cached_property
    def chosen(self) -> list[Region]:
        """The places chosen so far."""
        ids = set(ids_in(self["places"].value() or ()))
        return list(self._inside().filter(pk__in=ids).select_related("parent__parent").order_by("code"))

    @cached_property
    def townships(self) -> list[Region]:
        """The townships to look into, where the congress has more than its own."""
        if not self.congress.region or self.congress.region.level == Level.TOWNSHIP:
            return []
        return list(self._inside().filter(level=Level.TOWNSHIP).order_by("code"))

    @cached_property
    def open(self) -> Region | None:
        """The township whose villages are shown: the one asked for, else that of the first place chosen, else the first."""
        if not self.townships:
            return self.congress.region
        asked = set(ids_in([self.asked_around])) or {id for region in self.chosen[:1] for id in region.path_ids}
        return next((region for region in self.townships if region.id in asked), self.townships[0])

    @cached_property
    def elsewhere(self) -> list[Choice]:
        """Places chosen outside the open township: shown ticked, with what they lie in, so that they stay chosen."""
        inside = self.open
        outside = (it for it in self.chosen if not (inside and inside.id in it.path_ids))
        return [Choice(it, True, it.parent.name if it.parent else "") for it in outside]

    @cached_property
    def here(self) -> list[Choice]:
        """The open township itself and its villages, each with its grids; three queries."""
        if not self.open:
            return []
        shown = list(Region.objects.within(self.open).standing().filter(level__in=COVERED).order_by("code"))
        chosen, covering = {region.id for region in self.chosen}, self._covering(shown)
        choices = [Choice(it, it.id in chosen, _over(it, covering)) for it in shown]
        grids: dict[UUID | None, list[Choice]] = {}
        for choice in choices:
            if choice.region.level == Level.GRID:
                grids.setdefault(choice.region.parent_id, []).append(choice)
        return [
            Choice(it.region, it.is_chosen, it.note, grids.get(it.region.id, ()))
            for it in choices
            if it.region.level != Level.GRID
        ]

    def _covering(self, shown: Iterable[Region]) -> Mapping[UUID, str]:
        """The names of the congress's running districts by the place that each covers."""
        running = DistrictPart.objects.filter(
            district__congress=self.congress, ends_on__isnull=True, district__ends_on__isnull=True
        )
        ids = {id for region in shown for id in region.path_ids}
        return dict(running.filter(region__in=ids).values_list("region_id", "district__name"))

    def rest(self) -> list[forms.BoundField]:
        """Every other field."""
        return [field for field in self.visible_fields() if field.name != "places"]


class DrawForm(PlacesForm):
    """划分 A new district of a congress."""

    title, act = _("划分选区"), _("划分")
    number = forms.CharField(label=_("编号"), max_length=12, help_text=_("例如：12。同一个人大里不能重复。"))
    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("例如：第十二选区。"))
    seats = forms.IntegerField(label=_("名额"), min_value=1, max_value=99, required=False)
    field_order = ("number", "name", "seats", "on", "places")

    @property
    def congress(self) -> Body:  # type: ignore[override]
        """The congress that is elected there."""
        body: Body = self.thing
        return body

    def __init__(self, thing: Body, *args: Any, **kwargs: Any) -> None:
        self.thing = thing
        super().__init__(thing, *args, **kwargs)

    def verb(self, **facts: Any) -> None:
        """Draw it."""
        self.made = District.draw(
            self.thing, facts.pop("number"), facts.pop("name"), list(facts.pop("places")), **facts
        )


def told_of_loss(district: District, regions: Sequence[Region] = ()) -> str:
    """What is lost if the district covers `regions` only, or nothing: places in no district, and who sits for them."""
    places = district.left_out(regions)
    if regions and not places:
        return ""
    sitting = Mandate.objects.filter(district=district, ends_on__isnull=True).order_by("person__pinyin", "id")
    told = ""
    if places:
        names = [place.called for place in places]
        told += gettext("这样以后，%(places)s不在%(congress)s的任何选区里。") % {
            "places": _listed(names),
            "congress": district.congress.name,
        }
    if people := list(sitting.values_list("person__name", flat=True)):
        told += gettext("在这里选出、还在任的有%(people)s，代表资格不变。") % {"people": _listed(people)}
    return told


def _listed(names: Sequence[str]) -> str:
    listed = gettext("、").join(names[:NAMED])
    if len(names) <= NAMED:
        return listed
    return gettext("%(names)s等（共%(count)s）") % {"names": listed, "count": len(names)}


class SureOfLoss(forms.BooleanField):
    """Somebody has read what is lost, and wants it all the same."""

    def __init__(self, **kwargs: Any) -> None:
        told = {"required": _("请先看上面说的，再打勾。")}
        super().__init__(label=_("上面说的我看过了，照样登记"), error_messages=told, **kwargs)


class RedrawForm(PlacesForm):
    """改范围 Other places from a day on."""

    title, act = _("改选区范围"), _("改范围")
    is_sure = SureOfLoss(required=False)
    field_order = ("on", "is_sure", "places")
    lost = ""

    @property
    def congress(self) -> Body:  # type: ignore[override]
        """The district's congress."""
        body: Body = self.thing.congress
        return body

    def __init__(self, thing: District, *args: Any, **kwargs: Any) -> None:
        self.thing = thing
        if "initial" not in kwargs:
            running = thing.parts.filter(ends_on__isnull=True)
            kwargs["initial"] = {"places": list(running.values_list("region_id", flat=True))}
        super().__init__(thing, *args, **kwargs)

    @property
    def warning(self) -> str:  # type: ignore[override]
        """What it does, and what would be lost by what was chosen."""
        return gettext("从那一天起，选区只含下面打勾的地方；以前的范围留在记录里。") + self.lost

    @property
    def told(self) -> str:
        """That it is done, and what was lost by it."""
        return super().told + self.lost

    def rest(self) -> list[forms.BoundField]:
        """The box is shown where something would be lost."""
        return [field for field in super().rest() if self.lost or field.name != "is_sure"]

    def clean(self) -> dict[str, Any]:
        """Nothing is lost before somebody has read of it."""
        said = super().clean() or {}
        if places := list(said.get("places") or ()):
            self.lost = told_of_loss(self.thing, places)
        if self.lost and not said.get("is_sure"):
            self.add_error("is_sure", self.fields["is_sure"].error_messages["required"])
        return said

    def verb(self, **facts: Any) -> None:
        """Redraw."""
        del facts["is_sure"]
        self.thing.redraw(list(facts.pop("places")), **facts)


class CloseForm(ActForm):
    """到期 The district is no more."""

    title, act = _("选区到期"), _("登记到期")
    on = forms.DateField(label=_("最后一天"), widget=DayInput, initial=today)
    is_sure = SureOfLoss()

    def __init__(self, thing: District, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.lost = told_of_loss(thing)
        if not self.lost:
            del self.fields["is_sure"]

    @property
    def warning(self) -> str:  # type: ignore[override]
        """What it does, and what is lost by it."""
        return gettext("到期以后，编号可以给新的选区用。不能撤回。") + self.lost

    @property
    def told(self) -> str:
        """That it is done, and what was lost by it."""
        return super().told + self.lost

    def verb(self, **facts: Any) -> None:
        """Close."""
        facts.pop("is_sure", None)
        self.thing.close(**facts)


class DistrictForm(AmendForm[District]):
    """改动 Number, name and seats."""

    title = _("改动选区资料")

    class Meta:
        model = District
        fields: ClassVar[tuple[str, ...]] = ("number", "name", "seats")

    seats = forms.IntegerField(label=_("名额"), min_value=1, max_value=99, required=False)


def forms_for(district: District) -> Mapping[str, type[Act]]:
    """What can happen to a district now, by the word in the address."""
    return {} if district.ends_on else {"amend": DistrictForm, "redraw": RedrawForm, "close": CloseForm}


def _over(region: Region, covering: Mapping[UUID, str]) -> str:
    """The district that covers the place itself or one around it."""
    return next((covering[id] for id in reversed(region.path_ids) if id in covering), "")

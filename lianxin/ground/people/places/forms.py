"""Forms with which the office records what happened to a place. Each does its own verb."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm, DayInput
from lianxin.ground.people.models.region import CODE_DIGITS, Level, Region


class PlaceChoice(forms.ModelChoiceField):
    """One place; villages of a county share names, so each is named with what it lies in."""

    def label_from_instance(self, obj: Any) -> str:
        """Its name after that of the place around it."""
        return f"{obj.parent.name}　{obj.name}" if obj.parent else obj.name


class ChangeForm(ActForm):
    """A change of one place, with its day and the paper that ordered it."""

    on = forms.DateField(label=_("从哪一天起"), widget=DayInput, help_text=_("批文写明的生效日期。"))
    paper = forms.CharField(
        label=_("批文"), required=False, max_length=120, help_text=_("例如：民函〔2026〕3号。会写进变更记录。")
    )

    def __init__(self, region: Region, *args: Any, **kwargs: Any) -> None:
        super().__init__(region, *args, **kwargs)
        self.region = region
        self.fields["on"].initial = today
        self.order_fields([name for name in self.fields if name not in ("on", "paper")] + ["on", "paper"])

    def targets(self) -> Iterable[Region]:
        """Other places that the change touches; whoever makes it needs the right there too."""
        return [place for place in self.cleaned_data.values() if isinstance(place, Region)]


class RenameForm(ChangeForm):
    """更名 Another name."""

    title, act = _("更名"), _("登记更名")
    name = forms.CharField(label=_("新名称"), max_length=60)

    def verb(self, **facts: Any) -> None:
        """Rename."""
        self.thing.rename(**facts)


class RecodeForm(ChangeForm):
    """换代码 Another official code."""

    title, act = _("换代码"), _("登记新代码")
    code = forms.CharField(label=_("新区划代码"), max_length=16, widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def __init__(self, thing: Region, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.fields["code"].help_text = _("%(digits)s位数字，现在是%(code)s。") % {
            "digits": CODE_DIGITS[Level(thing.level)],
            "code": thing.code,
        }

    def verb(self, **facts: Any) -> None:
        """Recode."""
        self.thing.recode(**facts)


class MoveForm(ChangeForm):
    """改属 Another place around it."""

    title, act = _("改属"), _("登记改属")
    warning = _("里面的一切跟着走。选区跟着地方走；会和别的选区重叠时，不让登记，先改选区范围。")
    to = PlaceChoice(label=_("改属哪里"), queryset=Region.objects.none(), empty_label=_("请选一个"))

    def __init__(self, thing: Region, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        around = list(Level)[max(Level(thing.level).rank - 1, 0)]
        _choose(self, "to", near(thing, around).exclude(pk=thing.path_ids[-2]))

    def verb(self, **facts: Any) -> None:
        """Move."""
        self.thing.move(**facts)


class MergeForm(ChangeForm):
    """并入 Part of another place."""

    title, act = _("并入别处"), _("登记并入")
    warning = _("并入以后，这个地方到前一天为止，里面的一切归接收它的地方。不能撤回。")
    other = PlaceChoice(label=_("并入哪里"), queryset=Region.objects.none(), empty_label=_("请选一个"))

    def __init__(self, thing: Region, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        _choose(self, "other", near(thing, Level(thing.level)).exclude(pk=thing.pk))

    def verb(self, **facts: Any) -> None:
        """Merge."""
        self.thing.merge_into(**facts)


class CloseForm(ChangeForm):
    """撤销 No more."""

    title, act = _("撤销"), _("登记撤销")
    warning = _("撤销以后，这个地方到前一天为止，里面的网格也到此为止。不能撤回。")

    def verb(self, **facts: Any) -> None:
        """Close."""
        self.thing.close(**facts)


class GridForm(ChangeForm):
    """网格 A new grid in a village."""

    title, act = _("加网格"), _("加网格")
    name = forms.CharField(label=_("网格名称"), max_length=60)

    def __init__(self, thing: Region, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        del self.fields["paper"]

    def verb(self, **facts: Any) -> None:
        """Add a grid."""
        self.thing.add_grid(**facts)


FORMS: dict[str, type[ChangeForm]] = {
    "rename": RenameForm,
    "move": MoveForm,
    "merge": MergeForm,
    "recode": RecodeForm,
    "close": CloseForm,
    "grid": GridForm,
}


def forms_for(region: Region) -> dict[str, type[ChangeForm]]:
    """The changes that a place of this level can go through, by the word in their address."""
    unfit = set() if region.level == Level.VILLAGE else {"grid"}
    if region.level == Level.PROVINCE:
        unfit |= {"move", "merge"}
    return {} if region.ends_on else {kind: form for kind, form in FORMS.items() if kind not in unfit}


def _choose(form: ChangeForm, name: str, places: QuerySet[Region]) -> None:
    cast(PlaceChoice, form.fields[name]).queryset = places


def near(region: Region, level: Level) -> QuerySet[Region]:
    """Places of a level that lie, with this one, in the place two steps up: the county of a village, the city of a township."""
    ids = region.path_ids
    around = Region.objects.get(pk=ids[max(len(ids) - 3, 0)])
    places = Region.objects.within(around).standing().filter(level=level).select_related("parent")
    return places.order_by("parent__code", "code")

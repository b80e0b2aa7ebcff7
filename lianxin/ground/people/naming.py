"""What people, places and bodies are called: in the record, and where a role is given over one of them."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from lianxin.ground.access.scopes import Levels
from lianxin.ground.people.models import Body, District, Mandate, Person, Region, Unit
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level


def regions(ids: set[UUID]) -> Mapping[UUID, str]:
    """Places by their names of today."""
    return {region.pk: region.called for region in Region.objects.filter(pk__in=ids).only("name", "pinyin")}


def districts(ids: set[UUID]) -> Mapping[UUID, str]:
    """Electoral districts by their names."""
    return dict(District.objects.filter(pk__in=ids).values_list("pk", "name"))


def people(ids: set[UUID]) -> Mapping[UUID, str]:
    """Persons by their names."""
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))


def mandates(ids: set[UUID]) -> Mapping[UUID, str]:
    """Mandates by the names of those who hold them."""
    return dict(Mandate.objects.filter(pk__in=ids).values_list("pk", "person__name"))


def bodies(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Bodies by their names."""
    return dict(Body.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def units(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Handling units by their names."""
    return dict(Unit.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def columns(codes: Iterable[str], *models: type[Model]) -> dict[str, str]:
    """Columns that were changed together, such as phone+post, as the models call them; without models those of people."""
    fields = {field.name: field for model in models or (Mandate, Person) for field in model._meta.fields}
    return {
        code: _("、").join(str(fields[name].verbose_name) for name in code.split("+") if name in fields)
        for code in codes
    }


def district_columns(codes: Iterable[str]) -> dict[str, str]:
    """Columns of districts."""
    return columns(codes, District)


def unit_columns(codes: Iterable[str]) -> dict[str, str]:
    """Columns of handling units."""
    return columns(codes, Unit)


def body_choices(words: str, limit: int, levels: Collection[str]) -> list[tuple[UUID, str]]:
    """Running bodies of these levels whose name holds the words."""
    found = Body.objects.filter(ends_on__isnull=True, level__in=levels, name__contains=words).order_by("kind", "name")
    return list(found.values_list("pk", "name")[:limit])


def unit_choices(words: str, limit: int) -> list[tuple[UUID, str]]:
    """Running units whose name holds the words."""
    found = Unit.objects.filter(ends_on__isnull=True, name__contains=words).order_by("name")
    return list(found.values_list("pk", "name")[:limit])


def place_choices(words: str, limit: int, levels: Collection[str]) -> list[tuple[UUID, str]]:
    """Places of these levels, each after the place it lies in."""
    found = Region.objects.filter(ends_on__isnull=True, level__in=levels).select_related("parent").order_by("path")
    if words:
        found = found.filter(Q(name__contains=words) | Q(pinyin__begins=words.lower()))
    return [(region.pk, _with_parent(region)) for region in found[:limit]]


def place_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Places, each after the place it lies in."""
    return {
        region.pk: _with_parent(region) for region in Region.objects.filter(pk__in=list(ids)).select_related("parent")
    }


def body_levels(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Of which level bodies are."""
    return dict(Body.objects.filter(pk__in=list(ids)).values_list("pk", "level"))


def place_levels(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Of which level places are."""
    return dict(Region.objects.filter(pk__in=list(ids)).values_list("pk", "level"))


BODY_LEVELS = Levels(CongressLevel, body_levels)
PLACE_LEVELS = Levels(Level, place_levels)


def _with_parent(region: Region) -> str:
    if region.parent is None:
        return region.called
    return _("%(around)s%(place)s") % {"around": region.parent.called, "place": region.called}

"""What stations are called: in the record, and where a role is given over one of them."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.affairs.stations.models import Shift, Station
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.core.clock import today
from lianxin.ground.rulebook import in_force


def stations(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Stations by their names."""
    return dict(Station.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def shifts(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Shifts by their stations and days."""
    found = Shift.objects.filter(pk__in=list(ids)).values_list("pk", "station__name", "held_on")
    return {pk: _("%(station)s%(day)s的接待") % {"station": name, "day": date_format(day)} for pk, name, day in found}


def columns(codes: Iterable[str]) -> dict[str, str]:
    """Columns of stations that were changed together, such as address+phone."""
    fields = {field.name: str(field.verbose_name) for field in Station._meta.fields}
    return {code: _("、").join(fields[name] for name in code.split("+") if name in fields) for code in codes}


def fittings(codes: Iterable[str]) -> dict[str, str]:
    """Fittings, written as kind of station and key, as the rules in force call them."""
    rules = in_force(today()).section(StationRules)
    known = {f"{code}:{line.key}": line.called for code, kind in rules.kinds.items() for line in kind.fittings}
    return {code: known[code] for code in codes if code in known}


def station_choices(words: str, limit: int) -> list[tuple[UUID, str]]:
    """Running stations whose name holds the words."""
    found = Station.objects.filter(ends_on__isnull=True, name__contains=words).order_by("name")
    return list(found.values_list("pk", "name")[:limit])


def receptions(shifts: Iterable[Shift]) -> dict[UUID, str]:
    """What the reception of each shift is called here, by the rules of its day. Read the stations beforehand."""
    return {shift.pk: _called(shift) for shift in shifts}


def _called(shift: Shift) -> str:
    preset = in_force(shift.held_on, shift.station.body_id)
    rule = preset.section(StationRules).receptions.get(shift.reception)
    return rule.called if rule and rule.name else preset.word("reception_day")

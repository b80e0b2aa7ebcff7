"""The rows of long lists: flat, in words and addresses, so that fifty cost a page little more than one."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.core.addresses import addresses
from lianxin.ground.people.models import Body, DistrictPart, Mandate

DEPUTY = ("id", "name", "pinyin", "employer", "post")  # what is read of a person
DISTRICT = ("id", "name", "number", "seats", "congress__name", "place_in_order")  # and of a district


class DeputyRow(NamedTuple):
    """A deputy: `face` is the first sign of the name, `work` employer and post, `seats` congress and district of each mandate."""

    href: str
    name: str
    face: str
    work: str
    seats: str


class DistrictRow(NamedTuple):
    """A district: `about` says its congress, number, places and seats."""

    href: str
    name: str
    about: str


class CongressRow(NamedTuple):
    """A congress: `seats` says how many deputies of it the platform knows, `parts` are address and name of what it formed."""

    href: str
    name: str
    seats: str
    parts: list[tuple[str, str]]


def deputy_rows(people: Sequence[Any], day: date) -> Iterator[DeputyRow]:
    """People, as DEPUTY names their columns, with the seats they hold on a day; one query."""
    held = Mandate.objects.on(day).filter(person__in=[person.id for person in people]).order_by("level", "id")
    seats: dict[UUID, list[str]] = {}
    for person, congress, district in held.values_list("person", "congress__name", "district__name"):
        seats.setdefault(person, []).append(f"{congress} {district}" if district else congress)
    address, between = addresses("people:person"), _("；")
    for person in people:
        work, said = f"{person.employer} {person.post}", between.join(seats.get(person.id, ()))
        yield DeputyRow(address(person.id), person.name, person.name[:1], work, said)


def district_rows(districts: Sequence[Any]) -> Iterator[DistrictRow]:
    """Districts, as DISTRICT names their columns, with how many places each covers today; one query."""
    parts = DistrictPart.objects.filter(district__in=[row.id for row in districts], ends_on__isnull=True).order_by()
    places, address = dict(parts.values_list("district").annotate(Count("pk"))), addresses("people:district")
    for row in districts:
        said = (row.congress__name, _("编号%(number)s") % {"number": row.number}, _places(places.get(row.id, 0)))
        yield DistrictRow(address(row.id), row.name, " ".join(said) + _seats(row.seats))


def congress_rows(running: QuerySet[Body]) -> Iterator[tuple[str, CongressRow]]:
    """The congresses among these bodies, each after its level, in the order of their places; three queries."""
    address = addresses("people:body")
    formed: dict[UUID | None, list[tuple[str, str]]] = {}
    parts = running.exclude(kind="congress").order_by("position", "kind", "name")
    for id, name, parent in parts.values_list("id", "name", "parent"):
        formed.setdefault(parent, []).append((address(id), name))
    held = Mandate.objects.filter(ends_on__isnull=True).order_by().values_list("congress")
    known = dict(held.annotate(Count("pk")))
    congresses = running.filter(kind="congress").order_by("region__code", "name")
    for id, name, level in congresses.values_list("id", "name", "level"):
        yield level, CongressRow(address(id), name, _known(known.get(id, 0)), formed.get(id, []))


def _places(count: int) -> str:
    return ngettext("%(places)s个地方", "%(places)s个地方", count) % {"places": count}


def _seats(count: int | None) -> str:
    return ngettext("，%(seats)s个名额", "，%(seats)s个名额", count) % {"seats": count} if count else ""


def _known(total: int) -> str:
    words = ngettext("平台里有%(total)s位代表", "平台里有%(total)s位代表", total)
    return words % {"total": total} if total else ""

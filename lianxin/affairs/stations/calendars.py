"""Receptions for calendars that people subscribe to (RFC 5545): whose turn it is and where; never a word of a resident.

An event keeps its UID for ever. Moved, it has a later SEQUENCE and the new day; cancelled, it stays, and says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Component, Event, Timezone, TimezoneStandard

from lianxin.affairs.stations.models import Duty, Shift
from lianxin.affairs.stations.models.duty import DutyQuerySet
from lianxin.affairs.stations.models.shift import ShiftQuerySet
from lianxin.affairs.stations.naming import receptions

BEFORE = timedelta(days=62)  # what is longer ago a calendar has read long since
AGAIN = timedelta(hours=1)  # how often a calendar is asked to read anew


@dataclass(frozen=True)
class Entry:
    """A shift in a feed. `is_off`: it is not held, or not by the one whose feed it is; `people` sit there, as far as public."""

    shift: Shift
    is_off: bool
    people: Sequence[str] = ()


def recent(shifts: ShiftQuerySet, day: date) -> ShiftQuerySet:
    """What a feed holds: from two months back to the last on the rota, with the stations."""
    return shifts.filter(held_on__gte=day - BEFORE).with_station().order_by("held_on", "pk")


def entries(shifts: Iterable[Shift]) -> list[Entry]:
    """Shifts for everybody; names only of those that were made public. One query."""
    rows = list(shifts)
    seated: dict[object, list[str]] = {}
    public = [shift.pk for shift in rows if shift.state in (Shift.State.NOTICED, Shift.State.HELD)]
    duties = Duty.objects.announced().filter(shift__in=public).order_by("mandate__person__pinyin", "pk")
    for shift, name in duties.values_list("shift", "mandate__person__name"):
        seated.setdefault(shift, []).append(name)
    return [Entry(shift, shift.state == Shift.State.CANCELLED, seated.get(shift.pk, ())) for shift in rows]


def own_entries(duties: DutyQuerySet) -> list[Entry]:
    """A deputy's turns, those too that somebody else took: in a calendar that has read them they are crossed out."""
    off = (Duty.State.SWAPPED, Duty.State.EXCUSED)
    return [Entry(one.shift, one.state in off or one.shift.state == Shift.State.CANCELLED) for one in duties]


def etag_of(found: Iterable[Entry], address: str) -> str:
    """By which a reader knows that nothing has changed: what stands in the feed, before it is written."""
    mark = sha256(f"{address} {get_language()}".encode())
    for entry in found:
        shift = entry.shift
        place = (shift.station.name, shift.station.address)
        told = (shift.pk, shift.edition, shift.state, shift.held_on, entry.is_off, entry.people, place)
        mark.update(repr(told).encode())
    return f'"{mark.hexdigest()[:32]}"'


def write(found: Sequence[Entry], name: str, address: str) -> bytes:
    """The feed as bytes: lines of at most 75 octets, folded between characters, with the zone that its times are in."""
    zone = timezone.get_default_timezone_name()
    calendar = Calendar()
    for field, value in (
        ("prodid", "-//Lianxin//receptions//ZH"),
        ("version", "2.0"),
        ("method", "PUBLISH"),
        ("calscale", "GREGORIAN"),
        ("name", name),
        ("x-wr-calname", name),
        ("x-wr-timezone", zone),
        ("x-published-ttl", "PT1H"),
    ):
        calendar.add(field, value)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add_component(_zone(zone))
    names = receptions([entry.shift for entry in found])
    for entry in found:
        calendar.add_component(_event(entry, names[entry.shift.pk], address, ZoneInfo(zone)))
    return calendar.to_ical()


def _event(entry: Entry, name: str, address: str, zone: ZoneInfo) -> Component:
    shift, event = entry.shift, Event()
    event.add("uid", f"shift-{shift.pk}@lianxin")
    event.add("dtstamp", shift.changed_at)
    event.add("last-modified", shift.changed_at)
    event.add("sequence", shift.edition)
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("summary", _("%(reception)s · %(station)s") % {"reception": name, "station": shift.station.name})
    if shift.begins_at and shift.ends_at:
        event.add("dtstart", datetime.combine(shift.held_on, shift.begins_at, zone))
        event.add("dtend", datetime.combine(shift.held_on, shift.ends_at, zone))
    else:
        event.add("dtstart", shift.held_on)
        event.add("dtend", shift.held_on + timedelta(days=1))
    if shift.station.address:
        event.add("location", shift.station.address)
    if entry.people:
        event.add("description", _("值班代表：%(names)s") % {"names": _("、").join(entry.people)})
    event.add("url", address + shift.station.get_absolute_url())
    return event


def _zone(name: str) -> Component:
    """The zone: it has known no summer time since 1991, and nothing here is older."""
    at = datetime(2000, 1, 1, tzinfo=ZoneInfo(name))
    offset = at.utcoffset()
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", name)
    standard.add("dtstart", datetime(1991, 9, 15))  # noqa: DTZ001 - local time, as the format asks
    standard.add("tzoffsetfrom", offset)
    standard.add("tzoffsetto", offset)
    standard.add("tzname", at.tzname())
    zone.add_component(standard)
    return zone

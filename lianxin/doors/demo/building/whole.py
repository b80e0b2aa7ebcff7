"""All steps in the order of their days, each told as it begins."""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

from django.db import transaction
from django.utils.translation import gettext as _

from lianxin.affairs.contact.rules import ContactRules
from lianxin.affairs.stations.rules import StationRules
from lianxin.doors.demo.building import (
    bulletin,
    calls,
    contact,
    news,
    opinions,
    papers,
    people,
    receptions,
    sign_ins,
    stations,
    units,
)
from lianxin.doors.demo.building.ground import congresses
from lianxin.doors.demo.building.sessions import ELECTED_ON, Meeting, meetings
from lianxin.doors.demo.rules import DemoRules
from lianxin.ground.core.clock import start_of, today, travel
from lianxin.ground.people.founding import found_platform
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Region
from lianxin.ground.rulebook import in_force

FOUNDED_ON = ELECTED_ON[CongressLevel.TOWNSHIP]
FORMED_ON = ELECTED_ON[CongressLevel.COUNTY]
OPENED_ON = date(2022, 3, 1)


def build(preset: str, tell: Callable[[str], object]) -> None:
    """Fill an empty platform, whole or not at all. The same preset makes the same people."""
    with transaction.atomic():
        with travel(start_of(FOUNDED_ON)):
            tell(_("规则、地方和机构……"))
            home = found_platform(preset, at=start_of(FOUNDED_ON), is_demo=True)
        tell(_("代表（虚构）、家站点户、会议……"))
        for on, step in sorted(history(preset, home), key=lambda dated: dated[0]):
            with travel(start_of(on)):
                step(on)
        tell(_("演示登录……"))
        sign_ins.make(home)
        receptions.hold(home)
        tell(_("群众意见（虚构）……"))
        opinions.tell_all(home)
        opinions.complain(home)
        papers.issue()
        tell(_("消息（虚构）……"))
        news.tell(home)
        calls.ask()
        tell(_("民情简报（虚构）……"))
        bulletin.bring_out(home)


def history(preset: str, home: Region) -> Iterator[tuple[date, Callable[[date], object]]]:
    """What happened, each with its day."""
    rules = in_force(max(OPENED_ON, _rules_begin()))
    demo, random, cast = rules.section(DemoRules), Random(preset), people.Cast(preset)
    for level, elected_on in ELECTED_ON.items():
        yield elected_on, lambda on, level=level: people.elect(level, demo, cast, on=on, at=start_of(on))  # type: ignore[misc]
    yield FORMED_ON, lambda on: people.fill_bodies(on=on, at=start_of(on))
    yield FORMED_ON, lambda on: units.establish(home, on=on, at=start_of(on))
    kinds = rules.section(StationRules)
    yield OPENED_ON, lambda on: stations.open_stations(home, kinds, demo, random, on=on, at=start_of(on))
    ties = rules.section(ContactRules)
    yield tied_on(), lambda on: contact.keep(preset, home, ties, demo, on=on, at=start_of(on))
    for meeting in meetings(today()):
        yield meeting.starts_on, lambda _on, meeting=meeting: hold(meeting)  # type: ignore[misc]


def hold(meeting: Meeting) -> None:
    """Every congress of the level meets."""
    at = start_of(meeting.starts_on)
    for congress in congresses(meeting.level):
        congress.hold_session(meeting.number, starts_on=meeting.starts_on, ends_on=meeting.ends_on, by=None, at=at)


def tied_on() -> date:
    """The day on which deputies are tied to households, districts and one another: under the rules that say so."""
    return max(contact.TIED_ON, _rules_begin())


def _rules_begin() -> date:
    from lianxin.ground.rulebook.models import RulebookVersion

    return RulebookVersion.objects.earliest("in_force_from").in_force_from

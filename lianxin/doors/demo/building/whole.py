"""All steps in order, each told as it begins."""

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import transaction
from django.utils.translation import gettext as _

from lianxin.affairs.stations.rules import StationRules
from lianxin.doors.demo.building import people, sign_ins, stations, units
from lianxin.doors.demo.rules import DemoRules
from lianxin.ground.core.clock import start_of, travel
from lianxin.ground.people.founding import found_platform, open_terms
from lianxin.ground.people.models import Body
from lianxin.ground.rulebook import in_force

ELECTED_ON = date(2021, 12, 20)
OPENED_ON = date(2022, 3, 1)


def build(preset: str, tell: Callable[[str], object]) -> None:
    """Fill an empty platform, whole or not at all. The same preset makes the same people."""
    random, cast = Random(preset), people.Cast(preset)
    with transaction.atomic():
        with travel(start_of(ELECTED_ON)):
            at = start_of(ELECTED_ON)
            tell(_("规则、地方和机构……"))
            home = found_platform(preset, at=at, is_demo=True)
            rules = in_force(max(ELECTED_ON, _rules_begin()))
            demo = rules.section(DemoRules)
            open_terms(Body.objects.congresses(), demo.term, on=ELECTED_ON)
            tell(_("代表（虚构）……"))
            people.elect(home, demo, cast, on=ELECTED_ON, at=at)
            people.fill_bodies(on=ELECTED_ON, at=at)
            units.establish(home, on=ELECTED_ON, at=at)
        with travel(start_of(OPENED_ON)):
            tell(_("家、站、点、户……"))
            stations.open_stations(
                home, rules.section(StationRules), demo, random, on=OPENED_ON, at=start_of(OPENED_ON)
            )
        tell(_("演示登录……"))
        sign_ins.make(home)


def _rules_begin() -> date:
    from lianxin.ground.rulebook.models import RulebookVersion

    return RulebookVersion.objects.earliest("in_force_from").in_force_from

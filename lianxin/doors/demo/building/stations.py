"""Made-up homes, stations, points and households, with the deputies who belong to them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import cycle, islice
from random import Random

from lianxin.affairs.stations.models import Fitting, Station
from lianxin.affairs.stations.rules import Form, StationKind, StationRules
from lianxin.doors.demo.rules import DemoRules
from lianxin.ground.core.events import Place
from lianxin.ground.people.models import Body, Mandate, Region
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook.blocks import ToBeFilled

WAYS_IN = (
    "便民服务中心一楼",
    "村委会东侧，门前有坡道",
    "集市北口，公交站旁",
    "文化活动室二楼，有扶手",
    "党群服务中心大厅",
)


def open_stations(
    home: Region, rules: StationRules, demo: DemoRules, random: Random, *, on: date, at: datetime
) -> None:
    """So many stations of each kind as the preset's demonstration says, spread over the places they belong to."""
    places = _Places(home, demo)
    for kind in (*demo.stations_at, *demo.stations):
        rule = rules.kinds[kind]
        for region in places.of(kind, rule):
            station = _open(kind, rule, region, places, random, on, at)
            _post(station, rule, region, places, random, on, at)
            for fitting in rule.fittings:
                if not isinstance(fitting.name, ToBeFilled) and random.random() < 0.9:
                    state = Fitting.State.THERE if random.random() < 0.85 else Fitting.State.LACKING
                    station.judge_fitting(fitting.key, state, on=on, by=None, at=at)


class _Places:
    """The places of the home and who stands for them, read once."""

    def __init__(self, home: Region, demo: DemoRules):
        self.demo = demo
        self.counties = list(Region.objects.within(home).filter(level=Level.COUNTY).order_by("code"))
        self.townships = list(Region.objects.within(home).filter(level=Level.TOWNSHIP).order_by("code"))
        self.villages = list(Region.objects.within(home).filter(level=Level.VILLAGE).order_by("code"))
        self.names = {region.id: region.name for region in (*self.counties, *self.townships, *self.villages)}
        self.codes = {region.id: region.code for region in (*self.counties, *self.townships, *self.villages)}
        self.bodies = {body.region_id: body for body in Body.objects.congresses().select_related("region")}

    def of(self, kind: str, rule: StationKind) -> Iterator[Region]:
        """Where stations of a kind stand: in the places named for it, else so many of its level, apart."""
        level = Level.TOWNSHIP if isinstance(rule.level, ToBeFilled) else rule.level
        pool = {Level.COUNTY: self.counties, Level.TOWNSHIP: self.townships}.get(level, self.villages)
        if kind in self.demo.stations_at:
            return iter([region for region in pool if region.code in self.demo.stations_at[kind]])
        named = {code for codes in self.demo.stations_at.values() for code in codes}
        pool, count = [region for region in pool if region.code not in named], self.demo.stations[kind]
        step = max(1, len(pool) // count)
        return islice(cycle(pool[::step]), count)

    def body_over(self, region: Region) -> Body:
        """The congress that runs a station at a place: the township's, or the county's where it has none."""
        return next(self.bodies[id] for id in reversed(region.path_ids) if id in self.bodies)

    def place(self, region: Region) -> Place:
        """The codes of a place, without asking again."""
        codes = {len(self.codes[id]): self.codes[id] for id in region.path_ids if id in self.codes}
        return Place(codes.get(6, ""), codes.get(9, ""), codes.get(12, ""))


def _open(
    kind: str, rule: StationKind, region: Region, places: _Places, random: Random, on: date, at: datetime
) -> Station:
    number = Station.objects.filter(region=region, kind=kind).count()
    suffix = f"（{number + 1}）" if number else ""
    return Station.open(
        by=None,
        at=at,
        place=places.place(region),
        kind=kind,
        name=f"{region.name}{rule.name}{suffix}",
        region=region,
        body=places.body_over(region),
        address=f"{region.name}{random.choice(('中心路', '桥头路', '文化路', '园林路'))}{random.randint(1, 98)}号",
        way_in=random.choice(WAYS_IN),
        phone=f"000-555{random.randint(0, 9999):04d}" if rule.form != Form.HOUSEHOLD else "",
        is_step_free=random.random() < 0.7,
        starts_on=on,
    )


def _post(
    station: Station, rule: StationKind, region: Region, places: _Places, random: Random, on: date, at: datetime
) -> None:
    near: Sequence[Mandate] = list(
        Mandate.objects.standing_for(region, on)
        .filter(level__in=(CongressLevel.TOWNSHIP, CongressLevel.COUNTY))
        .select_related("person")
        .order_by("card_number")[:40]
    )
    if not near and region.level == Level.TOWNSHIP:
        near = list(
            Mandate.objects.filter(district__parts__region__parent=region).select_related("person").distinct()[:40]
        )
    wanted = 1 if rule.form == Form.HOUSEHOLD else 6
    for mandate in random.sample(near, min(wanted, len(near))):
        station.post(mandate, on=on, by=None, at=at, place=places.place(region))

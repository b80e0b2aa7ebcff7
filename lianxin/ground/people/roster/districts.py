"""Electoral districts of a roster beside those of the platform."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.ground.core.clock import today
from lianxin.ground.people.models import District, DistrictPart, Region
from lianxin.ground.people.roster.lines import DistrictLine
from lianxin.ground.people.roster.plan import Changed, NewPart, Plan

Districts = dict[tuple[UUID, str], District]


@dataclass
class _Covered:
    """Which district of one congress covers a place, and which lie inside one."""

    at: dict[UUID, District] = field(default_factory=dict)
    inside: defaultdict[UUID, set[District]] = field(default_factory=lambda: defaultdict(set))

    def add(self, region: Region, district: District) -> None:
        """The district covers the place."""
        self.at[region.id] = district
        for id in region.path_ids:
            self.inside[id].add(district)

    def over(self, region: Region) -> set[District]:
        """The districts that the place lies in, or that lie in it."""
        return {self.at[id] for id in region.path_ids if id in self.at} | self.inside.get(region.id, set())


def compare_districts(plan: Plan, lines: Iterable[DistrictLine]) -> Districts:
    """Put into the plan what is new and what is called otherwise; gives every district that runs or begins.

    A congress's first districts hold from ever, as the roster does not tell since when; later ones from today.
    """
    known: Districts = {(it.congress_id, it.number): it for it in District.objects.filter(ends_on__isnull=True)}
    earlier = set(District.objects.values_list("congress_id", flat=True).distinct())
    covered = _covered({district.id: district for district in known.values()})
    first: dict[tuple[UUID, str], DistrictLine] = {}
    for line in lines:
        key = (line.congress.id, line.number)
        if key not in known:
            starts_on = today() if line.congress.id in earlier else None
            known[key] = District(congress=line.congress, number=line.number, starts_on=starts_on, **line.facts)
            plan.districts.append(known[key])
        if key not in first:
            _compare(plan, known[key], line)
        elif not _agrees(plan, line, first[key]):
            continue
        first.setdefault(key, line)
        _cover(plan, covered[line.congress.id], known[key], line)
    return known


def _covered(known: dict[UUID, District]) -> defaultdict[UUID, _Covered]:
    covered: defaultdict[UUID, _Covered] = defaultdict(_Covered)
    running = DistrictPart.objects.filter(ends_on__isnull=True, district__ends_on__isnull=True)
    for part in running.select_related("region"):
        district = known[part.district_id]
        covered[district.congress_id].add(part.region, district)
    return covered


def _compare(plan: Plan, district: District, line: DistrictLine) -> None:
    values = {key: (before, new) for key, new in line.facts.items() if (before := getattr(district, key)) != new}
    if values:
        plan.changed.append(Changed(district, line.congress, district.name, values, line.row))


def _agrees(plan: Plan, line: DistrictLine, first: DistrictLine) -> bool:
    """Whether two lines of one district say the same of it."""
    before = plan.problems.count
    for key, value in line.facts.items():
        if first.facts.get(key, value) != value:
            expected = _("“%(said)s”：第%(row)s行是同一个选区，那里这样填") % {
                "said": first.row.shown(key),
                "row": first.row.number,
            }
            plan.problems.add(line.row.problem(key, expected, nearest=first.row.shown(key)))
    return plan.problems.count == before


def _cover(plan: Plan, covered: _Covered, district: District, line: DistrictLine) -> None:
    over = covered.over(line.region)
    if others := over - {district}:
        expected = _("不属于别的选区的地方：%(place)s现在属于%(district)s；要改选区的范围，请到选区那一页") % {
            "place": line.region.name,
            "district": "、".join(sorted(other.name for other in others)),
        }
        plan.problems.add(line.row.problem("village" if "village" in line.row else "township", expected))
    elif district not in over:
        covered.add(line.region, district)
        plan.parts.append(NewPart(district, line.region))

"""One sign-in for every role, each over what such a person has in an office."""

from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.receptions import receptions_of
from lianxin.doors.demo.building.people import LEADING
from lianxin.ground.access.actions import NewGrant
from lianxin.ground.access.demo import demo_user
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now, today
from lianxin.ground.people.founding import counties_of
from lianxin.ground.people.models import Mandate, Region, Unit
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level

SCOPE = Grant.Scope
BUSY = "住房和城乡建设局"  # the department to which most matters go


def make(home: Region) -> None:
    """A deputy who sits in the county's congress, a station's keeper, clerks, the head of a unit, a leader, and the three administrators."""
    at = now()
    county = counties_of(home)[0]
    township = Region.objects.within(county).filter(level=Level.TOWNSHIP).latest("code")
    manned = list(Station.objects.filter(postings__isnull=False).distinct().order_by("id"))
    station = next((one for one in manned if receptions_of(one, today())), manned[0])  # on days that are known, if any
    seats = Mandate.objects.filter(level=CongressLevel.COUNTY, congress__region=county, postings__isnull=False)
    mandate = seats.exclude(person__memberships__body__kind__in=LEADING).earliest("card_number")
    unit = Unit.objects.get(region=county, kind="department", short_name=BUSY)
    deputy = demo_user(mandate.person.name, "daibiao", NewGrant("deputy", SCOPE.BODY, mandate.congress_id), at=at)
    mandate.person.link(deputy, by=None, at=at)
    demo_user("易南乔", "zhandian", NewGrant("station_keeper", SCOPE.STATION, station.id), at=at)
    demo_user("邹麦穗", "xiangzhen", NewGrant("township_clerk", SCOPE.PLACE, township.id), at=at)
    demo_user("章谷雨", "bangong", NewGrant("office_clerk", SCOPE.PLACE, home.id), at=at)
    demo_user("阮清明", "fuhe", NewGrant("office_clerk", SCOPE.PLACE, home.id), at=at)
    demo_user("宁霜降", "chengban", NewGrant("unit_clerk", SCOPE.UNIT, unit.id), at=at)
    demo_user("沈立夏", "fuzeren", NewGrant("unit_head", SCOPE.UNIT, unit.id), at=at)
    demo_user("卓远帆", "lingdao", NewGrant("leader", SCOPE.PLACE, home.id), at=at)
    demo_user("苗清和", "xitong", NewGrant("system"), at=at)
    demo_user("巩石桥", "anquan", NewGrant("security"), at=at)
    demo_user("岑白露", "shenji", NewGrant("audit"), at=at)

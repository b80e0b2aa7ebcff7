"""Opinions for tests, made by the verbs."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lianxin.affairs.opinions.actions.telling import Telling, tell
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.core.clock import now, travel
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Region, Unit
from lianxin.ground.vault.particulars import Particulars
from tests.affairs.stations.builders import make_station
from tests.ground.access.builders import make_platform, make_user
from tests.ground.people.builders import make_congress, make_county, make_mandate

CHINA = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 10, 12, tzinfo=CHINA)  # a Tuesday
LAMPS = "去小学的路上七盏路灯都不亮，晚上接孩子看不见路。"


class Office:
    """A county with its congress, a village, a station there, two units, a deputy, and a clerk."""

    def __init__(self) -> None:
        with travel(NOON - timedelta(days=60)):
            make_platform()
        self.county = make_county()
        self.village = Region.objects.filter(level="village").order_by("code").first()
        self.congress = make_congress(self.county)
        self.station = make_station(self.village, self.congress)
        self.roads = Unit.objects.create(name="交通运输局", kind="department", region=self.county)
        self.housing = Unit.objects.create(name="住房和城乡建设局", kind="department", region=self.county)
        self.mandate = make_mandate(self.congress)
        self.clerk = make_user("bangong")

    def opinion(self, **facts: Any) -> Opinion:
        """One that a resident of the village told on line."""
        return make_opinion(self.village, NOON, **facts)


def make_opinion(region: Region, at: datetime | None = None, by: Any = None, **facts: Any) -> Opinion:
    """An opinion that was told; `facts` are those of Telling, and `name`, `phone`, `email` of its author's particulars."""
    if own := {key: facts.pop(key) for key in ("name", "phone", "email") if key in facts}:
        facts["particulars"] = Particulars(**own)
    told = {"id": new_id(), "words": LAMPS, "region": region} | facts
    return tell(Telling(**told), by=by, at=at or now())

"""Tables of people and places."""

from lianxin.ground.people.models.body import Body, Membership, Session, Term
from lianxin.ground.people.models.district import District, DistrictPart
from lianxin.ground.people.models.mandate import Mandate, MandatePause
from lianxin.ground.people.models.person import Person
from lianxin.ground.people.models.region import Region
from lianxin.ground.people.models.region_change import RegionChange
from lianxin.ground.people.models.roster_upload import RosterUpload
from lianxin.ground.people.models.unit import Unit

__all__ = [
    "Body",
    "District",
    "DistrictPart",
    "Mandate",
    "MandatePause",
    "Membership",
    "Person",
    "Region",
    "RegionChange",
    "RosterUpload",
    "Session",
    "Term",
    "Unit",
]

"""Tables of stations."""

from lianxin.affairs.stations.models.duty import Duty
from lianxin.affairs.stations.models.feed import Feed
from lianxin.affairs.stations.models.shift import Shift
from lianxin.affairs.stations.models.station import Fitting, Posting, Station

__all__ = ["Duty", "Feed", "Fitting", "Posting", "Shift", "Station"]

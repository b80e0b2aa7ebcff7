"""Tables of stations."""

from lianxin.affairs.stations.models.station import Fitting, Posting, Station

__all__ = ["Fitting", "Posting", "Station"]

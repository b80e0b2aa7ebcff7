"""Registers the app; decides nothing."""

from django.apps import AppConfig


class StationsConfig(AppConfig):
    """家站点户 Homes, stations, points, households and windows where deputies meet residents."""

    name = "lianxin.affairs.stations"
    label = "stations"
    verbose_name = "家站点户"

    def ready(self) -> None:
        """Declare kinds of events, and what can be done."""
        from lianxin.affairs.stations import kinds, policy
        from lianxin.ground.access import policy as access
        from lianxin.ground.core import events

        events.register(*kinds.KINDS)
        access.register(*policy.ACTIONS)

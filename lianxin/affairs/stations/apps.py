"""Registers the app; decides nothing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StationsConfig(AppConfig):
    """家站点户 Homes, stations, points, households and windows where deputies meet residents."""

    name = "lianxin.affairs.stations"
    label = "stations"
    verbose_name = "家站点户"

    def ready(self) -> None:
        """Declare kinds of events, what can be done, the section of presets, and words that places call differently."""
        from lianxin.affairs.stations import kinds, naming, policy, times
        from lianxin.affairs.stations.rules import StationRules
        from lianxin.affairs.stations.taking_out import ROTA, STATIONS
        from lianxin.ground.access import policy as access
        from lianxin.ground.access import scopes, waiting
        from lianxin.ground.core import events
        from lianxin.ground.core import jobs as schedule
        from lianxin.ground.rulebook import register_name, register_section
        from lianxin.ground.rulebook.exports import register_listing

        events.register(*kinds.KINDS)
        access.register(*policy.ACTIONS)
        events.register_namer("station", naming.stations)
        events.register_namer("shift", naming.shifts)
        events.register_namer("station_columns", naming.columns)
        events.register_namer("fitting", naming.fittings)
        scopes.register_scope_kind("station", naming.station_choices, naming.stations)
        register_section("stations", StationRules)
        register_listing(ROTA)
        register_listing(STATIONS)
        register_name("reception_day", _("代表接待日"))
        register_name("opinion_box", _("意见箱"))
        schedule.register(*times.JOBS)
        waiting.register(times.unclosed, times.wanting_off)

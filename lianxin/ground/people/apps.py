"""Registers the app; decides nothing."""

from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Regions, districts, bodies, persons, mandates and handling units."""

    name = "lianxin.ground.people"
    label = "people"
    verbose_name = "人和地方"

    def ready(self) -> None:
        """Declare kinds of events, what can be done, the section of presets, words that places call differently, jobs."""
        from lianxin.ground.access import policy as access
        from lianxin.ground.access import scopes
        from lianxin.ground.core import events, jobs
        from lianxin.ground.people import kinds, naming, policy, taking_out, tasks
        from lianxin.ground.people.rules import BodyRules
        from lianxin.ground.rulebook import register_name, register_section
        from lianxin.ground.rulebook.exports import register_listing

        events.register(*kinds.KINDS)
        access.register(*policy.ACTIONS)
        events.register_namer("region", naming.regions)
        events.register_namer("district", naming.districts)
        events.register_namer("person", naming.people, of_people=True)
        events.register_namer("mandate", naming.mandates, of_people=True)
        events.register_namer("body", naming.bodies)
        events.register_namer("unit", naming.units)
        events.register_namer("columns", naming.columns)
        events.register_namer("district_columns", naming.district_columns)
        events.register_namer("unit_columns", naming.unit_columns)
        scopes.register_scope_kind("body", naming.body_choices, naming.bodies, naming.BODY_LEVELS)
        scopes.register_scope_kind("place", naming.place_choices, naming.place_names, naming.PLACE_LEVELS)
        scopes.register_scope_kind("unit", naming.unit_choices, naming.units)
        register_section("bodies", BodyRules)
        for listing in (taking_out.UNITS, taking_out.BODIES, taking_out.SESSIONS):
            register_listing(listing)
        register_name("resident", _("群众"))
        register_name("handling_unit", _("承办单位"))
        jobs.register(
            jobs.Job("people.throw_rosters_away", _("删去旧的名册文件"), tasks.throw_stale_rosters_away, at=time(2, 20))
        )

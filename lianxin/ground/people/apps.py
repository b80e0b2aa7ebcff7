"""Registers the app; decides nothing."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Regions, districts, bodies, persons, mandates and handling units."""

    name = "lianxin.ground.people"
    label = "people"
    verbose_name = "人和地方"

    def ready(self) -> None:
        """Declare kinds of events, and what can be done."""
        from lianxin.ground.access import policy as access
        from lianxin.ground.core import events
        from lianxin.ground.people import kinds, policy

        events.register(*kinds.KINDS)
        access.register(*policy.ACTIONS)

"""Registers the app; decides nothing."""

from django.apps import AppConfig


class DesksConfig(AppConfig):
    """前门 The front doors."""

    name = "lianxin.doors.desks"
    label = "desks"
    verbose_name = "前门"

    def ready(self) -> None:
        """Declare what can be done, and the homes to which people come when they have signed in."""
        from lianxin.doors.desks import policy
        from lianxin.doors.desks.doors import DOORS
        from lianxin.ground.access import policy as access
        from lianxin.ground.access.homes import register_home

        access.register(*policy.ACTIONS)
        for door in sorted(DOORS, key=lambda door: door.key == "hall"):  # nobody's everyday door
            register_home(door.needs, door.items[0].url)

"""Registers the app; decides nothing."""

from django.apps import AppConfig


class DesksConfig(AppConfig):
    """前门 The front doors."""

    name = "lianxin.doors.desks"
    label = "desks"
    verbose_name = "前门"

    def ready(self) -> None:
        """Declare what can be done."""
        from lianxin.doors.desks import policy
        from lianxin.ground.access import policy as access

        access.register(*policy.ACTIONS)

"""Registers the app; decides nothing."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Identities of residents, encrypted, opened with a right and a reason."""

    name = "lianxin.ground.vault"
    label = "vault"
    verbose_name = "身份保管"

    def ready(self) -> None:
        """Declare kinds of events, what can be done, what stays erased, and what is done by night."""
        from lianxin.ground.access import policy as access
        from lianxin.ground.core import events
        from lianxin.ground.core import jobs as schedule
        from lianxin.ground.core.backups import erasures
        from lianxin.ground.vault import channels, erasing, jobs, kinds, policy

        events.register(*kinds.KINDS)
        events.register_namer("channel", channels.names)
        access.register(*policy.ACTIONS)
        erasures.register(erasing.ERASER)
        schedule.register(*jobs.JOBS)

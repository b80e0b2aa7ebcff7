"""Registers the app; decides nothing."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Identities of residents, encrypted, opened with a right and a reason."""

    name = "lianxin.ground.vault"
    label = "vault"
    verbose_name = "身份保管"

    def ready(self) -> None:
        """Declare kinds of events, what can be done, what stays erased, what waits, what is done by night, and when not to start."""
        from lianxin.ground.access import policy as access
        from lianxin.ground.access import waiting as home
        from lianxin.ground.core import events, running
        from lianxin.ground.core import jobs as schedule
        from lianxin.ground.core.backups import erasures
        from lianxin.ground.vault import channels, erasing, jobs, keyring, kinds, policy, waiting

        events.register(*kinds.KINDS)
        events.register_namer("channel", channels.names)
        access.register(*policy.ACTIONS)
        for eraser in erasing.ERASERS:
            erasures.register(eraser)
        home.register(waiting.unreviewed)
        schedule.register(*jobs.JOBS)
        running.refuse_by(keyring.refuse_wrong_key)

"""Registers the app; decides nothing."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Now, events, errors, components, and the registries that apps fill."""

    name = "lianxin.ground.core"
    label = "core"
    verbose_name = "连心桥"

    def ready(self) -> None:
        """Declare the kinds of events that the record itself needs, derives, does every night, looks at and erases."""
        from lianxin.ground.core import doctor, jobs, running
        from lianxin.ground.core.backups import erasures, texts, upgrading
        from lianxin.ground.core.doctor import own as checks
        from lianxin.ground.core.events import own, register
        from lianxin.ground.core.jobs import own as nightly
        from lianxin.ground.core.projections import register_projection

        register(*own.KINDS)
        register_projection(own.DAILY_COUNTS)
        erasures.register(texts.ERASER)
        jobs.register(*nightly.JOBS)
        doctor.register(*checks.CHECKS)
        running.refuse_by(upgrading.refuse_unfinished)

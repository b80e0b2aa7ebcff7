"""Registers the app; decides nothing."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Files that belong to things of the apps above, and papers about them."""

    name = "lianxin.ground.documents"
    label = "documents"
    verbose_name = "文件"

    def ready(self) -> None:
        """Declare kinds of events, what can be done, what is looked at, what stays erased, and what is done by night."""
        from lianxin.ground.access import policy as access
        from lianxin.ground.core import doctor, events
        from lianxin.ground.core import jobs as schedule
        from lianxin.ground.core.backups import erasures
        from lianxin.ground.documents import booking, erasing, faces, jobs, kinds, naming, policy
        from lianxin.ground.rulebook.exports import register_listing

        access.register(*policy.ACTIONS)
        doctor.register(*faces.CHECKS)
        events.register(*kinds.KINDS)
        events.register_namer("paper", naming.papers)
        erasures.register(erasing.ERASER)
        schedule.register(*jobs.JOBS)
        register_listing(booking.PAPERS)

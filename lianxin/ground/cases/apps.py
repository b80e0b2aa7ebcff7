"""Registers the app; decides nothing."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """事项 Cases, rounds, handovers, clocks, replies, ratings, promises."""

    name = "lianxin.ground.cases"
    label = "cases"
    verbose_name = "事项"

    def ready(self) -> None:
        """Declare what is done by itself, and who may hold a matter."""
        from lianxin.ground.cases import jobs, parties, projections, registry
        from lianxin.ground.core import jobs as schedule
        from lianxin.ground.core.projections import register_projection

        for projection in projections.PROJECTIONS:
            register_projection(projection)
        schedule.register(*jobs.JOBS)
        registry.register_party("unit", parties.units_gone)
        registry.register_party("mandate", parties.mandates_gone)
        registry.register_party("body", parties.bodies_gone)

"""Registers the app; decides nothing."""

from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    """群众意见 What residents say, and what becomes of it."""

    name = "lianxin.affairs.opinions"
    label = "opinions"
    verbose_name = "群众意见"

    def ready(self) -> None:
        """Declare kinds of events and of cases, what can be done, the section of presets, what is done by itself."""
        from lianxin.affairs.opinions import (
            by_mail,
            erasing,
            figures,
            kinds,
            naming,
            policy,
            routing,
            taking_out,
            times,
            voices,
            waiting_handlers,
        )
        from lianxin.affairs.opinions import waiting as waiting_sorters
        from lianxin.affairs.opinions.models import Opinion
        from lianxin.affairs.opinions.rules import OpinionRules
        from lianxin.ground.access import policy as access
        from lianxin.ground.access import waiting
        from lianxin.ground.cases import registry
        from lianxin.ground.core import events
        from lianxin.ground.core import figures as core_figures
        from lianxin.ground.core import jobs as schedule
        from lianxin.ground.core.backups import erasures
        from lianxin.ground.core.projections import register_projection
        from lianxin.ground.documents.models import paper
        from lianxin.ground.messages import receiving
        from lianxin.ground.rulebook import register_section
        from lianxin.ground.rulebook.exports import register_listing

        erasures.register(erasing.ERASER)
        register_projection(voices.PROJECTION)
        events.register(*kinds.KINDS)
        events.register_namer("opinion", naming.opinions)
        events.register_namer("meeting", naming.meetings)
        events.register_namer("opinion_outcome", naming.outcomes)
        events.register_namer("opinion_decline", naming.declines)
        events.register_namer("opinion_dissatisfied", naming.dissatisfied)
        access.register(*policy.ACTIONS)
        register_section("opinions", OpinionRules)
        for listing in (taking_out.INBOX, taking_out.HELD, taking_out.OWN, taking_out.PROMISES):
            register_listing(listing)
        registry.register_kind(times.CASE_KIND)
        core_figures.register(*figures.FIGURES)
        paper.register_shown("opinion", Opinion.objects.not_against)
        registry.register_party("station", routing.stations_gone)
        schedule.register(*times.JOBS)
        receiving.register_receiver(by_mail.receive)
        waiting.register(waiting_sorters.unsorted, waiting_sorters.attachments, *waiting_handlers.ASKS)

"""Registers the app; decides nothing."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """公布 Public pages over several apps."""

    name = "lianxin.account.publishing"
    label = "publishing"
    verbose_name = "公布"

    def ready(self) -> None:
        """Declare what can be done, what is recorded and what waits; and what stands on pages of the apps below, and their feeds."""
        from lianxin.account.publishing import drawn_parts, kinds, naming, policy, taking_out, waiting
        from lianxin.account.publishing.rules import PublishingRules
        from lianxin.ground.access import policy as access
        from lianxin.ground.access import waiting as access_waiting
        from lianxin.ground.core import events
        from lianxin.ground.core.parts import register_part
        from lianxin.ground.rulebook import register_section
        from lianxin.ground.rulebook.exports import register_listing

        events.register(*kinds.KINDS)
        events.register_namer("announcement", naming.announcements)
        access.register(*policy.ACTIONS)
        access_waiting.register(waiting.to_review)
        register_section("publishing", PublishingRules)
        register_listing(taking_out.NEWS)

        register_part("people:person", drawn_parts.deputy)
        register_part("people:person", drawn_parts.stories)
        register_part("stations:station", drawn_parts.station)
        register_part("opinions:public", drawn_parts.matters)
        register_part("opinions:public_matter", drawn_parts.matter)

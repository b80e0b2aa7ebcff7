"""Registers the app; decides nothing."""

from django.apps import AppConfig


class BulletinConfig(AppConfig):
    """民情简报 The bulletin of the month."""

    name = "lianxin.account.bulletin"
    label = "bulletin"
    verbose_name = "民情简报"

    def ready(self) -> None:
        """Declare kinds of events, what can be done, the section of presets, what waits, and the bulletin's part of the front page."""
        from lianxin.account.bulletin import drawn_parts, erasing, kinds, naming, policy, waiting
        from lianxin.account.bulletin.rules import BulletinRules
        from lianxin.affairs.opinions import erasing as opinions
        from lianxin.ground.access import policy as access
        from lianxin.ground.access.waiting import register as register_waiting
        from lianxin.ground.core import events
        from lianxin.ground.core.parts import register_part
        from lianxin.ground.rulebook import register_section

        events.register(*kinds.KINDS)
        events.register_namer("bulletin", naming.issues)
        access.register(*policy.ACTIONS)
        register_section("bulletin", BulletinRules)
        register_waiting(waiting.to_review, waiting.to_sign)
        opinions.register(erasing.forget)
        register_part("publishing:home", drawn_parts.latest)

"""Registers the app; decides nothing."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    """履职 Duties, scores and what they are worked out from."""

    name = "lianxin.account.duty"
    label = "duty"
    verbose_name = "履职"

    def ready(self) -> None:
        """Declare the section of presets, what is taken out to Excel, and what stands on a proposal of rules."""
        from lianxin.account.duty import drawn_parts
        from lianxin.account.duty.files import EACH
        from lianxin.account.duty.rules import DutyRules
        from lianxin.account.duty.taking_out import WHAT_IF
        from lianxin.ground.core.parts import register_part
        from lianxin.ground.rulebook import register_section
        from lianxin.ground.rulebook.exports import register_listing

        register_section("regulations", DutyRules, each=EACH)
        register_listing(WHAT_IF)
        register_part("access:proposal", drawn_parts.trial)

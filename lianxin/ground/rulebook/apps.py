"""Registers the app; decides nothing."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """The rules of a locality."""

    name = "lianxin.ground.rulebook"
    label = "rulebook"
    verbose_name = "规则"

    def ready(self) -> None:
        """Declare kinds of events, and the rulebook's own sections."""
        from lianxin.ground.core import events
        from lianxin.ground.rulebook import exports, kinds, naming, register_section, rules

        events.register(*kinds.KINDS)
        events.register_namer("preset", naming.presets)
        register_section("names", rules.NameRules)
        register_section("days", rules.DayRules)
        register_section("clocks", rules.ClockRules)
        register_section("lists", rules.ListRules)
        register_section("exports", exports.ExportRules)

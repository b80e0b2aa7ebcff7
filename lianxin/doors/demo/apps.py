"""Registers the app; decides nothing."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """演示 Made-up people at a real place."""

    name = "lianxin.doors.demo"
    label = "demo"
    verbose_name = "演示"

    def ready(self) -> None:
        """Declare the section of presets that says how many made-up people there are."""
        from lianxin.doors.demo.rules import DemoRules
        from lianxin.ground.rulebook import register_section

        register_section("demo", DemoRules)

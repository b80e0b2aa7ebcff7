"""Registers the app; decides nothing."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    """结对联系 Who keeps contact with whom."""

    name = "lianxin.affairs.contact"
    label = "contact"
    verbose_name = "结对联系"

    def ready(self) -> None:
        """Declare kinds of events, what can be done, the section of presets, who visits whom, and what is done by night."""
        from lianxin.affairs.contact import jobs, kinds, naming, policy
        from lianxin.affairs.contact.rules import ContactRules
        from lianxin.ground.access import policy as access
        from lianxin.ground.core import events
        from lianxin.ground.core import jobs as schedule
        from lianxin.ground.rulebook import register_section
        from lianxin.ground.vault import policy as vault

        events.register(*kinds.KINDS)
        events.register_namer("household", naming.households)
        events.register_namer("tie", naming.ties)
        events.register_namer("contact_scheme", naming.schemes)
        access.register(*policy.ACTIONS)
        vault.register_visits(policy.visits)
        register_section("contact", ContactRules)
        schedule.register(*jobs.JOBS)

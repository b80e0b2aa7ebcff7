"""Registers the app; decides nothing."""

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    """建议、批评和意见 What deputies ask of the organs of state."""

    name = "lianxin.affairs.suggestions"
    label = "suggestions"
    verbose_name = "代表建议"

    def ready(self) -> None:
        """Declare kinds of events and of cases, what can be done, and the section of presets."""
        from lianxin.affairs.opinions import lineage
        from lianxin.affairs.suggestions import kinds, lineages, naming, policy, taking_out, times, waiting
        from lianxin.affairs.suggestions.rules import SuggestionRules
        from lianxin.ground.access import policy as access
        from lianxin.ground.access.waiting import register as register_waiting
        from lianxin.ground.cases import registry
        from lianxin.ground.core import events
        from lianxin.ground.rulebook import register_section
        from lianxin.ground.rulebook.exports import register_listing

        events.register(*kinds.KINDS)
        events.register_namer("suggestion", naming.suggestions)
        events.register_namer("suggestion_number", naming.numbers)
        events.register_namer("suggestion_outcome", naming.outcomes)
        events.register_namer("suggestion_decline", naming.declines)
        access.register(*policy.ACTIONS)
        register_waiting(*waiting.ASKS)
        register_section("suggestions", SuggestionRules)
        register_listing(taking_out.SUGGESTIONS)
        register_listing(taking_out.HELD)
        registry.register_kind(times.CASE_KIND)
        lineage.register(lineages.of, lineages.begins)

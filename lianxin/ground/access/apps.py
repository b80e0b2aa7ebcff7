"""Registers the app; decides nothing."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """权限 Who may do what to what, and why not."""

    name = "lianxin.ground.access"
    label = "access"
    verbose_name = "权限"

    def ready(self) -> None:
        """Declare kinds of events, what can be done, the section of presets, what things are called, what waits, and the jobs."""
        from lianxin.ground.access import digests, forgetting, kinds, naming, own, own_waiting, policy, waiting
        from lianxin.ground.access.rules import RoleRules
        from lianxin.ground.core import events, jobs
        from lianxin.ground.rulebook import register_section

        events.register(*kinds.KINDS)
        policy.register(*own.ACTIONS)
        register_section("roles", RoleRules)
        waiting.register(*own_waiting.ASKS)
        jobs.register(*forgetting.JOBS, *digests.JOBS)
        events.register_namer("user", naming.users, of_people=True)
        events.register_namer("role", naming.role_names)
        events.register_namer("scope", naming.scope_names)

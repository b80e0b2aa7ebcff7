"""Registers the app; decides nothing."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """What is said to residents, and what they write."""

    name = "lianxin.ground.messages"
    label = "lianxin_messages"  # Django's own messages are called so too
    verbose_name = "消息"

    def ready(self) -> None:
        """Declare events, what can be done, what waits, what is done by itself, what is checked, and when not to start."""
        from lianxin.ground.access import policy as access
        from lianxin.ground.access import waiting as home
        from lianxin.ground.core import doctor, events, running
        from lianxin.ground.core import jobs as schedule
        from lianxin.ground.messages import channels, checks, jobs, kinds, mailbox, policy, waiting, wechat
        from lianxin.ground.vault import channels as vault

        events.register(*kinds.KINDS)
        vault.NAMES.update({code: way.label for code, way in channels.WAYS.items()})
        access.register(*policy.ACTIONS)
        home.register(waiting.not_reached, waiting.letters_left)
        schedule.register(*jobs.JOBS)
        doctor.register(*checks.CHECKS)
        running.refuse_by(channels.refuse_unusable)
        running.refuse_by(wechat.refuse_unusable)
        running.refuse_by(mailbox.refuse_unusable)

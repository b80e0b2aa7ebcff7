"""Registers the app; decides nothing."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """规则 The rules of a locality."""

    name = "lianxin.ground.rulebook"
    label = "rulebook"
    verbose_name = "规则"

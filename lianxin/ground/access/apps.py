"""Registers the app; decides nothing."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """权限 Who may do what to what, and why not."""

    name = "lianxin.ground.access"
    label = "access"
    verbose_name = "权限"

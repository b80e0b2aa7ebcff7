"""Registers the app; decides nothing."""

from django.apps import AppConfig


class DesksConfig(AppConfig):
    """前门 The front doors."""

    name = "lianxin.doors.desks"
    label = "desks"
    verbose_name = "前门"

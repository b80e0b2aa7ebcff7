"""Registers the app; decides nothing."""

from django.apps import AppConfig


class StationsConfig(AppConfig):
    """家站点户 Homes, stations, points, households and windows where deputies meet residents."""

    name = "lianxin.affairs.stations"
    label = "stations"
    verbose_name = "家站点户"

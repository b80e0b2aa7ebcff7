"""Registers the app; decides nothing."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """人和地方 Regions, districts, bodies, persons, mandates and handling units."""

    name = "lianxin.ground.people"
    label = "people"
    verbose_name = "人和地方"

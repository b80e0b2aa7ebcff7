"""Registers the app; decides nothing."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """公布 Public pages over several apps."""

    name = "lianxin.account.publishing"
    label = "publishing"
    verbose_name = "公布"

    def ready(self) -> None:
        """Declare what stands on the pages of deputies and stations beside what people and stations know of them, and the feeds of what is public."""
        from lianxin.account.publishing import drawn_parts
        from lianxin.ground.core.parts import register_part

        register_part("people:person", drawn_parts.deputy)
        register_part("stations:station", drawn_parts.station)
        register_part("opinions:public", drawn_parts.matters)
        register_part("opinions:public_matter", drawn_parts.matter)

"""Whose bulletin it is: that of the congress of the platform's own place."""

from lianxin.ground.core.clock import today
from lianxin.ground.core.models import Platform
from lianxin.ground.people.models import Body


def issuing_body() -> Body | None:
    """The congress of the platform's place; None before there is one. One query."""
    platform = Platform.current()
    if platform is None:
        return None
    found = Body.objects.congresses().on(today()).filter(region__code=platform.county_code)
    return found.select_related("region").order_by("pk").first()

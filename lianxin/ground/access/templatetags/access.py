"""What the pages of signing in ask beside their views, which are the library's."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest

from lianxin.ground.access import demo, passkeys, ways

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """The value for a data attribute, from which a module reads it: pages carry no inline script."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.simple_tag
def can_have_passkeys(request: HttpRequest) -> bool:
    """Whether passkeys work at this address."""
    return passkeys.can_have_passkeys(request)


@register.simple_tag
def same_page_by_name(request: HttpRequest) -> str:
    """The same page where passkeys work, when it was opened by digits on this very computer."""
    return passkeys.same_page_by_name(request)


@register.simple_tag
def needs_second_step(user: Any) -> bool:
    """Whether a password alone is not enough for what the user may do."""
    return ways.needs_second_step(user)


@register.simple_tag
def demo_sign_ins() -> list[demo.DemoSignIn]:
    """Made-up people as whom anybody may sign in; nobody on any other platform."""
    return demo.demo_sign_ins()

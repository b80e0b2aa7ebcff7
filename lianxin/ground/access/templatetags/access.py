"""What the pages of signing in ask beside their views, which are the library's."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest

from lianxin.ground.access import demo, passkeys

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
def demo_sign_ins() -> list[demo.DemoSignIn]:
    """Made-up people as whom anybody may sign in; nobody on any other platform."""
    return demo.demo_sign_ins()

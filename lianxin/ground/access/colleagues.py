"""Among whom somebody chooses who takes over."""

from typing import Any

from lianxin.ground.access.answering import known_roles
from lianxin.ground.access.models import Grant, User
from lianxin.ground.access.models.user import UserQuerySet
from lianxin.ground.core.clock import today


def who_may_do_business(asker: Any) -> UserQuerySet:
    """Whom `asker` may give business to, by username: those in office whom they may see, but themselves and administrators."""
    offices = [code for code, rule in known_roles().roles.items() if rule.administrator]
    administrators = Grant.objects.running(today()).filter(role__in=offices)
    fit = User.objects.visible_to(asker).filter(is_active=True).exclude(pk=asker.pk)
    return fit.exclude(pk__in=administrators.values("user")).order_by("username")

"""Posts that a leaving empties: handed on, filled by who may grant, or found to need nobody any more."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lianxin.ground.access import scopes
from lianxin.ground.access.actions.granting import (
    NewGrant,
    forget_proposals,
    give,
    hold_others,
    locked,
    others_holding,
    take_back,
)
from lianxin.ground.access.answering import can, roles
from lianxin.ground.access.errors import NotToOneself, PostSettled
from lianxin.ground.access.models import Grant, User
from lianxin.ground.access.naming import scope_code
from lianxin.ground.core.events import Party, Ref, record


def posts_of(user: User, *, on: date) -> list[Grant]:
    """The posts that nobody else holds until further notice: without an heir they would stand empty."""
    held = Grant.objects.filter(user=user).in_force(on)
    posts = [given for given in held if (rule := roles().roles.get(given.role)) and rule.is_post]
    return [post for post in posts if not others_holding(post, on=on)]


def posts_in_words(posts: list[Grant]) -> list[str]:
    """The posts as short phrases for a sentence."""
    names = scopes.names((post.scope_kind, post.scope_id) for post in posts)
    return [
        _("%(role)s（%(scope)s）一职")
        % {"role": roles().name(post.role), "scope": names[post.scope_kind, post.scope_id]}
        for post in posts
    ]


def pass_on(post: Grant, heir: User, *, by: UUID | None, at: datetime) -> None:
    """Give the post to the heir where `by` may grant it, or is the server's own (None); otherwise propose the heir.

    Call inside the transaction of the leaving. Raises whatever `grant` raises where it is given at once.
    """
    if by is None or can(User.objects.get(pk=by), "access.grant", post):
        _hand_on(post, heir, by=by, at=at)
        return
    forget_proposals(post)
    Grant.objects.filter(pk=post.pk).update(proposed_heir=heir)


def fill_post(post: Grant, heir: User, *, by: UUID | None, at: datetime) -> Grant:
    """Give a post that was left empty to who was proposed, or to another. Raises NotToOneself, PostSettled, and what `grant` raises."""
    if by == heir.pk:
        raise NotToOneself
    with transaction.atomic():
        heir = locked(heir)
        _still_empty(post)
        return _hand_on(post, heir, by=by, at=at)


def dismiss_post(post: Grant, why: str, *, by: UUID | None, at: datetime) -> None:
    """A post that was left empty needs nobody any more: it waits no longer, and the record says why. Raises PostSettled."""
    with transaction.atomic():
        post = _still_empty(post)
        forget_proposals(post)
        record(
            "access.post_dismissed", subject=Ref("user", post.user_id), by=by, at=at,
            parties=[Party("user", post.proposed_heir_id, "heir")],  # type: ignore[arg-type]
            facts={"role": post.role, "over": scope_code(post)}, texts={"why": why},
        )  # fmt: skip


def _still_empty(post: Grant) -> Grant:
    """The post as it stands, held until the transaction ends. Raises PostSettled where it waits no longer."""
    hold_others(post)
    if (waiting := Grant.objects.left_empty().filter(pk=post.pk).first()) is None:
        raise PostSettled(roles().name(post.role))
    return waiting


def _hand_on(post: Grant, heir: User, *, by: UUID | None, at: datetime) -> Grant:
    """Give the heir the post until further notice; one held until some day only is replaced."""
    own = Grant.objects.filter(user=heir, role=post.role).over(post.scope_kind, post.scope_id)
    for given in own.running(timezone.localdate(at)):
        take_back(given, by=by, at=at)
    return give(heir, NewGrant(post.role, post.scope_kind, post.scope_id), by=by, at=at)

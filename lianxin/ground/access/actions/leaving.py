"""Somebody leaves, and hands on what is open."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lianxin.ground.access import open_work
from lianxin.ground.access.actions.granting import hold_others, office_held, take_back
from lianxin.ground.access.actions.inviting import close_ways_in
from lianxin.ground.access.actions.posts import pass_on, posts_in_words, posts_of
from lianxin.ground.access.answering import roles
from lianxin.ground.access.errors import (
    AdministratorsDoNoBusiness,
    HasLeft,
    HeirNeeded,
    HeirUnfit,
    NotToOneself,
    OfficeNotHandedOn,
)
from lianxin.ground.access.models import Grant, User
from lianxin.ground.core.events import Party, Ref, record


def leave(user: User, heir: User | None, *, by: UUID | None, at: datetime) -> None:
    """The user leaves: open work goes to the heir, grants end, every way in is closed.

    A post that nobody else holds goes to the heir where `by` may grant it, or is the server's own (None). Otherwise
    the heir is proposed, and may do nothing more until somebody who may grant presses `fill_post`.
    Raises HasLeft, NotToOneself, HeirNeeded (with what is open) where something is open or a post would stand empty,
    HeirUnfit, OfficeNotHandedOn, AdministratorsDoNoBusiness, and whatever `grant` raises where it is given at once.
    """
    if by == user.pk or (heir and by == heir.pk):
        raise NotToOneself
    today = timezone.localdate(at)
    with transaction.atomic():
        user, heir = _both_locked(user, heir)
        for given in Grant.objects.filter(user=user).running(today):
            hold_others(given)
        work, posts = open_work.open_of(user), posts_of(user, on=today)
        if heir is None and (work or posts):
            raise HeirNeeded(user, open_work.in_words(work) + posts_in_words(posts))
        for kind, _count in work:
            kind.hand_on(user, heir, by, at)  # type: ignore[arg-type]
        for post in posts:
            if roles().is_office(post.role):
                raise OfficeNotHandedOn(user, roles().name(post.role))
            if office := office_held(heir, at):  # type: ignore[arg-type]
                raise AdministratorsDoNoBusiness(heir, roles().name(office), roles().name(post.role))  # type: ignore[arg-type]
        for given in Grant.objects.filter(user=user).running(today):
            take_back(given, by=by, at=at)
        for post in posts:
            pass_on(post, heir, by=by, at=at)  # type: ignore[arg-type]
        close_ways_in(user)
        User.objects.filter(pk=user.pk).update(is_active=False, left_on=today)
        parties = [Party("user", heir.pk, "heir")] if heir else []
        record("access.left", subject=Ref("user", user.pk), by=by, at=at, parties=parties)


def _both_locked(user: User, heir: User | None) -> tuple[User, User | None]:
    """Leaver and heir as they stand, held until the transaction ends; raises HasLeft and HeirUnfit."""
    ids = [user.pk] + ([heir.pk] if heir else [])
    held = {one.pk: one for one in User.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    leaver = held[user.pk]
    if not leaver.is_active:
        raise HasLeft(leaver)
    if heir is None:
        return leaver, None
    heir = held[heir.pk]
    if heir.pk == leaver.pk or not heir.is_active or heir.joined_at is None:
        raise HeirUnfit(heir)
    return leaver, heir

"""What waits for somebody at the desk, counted where it waits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.access import can
from lianxin.ground.access.answering import reach
from lianxin.ground.access.models import Grant, User
from lianxin.ground.vault.models import Opening


@dataclass(frozen=True)
class Waiting:
    """Something that waits: how much of it in words, what to do about it, and the page where one does."""

    title: str
    note: str
    href: str
    icon: str


def waiting_for(user: Any) -> list[Waiting]:
    """What waits for this person; nothing is counted for whom it does not concern."""
    return [found for action, ask in ASKED if can(user, action) and (found := ask(user))]


def invited(user: Any) -> Waiting | None:
    """Who was invited and has not come in."""
    count = User.objects.visible_to(user).waiting_to_come_in().count()
    title = ngettext("%(count)d人还没有开通登录", "%(count)d人还没有开通登录", count) % {"count": count}
    note = _("链接7天有效；没有收到或过期了，给本人重新开通。")
    return Waiting(title, note, f"{reverse('access:staff')}?state=waiting", "letter") if count else None


def without_grants(user: Any) -> Waiting | None:
    """Who may do nothing yet."""
    count = User.objects.visible_to(user).without_grants().count()
    title = ngettext("%(count)d人还没有授权", "%(count)d人还没有授权", count) % {"count": count}
    note = _("授权以前，他们登录了也做不了什么。")
    return Waiting(title, note, f"{reverse('access:staff')}?state=idle", "people") if count else None


def left_empty(user: Any) -> Waiting | None:
    """Posts whose holder has left, and for which somebody is proposed."""
    count = sum(map(reach(user, "access.grant").covers, Grant.objects.left_empty()))
    title = ngettext("%(count)d个职务等人接任", "%(count)d个职务等人接任", count) % {"count": count}
    note = _("有人离任，提了接手的人，等您授权。")
    return Waiting(title, note, reverse("access:posts"), "people") if count else None


def unreviewed(user: Any) -> Waiting | None:
    """Whose looking at identities nobody has reviewed."""
    count = Opening.objects.visible_to(user).exclude(opened_by=user.pk).filter(reviewed_at=None).count()
    title = ngettext("%(count)d次查看身份等您复核", "%(count)d次查看身份等您复核", count) % {"count": count}
    return Waiting(title, _("该不该看，由没有看过的人来判断。"), reverse("vault:review"), "eye") if count else None


ASKED: tuple[tuple[str, Callable[[Any], Waiting | None]], ...] = (
    ("access.invite", invited),
    ("access.grant", left_empty),
    ("access.grant", without_grants),
    ("vault.review", unreviewed),
)

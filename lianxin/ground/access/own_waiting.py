"""What waits for those who keep the platform: people without a way in, without grants, posts without anybody, jobs undone."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.access.answering import can, office_of, reach
from lianxin.ground.access.models import Grant, Invitation, User
from lianxin.ground.access.waiting import Waiting
from lianxin.ground.core.clock import now
from lianxin.ground.core.doctor import night
from lianxin.ground.rulebook.models import RulesProposal

SOON = timedelta(days=3)  # an invitation holds for seven


def invited(user: Any) -> Waiting | None:
    """Who was invited and has not come in, and how many links are about to run out."""
    if not can(user, "access.invite"):
        return None
    waiting = User.objects.visible_to(user).waiting_to_come_in()
    count, at = waiting.count(), now()
    ending = Invitation.objects.open(at).filter(user__in=waiting, expires_at__lte=at + SOON).count() if count else 0
    title = ngettext("%(count)d人还没有开通登录", "%(count)d人还没有开通登录", count) % {"count": count}
    note = _("链接7天有效；没有收到或过期了，给本人重新开通。")
    if ending:
        note = ngettext(
            "其中%(count)d人的链接3天内失效，请提醒本人，或重新开通。",
            "其中%(count)d人的链接3天内失效，请提醒本人，或重新开通。",
            ending,
        ) % {"count": ending}
    return Waiting(title, note, "letter", f"{reverse('access:staff')}?state=waiting") if count else None


def left_empty(user: Any) -> Waiting | None:
    """Posts whose holder has left, and for which somebody is proposed."""
    if not can(user, "access.grant"):
        return None
    count = sum(map(reach(user, "access.grant").covers, Grant.objects.left_empty()))
    title = ngettext("%(count)d个职务等人接任", "%(count)d个职务等人接任", count) % {"count": count}
    note = _("有人离任，提了接手的人，等您授权。")
    return Waiting(title, note, "people", reverse("access:posts")) if count else None


def without_grants(user: Any) -> Waiting | None:
    """Who may do nothing yet."""
    if not can(user, "access.grant"):
        return None
    count = User.objects.visible_to(user).without_grants().count()
    title = ngettext("%(count)d人还没有授权", "%(count)d人还没有授权", count) % {"count": count}
    note = _("授权以前，他们登录了也做不了什么。")
    return Waiting(title, note, "people", f"{reverse('access:staff')}?state=idle") if count else None


def rules_to_approve(user: Any) -> Waiting | None:
    """Rules that somebody else proposed, for whoever may approve them."""
    if not can(user, "rulebook.approve"):
        return None
    count = RulesProposal.objects.waiting_for(user.pk).count()
    title = ngettext("%(count)d份新规则等人批准", "%(count)d份新规则等人批准", count) % {"count": count}
    note = _("看过改了哪些行，批准以后才施行。")
    return Waiting(title, note, "scale", reverse("access:rules")) if count else None


def rules_sent_back(user: Any) -> Waiting | None:
    """Rules that this person proposed, and that another did not approve."""
    if not can(user, "rulebook.adopt"):
        return None
    count = RulesProposal.objects.sent_back().filter(proposed_by_id=user.pk).count()
    title = ngettext("%(count)d份新规则退回来了", "%(count)d份新规则退回来了", count) % {"count": count}
    note = _("看过理由，改好再提一次，或者作废。")
    return Waiting(title, note, "scale", reverse("access:rules")) if count else None


def undone(user: Any) -> Waiting | None:
    """Jobs that failed, or that no worker makes up: told to each of the three administrators."""
    if not office_of(user):
        return None
    count = night.jobs_to_mend()
    title = ngettext("%(count)d个定时任务没有做成", "%(count)d个定时任务没有做成", count) % {"count": count}
    note = _("请管服务器的人运行 lianxin check，它说出了什么事、怎么办。")
    return Waiting(title, note, "clock") if count else None


ASKS = (invited, left_empty, without_grants, rules_to_approve, rules_sent_back, undone)

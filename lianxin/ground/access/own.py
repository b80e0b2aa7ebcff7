"""What can be done to users and grants, to the rules, and to the record: the apps below know nothing of access."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.access.answering import reach
from lianxin.ground.access.policy import Action, Answer


def over_all_of(code: str, user: Any, obj: Any) -> Answer:
    """What ends everything that a person may do needs a right over all of it, not over one grant of several.

    Read the person's grants beforehand.
    """
    if obj is None:
        return Answer(True)
    far = reach(user, code)
    if all(far.everywhere or far.covers(given) for given in obj.running_grants()):
        return Answer(True)
    return Answer(False, _("%(name)s还担任您管不到的角色，请找管整个平台的管理员来办。") % {"name": obj.name})


KEEPING = partial(Action, is_business=False)
ACTIONS = (
    KEEPING("access.see_staff", gettext_lazy("看人员名单")),
    KEEPING("access.invite", gettext_lazy("邀请人员")),
    KEEPING("access.reinvite", gettext_lazy("重新开通登录"), also=partial(over_all_of, "access.reinvite")),
    KEEPING("access.grant", gettext_lazy("授权")),
    KEEPING("access.leave", gettext_lazy("办理离任"), also=partial(over_all_of, "access.leave")),
    KEEPING("core.read_record", gettext_lazy("看全部记录")),
    KEEPING("access.read_sign_ins", gettext_lazy("看登录日志")),
    KEEPING("rulebook.adopt", gettext_lazy("提出规则")),
    KEEPING("rulebook.approve", gettext_lazy("批准规则")),
)

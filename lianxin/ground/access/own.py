"""What can be done to users and grants, to the rules, and to the record: the apps below know nothing of access."""

from django.utils.translation import gettext_lazy as _

from lianxin.ground.access.policy import Action

ACTIONS = (
    Action("access.see_staff", _("看人员名单")),
    Action("access.invite", _("邀请人员")),
    Action("access.reinvite", _("重新开通登录")),
    Action("access.grant", _("授权")),
    Action("access.leave", _("办理离任")),
    Action("core.read_record", _("看全部记录")),
    Action("access.read_sign_ins", _("看登录日志")),
    Action("rulebook.adopt", _("启用规则")),
)

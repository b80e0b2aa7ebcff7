"""The kinds of events about users and grants. Sign-ins are not among them: they stand in the sign-in log."""

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.events import EventKind, Named
from lianxin.ground.core.events.kinds import FactType


class Way(TextChoices):
    """A change somebody makes to the own ways of signing in."""

    PASSWORD_CHANGED = "password_changed", _("换了密码")
    PASSWORD_SET = "password_set", _("设了密码")
    PASSWORD_RESET = "password_reset", _("用邮件重设了密码")
    TOTP_ADDED = "totp_added", _("开启了手机验证码")
    TOTP_REMOVED = "totp_removed", _("关闭了手机验证码")
    PASSKEY_ADDED = "passkey_added", _("添加了通行密钥")
    PASSKEY_REMOVED = "passkey_removed", _("删掉了通行密钥")
    RECOVERY_CODES_MADE = "recovery_codes_made", _("换了一批恢复码")


class CodeWay(TextChoices):
    """What a code of the second step is compared with."""

    TOTP = "totp", _("手机验证码的密钥")
    RECOVERY_CODES = "recovery_codes", _("恢复码的密钥")


class FirstWay(TextChoices):
    """With what somebody comes in for the first time."""

    PASSWORD = "password", _("密码")
    PASSKEY = "passkey", _("通行密钥")


GRANT: dict[str, FactType] = {"role": Named("role"), "over": Named("scope"), "starts_on": date, "ends_on": date}

KINDS = (
    EventKind("access.invited", _("邀请"), _("{by}邀请{subject}使用平台"), subject="user"),
    EventKind("access.reinvited", _("重新开通"), _("{by}给{subject}重新开通登录，旧的登录方式作废"), subject="user"),
    EventKind("access.joined", _("开通登录"), _("{subject}用{way}开通了登录"), subject="user", facts={"way": FirstWay}),
    EventKind("access.granted", _("授权"), _("{by}授权{subject}担任{role}（{over}）"), subject="user", facts=GRANT),
    EventKind(
        "access.grant_ended", _("收回授权"), _("{by}收回{subject}的{role}（{over}）授权"), subject="user", facts=GRANT
    ),
    EventKind("access.left", _("离任"), _("{by}办理{subject}离任"), subject="user", parties=("heir",)),
    EventKind(
        "access.post_dismissed",
        _("职务不需要接手"),
        _("{by}定下{subject}离任后的{role}（{over}）不需要接手：{why}"),
        subject="user",
        parties=("heir",),
        facts={"role": Named("role"), "over": Named("scope")},
        texts=("why",),
        look="doc",
    ),
    EventKind(
        "access.ways_changed", _("改动登录方式"), _("{subject}{way}"), subject="user", facts={"way": Way}, look="doc"
    ),
    EventKind(
        "access.second_step_unopenable",
        _("第二道锁打不开"),
        _("{subject}保存的{way}打不开，没有凭它放行"),
        subject="user",
        facts={"way": CodeWay},
    ),
    EventKind("access.unlocked", _("解除锁定"), _("{by}解除了{subject}的登录锁定"), subject="user"),
)

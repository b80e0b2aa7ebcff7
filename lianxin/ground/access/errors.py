"""All the words with which access says no."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.ground.core.errors import RuleError

if TYPE_CHECKING:
    from lianxin.ground.access.models import User


class InvitationSpent(RuleError):
    """The code was used, ran out, was replaced, or never existed."""

    def __init__(self) -> None:
        super().__init__(
            _("这个邀请链接不能用了：可能已经用过、超过了7天，或者后来又发过新的。请系统管理员再发一个给您。")
        )


class UsernameTaken(RuleError):
    """Somebody else signs in with this name."""

    def __init__(self, username: str):
        super().__init__(_("登录名“%(username)s”已经有人用了，请换一个。") % {"username": username})


class UsernameUnfit(RuleError):
    """The username has signs that nobody could type again."""

    def __init__(self, username: str):
        super().__init__(
            _("登录名“%(username)s”不合适：请用2到60个字母、汉字或数字，中间可以有点、横线和下划线。")
            % {"username": username}
        )


class UnknownRole(RuleError):
    """The rules in force know no such role."""

    def __init__(self, role: str):
        super().__init__(_("现行规则里没有“%(role)s”这个角色，请从列出的角色里选。") % {"role": role})


class WrongScope(RuleError):
    """The role is given over another kind of thing."""

    def __init__(self, role: str, kind: str):
        super().__init__(_("“%(role)s”的范围是%(kind)s，请选一个。") % {"role": role, "kind": kind})


class WrongLevel(RuleError):
    """The role is given over things of other levels."""

    def __init__(self, role: str, kind: str, levels: Sequence[TextChoices], scope: str, level: TextChoices):
        told = {"role": role, "kind": kind, "levels": _("、").join(str(one.label) for one in levels)}
        super().__init__(
            _(
                "“%(role)s”只管%(levels)s的%(kind)s，%(scope)s是%(level)s。请选一个%(levels)s的%(kind)s，或者换一个角色。"
            )
            % (told | {"scope": scope, "level": level.label})
        )


class DaysReversed(RuleError):
    """The last day lies before the first."""

    def __init__(self) -> None:
        super().__init__(_("终止日期早于起始日期，请改正。"))


class AlreadyHeld(RuleError):
    """The same role over the same scope runs already."""

    def __init__(self, user: "User", role: str):
        super().__init__(_("%(name)s在这个范围里已经是%(role)s，不用再授权。") % {"name": user.name, "role": role})


class NotRunning(RuleError):
    """The grant has ended already."""

    def __init__(self, user: "User", role: str):
        super().__init__(_("%(name)s的“%(role)s”授权已经终止，不能再收回一次。") % {"name": user.name, "role": role})


class AdministratorsApart(RuleError):
    """The three administrators cannot be one person (GB/T 22239, separation of duties)."""

    def __init__(self, user: "User", held: str, asked: str):
        super().__init__(
            _("%(name)s已经是%(held)s，不能再当%(asked)s：系统、安全、审计三种管理员必须是三个人。请授权给另一个人。")
            % {"name": user.name, "held": held, "asked": asked}
        )


class AdministratorsDoNoBusiness(RuleError):
    """Whoever keeps the platform takes no part in the work on it, and the other way round."""

    def __init__(self, user: "User", held: str, asked: str):
        super().__init__(
            _("%(name)s已经是%(held)s，不能再当%(asked)s：管理员只管平台，不办业务。请授权给另一个人。")
            % {"name": user.name, "held": held, "asked": asked}
        )


class LastAdministrator(RuleError):
    """Without this grant nobody would hold one of the three offices until further notice."""

    def __init__(self, user: "User", role: str):
        super().__init__(
            _("%(name)s是唯一的%(role)s，收回以后就没有人长期管了。请先授权给接手的人，不写终止日期。")
            % {"name": user.name, "role": role}
        )


class NotToOneself(RuleError):
    """Nobody grants, ends or closes what is their own."""

    def __init__(self) -> None:
        super().__init__(_("不能给自己办这件事，请另一位管理员来办。"))


class OfficeNotHandedOn(RuleError):
    """An administrator's office does not pass with a leaving: that would be a grant without anybody who may grant."""

    def __init__(self, user: "User", office: str):
        super().__init__(
            _("%(name)s是%(office)s。这一职不随离任交接，请先由安全管理员授权给接任的人，再办离任。")
            % {"name": user.name, "office": office}
        )


class ReopenedAtTheServer(RuleError):
    """An administrator's sign-in is not reopened by another administrator, who could then enter as that one."""

    def __init__(self, user: "User"):
        super().__init__(
            _(
                "%(name)s是管理员，不能由别的管理员重新开通，免得一个人进到两种职位。请在服务器上用 lianxin administrators --reopen %(username)s。"
            )
            % {"name": user.name, "username": user.username}
        )


class PostSettled(RuleError):
    """Somebody was given the post meanwhile, or it needs nobody."""

    def __init__(self, role: str):
        super().__init__(_("“%(role)s”这一职已经办过，不用再办。请回到名单看看还有哪些。") % {"role": role})


class HasLeft(RuleError):
    """The person has left."""

    def __init__(self, user: "User"):
        super().__init__(_("%(name)s已经离任，不能再办这件事。要重新来，请发一个新的邀请。") % {"name": user.name})


class HeirNeeded(RuleError):
    """Something is open, or an office would stand empty."""

    def __init__(self, user: "User", open_things: Sequence[str]):
        super().__init__(
            _("%(name)s手上还有：%(things)s。请先选接手的人，再办离任。")
            % {"name": user.name, "things": _("、").join(open_things)}
        )


class HeirUnfit(RuleError):
    """The heir has left, has not come in yet, or is the one who leaves."""

    def __init__(self, heir: "User"):
        super().__init__(
            _("%(name)s不能接手：接手的人要在任、已经开通登录，而且不是离任的本人。") % {"name": heir.name}
        )


class AdministratorsStand(RuleError):
    """The three administrators are there already."""

    def __init__(self, names: Sequence[str]):
        super().__init__(
            _(
                "平台已经有管理员：%(names)s。新的管理员由他们邀请、授权；忘了密码，在服务器上用 lianxin administrators --reopen 加登录名。"
            )
            % {"names": _("、").join(names)}
        )


class NotADemo(RuleError):
    """Sign-ins without a secret exist only where all people are made up."""

    def __init__(self) -> None:
        super().__init__(_("这个平台不是演示平台，没有演示登录。"))


class SharedSignIn(RuleError):
    """A made-up person's sign-in belongs to everybody who looks around: nobody changes its lock."""

    def __init__(self) -> None:
        super().__init__(
            _("这是大家共用的演示登录，不能改密码，也不能加锁：改了，别人就进不来了。要试，请另外邀请一个人。")
        )


class SecretUnopenable(RuleError):
    """What is stored of the second step was not sealed for this account by this platform, or was changed since."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "保存的恢复码打不开：它和您的账号对不上，可能数据库被人改动过，也可能平台换过密钥。请到“我的账号”换一批新的，并告诉本单位的系统管理员。"
            )
        )


class SecondStepUnopenable(RuleError):
    """The code cannot be compared, because what it is compared with does not open."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "没有放行：保存的手机验证码密钥或恢复码打不开，和您的账号对不上，可能数据库被人改动过，也可能平台换过密钥。手边还有恢复码或通行密钥，可以换它试试；没有的话，请找本单位的系统管理员重新开通。这件事已经记下，审计管理员看得到。"
            )
        )


class TooOften(RuleError):
    """Somebody did something too often. `seconds` is how long to wait."""

    status = 429

    def __init__(self, seconds: int):
        self.seconds = seconds
        minutes = -(-seconds // 60)
        super().__init__(
            ngettext(
                "短时间里次数太多了，请%(minutes)d分钟以后再试。已经收到的不会丢。",
                "短时间里次数太多了，请%(minutes)d分钟以后再试。已经收到的不会丢。",
                minutes,
            )
            % {"minutes": minutes}
        )


class DigestsNotSent(RuleError):
    """So many e-mails of the week did not go; those that went do not go again."""

    def __init__(self, count: int):
        super().__init__(
            ngettext(
                "%(count)d封每周提醒没有寄出，请看邮件服务器和 LIANXIN_EMAIL。",
                "%(count)d封每周提醒没有寄出，请看邮件服务器和 LIANXIN_EMAIL。",
                count,
            )
            % {"count": count}
        )

"""All the words with which messages say no."""

from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError


class NoSuchChannel(RuleError):
    """Nothing is sent that way on this platform."""

    def __init__(self) -> None:
        super().__init__(_("这个平台没有开通这种告知方式，请换一种。"))


class NoAddress(RuleError):
    """Nothing would ever arrive: there is no number or address for this way, or none that it gets to.

    `way` names what is missing: a field of Particulars.
    """

    def __init__(self, way: str):
        told = {
            "phone": _("您没有留过收得到短信的手机号，发了也收不到。要留，请带着查询码到任一站点；不留，就选别的。"),
            "email": _("您没有留过邮箱，发了也收不到。要留，请带着查询码到任一站点；不留，就选别的。"),
            "wechat": _("您还没有在微信里确认过，发了也收不到。请先在微信里确认；不用微信，就选别的。"),
        }
        super().__init__(told[way])


class SettingUnusable(RuleError):
    """A setting says something that cannot be done."""


class MailboxUnreachable(RuleError):
    """The mailbox does not answer, or lets nobody in; says the kind of failure alone."""

    def __init__(self, kind: str):
        super().__init__(_("信箱连不上（%(kind)s），邮件还在信箱里，稍后会再取。") % {"kind": kind})


class MailboxUntrusted(MailboxUnreachable):
    """The server of the mailbox cannot prove who it is: nothing was said to it, the password least of all."""

    def __init__(self) -> None:
        told = _("信箱服务器的证书不可信，所以没有登录；邮件还在信箱里，稍后会再取。")
        RuleError.__init__(
            self, told + _("请系统管理员核对LIANXIN_MAILBOX里的服务器名，或者让本机信任签发证书的机构。")
        )


class LettersNotTaken(RuleError):
    """Some letters could not be taken, and are tried again."""

    def __init__(self, count: int):
        super().__init__(_("有%(count)d封邮件没有收成，还在信箱里，稍后会再试。") % {"count": count})


class WechatSilent(RuleError):
    """WeChat does not answer, or not as it should."""

    def __init__(self) -> None:
        super().__init__(_("微信现在没有应答，还没有选好。请过几分钟再试一次。"))


class WechatCodeUnusable(RuleError):
    """What WeChat gave was used before, or is too old."""

    def __init__(self) -> None:
        super().__init__(_("微信给的凭证用过了或者过时了，还没有选好。请再按一次。"))


class NotInFull(RuleError):
    """WeChat shows a preview of the page: who sees it is nobody."""

    def __init__(self) -> None:
        super().__init__(_("微信只打开了预览，还没有选好。请按屏幕下方的“使用完整服务”，再来一次。"))


class DoesNotFollow(RuleError):
    """WeChat lets an account write to those alone who follow it."""

    def __init__(self, account: str):
        told = {"account": account}
        super().__init__(_("您还没有关注服务号“%(account)s”，微信不让它给您发消息。请先关注，再来选一次。") % told)

"""All the words with which messages say no."""

from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError


class NoSuchChannel(RuleError):
    """Nothing is sent that way on this platform."""

    def __init__(self) -> None:
        super().__init__(_("这个平台没有开通这种告知方式，请换一种。"))


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

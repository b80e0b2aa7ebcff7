"""All words with which this app says no."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.errors import RuleError


class OwnPhoto(RuleError):
    """Whoever took a photo in does not make it public."""

    def __init__(self) -> None:
        super().__init__(_("这张照片是您传的，要由另一个人看过才能公开。请站点、乡镇或办公室的同事打开这一页。"))


class OwnAttachment(RuleError):
    """Whoever sent an attachment does not make it public."""

    def __init__(self) -> None:
        super().__init__(_("这个附件是您传的，要由另一个人看过才能公开。请乡镇或办公室的同事打开这一页。"))


class StillPublic(RuleError):
    """What was found fit to be public is not destroyed by who writes."""

    def __init__(self) -> None:
        super().__init__(_("这个附件看过、可以公布，不能直接删。请审的人先改为不公布，再删去。"))


class OwnWords(RuleError):
    """Whoever wrote or submitted words does not publish them."""

    def __init__(self) -> None:
        super().__init__(_("这一版您写过或者送审过，要由另一个人审。请乡镇或办公室的同事打开这一页。"))


class UnfinishedNews(RuleError):
    """Title or text is empty."""

    def __init__(self) -> None:
        super().__init__(_("还没写完：题目和正文都要有。请写好再送审。"))


class NothingChanged(RuleError):
    """A correction does not say what changed."""

    def __init__(self) -> None:
        super().__init__(_("这是更正，还没有写改了什么、为什么改。请点“接着写”，在“更正说明”里写一句，读者会看到。"))


class NothingAsked(RuleError):
    """News of a category that asks residents asks them nothing."""

    def __init__(self) -> None:
        super().__init__(
            _("这一类消息要有问题，居民才能答。请先点“加上问题”，写好问题和截止日；不问问题的，换一个类别。")
        )


class TimesReversed(RuleError):
    """It would end before it begins."""

    def __init__(self) -> None:
        super().__init__(_("“公布到”比“公布时间”早，谁也看不到。请改其中一个。"))


class ChangedMeanwhile(RuleError):
    """Somebody changed it, or decided, since the page was read."""

    def __init__(self) -> None:
        super().__init__(_("您打开这一页以后，这一版有人改过或者办过。您写的还在下面；请对照新的一份再办。"))


class WrittenAlready(RuleError):
    """Another wording is under way."""

    def __init__(self) -> None:
        super().__init__(_("这条消息已经有一版在写或者等人审。请打开它接着写，不用另起一版。"))


class NotPublished(RuleError):
    """There is nothing that everybody reads."""

    def __init__(self) -> None:
        super().__init__(_("这条消息没有公布，或者已经撤下，现在不能这样办。请看看它现在到了哪一步。"))


class UnseenAttachments(RuleError):
    """An attachment that nobody looked at would go along."""

    def __init__(self) -> None:
        super().__init__(_("还有附件没有人看过。请先打开附件，逐个定下公开还是不公开，再公布。"))


class SensitiveLeft(RuleError):
    """A piece of private data stands there, and nobody said why it may."""

    def __init__(self, where: str):
        super().__init__(_("%(where)s还没有定。请勾选遮掉，或者写明为什么可以公布。") % {"where": where})


class CannotMask(RuleError):
    """It is spread over marks of the text, or stands in a link, so that bars cannot be drawn over it."""

    def __init__(self, where: str):
        super().__init__(_("%(where)s遮不住：它在链接里，或者被格式隔开了。请退回修改。") % {"where": where})


class AskedAlready(RuleError):
    """The questions were reviewed, or the result is being written."""

    def __init__(self) -> None:
        super().__init__(_("问题已经送审或者公布过，不能再改；结果也只写一次。请打开这条消息，看看到了哪一步。"))


class AskedNothing(RuleError):
    """There are no questions whose result could be told."""

    def __init__(self) -> None:
        super().__init__(_("这条消息没有征求意见，没有结果可写。请打开征求意见的那一条。"))


class NotAsking(RuleError):
    """It is not answered today."""

    def __init__(self) -> None:
        super().__init__(_("这次征求意见还没有开始，或者已经结束，没有收下。要说的事，可以从“说一件事”里说。"))


class StillAsking(RuleError):
    """It runs still."""

    def __init__(self, until: date):
        day = date_format(until, "DATE_FORMAT")
        super().__init__(_("这次征求意见到%(day)s才结束，现在还不能写结果。请结束以后再写。") % {"day": day})


class NotLonger(RuleError):
    """A call would end sooner than residents were told, or on a day that is over."""

    def __init__(self, until: date):
        day = date_format(until, "DATE_FORMAT")
        super().__init__(
            _("只能改得更晚：原来到%(day)s为止，新的截止日要比它晚，也不能是已经过去的日子。") % {"day": day}
        )


class HiddenAlready(RuleError):
    """Somebody else did that."""

    def __init__(self) -> None:
        super().__init__(_("刚才已经有人改过这一份算不算数。请刷新，看一看是怎么定的。"))


class NoConsent(RuleError):
    """A story is published with the deputy's written consent, and told no more without it."""

    def __init__(self) -> None:
        super().__init__(_("写的是一位代表，还没有本人的书面同意，不能公布。请先在消息那一页记下书面同意。"))


class ConsentThere(RuleError):
    """Somebody consented to what is told of them."""

    def __init__(self) -> None:
        super().__init__(_("已经有本人的书面同意，不能换成别的代表。写别人的，请另写一条。"))


class OfNobody(RuleError):
    """It does not say of whom it tells."""

    def __init__(self) -> None:
        super().__init__(_("这条消息还没有写明写的是哪位代表。请先按“写的是哪位代表”。"))


class OtherHost(RuleError):
    """A live stream is at a host that the rules do not name."""

    def __init__(self, hosts: Iterable[str]):
        told = {"hosts": "、".join(hosts)}
        super().__init__(
            _("直播链接要以 https:// 开头，而且只能是这些网站的：%(hosts)s。要用别的网站，请系统管理员改规则。") % told
        )


class StreamReversed(RuleError):
    """A live stream would end before it begins."""

    def __init__(self) -> None:
        super().__init__(_("直播结束比开始早。请改其中一个。"))

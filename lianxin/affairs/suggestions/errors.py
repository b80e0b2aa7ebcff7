"""Why something cannot be done to a suggestion, in the words of the work."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError


class DraftSaved(RuleError):
    """Somebody saved the draft since the page was read."""

    def __init__(self) -> None:
        super().__init__(_("您打开这一页以后，草稿有人改过。您写的还在下面；对照新的一份，再存一次。"))


class SubmittedAlready(RuleError):
    """It is a draft no more."""

    def __init__(self, title: str):
        super().__init__(_("“%(title)s”已经提出，不能再当草稿改。请打开它，看看办到哪一步了。") % {"title": title})


class NotSubmitted(RuleError):
    """It is a draft still."""

    def __init__(self, title: str):
        super().__init__(_("“%(title)s”还是草稿，没有提出，现在不能这样办。请先提出。") % {"title": title})


class NotAnswered(RuleError):
    """Nothing went out yet that a letter of reply could say."""

    def __init__(self, number: str):
        super().__init__(_("%(number)s的答复还没有发出。请先写好答复、经批准发出，再出答复函。") % {"number": number})


class Unfinished(RuleError):
    """Parts of it are empty."""

    def __init__(self, lacks: Sequence[str]):
        super().__init__(_("还没写完：%(parts)s。请补上再提出。") % {"parts": _("、").join(lacks)})


class NotAtWork(RuleError):
    """Who leads it, or was asked to join it, is no deputy at work."""

    def __init__(self, name: str):
        super().__init__(_("%(name)s现在不在代表岗位上，不能提建议，也不能附议。") % {"name": name})


class OtherCongress(RuleError):
    """A deputy of another congress cannot join."""

    def __init__(self, name: str, congress: str):
        super().__init__(
            _("%(name)s不是%(congress)s的代表，不能附议。请只邀请同一个人民代表大会的代表。")
            % {"name": name, "congress": congress}
        )


class AskedAlready(RuleError):
    """Who was asked already, or leads it."""

    def __init__(self, name: str):
        super().__init__(_("%(name)s已经在名单里，不用再请一次。") % {"name": name})


class NotAsked(RuleError):
    """Somebody signs who was not asked."""

    def __init__(self) -> None:
        super().__init__(_("没有请您附议这一件。"))


class WordsChanged(RuleError):
    """The words are not those that the page showed."""

    def __init__(self) -> None:
        super().__init__(_("您打开这一页以后，文字改过了。附议的是您看过的文字，请看过新的再定。"))


class NotRated(RuleError):
    """It cannot be rated now."""

    def __init__(self) -> None:
        super().__init__(_("现在没有要您评价的答复：还没有答复，或者您已经评过。"))


class NotOfYours(RuleError):
    """An opinion that the deputy may not raise."""

    def __init__(self) -> None:
        super().__init__(_("这件群众意见不在您手上，也没有公开，不能写进建议。请从您手上的或公开的里面选。"))


class NothingToPublish(RuleError):
    """It was not taken, or was withdrawn."""

    def __init__(self, number: str):
        super().__init__(_("%(number)s没有交办，不能公开。交办以后才公开。") % {"number": number})

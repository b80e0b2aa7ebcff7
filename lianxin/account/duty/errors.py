"""All the words with which duties and scores say no."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError
from lianxin.ground.rulebook.problems import nearest


class NoEvents(RuleError):
    """A register without any event does not say of which period it is."""

    def __init__(self) -> None:
        super().__init__(
            _("登记表里一条记录也没有，看不出是哪一期。请用 --period 写明其中一天，如 --period 2026-03-01。")
        )


class NotInAnyPeriod(RuleError):
    """The day lies in no period of the regulation."""

    def __init__(self, on: date):
        super().__init__(_("%(day)s不在这份办法的周期里。请换一天。") % {"day": date_format(on)})


class NoSuchParty(RuleError):
    """Nobody in the files is called so."""

    def __init__(self, word: str, known: Iterable[str]):
        near = nearest(word, known)
        text = _("名单和登记表里都没有“%(word)s”。") % {"word": word}
        super().__init__(text + (_("最接近的是“%(word)s”。") % {"word": near} if near else ""))


class NoSuchItem(RuleError):
    """The regulation has no such item."""

    def __init__(self, word: str, known: Iterable[str]):
        near = nearest(word, known)
        text = _("办法里没有“%(word)s”这个项目。") % {"word": word}
        super().__init__(text + (_("最接近的是“%(word)s”。") % {"word": near} if near else ""))


class NotReadable(RuleError):
    """A file cannot be read."""

    def __init__(self, file: str):
        super().__init__(_("读不了“%(file)s”：没有这个文件，或者没有权限。请核对路径。") % {"file": file})


class NoSuchRegulation(RuleError):
    """A version of the rules has no regulation of this code."""

    def __init__(self, code: str):
        super().__init__(_("那个版本里没有这份办法（%(code)s）。请换一个版本。") % {"code": code})

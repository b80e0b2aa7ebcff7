"""All the words with which files are refused: what happened, why, what next."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.uploads import MEGABYTE
from lianxin.lib import papers as layout

if TYPE_CHECKING:
    from lianxin.lib.papers import Found


class FileRefused(RuleError):
    """What was sent is not taken. The text says why, and what to send instead."""

    status = 400


class Empty(FileRefused):
    """There is nothing in it."""

    def __init__(self) -> None:
        super().__init__(_("这个文件是空的，可能没有传完。请打开它看一看，再选一次。"))


class TooLarge(FileRefused):
    """More bytes than are taken of this kind."""

    status = 413

    def __init__(self, what: str | Promise, size: int, most: int, advice: str | Promise):
        super().__init__(
            _("这个文件有%(size)d兆，%(what)s最多收%(most)d兆。%(advice)s")
            % {"size": -(-size // MEGABYTE), "what": what, "most": most // MEGABYTE, "advice": advice}
        )


class WrongKind(FileRefused):
    """By its content it is something else."""

    def __init__(self, what: str | Promise, found: str | Promise | None, advice: str | Promise):
        is_what = _("它其实是%(found)s") % {"found": found} if found else _("看不出它是什么文件")
        super().__init__(
            _("这不是%(what)s：%(is_what)s（看的是内容，不是文件名）。%(advice)s")
            % {"what": what, "is_what": is_what, "advice": advice}
        )


class TooManyPixels(FileRefused):
    """A picture that would fill the memory when it is opened."""

    def __init__(self, megapixels: int):
        super().__init__(
            _("这张图片的尺寸太大（最多%(most)d百万像素），没有打开。请用手机直接拍一张，或者截一张图再传。")
            % {"most": megapixels}
        )


class Unreadable(FileRefused):
    """A picture that is broken."""

    def __init__(self) -> None:
        super().__init__(_("这张图片打不开，可能没有传完，或者坏了。请重新拍一张，或者截一张图再传。"))


class TooMany(FileRefused):
    """More files than are taken at once."""

    def __init__(self, most: int):
        super().__init__(_("一次最多%(most)d张照片。请留下最要紧的几张，再选一次。") % {"most": most})


class OneOfMany(FileRefused):
    """One of several is refused; says which."""

    def __init__(self, number: int, why: str):
        super().__init__(_("第%(number)d张：%(why)s") % {"number": number, "why": why})


class DiskFull(RuleError):
    """There is no room for it."""

    status = 507

    def __init__(self) -> None:
        super().__init__(
            _("没有存上：服务器的磁盘满了。以前存的都还在。请告诉系统管理员，腾出空间后再传一次；不带文件也可以先办。")
        )


class NotStored(RuleError):
    """The folder of files takes nothing, whatever the reason."""

    status = 507

    def __init__(self) -> None:
        super().__init__(_("没有存上：服务器上存文件的地方现在写不进去。以前存的都还在。请告诉系统管理员，再传一次。"))


class Gone(RuleError):
    """Somebody discarded it."""

    def __init__(self) -> None:
        super().__init__(_("这个文件已经删去，看不到了。"))


class ContentLost(RuleError):
    """The row is there, and the content is not, or does not open."""

    status = 500

    def __init__(self) -> None:
        super().__init__(_("这个文件的内容打不开：存着的内容不见了，或者被改动过。请告诉系统管理员，用备份核对。"))


class ContentsMissing(RuleError):
    """The nightly look found rows without content."""

    def __init__(self, count: int):
        super().__init__(_("有%(count)d个文件的内容不见了。请核对存文件的文件夹，用备份找回。") % {"count": count})


class AlreadyLooked(RuleError):
    """Somebody else looked at it, and decided, in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("刚才已经有人看过这个文件，作了决定。请刷新，看一看是怎么定的。"))


class NeverPublic(RuleError):
    """Voices and scanned letters tell who somebody is."""

    def __init__(self, what: str | Promise):
        super().__init__(_("%(what)s听得出、认得出是谁，不能公开。要公开的话，请把内容写成文字。") % {"what": what})


class MarkTaken(RuleError):
    """Another body numbers its papers under this mark."""

    def __init__(self, mark: str, other: str):
        super().__init__(
            _("“%(mark)s”是%(other)s在用的机关代字，两家用同一个，文号会混。请换一个。")
            % {"mark": mark, "other": other}
        )


class PaperErased(RuleError):
    """What it said was taken away with the words that it was about."""

    def __init__(self, number: str):
        numbered, plain = _("%(number)s的内容已经按规定销毁，只留文号。"), _("它的内容已经按规定销毁。")
        super().__init__(numbered % {"number": number} if number else plain)


class PrintedMeanwhile(RuleError):
    """Somebody noted a print since the page was read, perhaps by pressing twice."""

    def __init__(self) -> None:
        super().__init__(
            _("没有再记：您打开这一页以后，已经记过一次印发。请看看上面是不是同一次；不是的话，再记一次。")
        )


class TemplateRefused(FileRefused):
    """A template is not taken: each of `whys` says what to mend."""

    MOST = 8

    def __init__(self, whys: Sequence[str | Promise]):
        self.whys = [
            *whys[: self.MOST],
            *([_("还有几处，改好这些再传一次就会看到。")] if len(whys) > self.MOST else []),
        ]
        super().__init__("\n".join(map(str, self.whys)))


class SetMeanwhile(RuleError):
    """Somebody else changed which template is in force."""

    def __init__(self) -> None:
        super().__init__(_("没有改：刚才已经有人换过模板，请看现在用的是哪一个。"))


def told_of(found: "Found") -> str:
    """What is wrong with a placeholder, where it stands, and what to write instead."""
    facts = {"name": found.name, "where": found.where, "all": "、".join(layout.PLACEHOLDERS)}
    if found.mistake == layout.Mistake.UNKNOWN:
        said = _("“%(where)s”这一段里，没有叫“%(name)s”的占位词。") % facts
        if found.nearest:
            return said + _("是不是“%(nearest)s”？") % {"nearest": found.nearest}
        return said + _("能用的有：%(all)s。") % facts
    return {
        layout.Mistake.OPEN: _("“%(where)s”这一段里，大括号没有成对：占位词前面要两个{，后面要两个}。"),
        layout.Mistake.BESIDE: _(
            "“%(where)s”这一段里，“%(name)s”会变成几段，要自己占一段，请把旁边的字、图片、文本框移走。"
        ),
        layout.Mistake.TWICE: _("“%(name)s”只能出现一次。"),
        layout.Mistake.LACKING: _("没有“%(name)s”这个占位词，写出来的公文会缺内容。请加上。"),
        layout.Mistake.MANY: _("占位词太多，请删去重复的。"),
    }[found.mistake] % facts

"""Why something cannot be done to the bulletin, in the words of the work."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError


class BegunAlready(RuleError):
    """The month has an issue."""

    def __init__(self, month: str):
        super().__init__(_("%(month)s已经有一期了，请打开那一期接着编。") % {"month": month})


class MonthNotBegun(RuleError):
    """The month lies ahead."""

    def __init__(self, month: str):
        super().__init__(_("%(month)s还没有到，没有可以编的。请选这个月或者以前的月份。") % {"month": month})


class ChangedMeanwhile(RuleError):
    """Somebody changed the issue since the page was read."""

    def __init__(self) -> None:
        super().__init__(_("您打开这一页以后，这一期有人改过。这一次没有存。请看过新的样子再办。"))


class NotNow(RuleError):
    """It is further, or not so far."""

    def __init__(self, state: str):
        super().__init__(_("这一期现在是“%(state)s”，不能这样办。") % {"state": state})


class NothingIn(RuleError):
    """It has no entry."""

    def __init__(self) -> None:
        super().__init__(_("这一期还没有放进一件事。请先从左边放几件进来。"))


class NotFit(RuleError):
    """Entries that may not be printed as they are."""

    def __init__(self, whys: Sequence[tuple[str, str]]):
        self.whys = list(whys)
        told = _("；").join(_("“%(item)s”%(why)s") % {"item": item, "why": why} for item, why in whys)
        super().__init__(_("有几条现在不能登：%(told)s。请改好或者拿掉，再送一次。") % {"told": told})


class SamePerson(RuleError):
    """Each step is another person's."""

    def __init__(self) -> None:
        super().__init__(_("编辑、复核、签发要三个人。您已经办过其中一步，请另一位来办这一步。"))


class PrivateFound(RuleError):
    """The words may give somebody away."""

    def __init__(self, found: Sequence[str]):
        told = _("、").join(f"“{one}”" for one in found)
        super().__init__(
            _("这些可能是个人信息：%(found)s。请改掉；确实可以登的，勾“看过了，可以登”再存。") % {"found": told}
        )


class InAlready(RuleError):
    """The matter stands in this column."""

    def __init__(self) -> None:
        super().__init__(_("这件事已经在这一栏里了。"))


class WithheldAlready(RuleError):
    """Its words were taken out."""

    def __init__(self) -> None:
        super().__init__(_("这一条已经撤下了。"))

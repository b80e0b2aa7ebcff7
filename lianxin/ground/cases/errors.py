"""Why something cannot be done to a case, in the words of the work."""

from django.utils.translation import gettext as _

from lianxin.ground.cases.models import Case
from lianxin.ground.core.errors import RuleError


class NoReason(RuleError):
    """A reason has to be given."""

    def __init__(self) -> None:
        super().__init__(_("请写明理由，看的人才知道为什么。"))


class NotNow(RuleError):
    """The case is not where this could be done."""

    def __init__(self, case: Case):
        told = {"number": case.number, "stage": case.get_stage_display()}
        if case.has_ended:
            told["stage"] = case.get_ending_display()
        super().__init__(_("%(number)s现在是“%(stage)s”，不能这样办了。请打开它，看看接下来能办什么。") % told)


class ChangedMeanwhile(RuleError):
    """Somebody did something to the case since this page was read."""

    def __init__(self, case: Case):
        told = {"number": case.number, "stage": case.get_stage_display()}
        super().__init__(
            _("您打开这一页以后，%(number)s有了变化，现在是“%(stage)s”。这一次没有办。请看过新情况再办。") % told
        )


class NotHeld(RuleError):
    """The matter does not lie with this party any more."""

    def __init__(self, case: Case):
        super().__init__(_("%(number)s已经不在您这里了。请刷新页面，看看现在由谁在办。") % {"number": case.number})


class HeldAlready(RuleError):
    """The matter lies with this party already."""

    def __init__(self, case: Case, name: str):
        super().__init__(_("%(number)s已经在%(name)s手上，不用再交一次。") % {"number": case.number, "name": name})


class NoLongerThere(RuleError):
    """Whom the matter would be handed to is there no more."""

    def __init__(self, name: str):
        super().__init__(_("%(name)s已经不在岗或者撤销了，不能交过去。请另选一个。") % {"name": name})


class TooLateToReturn(RuleError):
    """The days in which a matter could be returned are over."""

    def __init__(self, last: str):
        super().__init__(_("申请退回的期限到%(last)s为止，已经过了。请和交办的办公室联系。") % {"last": last})


class ReplyMissing(RuleError):
    """There is nothing to send."""

    def __init__(self) -> None:
        super().__init__(_("还没有写答复。请先写好，再送出。"))


class ReplyNotApproved(RuleError):
    """The head of the unit has not approved the draft as it stands."""

    def __init__(self) -> None:
        super().__init__(_("答复要由单位负责人批准以后才能送出。请先送审。"))


class DraftChanged(RuleError):
    """A colleague has saved the draft since this page was read."""

    def __init__(self) -> None:
        super().__init__(_("您写的时候，同事也改了这份草稿。您写的还在下面，请和新的草稿对一对，再存一次。"))


class PromiseWithoutDay(RuleError):
    """What comes later needs a day."""

    def __init__(self) -> None:
        super().__init__(_("这一类答复要写明答应做什么、哪一天做到。请补上。"))


class PromisePast(RuleError):
    """A promise lies in the past."""

    def __init__(self) -> None:
        super().__init__(_("承诺的日子要在今天以后。请改一个日子。"))


class NothingToUndo(RuleError):
    """The last step cannot be taken back any more."""

    def __init__(self) -> None:
        super().__init__(_("撤销的时间过了，或者后来又有人办过这件事，不能撤销了。请用别的办法改过来。"))


class RatedAlready(RuleError):
    """This was rated."""

    def __init__(self) -> None:
        super().__init__(_("这一次您已经评过了，评价不能再改。还有话要说，可以在下面补充。"))


class JudgingOver(RuleError):
    """The days in which it could be rated are over."""

    def __init__(self) -> None:
        super().__init__(_("评价的时间已经过了。问题还在的话，可以重新反映。"))


class PromiseSettled(RuleError):
    """It was said already what became of the promise."""

    def __init__(self) -> None:
        super().__init__(_("这项承诺已经有了结果，不用再记。请刷新页面看看。"))


class AlreadyIssued(RuleError):
    """The page from which it was issued was used for another paper."""

    def __init__(self) -> None:
        super().__init__(_("这一页已经出过一份公文了。要再出一份，请重新打开那一页。"))


class LiesWithNoUnit(RuleError):
    """A paper of an office goes to the unit that answers, and there is none."""

    def __init__(self, number: str):
        super().__init__(_("%(number)s现在不在承办单位手上，没有单位可以出文。请先交给单位办。") % {"number": number})

"""Why something cannot be done to an opinion, in the words of the work."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError


class NothingSaid(RuleError):
    """There are no words in it."""

    def __init__(self) -> None:
        super().__init__(_("还没有写要说的事。请用几句话说说是什么事、在哪里。"))


class TooLong(RuleError):
    """More than can be handled as one matter."""

    def __init__(self, most: int):
        super().__init__(_("写得太长了，最多%(most)d个字。请只说最要紧的一件事，别的另写一条。") % {"most": most})


class NobodyThere(RuleError):
    """No congress stands for the place."""

    def __init__(self, place: str):
        super().__init__(
            _("%(place)s还没有人大机构在这个平台上，收不了。请换一个地方，或者打电话。") % {"place": place}
        )


class NotYourGround(RuleError):
    """A clerk writes for somebody else about a place that is not theirs."""

    def __init__(self) -> None:
        super().__init__(_("这个地方和站点不在您负责的范围里，不能在这里代写。请换成您负责的，或者请那里的同事来写。"))


class PrivacyFirst(RuleError):
    """Somebody has to look for private data before it goes further."""

    def __init__(self, number: str):
        words = _("%(number)s里可能有电话、证件号或姓名，还没有人看过。请先“隐私”里看一遍，再交出去。")
        super().__init__(words % {"number": number})


class ComplainedOf(RuleError):
    """It would be handed to the one it complains of."""

    def __init__(self, name: str):
        super().__init__(_("这件事投诉的就是%(name)s，不能交给它办。请交给别的单位或上一级。") % {"name": name})


class ComplaintGoesUp(RuleError):
    """A complaint would be passed to an office that does not stand above."""

    def __init__(self) -> None:
        super().__init__(_("这是一件投诉，只能往上一级转，不能转给同级或下级。请另选上一级的机构，或者在这里办。"))


class MergesIntoItself(RuleError):
    """A matter cannot be merged into itself, or into one that is merged already."""

    def __init__(self, number: str):
        super().__init__(_("不能并到%(number)s：它就是这一件，或者它自己已经并到别的事里了。") % {"number": number})


class MergeAcrossVisibility(RuleError):
    """A private opinion would become part of a public matter, or the reverse."""

    def __init__(self) -> None:
        super().__init__(_("一件公开、一件不公开，不能并在一起。可以分别办，答复写得一样。"))


class NotMerged(RuleError):
    """It is not part of another matter."""

    def __init__(self, number: str):
        super().__init__(_("%(number)s没有并到别的事里。") % {"number": number})


class NothingFound(RuleError):
    """What was to be hidden does not stand in the text."""

    def __init__(self, words: str):
        super().__init__(_("内容里没有“%(words)s”，没有遮盖任何地方。请照原文写。") % {"words": words})


class NotAnswered(RuleError):
    """It was not answered yet."""

    def __init__(self) -> None:
        super().__init__(_("这件事还没有答复，等答复了再评价。"))


class ReopenedOnce(RuleError):
    """It was reopened already."""

    def __init__(self) -> None:
        super().__init__(_("这件事已经重新办过一次。还有问题，请另外反映，或者找代表当面说。"))


class NotYours(RuleError):
    """The deputy has no mandate that holds this."""

    def __init__(self) -> None:
        super().__init__(_("这件事不在您手上。"))


class TakenUpAlready(RuleError):
    """The deputy has taken it up before; the clock is not wound anew."""

    def __init__(self, number: str):
        super().__init__(_("%(number)s您已经认领过了，期限不重新算。请作说明，或者转回办公室。") % {"number": number})


class SolvedIsNotYours(RuleError):
    """A deputy explains or takes up; whether it is solved others say."""

    def __init__(self) -> None:
        super().__init__(_("代表可以作说明、可以认领，“解决了”要由办事单位、办公室或反映人来说。"))


class StaysWithStaff(RuleError):
    """A complaint about somebody is never public."""

    def __init__(self) -> None:
        super().__init__(_("投诉代表、站点或单位的意见不公开，只给上一级的工作人员看。这里不能改。"))


class NameMissing(RuleError):
    """A name is to stand in public, and none was given."""

    def __init__(self) -> None:
        super().__init__(_("您选了写名字，请写明公开时用哪个名字。"))


class Gone(RuleError):
    """The words were erased."""

    def __init__(self) -> None:
        super().__init__(_("原话已经按规定销毁，看不到了。"))


class StateUnusable(RuleError):
    """A browser came back from another server with what was not given to it here, or too long ago, or was used before."""

    def __init__(self) -> None:
        super().__init__(_("这一次过时了、用过了，或者不是在这里开始的，还没有选好。请再按一次。"))


class NotOnPaper(RuleError):
    """There is no letter of which a fair copy could be made."""

    def __init__(self, number: str):
        super().__init__(
            _("%(number)s不是来信，或者已经办结，没有要抄清的。来信登记以后才能抄清。") % {"number": number}
        )


class NotYetOver(RuleError):
    """A reception is recorded when it is over."""

    def __init__(self, station: str):
        super().__init__(_("%(station)s这次接待还没有结束。请先登记接待结束，再出接待记录。") % {"station": station})


class NotYetMet(RuleError):
    """A joint meeting is recorded on its day or after."""

    def __init__(self, on: date):
        super().__init__(_("%(day)s的会还没有开，没有可记的。请到那一天或者以后再来记。") % {"day": date_format(on)})


class NotRecorded(RuleError):
    """What nobody said of a meeting stands on no paper."""

    def __init__(self, on: date):
        super().__init__(_("%(day)s的会还没有记谁主持、谁参加。请先记会议，再写研判记录。") % {"day": date_format(on)})


class RecordedMeanwhile(RuleError):
    """Somebody else recorded the meeting since this page was read."""

    def __init__(self) -> None:
        super().__init__(_("您打开这一页以后，别人记过这次会，您写的没有存。请刷新看过，还要改再改。"))

"""What the record refuses, in words for people."""

from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError


class NeedsReason(RuleError):
    """An annulment, a refusal or a redaction without a reason."""

    def __init__(self) -> None:
        super().__init__(_("还没有写原因。请写一句为什么，以后查看的人都能看到。"))


class AlreadyAnnulled(RuleError):
    """The event is annulled: nothing more can be said of it."""

    def __init__(self) -> None:
        super().__init__(_("这条记录已经撤销了。如果它其实没有错，请重新记一条。"))


class NotAnnullable(RuleError):
    """An annulment or a redaction cannot be taken back."""

    def __init__(self) -> None:
        super().__init__(_("撤销和删去文字不能再撤销。如果原来的记录没有错，请重新记一条。"))


class NeedsNoCheck(RuleError):
    """The event counts without being checked."""

    def __init__(self) -> None:
        super().__init__(_("这条记录不需要核实，已经算数。如果它有错，请撤销它并写明原因。"))


class OwnWork(RuleError):
    """The checker is the doer."""

    def __init__(self) -> None:
        super().__init__(_("这是您自己的记录，不能由自己核实。请由另一位有核实权限的人来办。"))


class CheckedTwice(RuleError):
    """Two checks are by two people."""

    def __init__(self) -> None:
        super().__init__(_("您已经核实过这条记录。还差的一次要由另一位来核实。"))


class AlreadyConfirmed(RuleError):
    """Confirmed as often as it needs."""

    def __init__(self) -> None:
        super().__init__(_("这条记录已经核实，已经算数。如果核实错了，请撤销那次核实并写明原因。"))


class AlreadyRefused(RuleError):
    """Somebody has refused it."""

    def __init__(self) -> None:
        super().__init__(_("这条记录没有通过核实。如果那次判断有误，请先撤销它并写明原因，再重新核实。"))


class NoText(RuleError):
    """There is no such text, or it has been redacted before."""

    def __init__(self) -> None:
        super().__init__(_("这段文字已经删去，或者本来就没有。"))


class SealedMeanwhile(RuleError):
    """Two processes sealed at once: one of them did, and the chain has one end."""

    def __init__(self) -> None:
        super().__init__(_("另一个进程正在封存，这里没有重复封存。请过几分钟再运行一次，看是否都封好了。"))

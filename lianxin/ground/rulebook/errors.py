"""All the words with which the rulebook says no."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError
from lianxin.ground.rulebook.problems import Problem, listed, nearest


class RulesRefused(RuleError):
    """A preset does not hold up. `problems` are all its mistakes, not only the first."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class NoSuchPreset(RuleError):
    """No folder of presets has this name."""

    def __init__(self, name: str, known: Iterable[str]):
        self.nearest = nearest(name, known)
        text = _("没有叫“%(name)s”的规则预设。现有：%(known)s。") % {"name": name, "known": listed(known)}
        super().__init__(text + (_("最接近的是“%(word)s”。") % {"word": self.nearest} if self.nearest else ""))


class NoSuchFolder(RuleError):
    """The folder of a locality's own presets is not there."""

    def __init__(self, folder: object):
        super().__init__(_("放规则预设的文件夹“%(folder)s”不存在。请改正设置 LIANXIN_PRESETS。") % {"folder": folder})


class NothingInForce(RuleError):
    """No rules are in force on that day."""

    def __init__(self, on: date):
        super().__init__(
            _("%(day)s没有施行中的规则。请先启用一份规则：lianxin rules adopt 预设名。") % {"day": date_format(on)}
        )


class NotInPreset(RuleError):
    """The preset has no such section, because no app of this release declares it."""

    def __init__(self, name: str):
        super().__init__(_("规则里没有“%(name)s”这一份。") % {"name": name})


class AdoptedMeanwhile(RuleError):
    """Somebody else adopted other rules at the same moment."""

    def __init__(self) -> None:
        super().__init__(_("刚才有人启用了另一份规则，这次没有改动。请看过现在施行的规则，再启用一次。"))


class CannotBeginThen(RuleError):
    """The day on which new rules are to begin is taken by rules that cannot be written anew."""

    def __init__(self, start: date, old_from: date, old_to: date | None):
        days = {"start": date_format(start), "from": date_format(old_from)}
        if old_to is None:
            text = _("不能从%(start)s起施行：已有从%(from)s起施行的规则，它不能改写。请填晚于那一天的日子。") % days
        else:
            days["to"] = date_format(old_to)
            text = _("不能从%(start)s起施行：%(from)s至%(to)s施行的规则已经定了，不能改写。请另填一天。") % days
        super().__init__(text)


class SameRules(RuleError):
    """Nothing differs from the rules in force."""

    def __init__(self) -> None:
        super().__init__(_("这份规则和施行中的一字不差，不用再启用。"))


class EndsBeforeItBegins(RuleError):
    """The preset says a last day before the day on which it is to begin."""

    def __init__(self, start: date, end: date):
        days = {"start": date_format(start), "end": date_format(end)}
        super().__init__(_("规则写明施行到%(end)s为止，不能从%(start)s起施行。请改日子，或者改 in_force.to。") % days)


class DayPassed(RuleError):
    """The day on which proposed rules were to begin is over: nobody puts rules into force for days that were lived by others."""

    def __init__(self, day: date):
        text = _("%(day)s已经过了，规则不能从过去的日子起施行。请定今天或以后的日子；已经提出的，退回去另定一天。")
        super().__init__(text % {"day": date_format(day)})


class BasisChanged(RuleError):
    """Other rules were adopted after these were proposed."""

    def __init__(self) -> None:
        super().__init__(
            _("提出以后，又启用了别的规则，这一份会把它们盖掉，不能批准。请退回，在现在的规则上再改一次。")
        )


class OwnProposal(RuleError):
    """Who proposed rules decides about them."""

    def __init__(self) -> None:
        super().__init__(_("这一份是您自己提出的，要由另一个人批准或退回。您可以作废它。"))


class DecidedAlready(RuleError):
    """Somebody decided about the proposal at the same moment, or before."""

    def __init__(self) -> None:
        super().__init__(_("这一份刚才已经有人批准、退回或作废了，这次没有改动。请看过现在的情况。"))


class NoReasonGiven(RuleError):
    """A reason is lacking."""

    def __init__(self) -> None:
        super().__init__(_("请写明理由，另一个人要看。"))

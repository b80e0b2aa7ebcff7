"""What whoever keeps the rota does to a shift, and to the duty of one deputy; what a deputy does. Each a form."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.stations.checking_in import fits
from lianxin.affairs.stations.errors import CheckInOver, WrongCode
from lianxin.affairs.stations.kinds import CameBy
from lianxin.affairs.stations.models import Shift
from lianxin.affairs.stations.rota import turn
from lianxin.ground.core.clock import day_of, today
from lianxin.ground.core.forms import ActForm, DayInput, FindForm
from lianxin.ground.people.models import Mandate, Person

REASON = 100


def _why(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=REASON, help_text=_("值班的代表看得到，也留在经过里。"))


class DeputyOfStation(forms.ModelChoiceField):
    """A deputy of the station, in the order of turns."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, and when the deputy sat there last."""
        last = getattr(obj, "sat_on", None)
        if last is None:
            return gettext("%(deputy)s · 还没有轮到过") % {"deputy": obj.person.name}
        told = gettext("%(deputy)s · 排在%(day)s") if last > today() else gettext("%(deputy)s · 上次%(day)s")
        return told % {"deputy": obj.person.name, "day": date_format(last)}


class TurnForm(FindForm):
    """One of the deputies whose turn it may be: the next in turn stand first."""

    chosen, finds = "mandate", _("代表的姓名或拼音")
    refused_at = "mandate"
    mandate = DeputyOfStation(
        label=_("换谁来"), queryset=Mandate.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    @property
    def shift(self) -> Shift:
        """The shift that somebody is wanted for."""
        return self.thing

    def all_there_are(self) -> QuerySet[Mandate]:
        """Deputies of the station who are free that day."""
        return turn(self.shift.station, self.shift.held_on)

    def fitting(self, words: str) -> QuerySet[Mandate]:
        """By name or pinyin."""
        return self.all_there_are().filter(person__in=Person.objects.named_like(words))


class RosterForm(TurnForm):
    """补上 One more deputy."""

    title, act = _("补一位代表"), _("排上")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mandate"].label = _("排谁")

    def verb(self, **facts: Any) -> None:
        """Put on the rota."""
        self.thing.roster(facts.pop("mandate"), **facts)


class SwapForm(TurnForm):
    """换班 Another deputy instead of one."""

    title, act = _("换一位代表"), _("换班")
    reason = _why(_("为什么换"))

    @property
    def shift(self) -> Shift:
        """The shift of the duty."""
        return self.thing.shift

    def verb(self, **facts: Any) -> None:
        """Swap."""
        self.thing.shift.swap(self.thing, facts.pop("mandate"), **facts)


class ExcuseForm(ActForm):
    """准假 A deputy cannot come, and nobody sits there instead yet."""

    title, act = _("准假"), _("准假")
    warning = _("准了假，这一班就缺一位。能换人的，请用“换一位代表”。")
    refused_at = "reason"
    reason = _why(_("为什么来不了"))

    def verb(self, **facts: Any) -> None:
        """Excuse."""
        self.thing.shift.excuse(self.thing, **facts)


class CameForm(ActForm):
    """代签 A deputy is there who has no phone at hand."""

    title, act = _("代签到"), _("签到")

    def verb(self, **facts: Any) -> None:
        """The deputy came."""
        self.thing.shift.come(self.thing, way=CameBy.KEEPER, **facts)


class MoveForm(ActForm):
    """改日子 The reception is held on another day."""

    title, act = _("改到另一天"), _("改到这一天")
    warning = _("已经公布的，会再告诉值班的代表；订阅了日历的人，日历会跟着改。")
    refused_at = "on"
    on = forms.DateField(label=_("改到哪一天"), widget=DayInput)
    reason = _why(_("为什么改"))

    def verb(self, **facts: Any) -> None:
        """Move."""
        self.thing.move(**facts)


class CancelForm(ActForm):
    """取消 The reception is not held."""

    title, act = _("取消这次接待"), _("取消接待")
    warning = _("取消了不能恢复，站点的页面上不再有这一天。换一天办的，请用“改到另一天”。")
    refused_at = "reason"
    reason = _why(_("为什么取消"))

    def verb(self, **facts: Any) -> None:
        """Cancel."""
        self.thing.cancel(**facts)


class NoticeForm(ActForm):
    """公布 It is made public now who sits there."""

    title, act = _("现在公布"), _("现在公布")
    warning = _("站点的页面上写出值班的代表，并且告诉他们。到了规则写的日子，会自动公布。")

    def verb(self, **facts: Any) -> None:
        """Give notice."""
        self.thing.give_notice(**facts)


class CloseForm(ActForm):
    """收尾 The reception is over."""

    title, act = _("接待结束"), _("登记结束")
    warning = _("排上了、没有签到的代表，记作没有到。来了忘了签的，请先代签；请了假的，请先准假。")

    def verb(self, **facts: Any) -> None:
        """Close."""
        self.thing.close(**facts)


class AskOffForm(ActForm):
    """申请换班 A deputy cannot come, and says why."""

    title, act = _("来不了，申请换班"), _("交给站点管理员")
    warning = _("管理员换了人或者准了假，才算换下来；在那以前，这一班还是您的。")
    refused_at = "reason"
    reason = forms.CharField(label=_("为什么来不了"), max_length=REASON, help_text=_("只有管理员看得到。"))

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("交给管理员了。")

    def verb(self, **facts: Any) -> None:
        """Ask."""
        self.thing.shift.ask_off(self.thing, **facts)


class CheckInForm(ActForm):
    """签到 The deputy is there, and types or scans the code of the day."""

    title, act = _("到站签到"), _("签到")
    refused_at = "code"
    code = forms.CharField(
        label=_("签到码"),
        help_text=_("站里今天贴的那张纸上，二维码下面的八位。"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("签到了，谢谢您来。")

    def verb(self, **facts: Any) -> None:
        """The deputy came, and says so on the very day. Raises WrongCode, CheckInOver."""
        if not fits(self.thing.shift, facts.pop("code")):
            raise WrongCode
        if day_of(facts["at"]) > self.thing.shift.held_on:
            raise CheckInOver(self.thing.shift)
        self.thing.shift.come(self.thing, way=CameBy.CODE, **facts)


SHIFT_ACTS: dict[str, type[ActForm]] = {
    "roster": RosterForm,
    "move": MoveForm,
    "cancel": CancelForm,
    "notice": NoticeForm,
    "close": CloseForm,
}
DUTY_ACTS: dict[str, type[ActForm]] = {"swap": SwapForm, "excuse": ExcuseForm, "came": CameForm}
OWN_ACTS: dict[str, type[ActForm]] = {"here": CheckInForm, "ask": AskOffForm}

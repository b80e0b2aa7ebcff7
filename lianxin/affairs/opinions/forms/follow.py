"""What residents fill in to follow a matter. Each says what will happen; none is sent by Enter in the midst of a word."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lianxin.affairs.opinions import codes
from lianxin.affairs.opinions.actions import judging, telling
from lianxin.affairs.opinions.errors import NameMissing
from lianxin.affairs.opinions.following import Matter
from lianxin.affairs.opinions.forms.tell import NAME_NEEDED
from lianxin.affairs.opinions.models import Visibility
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.cases.models import Rating
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.forms import ActForm, needed_when
from lianxin.ground.documents import actions as documents
from lianxin.ground.documents.forms import PhotosField
from lianxin.ground.documents.models import FileKind
from lianxin.ground.messages import actions as messages
from lianxin.ground.messages import channels
from lianxin.ground.messages.wechat import Wechat
from lianxin.lib.text import clean, is_empty

LONGEST_TYPED = 80


def code_of(typed: str) -> str:
    """The code in what somebody typed. Raises ValidationError that says what is wrong with it; asks the database nothing."""
    code = codes.plain(typed)
    if "-" in typed and len(code) == 8:  # noqa: PLR2004 - 2609-0384
        raise forms.ValidationError(_("这是编号，人人看得到。请填收据上的查询码，12位数字，像 4831 0927 5562。"))
    if missing := codes.DIGITS - len(code):
        words = (
            ngettext("少了%(count)d位。", "少了%(count)d位。", missing)
            if missing > 0
            else ngettext("多了%(count)d位。", "多了%(count)d位。", -missing)
        )
        example = _("查询码是12位数字，在收据上，像 4831 0927 5562。")
        raise forms.ValidationError(words % {"count": abs(missing)} + example)
    if not codes.is_whole(code):
        raise forms.ValidationError(_("有一位数字不对，或者两位写反了。请照着收据再看一遍。"))
    return code


class CodeForm(forms.Form):
    """The code, in whatever width and grouping it was typed."""

    code = forms.CharField(
        label=gettext_lazy("查询码"),
        help_text=gettext_lazy("12位数字，在收据上。中间空不空格都行。"),
        max_length=LONGEST_TYPED,
        error_messages={"required": gettext_lazy("请填收据上的12位查询码。")},
        widget=forms.TextInput(
            {
                "class": "input input--code",
                "inputmode": "numeric",
                "autocomplete": "off",
                "placeholder": "4831 0927 5562",
            }
        ),
    )

    def clean_code(self) -> str:
        """Its twelve digits."""
        return code_of(self.cleaned_data["code"])


class RatingForm(forms.Form):
    """Two questions apart, neither answered beforehand; who says no may say what exactly."""

    solved = forms.ChoiceField(
        label=gettext_lazy("事情解决了吗？"),
        choices=[
            (Rating.Solved.YES, Rating.Solved.YES.label),
            (Rating.Solved.PARTLY, gettext_lazy("一部分")),
            (Rating.Solved.NO, Rating.Solved.NO.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一个：解决了、解决了一部分，还是没解决。")},
    )
    satisfied = forms.ChoiceField(
        label=gettext_lazy("办事的态度和速度，您满意吗？"),
        choices=Rating.Satisfied.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一个：满意、一般，还是不满意。")},
    )
    why = forms.ChoiceField(label=gettext_lazy("不满意什么？"), required=False, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("想补一句"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"class": "input", "rows": 2, "placeholder": gettext_lazy("例如：第三盏还是一闪一闪")}),
    )

    def __init__(self, rules: OpinionRules, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        why: Any = self.fields["why"]
        why.choices = [(code, one.called) for code, one in rules.dissatisfied.items()]

    def clean(self) -> dict[str, Any]:
        """What is said of dissatisfaction counts only where there is some."""
        given = super().clean() or self.cleaned_data
        if given.get("satisfied") != Rating.Satisfied.NO and given.get("solved") != Rating.Solved.NO:
            given["why"] = ""
        return given


class AddForm(ActForm):
    """Something to add; where more was asked, the answer."""

    title, act = gettext_lazy("补充情况"), gettext_lazy("寄出补充")
    words = forms.CharField(
        label=gettext_lazy("要补充的"),
        help_text=gettext_lazy("时间、地方、人数、照片里看不出来的事。以前说的还在。"),
        error_messages={"required": gettext_lazy("还没有写。请写一两句。")},
        widget=forms.Textarea({"class": "input", "rows": 5}),
    )
    photos = PhotosField(most=4, required=False)
    thing: Matter

    def verb(self, **facts: Any) -> None:
        """Add; the photos are laid before, and dropped where it is refused."""
        laid = documents.lay_all(facts["photos"], kind=FileKind.PHOTO)
        try:
            telling.add(self.thing.opinion, facts["words"], at=facts["at"], photos=laid)
        except RuleError:
            for photo in laid:
                photo.drop()
            raise

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return _("补充收到了，办的人看得到。")


class CorrectForm(ActForm):
    """Something that was said wrongly."""

    title, act = gettext_lazy("更正"), gettext_lazy("寄出更正")
    words = forms.CharField(
        label=gettext_lazy("哪里说错了，应当是什么"),
        help_text=gettext_lazy("原来的话不改，更正写在旁边，办的人两样都看得到。"),
        error_messages={"required": gettext_lazy("还没有写。请写一两句。")},
        widget=forms.Textarea({"class": "input", "rows": 5}),
    )
    thing: Matter

    def verb(self, **facts: Any) -> None:
        """Correct."""
        telling.correct(self.thing.opinion, facts["words"], at=facts["at"])

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return _("更正收到了，写在原话旁边。")


class ReopenForm(ActForm):
    """Once more, with a reason."""

    title, act = gettext_lazy("请再办一轮"), gettext_lazy("再办一轮")
    warning = gettext_lazy("一件事只能要求再办一次。新的一轮从安排谁来办开始，以前的答复都留着。")
    reason = forms.CharField(
        label=gettext_lazy("哪里还没解决"),
        help_text=gettext_lazy("写得越具体越好，例如“第三盏还是不亮”。办的人看得到。"),
        max_length=1000,
        error_messages={"required": gettext_lazy("请写明哪里还没解决。")},
        widget=forms.Textarea({"class": "input", "rows": 4}),
    )
    thing: Matter

    def verb(self, **facts: Any) -> None:
        """Reopen."""
        judging.reopen(self.thing.opinion, facts["reason"], at=facts["at"])

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return _("重新办了，这是第二轮。")


class ShowToForm(ActForm):
    """Who may see it."""

    title, act = gettext_lazy("改谁能看到"), gettext_lazy("就这样改")
    visibility = forms.ChoiceField(
        label=gettext_lazy("谁能看到"),
        help_text=gettext_lazy("改成不公开，马上生效。改成公开，要由人看过有没有隐私才公开。"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
    )
    shown_name = needed_when(
        forms.CharField(
            label=gettext_lazy("公开时用的名字"),
            help_text=gettext_lazy("小名、姓氏都行。"),
            required=False,
            max_length=40,
            widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
        ),
        NAME_NEEDED,
    )
    thing: Matter

    def __init__(self, thing: Matter, *args: Any, **kwargs: Any):
        own = {"visibility": thing.opinion.visibility, "shown_name": thing.opinion.shown_name}
        super().__init__(thing, *args, initial=own, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A name that is missing is asked for beside its field."""
        told = super().clean() or self.cleaned_data
        if told.get("visibility") == Visibility.NAMED and is_empty(clean(told.get("shown_name", ""))):
            self.add_error("shown_name", str(NameMissing()))
        return told

    def verb(self, **facts: Any) -> None:
        """Show it to others than before."""
        telling.show_to(self.thing.opinion, facts["visibility"], facts["shown_name"], at=facts["at"])

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return _("改好了。")


class WithdrawForm(ActForm):
    """Taking it back for good. Who came by a link types the code: a forwarded message destroys nothing."""

    title, act = gettext_lazy("撤回这件事"), gettext_lazy("撤回，销毁我说的话")
    code = CodeForm.base_fields["code"]
    sure = forms.BooleanField(
        label=gettext_lazy("我知道撤回以后找不回来"),
        error_messages={"required": gettext_lazy("请先勾上，表示您知道撤回以后找不回来。")},
    )
    thing: Matter

    def __init__(self, thing: Matter, *args: Any, by_code: bool, **kwargs: Any):
        super().__init__(thing, *args, **kwargs)
        if by_code:
            del self.fields["code"]

    def clean_code(self) -> str:
        """The code of this very matter."""
        code = code_of(self.cleaned_data["code"])
        if codes.mark_of(code) != self.thing.opinion.code_mark:
            raise forms.ValidationError(_("这不是这件事的查询码。请照着收据再看一遍。"))
        return code

    def verb(self, **facts: Any) -> None:
        """Withdraw."""
        telling.withdraw(self.thing.opinion, at=facts["at"])

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return _("撤回了。")


class TellMeForm(ActForm):
    """How one is told: by another way, or not at all."""

    NONE = "none"
    title, act = gettext_lazy("怎样告诉我进展"), gettext_lazy("就这样改")
    refused_at = "channel"
    channel = forms.ChoiceField(
        label=gettext_lazy("有进展时"),
        help_text=gettext_lazy("只能选您留过号码或邮箱的方式。号码由机器使用，没有人看。要换号码，请到站点。"),
        widget=forms.RadioSelect,
    )
    thing: Matter

    def __init__(self, thing: Matter, *args: Any, **kwargs: Any):
        kwargs["initial"] = {"channel": thing.reach.channel if thing.reach else self.NONE}
        super().__init__(thing, *args, **kwargs)
        ways = [(code, _("发%(way)s") % {"way": label}) for code, label in channels.available().items()]
        channel: Any = self.fields["channel"]
        if Wechat.code in channels.available():
            channel.help_text = _(
                "短信、邮件发到您留过的号码和邮箱，微信选了再确认。都由机器使用，没有人看。要换号码，请到站点。"
            )
        channel.choices = [*ways, (self.NONE, _("不发消息，我自己用查询码看"))]

    def verb(self, **facts: Any) -> None:
        """Choose, or stop."""
        now = self.thing.reach.channel if self.thing.reach else self.NONE
        if facts["channel"] == Wechat.code != now:
            self.made = reverse("opinions:matter_wechat")  # chosen once WeChat has said by which openid
        elif facts["channel"] == self.NONE:
            messages.stop(self.thing.opinion.pk, by=None, at=facts["at"])
        else:
            messages.choose(self.thing.opinion.pk, facts["channel"], by=None, at=facts["at"])

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return _("还差一步。") if self.made else _("改好了。")

"""What is done with an issue and its entries, each as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.account.bulletin.actions import drafting, signing
from lianxin.account.bulletin.models import Agreed, Item
from lianxin.account.bulletin.models.item import HEADING, TEXT, WHO
from lianxin.affairs.opinions.forms.desk import EditionField
from lianxin.ground.core.clock import today
from lianxin.ground.core.figures import Period
from lianxin.ground.core.forms import ActForm, PastDayField

MONTHS = 12  # that may be told of


class BeginForm(ActForm):
    """开始编一期"""

    title, act, refused_at = _("开始编一期"), _("开始编"), "month"
    month = forms.ChoiceField(label=_("编哪个月的"), help_text=_("期号按签发的先后排，不按月份。"))

    def __init__(self, thing: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        months = [Period.month(today().year, today().month)]
        while len(months) < MONTHS:
            months.append(months[-1].before)
        begun = set(thing.bulletins.values_list("month", flat=True))
        self.fields["month"].choices = [(one.code, one.called) for one in months if one.starts_on not in begun]

    def verb(self, **facts: Any) -> None:
        """Begin it."""
        period = Period.named(facts.pop("month"))
        assert period, "one of the choices"
        self.made = drafting.begin(self.thing, period, **facts)


class IssueForm(ActForm):
    """A verb of an issue as the page showed it."""

    edition = EditionField()

    def __init__(self, thing: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.initial.setdefault("edition", thing.edition)


class SubmitForm(IssueForm):
    """送复核"""

    title, act = _("送复核"), _("送复核")
    warning = _("送出以后您不能再改。复核的人退回来，才能再改。")

    def verb(self, **facts: Any) -> None:
        """Submit it."""
        signing.submit(self.thing, **facts)


class ReviewForm(IssueForm):
    """复核通过"""

    title, act = _("复核通过，送签发"), _("复核通过")
    warning = _("请先看过校样：每一条的话、数和来源。签发的人看到的就是这个样子。")

    def verb(self, **facts: Any) -> None:
        """Pass it on."""
        signing.review(self.thing, **facts)


class SendBackForm(IssueForm):
    """退给编辑"""

    title, act, refused_at = _("退给编辑"), _("退给编辑"), "reason"
    reason = forms.CharField(label=_("要改什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def verb(self, **facts: Any) -> None:
        """Send it back."""
        signing.send_back(self.thing, **facts)


class SignForm(IssueForm):
    """签发"""

    title, act = _("签发"), _("签发，马上公布")
    warning = _("签发以后大家马上能看，数字和话都不再变；错了只能更正，更正和原来的并排放着。")

    @property
    def told(self) -> str:
        """That it is out."""
        return gettext("%(issue)s签发了，大家看得到了。") % {"issue": self.thing}

    def verb(self, **facts: Any) -> None:
        """Issue it."""
        signing.sign(self.thing, **facts)


class CorrectForm(ActForm):
    """更正"""

    title, act, refused_at = _("更正"), _("登更正"), "words"
    warning = _("更正马上写在这一期的网页上，并且登在下一期。原来的字不改。")
    words = forms.CharField(label=_("哪里错了，应当是什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def verb(self, **facts: Any) -> None:
        """Correct it."""
        signing.correct(self.thing, **facts)


class WithholdForm(ActForm):
    """撤下一条 `thing` is the issue; which entry, is asked."""

    title, act, refused_at = _("撤下一条"), _("撤下"), "reason"
    warning = _("撤下以后谁也看不到这条的字，网页、PDF和Word都一样。数字和指纹不受影响，页上写明撤下了一条。不能恢复。")
    entry = forms.ChoiceField(label=_("哪一条"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("为什么"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("只留在记录里，不公布。"),
    )

    def __init__(self, thing: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        standing = (entry for entry in thing.sheet.entries if not entry.is_withheld)
        self.fields["entry"].choices = [(entry.id, entry.heading or entry.text) for entry in standing]

    def verb(self, **facts: Any) -> None:
        """Take it out."""
        signing.withhold(self.thing, facts.pop("entry"), facts.pop("reason"), **facts)


class ItemForm(ActForm):
    """改这一条"""

    title, act = _("改这一条"), _("存下")
    heading = forms.CharField(label=_("标题"), max_length=HEADING, required=False)
    text = forms.CharField(label=_("正文"), max_length=TEXT, widget=forms.Textarea(attrs={"rows": 6}))
    who = forms.CharField(label=_("谁说的"), max_length=WHO, help_text=_("不写姓名，写“某镇一位家长”。"))
    is_looked_at = forms.BooleanField(label=_("看过了，可以登"), required=False)
    edition = EditionField()

    def __init__(self, thing: Item, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        for name in ("heading", "text", "who", "is_looked_at"):
            self.initial.setdefault(name, getattr(thing, name))
        self.initial.setdefault("edition", thing.issue.edition)
        self.fields.pop("heading" if thing.is_quoted else "who")
        if not (self.is_bound or drafting.private_in(thing)):
            self.fields.pop("is_looked_at")
        if thing.is_quoted:
            self.fields["text"].help_text = _("只能删节，不能改意思。改过的字要重新问本人同意不同意。")

    @property
    def told(self) -> str:
        """That it is kept."""
        return gettext("存下了。")

    def verb(self, **facts: Any) -> None:
        """Amend it."""
        words: dict[str, str] = {name: facts.pop(name) for name in ("heading", "text", "who") if name in facts}
        drafting.amend(self.thing, words, **({"is_looked_at": False} | facts))


class AgreeForm(ActForm):
    """记下本人同意"""

    title, act, refused_at = _("记下本人同意"), _("本人同意了"), "on"
    how = forms.ChoiceField(label=_("怎么同意的"), choices=Agreed.choices, widget=forms.RadioSelect)
    on = PastDayField(label=_("哪一天"))
    edition = EditionField()

    def __init__(self, thing: Item, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.initial.update(on=today(), edition=thing.issue.edition)

    @property
    def warning(self) -> str:  # type: ignore[override]
        """To what exactly."""
        return gettext("请把要登的原话念给本人听，同意了再记。要登的是：“%(text)s”") % {"text": self.thing.text}

    def verb(self, **facts: Any) -> None:
        """Note it."""
        drafting.agree(self.thing, **facts)

"""The acts of a desk, each a form: what has to be said for it, and which verb it does."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lianxin.affairs.opinions.actions import handling, replying, sorting
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import OpinionQuerySet
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.cases.forms import EditionField
from lianxin.ground.cases.models import Handover, Means
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm, DayInput
from lianxin.ground.rulebook import in_force


def rules_of(opinion: Opinion) -> OpinionRules:
    """What the rules of the body in charge say of opinions."""
    return in_force(today(), opinion.case.body_id).section(OpinionRules)


def meetings_ahead(body_id: UUID) -> list[date]:
    """The next days of joint meetings of a body for which something is listed already, three at most."""
    listed = Handover.objects.running().filter(role=Handover.Role.MEETING, case__body=body_id, due_on__gte=today())
    days = listed.order_by("due_on").values_list("due_on", flat=True).distinct()[:3]
    return [day for day in days if day]


class DeskForm(ActForm):
    """An act on an opinion. `seen` is what the person may see; `thing` is the opinion, with its case."""

    edition = EditionField()

    def __init__(self, thing: Any, *args: Any, seen: OpinionQuerySet | None = None, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.seen = seen
        self.initial.setdefault("edition", thing.case.edition)

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return _("%(number)s：%(act)s。") % {"number": self.thing.case.number, "act": self.title}


class ReasonedForm(DeskForm):
    """An act that needs a reason."""

    reason = forms.CharField(label=gettext_lazy("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AcceptForm(DeskForm):
    """收下"""

    title, act = gettext_lazy("收下"), gettext_lazy("收下")

    def verb(self, **facts: Any) -> None:
        """Accept."""
        sorting.accept(self.thing, **facts)


class DeclineForm(ReasonedForm):
    """不收"""

    title, act = gettext_lazy("不收"), gettext_lazy("不收，告诉反映人")
    cause = forms.ChoiceField(label=gettext_lazy("为什么不收"), widget=forms.RadioSelect)
    field_order = ("cause", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = [(code, one.called) for code, one in rules_of(self.thing).declines.items()]
        self.fields["reason"].help_text = _("反映人会原样看到。写明可以去哪里办，请用平常话。")

    @property
    def told(self) -> str:
        """That the author is told."""
        return _("%(number)s没有收，理由会告诉反映人。") % {"number": self.thing.case.number}

    def verb(self, **facts: Any) -> None:
        """Decline."""
        sorting.decline(self.thing, **facts)


class MoreForm(DeskForm):
    """请补充"""

    title, act = gettext_lazy("请反映人补充"), gettext_lazy("请补充，时限先停")
    question = forms.CharField(
        label=gettext_lazy("要补充什么"),
        help_text=gettext_lazy("反映人会原样看到。一次只问办事非知道不可的。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def told(self) -> str:
        """Whom it waits for."""
        return _("%(number)s等反映人补充，时限先停。") % {"number": self.thing.case.number}

    def verb(self, **facts: Any) -> None:
        """Ask."""
        sorting.ask_more(self.thing, **facts)


class AnswerForm(DeskForm):
    """当场答复"""

    title, act = gettext_lazy("当场答复"), gettext_lazy("答复反映人")
    text = forms.CharField(
        label=gettext_lazy("答复"),
        help_text=gettext_lazy("反映人会原样看到。说清做了什么、谁做的、不能做的为什么。"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("办成什么样"),
        help_text=gettext_lazy("答应以后做到的事，请交单位办，由单位承诺日子。"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes = rules_of(self.thing).outcomes.items()
        self.fields["outcome"].choices = [(code, one.called) for code, one in classes if one.means != Means.LATER]

    @property
    def told(self) -> str:
        """That the author is told, and asked."""
        return _("%(number)s答复了，等反映人评价。") % {"number": self.thing.case.number}

    def verb(self, **facts: Any) -> None:
        """Answer."""
        replying.answer_now(self.thing, **facts)


class MeetingForm(DeskForm):
    """集中研判"""

    title, act = gettext_lazy("列入集中研判"), gettext_lazy("列入")
    on = forms.DateField(label=gettext_lazy("哪一天的会"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ahead := meetings_ahead(self.thing.case.body_id):
            self.initial["on"] = ahead[0]
            days = _("、").join(date_format(day, _("n月j日")) for day in ahead)
            self.fields["on"].help_text = _("已经有列入的会期：%(days)s。") % {"days": days}

    def clean_on(self) -> date:
        """Not a day that is over."""
        on: date = self.cleaned_data["on"]
        if on < today():
            raise forms.ValidationError(_("会期已经过了，请改成今天或以后的日子。"))
        return on

    @property
    def told(self) -> str:
        """On which day's list it stands."""
        day = date_format(self.cleaned_data["on"], _("n月j日"))
        return _("%(number)s列入%(day)s的集中研判。") % {"number": self.thing.case.number, "day": day}

    def verb(self, **facts: Any) -> None:
        """List."""
        sorting.list_for_meeting(self.thing, **facts)


class HideForm(ReasonedForm):
    """改不公开"""

    title, act = gettext_lazy("改为不公开"), gettext_lazy("改为不公开")
    warning = gettext_lazy("改了以后只有工作人员和代表看得到，反映人自己仍能用查询码看。")

    def verb(self, **facts: Any) -> None:
        """Hide."""
        sorting.hide(self.thing, **facts)


class PrivacyForm(DeskForm):
    """看过隐私"""

    title, act = gettext_lazy("看过隐私"), gettext_lazy("看过了，没有要遮的")
    warning = gettext_lazy("请逐句看过：电话、证件号、门牌、姓名，还有看了就知道是谁的话。要遮的先遮住。")

    def verb(self, **facts: Any) -> None:
        """Say that one has looked."""
        sorting.see_privacy(self.thing, **facts)


class RedactForm(ReasonedForm):
    """遮盖 What is to be hidden: pieces that were found (never ticked beforehand), and others written as they stand."""

    title, act = gettext_lazy("遮盖文字"), gettext_lazy("遮住")
    found = forms.MultipleChoiceField(
        label=gettext_lazy("可能是隐私的"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=gettext_lazy("还要遮的字"),
        help_text=gettext_lazy("照原文写，一行一处。原文在旁边时，选中几个字会自己填到这里。"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "data-takes-selection": ""}),
    )
    field_order = ("found", "words", "reason")

    def __init__(self, *args: Any, pieces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["found"].choices = pieces
        if not pieces:
            del self.fields["found"]

    def clean(self) -> dict[str, Any]:
        """All of them in one list."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        lines = (told.get("words") or "").splitlines()
        told["words"] = list(dict.fromkeys(filter(None, (*told.pop("found", ()), *(line.strip() for line in lines)))))
        if not told["words"] and not self.errors:
            self.add_error("words", _("还没有说遮哪几个字。"))
        return told

    def preview(self) -> dict[str, Any]:
        """What others would read then, and in how many places of the text each piece stands, as it counts. Nothing is done."""
        added = (one.text for one in self.thing.additions.all())
        title, text, places = self.thing.title, "\n".join((self.thing.text, *added)), []
        for word in sorted(self.cleaned_data["words"], key=len, reverse=True):
            places.append((word, text.count(word)))
            title, text = title.replace(word, sorting.HIDDEN), text.replace(word, sorting.HIDDEN)
        return {"title": title, "text": text, "places": places, "is_whole": all(count for _word, count in places)}

    @property
    def told(self) -> str:
        """In how many places it acted."""
        said = ngettext("遮住了%(count)d处，原话另外保管。", "遮住了%(count)d处，原话另外保管。", self.count)
        return said % {"count": self.count}

    def verb(self, **facts: Any) -> None:
        """Redact."""
        self.count = sorting.redact(self.thing, **facts)


class MergeForm(DeskForm):
    """并案"""

    title, act = gettext_lazy("并到另一件"), gettext_lazy("并过去")
    refused_at = "into"
    warning = gettext_lazy("各人的编号、原话和答复都保留，一次答复，人人收到。点错了可以再分开。")
    into = forms.CharField(
        label=gettext_lazy("并到哪一件的编号"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "translate": "no"}),
    )

    def clean_into(self) -> Opinion:
        """The other one, if it can be seen."""
        assert self.seen is not None
        number = self.cleaned_data["into"].strip().upper()
        found = self.seen.with_case().filter(case__number=number).first()
        if found is None:
            raise forms.ValidationError(
                _("没有找到%(number)s，编号像 %(like)s。") % {"number": number, "like": self.thing.case.number}
            )
        return found

    @property
    def told(self) -> str:
        """What it is handled with."""
        told = {"number": self.thing.case.number, "into": self.cleaned_data["into"].case.number}
        return _("%(number)s并到%(into)s一起办。") % told

    def verb(self, **facts: Any) -> None:
        """Merge."""
        sorting.merge(self.thing, **facts)


class SplitForm(DeskForm):
    """分开"""

    title, act = gettext_lazy("从并案里分出来"), gettext_lazy("分出来，单独办")

    @property
    def follows(self) -> str:
        """What follows from it."""
        if sorting.was_taken(self.thing.case):
            return _("分出来以后是收下了、还没交办的一件；本人同意公开的，又会公开。")
        return _("分出来以后是新来的一件，还没有收下：收不收、交给谁办，再由办公室定。")

    def verb(self, **facts: Any) -> None:
        """Split."""
        del facts["edition"]
        sorting.split(self.thing, **facts)


class PassUpForm(DeskForm):
    """转上级办公室"""

    title, act = gettext_lazy("转上级办公室"), gettext_lazy("转上去")

    def __init__(self, *args: Any, above: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.above = above

    @property
    def follows(self) -> str:
        """What follows from it."""
        return _("转给%(body)s以后，由那边来收、来交办。") % {"body": self.above.name}

    def verb(self, **facts: Any) -> None:
        """Pass up."""
        sorting.pass_up(self.thing, self.above.pk, **facts)


class CodeForm(DeskForm):
    """换发查询码"""

    title, act = gettext_lazy("换发查询码"), gettext_lazy("换发")
    warning = gettext_lazy("原来的码马上失效。新码只在下一页显示一次，请抄给本人。")
    is_author = forms.BooleanField(label=gettext_lazy("本人说得出是哪一天、在哪里、说的什么事（不问姓名和电话）"))


class HandoverForm(ActForm):
    """An act on a handover: `thing` is the handover, with its case."""

    edition = EditionField()

    def __init__(self, thing: Handover, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.initial.setdefault("edition", thing.case.edition)


class TakeBackForm(HandoverForm):
    """收回"""

    title, act = gettext_lazy("收回"), gettext_lazy("收回来")
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def verb(self, **facts: Any) -> None:
        """Take back."""
        handling.take_back(self.thing, **facts)


class AgreeForm(HandoverForm):
    """同意退回"""

    title, act = gettext_lazy("同意退回"), gettext_lazy("同意退回，另外交办")

    def verb(self, **facts: Any) -> None:
        """Agree."""
        handling.agree_to_return(self.thing, **facts)


class RefuseForm(HandoverForm):
    """不同意退回"""

    title, act = gettext_lazy("不同意退回"), gettext_lazy("不同意，请接着办")
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def verb(self, **facts: Any) -> None:
        """Refuse."""
        handling.refuse_return(self.thing, **facts)


HANDOVER_FORMS: dict[str, type[HandoverForm]] = {"take_back": TakeBackForm, "agree": AgreeForm, "refuse": RefuseForm}

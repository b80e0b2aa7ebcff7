"""The forms of a call: its questions, what is answered to them, what is done with an answer, its result."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.account.publishing.errors import AskedNothing
from lianxin.account.publishing.models import Announcement, Call, Question
from lianxin.account.publishing.models.call import Asked, QuestionKind
from lianxin.affairs.opinions.forms.tell import Words as WordsField
from lianxin.affairs.opinions.previewing import KINDS
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm, DayInput, needed_when
from lianxin.ground.people.models import Region
from lianxin.ground.people.models.region import Level
from lianxin.lib.text import find

MOST, LEAST_CHOICES, MOST_CHOICES = 5, 2, 12
LONGEST = 1_000


class QuestionsForm(ActForm):
    """问题 From which day to which, and up to a handful of questions. `thing` is the announcement."""

    title, act = _("征求意见的问题"), _("存下问题")
    opens_on = forms.DateField(label=_("开始日"), widget=DayInput)
    closes_on = forms.DateField(label=_("截止日"), help_text=_("这一天还可以答。"), widget=DayInput)

    def __init__(self, thing: Announcement, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        call = Call.objects.filter(announcement=thing).first()
        there = {question.number: question for question in call.questions.all()} if call else {}
        self.initial.update(
            {"opens_on": call.opens_on if call else today()} | ({"closes_on": call.closes_on} if call else {})
        )
        for number in range(1, MOST + 1):
            self._add(number, there.get(number))

    def _add(self, number: int, there: Question | None) -> None:
        told = {"number": number}
        self.fields[f"text_{number}"] = forms.CharField(
            label=_("第%(number)d问") % told, max_length=200, required=number == 1, initial=there.text if there else ""
        )
        self.fields[f"kind_{number}"] = forms.ChoiceField(
            label=_("第%(number)d问怎么答") % told,
            choices=QuestionKind.choices,
            initial=there.kind if there else QuestionKind.WORDS,
        )
        choices = forms.CharField(
            label=_("第%(number)d问可选的") % told,
            help_text=_("一行一个。自己写的不填。"),
            required=False,
            max_length=1_000,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial="\n".join(there.choices) if there else "",
        )
        self.fields[f"choices_{number}"] = needed_when(choices, _("让人选的要写"))

    def clean(self) -> dict[str, Any]:
        """Days in order, and something to choose where one chooses."""
        told = super().clean() or self.cleaned_data
        opens, closes = told.get("opens_on"), told.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("截止日比开始日早。请改其中一个。"))
        for number in range(1, MOST + 1):
            chosen = told.get(f"kind_{number}") != QuestionKind.WORDS and told.get(f"text_{number}")
            if chosen and not LEAST_CHOICES <= len(self._choices(number)) <= MOST_CHOICES:
                self.add_error(f"choices_{number}", _("请写2到12个可选的，一行一个。"))
            if chosen and (twice := next(iter(_twice(self._choices(number))), None)):
                self.add_error(f"choices_{number}", _("有两个一样的：%(choice)s。请改掉一个。") % {"choice": twice})
        return told

    def _choices(self, number: int) -> list[str]:
        if self.cleaned_data.get(f"kind_{number}") == QuestionKind.WORDS:
            return []
        lines = (line.strip() for line in self.cleaned_data.get(f"choices_{number}", "").splitlines())
        return [line for line in lines if line]

    def _asked(self) -> Iterator[Asked]:
        for number in range(1, MOST + 1):
            if text := self.cleaned_data[f"text_{number}"]:
                yield text, self.cleaned_data[f"kind_{number}"], self._choices(number)

    def verb(self, **facts: Any) -> None:
        """Ask."""
        days = {name: facts[name] for name in ("opens_on", "closes_on")}
        Call.ask(self.thing, list(self._asked()), **days, by=facts["by"], at=facts["at"])


def _twice(choices: Sequence[str]) -> Iterator[str]:
    """Those that stand there more than once."""
    yield from (choice for choice, times in Counter(choices).items() if times > 1)


class ProlongForm(ActForm):
    """延长 `thing` is the announcement that asks."""

    title, act, refused_at = _("延长截止日"), _("延长"), "closes_on"
    warning = _("从哪天延长到哪天、为什么，公开写在这条消息里。")
    closes_on = forms.DateField(label=_("截止日"), help_text=_("这一天还可以答。"), widget=DayInput)
    reason = forms.CharField(label=_("理由"), max_length=200)

    def verb(self, **facts: Any) -> None:
        """Prolong it."""
        if (call := Call.objects.filter(announcement=self.thing).first()) is None:
            raise AskedNothing
        call.prolong(facts.pop("closes_on"), facts.pop("reason"), **facts)


class AnswerForm(ActForm):
    """答卷 `thing` is the call. Nothing is asked of who answers but, where they like, the township."""

    title, act = _("说说您的意见"), _("交上去")
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, thing: Call, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.questions = list(thing.questions.all())
        self.initial["id"] = uuid4()
        for question in self.questions:
            self.fields[f"q{question.number}"] = _field(question)
        place = thing.announcement.body.region
        around = (
            Region.objects.within(place).filter(level=Level.TOWNSHIP).standing() if place else Region.objects.none()
        )
        self.fields["as_it_is"] = forms.BooleanField(
            label=_("就这样交，不删"), required=False, widget=forms.HiddenInput
        )
        self.fields["region"] = forms.ModelChoiceField(
            around.order_by("code"), label=_("您在哪个乡镇街道"), required=False, empty_label=gettext("不说")
        )

    def clean(self) -> dict[str, Any]:
        """Something was answered; and nothing by which somebody is known, unless they want it so."""
        told = super().clean() or self.cleaned_data
        if not self.errors and not self._told():
            raise forms.ValidationError(_("还没有答。请至少答一个问题。"))
        if (found := self._private()) and not told.get("as_it_is"):
            self.fields["as_it_is"].widget = forms.CheckboxInput()
            what = gettext("、").join(found)
            raise forms.ValidationError(
                _("里面好像有%(what)s。答卷不记名，也没有人照着它联系您：请删去，或者在下面勾选再交。") % {"what": what}
            )
        return told

    def _private(self) -> list[str]:
        """What kinds of private data stand in what was written, in the order in which they stand."""
        written = (self.cleaned_data.get(f"q{one.number}") for one in self.questions if one.kind == QuestionKind.WORDS)
        found = chain.from_iterable(find(words) for words in written if words)
        return list(dict.fromkeys(str(KINDS[one.kind]) for one in found))

    def _told(self) -> dict[str, Any]:
        given = {str(question.number): self.cleaned_data.get(f"q{question.number}") for question in self.questions}
        listed = {number: [value] if isinstance(value, int) else value for number, value in given.items()}
        return {number: value for number, value in listed.items() if value}

    def verb(self, **facts: Any) -> None:
        """Answer."""
        self.thing.answer(self._told(), id=facts["id"] or uuid4(), region=facts["region"], at=facts["at"])


def _field(question: Question) -> forms.Field:
    label, choices = question.text, list(enumerate(question.choices, 1))
    if question.kind == QuestionKind.WORDS:
        return WordsField(
            label=label,
            help_text=_("别写您的姓名、电话。"),
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
    told: dict[str, Any] = {"label": label, "choices": choices, "coerce": int, "required": False}
    if question.kind == QuestionKind.ONE:
        return forms.TypedChoiceField(widget=forms.RadioSelect, empty_value=None, **told)
    return forms.TypedMultipleChoiceField(widget=forms.CheckboxSelectMultiple, **told)


class HideForm(ActForm):
    """不计入 `thing` is the answer."""

    title, act = _("不计入结果"), _("不计入")
    refused_at = "reason"
    warning = _("这一份留着，不算进结果；结果里写明有几份没有计入。")
    reason = forms.CharField(label=_("理由"), max_length=200)

    def verb(self, **facts: Any) -> None:
        """Hide it."""
        self.thing.hide(facts["reason"], by=facts["by"], at=facts["at"])


class ShowForm(ActForm):
    """计入 `thing` is the answer."""

    title, act = _("重新计入结果"), _("计入")

    def verb(self, **facts: Any) -> None:
        """Count it."""
        self.thing.show(by=facts["by"], at=facts["at"])


class ResultsForm(ActForm):
    """写结果 `thing` is the announcement that asked."""

    title, act = _("写结果"), _("起草结果")
    warning = _("另起一条消息：大家说了什么、怎么采用。每个选项多少人选，页面上自动列出来。写好以后一样送审、公布。")

    def verb(self, **facts: Any) -> None:
        """Begin the news of the result."""
        if (call := Call.objects.filter(announcement=self.thing).first()) is None:
            raise AskedNothing
        standing = self.thing.wordings.order_by("-number").first()
        title = gettext("征求意见的结果：%(title)s") % {"title": standing.title}
        text = gettext("## 大家说了什么\n\n\n\n## 怎么采用\n\n")
        by, at = facts["by"], facts["at"]
        self.made = call.write_results(title[:80], text, by=by, at=at).announcement

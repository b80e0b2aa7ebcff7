"""What an office does with a suggestion, each as a form."""

from typing import Any, ClassVar

from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.previewing import KINDS
from lianxin.affairs.suggestions.actions import submitting
from lianxin.affairs.suggestions.rules import SuggestionRules
from lianxin.ground.cases.forms import EditionField
from lianxin.ground.cases.models import Handover, Reply
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm, FindForm
from lianxin.ground.people.models import Unit
from lianxin.ground.rulebook import in_force
from lianxin.lib.text import find

REASON = 500


class DeskForm(ActForm):
    """An act of the office; `thing` is the suggestion, with its case."""

    edition = EditionField()

    def __init__(self, thing: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.initial.setdefault("edition", thing.case.edition)

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("%(number)s：%(act)s。") % {"number": self.thing.number, "act": self.title}


class ReasonedForm(DeskForm):
    """An act that needs a reason."""

    refused_at = "reason"
    reason = forms.CharField(label=_("理由"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 4}))


class SendBackForm(ReasonedForm):
    """退给代表修改"""

    title, act = _("退给代表修改"), _("退给代表")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("要改什么")
        self.fields["reason"].help_text = _("领衔代表会原样看到。改好了再提出，编号不变；附议的代表要重新附议。")

    def verb(self, **facts: Any) -> None:
        """Send it back."""
        submitting.send_back(self.thing, **facts)


class DeclineForm(ReasonedForm):
    """不予受理"""

    title, act = _("不予受理"), _("不予受理，告诉代表")
    cause = forms.ChoiceField(label=_("为什么不受理"), widget=forms.RadioSelect)
    field_order = ("cause", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        declines = in_force(today(), self.thing.case.body_id).section(SuggestionRules).declines
        self.fields["cause"].choices = [(code, one.called) for code, one in declines.items()]
        self.fields["reason"].help_text = _("领衔代表会原样看到。作为依据的群众意见回到办公室，另行安排。")

    def verb(self, **facts: Any) -> None:
        """Decline."""
        submitting.decline(self.thing, **facts)


class UnitForm(FindForm, DeskForm):
    """交办 One unit leads; once one does, others are asked to help, one after another."""

    title, act = _("交办"), _("受理并交办")
    LISTED: ClassVar[int] = 8
    chosen: ClassVar[str] = "unit"
    refused_at = "unit"
    finds: ClassVar[str | Promise] = _("单位名称里的字")
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("主办"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.thing.case.handovers.running().filter(role=Handover.Role.LEAD).exists():
            self.fields["unit"].label = _("再交一家，协办")

    def all_there_are(self) -> QuerySet[Unit]:
        """Units at work in and around the place, and those of no place; before their offices."""
        here = Q(region__in=self.thing.case.region.path_ids) | Q(region__isnull=True)
        return Unit.objects.on(today()).filter(here).order_by(F("parent").asc(nulls_first=True), "name", "pk")

    def fitting(self, words: str) -> QuerySet[Unit]:
        """By any part of the name."""
        return self.all_there_are().filter(Q(name__icontains=words) | Q(short_name__icontains=words))

    @property
    def told(self) -> str:
        """To whom it went."""
        told = {"number": self.thing.number, "unit": self.cleaned_data["unit"].name}
        return gettext("%(number)s交给%(unit)s了。") % told

    def verb(self, **facts: Any) -> None:
        """Hand it over."""
        submitting.hand_over(self.thing, facts.pop("unit"), **facts)


class PublishForm(DeskForm):
    """公开"""

    title, act = _("公开"), _("公开")

    @cached_property
    def warning(self) -> str:  # type: ignore[override]
        """What everybody will read; and that words of an opinion that is not public may stand in it."""
        told = gettext(
            "公开以后谁都能看到题目、正文、领衔代表和答复。请先通读一遍：有没有群众的姓名、电话、门牌，有没有不宜公开的内容。"
        )
        if self.thing.matters().filter(is_public=False).exists():
            told += gettext("依据里有反映人没有同意公开的意见：题目和正文不要照抄原话，也不要让人认出是谁说的。")
        if hidden := self._hidden():
            told += gettext("查出这些像是隐私，公开的页面上会遮住：%(hidden)s。") % {
                "hidden": gettext("、").join(hidden)
            }
        return told

    def _hidden(self) -> list[str]:
        """What bars will stand for: of what kind, in which words; each once."""
        own = self.thing
        replies = Reply.objects.filter(case=own.case_id, sent_at__isnull=False).values_list(
            "text", "measures", "promise"
        )
        texts = [own.title, own.facts, own.analysis, own.advice, *(text for reply in replies for text in reply)]
        found = (f"{KINDS[one.kind]}“{text[one.start : one.end]}”" for text in texts for one in find(text))
        return list(dict.fromkeys(found))

    def verb(self, **facts: Any) -> None:
        """Publish."""
        submitting.publish(self.thing, **facts)


class HideForm(ReasonedForm):
    """不再公开"""

    title, act = _("不再公开"), _("改为不公开")

    def verb(self, **facts: Any) -> None:
        """Hide."""
        submitting.hide(self.thing, **facts)


class OfHandover(DeskForm):
    """An act about the handover to a unit, which is the only one that asks, or that is chosen."""

    handover = forms.ModelChoiceField(Handover.objects.none(), label=_("哪个单位"), widget=forms.RadioSelect)
    field_order = ("handover", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["handover"]
        field.queryset = self.there()
        found = list(field.queryset)
        called = dict(Unit.objects.filter(pk__in=[one.party_id for one in found]).values_list("pk", "name"))
        field.choices = [(one.pk, f"{called[one.party_id]}（{one.get_role_display()}）") for one in found]
        if len(found) == 1:
            field.initial = found[0].pk

    def there(self) -> QuerySet[Handover]:
        """Those it may be about."""
        return self.thing.case.handovers.running().filter(role__in=Handover.UNITS)


class TakeBackForm(OfHandover, ReasonedForm):
    """收回"""

    title, act = _("从单位收回"), _("收回")

    def verb(self, **facts: Any) -> None:
        """Take it back."""
        submitting.take_back(facts.pop("handover"), **facts)


class AgreeForm(OfHandover):
    """同意退回"""

    title, act = _("同意退回"), _("同意退回")

    def there(self) -> QuerySet[Handover]:
        """Those that ask."""
        return super().there().filter(return_asked_at__isnull=False)

    def verb(self, **facts: Any) -> None:
        """Agree."""
        submitting.agree_to_return(facts.pop("handover"), **facts)


class RefuseForm(AgreeForm, ReasonedForm):
    """不同意退回"""

    title, act = _("不同意退回"), _("不同意，请接着办")

    def verb(self, **facts: Any) -> None:
        """Refuse."""
        submitting.refuse_return(facts.pop("handover"), **facts)

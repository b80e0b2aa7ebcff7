"""What deputies do with suggestions, each as a form."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.suggestions.actions import answering, drafting, submitting
from lianxin.affairs.suggestions.models import Signature, Suggestion
from lianxin.affairs.suggestions.models.suggestion import PARTS
from lianxin.ground.cases.models import Handover, Rating
from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm, FindForm, needed_when
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Mandate, Person
from lianxin.lib.text import clean
from lianxin.lib.text.private import masked

LONG, REASON, MOST = 5_000, 500, 60
BEFORE = _("提出前写好")


class _Opinions(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Opinion) -> str:
        return f"{obj.case.number} {masked(obj.title)}"


class _Seat(forms.ModelChoiceField):
    def label_from_instance(self, obj: Mandate) -> str:
        return obj.congress.name


class WriteForm(ActForm):
    """写建议 Three parts, and the opinions that it stands on. `thing` is the draft, or None for a new one."""

    title, act = _("写建议"), _("存下草稿")
    seat = _Seat(Mandate.objects.none(), label=_("以哪一级代表的身份提"), widget=forms.RadioSelect)
    title_ = forms.CharField(label=_("题目"), help_text=_("一句话说清要谁办什么。一件建议只写一件事。"), max_length=80)
    facts = needed_when(
        forms.CharField(
            label=pgettext_lazy("part", "情况"),
            help_text=_("什么地方、多少人、从什么时候起。写看到的、听到的，不写群众的姓名、电话。"),
            max_length=LONG,
            required=False,
            widget=forms.Textarea(attrs={"rows": 6}),
        ),
        BEFORE,
    )
    analysis = needed_when(
        forms.CharField(
            label=_("分析"),
            help_text=_("为什么会这样，涉及哪些单位、哪些规定。"),
            max_length=LONG,
            required=False,
            widget=forms.Textarea(attrs={"rows": 6}),
        ),
        BEFORE,
    )
    advice = needed_when(
        forms.CharField(
            label=pgettext_lazy("part", "建议"),
            help_text=_("请谁做什么，能检查得出做没做到。"),
            max_length=LONG,
            required=False,
            widget=forms.Textarea(attrs={"rows": 6}),
        ),
        BEFORE,
    )
    opinions = _Opinions(
        Opinion.objects.none(),
        label=_("依据的群众意见"),
        help_text=_("提出以后，在您手上的这几件就等着这件建议的答复，有答复反映人会知道。"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self,
        thing: Suggestion | None,
        *args: Any,
        seats: Sequence[Mandate],
        begun: Sequence[Opinion] = (),
        **kwargs: Any,
    ) -> None:
        written = {"id": new_id(), "opinions": [one.pk for one in begun], "seat": seats[0].pk if seats else None}
        if thing:
            written = {part: getattr(thing, part) for part in PARTS[1:]} | {"title_": thing.title}
            written |= {"edition": thing.edition, "opinions": list(thing.bases.values_list("opinion", flat=True))}
        super().__init__(thing, *args, initial=written, **kwargs)
        fields: Any = self.fields
        fields["seat"].queryset = Mandate.objects.filter(pk__in=[seat.pk for seat in seats]).select_related("congress")
        if thing or len(seats) < 2:
            del fields["seat"]
        self.lead = thing.lead if thing else seats[0]
        self.said = [(one.case.number, masked(one.title), masked(one.text)) for one in begun if one.case]
        offered = self._offered(thing, begun)
        fields["opinions"].queryset = Opinion.objects.filter(pk__in=[one.pk for one in offered])
        fields["opinions"].choices = [(one.pk, fields["opinions"].label_from_instance(one)) for one in offered]
        if not fields["opinions"].choices:
            del fields["opinions"]

    def _offered(self, thing: Suggestion | None, begun: Sequence[Opinion]) -> list[Opinion]:
        """What the draft stands on already, what one came from, and what lies in the deputy's hands."""
        may = drafting.may_stand_on(self.lead)
        held = Handover.objects.running().filter(role__in=Handover.DEPUTIES, party_id=self.lead.pk).values("case")
        there = list(thing.opinions()) if thing else list(may.filter(pk__in=[one.pk for one in begun]))
        others = may.filter(case__in=held).exclude(pk__in=[one.pk for one in there])
        return [*there, *others.select_related("case").order_by("-pk")[:MOST]]

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("草稿存下了。")

    def verb(self, **facts: Any) -> None:
        """Save the draft."""
        parts: dict[str, Any] = {part: clean(facts.pop(part)) for part in PARTS[1:]} | {
            "title": clean(facts.pop("title_"))
        }
        opinions, id, edition = facts.pop("opinions", ()), facts.pop("id"), facts.pop("edition")
        lead = facts.pop("seat", None) or self.lead
        if self.thing is None:
            self.saved = drafting.begin(lead, opinions=opinions, id=id or new_id(), **parts, **facts)
        else:
            drafting.amend(self.thing, edition=edition or 0, **parts, **facts)
            if "opinions" in self.fields:
                drafting.stand_on(self.thing, opinions, **facts)
            self.saved = self.thing


class _Deputies(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Mandate) -> str:
        district = f"（{obj.district.name}）" if obj.district else ""
        return f"{obj.person.name}{district}"


class AskForm(FindForm):
    """请代表附议"""

    title, act = _("请代表附议"), _("邀请附议")
    chosen: ClassVar[str] = "mandates"
    refused_at = "mandates"
    finds: ClassVar[str | Promise] = _("代表的姓名或拼音")
    mandates = _Deputies(
        Mandate.objects.none(),
        label=_("请谁附议"),
        help_text=_("可以一次选几位。"),
        widget=forms.CheckboxSelectMultiple(attrs={"translate": "no"}),
    )

    def all_there_are(self) -> QuerySet[Mandate]:
        """Deputies at work in the same congress who were not asked yet."""
        asked = self.thing.signatures.values("mandate")
        found = Mandate.objects.at_work(today()).filter(congress=self.thing.lead.congress_id).exclude(pk__in=asked)
        return (
            found.exclude(person=self.thing.lead.person_id)
            .select_related("person", "district")
            .order_by("person__pinyin", "pk")
        )

    def fitting(self, words: str) -> QuerySet[Mandate]:
        """By name or pinyin."""
        return self.all_there_are().filter(person__in=Person.objects.named_like(words))

    @property
    def told(self) -> str:
        """Who was asked."""
        names = [mandate.person.name for mandate in self.cleaned_data["mandates"]]
        return gettext("请了%(name)s附议。") % {"name": gettext("、").join(names)}

    def verb(self, **facts: Any) -> None:
        """Ask each of them, or none."""
        with transaction.atomic():
            for mandate in facts.pop("mandates"):
                drafting.ask(self.thing, mandate, **facts)


class SubmitForm(ActForm):
    """提出"""

    title, act = _("提出建议"), _("提出")

    @property
    def warning(self) -> str:  # type: ignore[override]
        """Who joins it, who does not yet, and what follows."""
        asked, joined = self.thing.signatures.count(), self.thing.joined().count()
        told = gettext("提出以后文字不能再改，由%(congress)s的办公室审查交办。") % {
            "congress": self.thing.lead.congress.name
        }
        if asked > joined:
            told += gettext("请了%(asked)d位附议，%(joined)d位已经附议；没有附议的不算在内。") % {
                "asked": asked,
                "joined": joined,
            }
        return told

    @property
    def told(self) -> str:
        """Its number."""
        return gettext("提出了，编号%(number)s。") % {"number": self.thing.number}

    def verb(self, **facts: Any) -> None:
        """Submit."""
        submitting.submit(self.thing, **facts)


class DropForm(ActForm):
    """作废草稿"""

    title, act = _("作废草稿"), _("作废")
    warning = _("草稿不再列出。写进来的群众意见还在您手上。")

    def verb(self, **facts: Any) -> None:
        """Drop it."""
        drafting.drop(self.thing, **facts)


class WithdrawForm(ActForm):
    """撤回"""

    title, act = _("撤回建议"), _("撤回这件建议")
    warning = _("撤回以后办理马上停止。作为依据的群众意见回到办公室，另行安排。")
    refused_at = "reason"
    reason = forms.CharField(label=_("为什么撤回"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 4}))

    def verb(self, **facts: Any) -> None:
        """Withdraw."""
        submitting.withdraw(self.thing, **facts)


class SignForm(ActForm):
    """附议 `thing` is the signature that was asked for."""

    title, act = _("附议"), _("附议")
    warning = _("文字改过了。请返回，看过新的内容再附议。")
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, thing: Signature, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, initial={"digest": thing.suggestion.digest}, **kwargs)

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("附议了。")

    def verb(self, **facts: Any) -> None:
        """Sign."""
        drafting.sign(self.thing, **facts)


class RefuseForm(ActForm):
    """不附议"""

    title, act = _("不附议"), _("不附议")
    warning = _("不用说理由。改了主意，提出以前还可以附议。")

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("记下了：不附议。")

    def verb(self, **facts: Any) -> None:
        """Refuse."""
        drafting.refuse(self.thing, **facts)


class RateForm(ActForm):
    """评价答复 Two things apart: the manner of handling, and what came of it."""

    title, act = _("评价答复"), _("评价")
    warning = _("评价由您自己作，承办单位不能代收。办理态度不满意的，由办公室再交办一次。")
    satisfied = forms.ChoiceField(label=_("办理态度"), choices=Rating.Satisfied.choices, widget=forms.RadioSelect)
    solved = forms.ChoiceField(label=_("办理结果"), choices=Rating.Solved.choices, widget=forms.RadioSelect)
    words = needed_when(
        forms.CharField(
            label=_("还想说的"), max_length=REASON, required=False, widget=forms.Textarea(attrs={"rows": 4})
        ),
        _("办理态度不满意的要写"),
    )

    def clean(self) -> dict[str, Any]:
        """Who is not satisfied says with what."""
        told = super().clean() or {}
        if told.get("satisfied") == Rating.Satisfied.NO and not (told.get("words") or "").strip():
            self.add_error("words", gettext("请写明哪里不满意，再交办的时候用得上。"))
        return told

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("评价记下了。")

    def verb(self, **facts: Any) -> None:
        """Rate it."""
        answering.rate(self.thing, **facts)

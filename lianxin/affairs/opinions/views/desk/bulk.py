"""Several at once: first what would happen to each, then, if somebody says so, what did happen to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lianxin.affairs.opinions import deeds
from lianxin.affairs.opinions.actions import handling, sorting
from lianxin.affairs.opinions.forms.desk import meetings_ahead
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import SEE
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.opinions.views.desk.shown import mark_of, was_changed
from lianxin.affairs.opinions.views.desk.ways import came_from
from lianxin.ground.access import can
from lianxin.ground.access.doors import needs
from lianxin.ground.cases.models import Case
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.forms import DayInput
from lianxin.ground.core.ids import ids_in
from lianxin.ground.people.models import Unit
from lianxin.ground.rulebook import in_force

MOST, LISTED = 50, 300  # a page of the list; units whose names complete what is written


class NothingForm(forms.Form):
    """收下 Nothing has to be said for it."""


class DeclineAllForm(forms.Form):
    """不收"""

    cause = forms.ChoiceField(label=gettext_lazy("为什么不收"), widget=forms.RadioSelect)
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        declines = in_force(today()).section(OpinionRules).declines
        self.fields["cause"].choices = [(code, one.called) for code, one in declines.items()]  # type: ignore[attr-defined]
        self.fields["reason"].help_text = _("每一位反映人都会原样看到。")


class MeetAllForm(forms.Form):
    """集中研判"""

    on = forms.DateField(label=gettext_lazy("哪一天的会"), widget=DayInput)

    def clean_on(self) -> date:
        """Not a day that is over."""
        on: date = self.cleaned_data["on"]
        if on < today():
            raise forms.ValidationError(_("会期已经过了，请改成今天或以后的日子。"))
        return on


class HandAllForm(forms.Form):
    """交单位"""

    lead = forms.CharField(
        label=gettext_lazy("交给哪个单位"),
        help_text=gettext_lazy("写全称或简称，写几个字会列出来。"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )

    def clean_lead(self) -> Unit:
        """The one unit that is called so."""
        name = self.cleaned_data["lead"].strip()
        at_work = Unit.objects.on(today())
        found = list(at_work.filter(name=name)[:2]) or list(at_work.filter(short_name=name)[:2])
        if len(found) == 1:
            return found[0]
        near = "、".join(at_work.filter(name__icontains=name).order_by("name").values_list("name", flat=True)[:5])
        told = _("没有正好叫“%(name)s”的单位。") % {"name": name}
        raise forms.ValidationError(told + (_("是不是：%(near)s？") % {"near": near} if near else ""))


FORMS: dict[str, type[forms.Form]] = {
    "accept": NothingForm,
    "unit": HandAllForm,
    "meeting": MeetAllForm,
    "decline": DeclineAllForm,
}
VERBS: dict[str, Any] = {
    "accept": sorting.accept,
    "unit": handling.hand_to_units,
    "meeting": sorting.list_for_meeting,
    "decline": sorting.decline,
}


@dataclass(frozen=True)
class Effect:
    """What would happen, or did, to one: why not, where it is refused; and where it stands afterwards."""

    opinion: Opinion
    refusal: str
    after: str


class _Tried(Exception):
    """A verb was tried and is taken back."""


@require_POST
@never_cache
@needs(SEE)
def bulk(request: HttpRequest) -> HttpResponse:
    """One act for several that were ticked: a page of its effects first, then the act, then what came of each."""
    kind = request.POST.get("act", "")
    picked = _picked(request)
    if kind not in FORMS or not picked:
        return render(request, "opinions/desk/bulk_none.html", {"from": came_from(request)}, status=422)
    deed, is_sent = deeds.DEEDS[kind], "previewed" in request.POST or not FORMS[kind].base_fields
    form = FORMS[kind](
        request.POST if "fields" in request.POST else {} if is_sent else None, initial=_told(kind, picked)
    )
    context: dict[str, Any] = {"deed": deed, "form": form, "picked": picked, "from": came_from(request)}
    if kind == "unit":
        context["units"] = Unit.objects.on(today()).order_by("name").values_list("name", flat=True)[:LISTED]
    if form.is_bound and form.is_valid():
        is_changed = was_changed(request, form)
        is_done = "confirmed" in request.POST and not is_changed
        editions = {one.pk: _edition(request, one) for one in picked}
        effects = [
            _effect(request.user, deed, one, form.cleaned_data, editions[one.pk], keep=is_done) for one in picked
        ]
        context |= {"effects": effects, "is_done": is_done, "good": sum(1 for one in effects if not one.refusal)}
        context |= {"refused": len(effects) - context["good"], "is_changed": is_changed, "shown": mark_of(form)}
        context["said"] = _said(form)
    return render(request, "opinions/desk/bulk.html", context, status=422 if form.errors else 200)


def _told(kind: str, picked: Sequence[Opinion]) -> dict[str, Any]:
    """What stands in the form beforehand: the next day for which something is listed."""
    ahead = meetings_ahead(picked[0].case.body_id) if kind == "meeting" else []
    return {"on": ahead[0]} if ahead else {}


def _said(form: forms.Form) -> str:
    """What was said for all of them, in a few words: the unit, the day, the cause."""
    told = form.cleaned_data
    if isinstance(form, DeclineAllForm):
        return dict(form.fields["cause"].choices)[told["cause"]]  # type: ignore[attr-defined]
    said = told.get("lead") or told.get("on") or ""
    return date_format(said) if isinstance(said, date) else str(said)


def _picked(request: HttpRequest) -> list[Opinion]:
    """What was ticked, of what this person may see, in the order of the list."""
    seen = Opinion.objects.visible_to(request.user).with_case()
    picked = seen.filter(pk__in=ids_in(request.POST.getlist("pick")[:MOST]))
    return list(picked.order_by("case__opened_at", "case_id"))


def _edition(request: HttpRequest, opinion: Opinion) -> int:
    """The edition that the page of effects was made for; before there was one, the one there is."""
    told = request.POST.get(f"edition-{opinion.pk}", "")
    return int(told) if told.isdigit() and len(told) < 10 else opinion.case.edition


def _effect(
    user: Any, deed: deeds.Deed, opinion: Opinion, facts: dict[str, Any], edition: int, *, keep: bool
) -> Effect:
    """Do it, or try it and take it back: so what is foretold is what the verb itself says."""
    if not (answer := can(user, deed.needs, opinion)):
        return Effect(opinion, answer.reason, "")
    after = ""
    try:
        with transaction.atomic():
            VERBS[deed.kind](opinion, **facts, by=user.pk, at=now(), edition=edition)
            after = _stands(opinion.case)
            if not keep:
                raise _Tried
    except _Tried:
        opinion.case.refresh_from_db()
    except RuleError as refused:
        return Effect(opinion, str(refused), "")
    return Effect(opinion, "", after)


def _stands(case: Case) -> str:
    """Where a matter stands, in a few words."""
    if case.has_ended:
        return case.get_ending_display()
    due = date_format(case.due_on, _("n月j日")) if case.due_on else _("没有期限")
    told = {"stage": case.get_stage_display(), "who": case.get_waits_for_display(), "due": due}
    return _("%(stage)s，等%(who)s，%(due)s到期") % told

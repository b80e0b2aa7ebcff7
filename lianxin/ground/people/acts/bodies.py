"""What happens to a body: it forms others, has members, and, where it is a congress, terms and sessions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm, DayInput, FindForm
from lianxin.ground.people.actions import open_term, withdraw_term
from lianxin.ground.people.founding import FORMED_AT, LEVELS
from lianxin.ground.people.models import Body, Mandate, Membership, Person, Session, Term
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.rules import BodyRules
from lianxin.ground.rulebook import in_force

AS_STORED = forms.RadioSelect(attrs={"translate": "no"})  # names of persons stay in the script they are written in


class FormBodyForm(ActForm):
    """设立 A body that this one forms: a committee, a delegation, a group."""

    title, act = _("设立下属机构"), _("设立")
    kind = forms.ChoiceField(label=_("种类"))
    name = forms.CharField(label=_("名称"), max_length=80)
    on = forms.DateField(label=_("设立日期"), widget=DayInput, initial=today)

    def __init__(self, thing: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.fields["kind"].choices = list(kinds_of(thing).items())

    def verb(self, **facts: Any) -> None:
        """Form it."""
        self.made = self.thing.form(**facts)


def kinds_of(body: Body) -> Mapping[str, str]:
    """The names of the kinds that a body may form at the level of its place, by code.

    So a township's congress forms no standing or special committee (Organic Law of local congresses, arts 33 and 46).
    """
    level = LEVELS.get(Level(body.region.level), body.level) if body.region else body.level
    kinds = in_force(today()).section(BodyRules).kinds
    return {code: kind.called for code, kind in kinds.items() if kind.part_of == body.kind and level in kind.levels}


class DeputyChoice(forms.ModelChoiceField):
    """A deputy, told apart from namesakes by district and work."""

    def label_from_instance(self, obj: Any) -> str:
        """Name, where elected, and employer."""
        where = obj.district.name if obj.district else obj.congress.name
        return " · ".join(part for part in (obj.person.name, where, obj.person.employer) if part)


class JoinForm(FindForm):
    """加入 A deputy becomes a member. Whoever is no deputy comes by the roster first."""

    title, act = _("加入成员"), _("加入")
    chosen, finds = "mandate", _("代表的姓名或拼音")
    mandate = DeputyChoice(label=_("代表"), queryset=Mandate.objects.none(), widget=AS_STORED, empty_label=None)
    role = forms.ChoiceField(label=_("职务"))
    on = forms.DateField(label=_("从哪一天起"), widget=DayInput, initial=today)

    def __init__(self, thing: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        rules = in_force(today()).section(BodyRules).kinds.get(thing.kind)
        self.fields["role"].choices = list(rules.roles_at(thing.level).items()) if rules else []

    def all_there_are(self) -> QuerySet[Mandate]:
        """Deputies at work around here who are no members yet."""
        body, running = self.thing, Mandate.objects.at_work(today()).select_related("person", "congress", "district")
        members = body.memberships.filter(ends_on__isnull=True).values("person")
        here = running.filter(congress__region__in=body.region.path_ids if body.region else [])
        if body.kind != "group":  # groups unite deputies of several levels
            here = here.filter(level=body.level)
        return here.exclude(person__in=members).order_by("person__pinyin", "id")

    def fitting(self, words: str) -> QuerySet[Mandate]:
        """By name or pinyin."""
        return self.all_there_are().filter(person__in=Person.objects.named_like(words))

    def verb(self, **facts: Any) -> None:
        """Join."""
        self.thing.take_in(facts.pop("mandate").person, **facts)


class MemberChoice(forms.ModelChoiceField):
    """A member, with the role as it is called here."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and role: one person may sit in a body in two roles."""
        role = in_force(today()).section(BodyRules).role(obj.body.kind, obj.role)
        return f"{obj.person.name} · {role}"


class LeaveForm(FindForm):
    """离开 A member leaves."""

    title, act = _("成员离开"), _("登记离开")
    chosen, finds = "membership", _("成员的姓名或拼音")
    membership = MemberChoice(label=_("成员"), queryset=Membership.objects.none(), widget=AS_STORED, empty_label=None)
    on = forms.DateField(label=_("最后一天"), widget=DayInput, initial=today)

    def all_there_are(self) -> QuerySet[Membership]:
        """The members of today."""
        running = self.thing.memberships.filter(ends_on__isnull=True).select_related("person", "body")
        return running.order_by("person__pinyin", "id")

    def fitting(self, words: str) -> QuerySet[Membership]:
        """By name or pinyin."""
        return self.all_there_are().filter(person__in=Person.objects.named_like(words))

    def verb(self, **facts: Any) -> None:
        """Leave."""
        facts.pop("membership").leave(**facts)


class TermForm(ActForm):
    """换届 A new term; the running one ends the day before, and the mandates of it with it."""

    title, act = _("开始新一届"), _("开始")
    number = forms.IntegerField(label=_("第几届"), min_value=1, max_value=99)
    on = forms.DateField(label=_("第一次会议召开的日期"), widget=DayInput, initial=today)
    is_sure = forms.BooleanField(
        label=_("上面说的我看过了，就这样开始"),
        error_messages={"required": _("请先看上面会发生什么，再打勾。")},
    )

    def __init__(self, thing: Body, *args: Any, **kwargs: Any) -> None:
        last = thing.terms.order_by("-number").first()
        kwargs.setdefault("initial", {"number": last.number + 1 if last else None})
        super().__init__(thing, *args, **kwargs)
        if not (last and last.ends_on is None):
            del self.fields["is_sure"]

    @property
    def warning(self) -> str:  # type: ignore[override]
        """What will happen: which term ends on which day, and how many mandates with it."""
        running = self.thing.terms.filter(ends_on__isnull=True).first()
        if running is None:
            return ""
        on = self.cleaned_data.get("on") if self.is_bound else None
        told = {"term": running, "count": running.mandates.filter(ends_on__isnull=True).count()}
        day = date_format(on - timedelta(days=1)) if on else gettext("新一届开始的前一天")
        return gettext(
            "%(term)s到%(day)s为止，%(count)s位代表的资格同时届满（代表法第二条）。开错了，在这一届还没有代表和会议时可以撤销。"
        ) % (told | {"day": day})

    def verb(self, **facts: Any) -> None:
        """Open it."""
        facts.pop("is_sure", None)
        open_term(self.thing, **facts)


class WithdrawTermForm(ActForm):
    """撤销 The running term was opened by mistake, and nothing is recorded in it."""

    title, act = _("撤销登记错的一届"), _("撤销")
    term = forms.ModelChoiceField(queryset=Term.objects.none(), widget=forms.HiddenInput)
    why = forms.CharField(label=_("为什么撤销"), max_length=200, help_text=_("写进记录，例如：登记错了日期。"))

    def __init__(self, thing: Body, *args: Any, **kwargs: Any) -> None:
        self.running = empty_term(thing)
        super().__init__(thing, *args, **{"initial": {"term": self.running}} | kwargs)
        self.fields["term"].queryset = Term.objects.filter(congress=thing)

    @property
    def warning(self) -> str:  # type: ignore[override]
        """Which term it is, when it began, and what comes back."""
        if not (self.running and self.running.starts_on):
            return ""
        told = {"term": self.running, "day": date_format(self.running.starts_on)}
        return gettext("要撤销的是%(term)s（%(day)s开始）。上一届接着进行，因为它届满的代表资格也接着有效。") % told

    def verb(self, **facts: Any) -> None:
        """Withdraw it."""
        withdraw_term(facts.pop("term"), **facts)


class SessionForm(ActForm):
    """会议 A session of the running term."""

    title, act = _("登记一次会议"), _("登记")
    number = forms.IntegerField(label=_("第几次"), min_value=1, max_value=99)
    starts_on = forms.DateField(label=_("开幕日期"), widget=DayInput)
    ends_on = forms.DateField(label=_("闭幕日期"), widget=DayInput)

    def verb(self, **facts: Any) -> None:
        """Hold it."""
        self.thing.hold_session(**facts)


class WithdrawSessionForm(ActForm):
    """撤销 The last session of the running term was recorded by mistake."""

    title, act = _("撤销登记错的会议"), _("撤销")
    session = forms.ModelChoiceField(queryset=Session.objects.none(), widget=forms.HiddenInput)

    def __init__(self, thing: Body, *args: Any, **kwargs: Any) -> None:
        self.last = last_session(thing)
        super().__init__(thing, *args, **{"initial": {"session": self.last}} | kwargs)
        self.fields["session"].queryset = Session.objects.filter(term__congress=thing)

    @property
    def warning(self) -> str:  # type: ignore[override]
        """Which session it is, and when it opened."""
        if not (self.last and self.last.starts_on):
            return ""
        told = {"term": self.last.term, "session": self.last, "day": date_format(self.last.starts_on)}
        return (
            gettext("要撤销的是%(term)s%(session)s（%(day)s开幕）。只有登记错了才撤销；日期错了请用“改正日期”。") % told
        )

    def verb(self, **facts: Any) -> None:
        """Withdraw it."""
        facts.pop("session").withdraw(**facts)


class SessionDaysForm(ActForm):
    """改正 A session met on other days than was recorded."""

    title, act = _("改正会议日期"), _("改正")
    starts_on = forms.DateField(label=_("开幕日期"), widget=DayInput)
    ends_on = forms.DateField(label=_("闭幕日期"), widget=DayInput)

    def __init__(self, thing: Session, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"starts_on": thing.starts_on, "ends_on": thing.ends_on})
        super().__init__(thing, *args, **kwargs)

    def verb(self, **facts: Any) -> None:
        """Mend the days."""
        self.thing.amend(**facts)


class RenameForm(ActForm):
    """更名 Another name."""

    title, act = _("机构更名"), _("登记更名")
    warning = _("名册里用的也是新名称。以前的名称留在记录里。")
    name = forms.CharField(label=_("新名称"), max_length=80)
    on = forms.DateField(label=_("从哪一天起"), widget=DayInput, initial=today)

    def verb(self, **facts: Any) -> None:
        """Rename."""
        self.thing.rename(**facts)


class CloseForm(ActForm):
    """撤销 The body is no more."""

    title, act = _("撤销机构"), _("登记撤销")
    warning = _("撤销以后，成员同时离开，选区同时到期。不能撤回。")
    on = forms.DateField(label=_("最后一天"), widget=DayInput, initial=today)

    def verb(self, **facts: Any) -> None:
        """Close."""
        self.thing.close(**facts)


ELECTED_IN_DISTRICTS = (CongressLevel.COUNTY, CongressLevel.TOWNSHIP)  # Law on Elections, art. 3
LAWFUL = {"subdistrict_committee", *(kind for kinds in FORMED_AT.values() for kind in kinds)}
"""Kinds that the law itself has formed: a click does not abolish them."""


def last_session(congress: Body) -> Session | None:
    """The last session that was recorded of the running term."""
    held = Session.objects.filter(term__congress=congress, term__ends_on__isnull=True).select_related("term__congress")
    return held.order_by("-number").first()


def empty_term(congress: Body) -> Term | None:
    """The running term, where no deputy and no session is recorded in it."""
    used = (Exists(model.objects.filter(term=OuterRef("pk"))) for model in (Mandate, Session))
    return congress.terms.filter(*(~it for it in used), ends_on__isnull=True).first()


def forms_for(body: Body) -> Mapping[str, type[ActForm]]:
    """What can happen to a body now, by the word in the address. What the law formed closes when its place is no more."""
    if body.ends_on:
        return {}
    acts: dict[str, type[ActForm]] = {"form": FormBodyForm}
    acts |= (
        {"term": TermForm, "session": SessionForm}
        if body.kind == "congress"
        else {"join": JoinForm, "leave": LeaveForm}
    )
    if body.kind == "congress" and last_session(body):
        acts["withdraw"] = WithdrawSessionForm
    if body.kind == "congress" and empty_term(body):
        acts["withdraw-term"] = WithdrawTermForm
    acts["rename"] = RenameForm
    is_lawful = body.kind == "congress" or body.kind in LAWFUL
    has_lost_its_place = body.region is not None and body.region.ends_on is not None
    return acts | {"close": CloseForm} if has_lost_its_place or not is_lawful else acts

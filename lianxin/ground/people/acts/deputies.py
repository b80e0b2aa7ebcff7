"""One deputy takes a seat by a page. Who is who, and what may be, is decided as for a row of the roster."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import today
from lianxin.ground.core.forms import ActForm, DayInput
from lianxin.ground.people.acts.bodies import ELECTED_IN_DISTRICTS
from lianxin.ground.people.errors.mandates import BeginsOutsideTerm, ElectedInMidterm, SeatNotVacant
from lianxin.ground.people.errors.terms import NoRunningTerm
from lianxin.ground.people.models import Body, District, Mandate, Person, Term
from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.people.roster import cells
from lianxin.ground.people.roster.columns import DEPUTY_COLUMNS
from lianxin.ground.people.roster.lookups import LEVELS, May
from lianxin.ground.people.roster.single import add, key_of, word_of

COLUMNS = {column.key: column for column in DEPUTY_COLUMNS}


class RosterCell(forms.CharField):
    """A cell of the roster: read as one, and refused in the same words."""

    def __init__(self, key: str, **kwargs: Any) -> None:
        self.column = COLUMNS[key]
        kwargs.setdefault("required", self.column.is_needed)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """What the cell says; None for a blank one."""
        if not cells.text(value):
            return None if self.required else ""
        try:
            return self.column.read(value)
        except cells.NotThat as wrong:
            told = _in_words(wrong.expected or self.column.expected, wrong.nearest)
            raise forms.ValidationError(told) from wrong


class DistrictChoice(forms.ModelChoiceField):
    """A district, by number and name."""

    def label_from_instance(self, obj: Any) -> str:
        """Number and name."""
        return f"{obj.number} · {obj.name}"


class SeatChoice(forms.ModelChoiceField):
    """A seat that somebody left: who, and where elected."""

    def __init__(self) -> None:
        nobody = Mandate.objects.none()
        super().__init__(queryset=nobody, label=_("接替谁"), required=False, empty_label=_("没有填"))

    def label_from_instance(self, obj: Any) -> str:
        """Name, and the district or congress."""
        where = obj.district or obj.electing_body
        return f"{obj.person.name} · {where.name}" if where else str(obj.person.name)


class DeputyForm(ActForm):
    """补选 Somebody takes a seat: a person whom the platform knows by name and phone, or a new one."""

    title, act = _("登记一位新代表"), _("登记")
    warning = _("姓名和手机都和平台里的一样，就是同一个人；手机不同，按两个人记。")
    name = RosterCell("name", label=_("姓名"), max_length=60)
    phone = RosterCell("phone", label=_("手机"), help_text=_("不公开。同名的人靠手机分清。"))
    sex = forms.ChoiceField(label=_("性别"), required=False, choices=[("", _("没有填")), *Person.Sex.choices])
    ethnicity = RosterCell("ethnicity", label=_("民族"), max_length=20)
    employer = RosterCell("employer", label=_("工作单位"), max_length=120)
    post = RosterCell("post", label=_("职务"), max_length=80)
    trade = RosterCell("trade", label=_("行业"), max_length=40)
    card_number = RosterCell("card_number", label=_("代表证号"), max_length=20)
    district = DistrictChoice(label=_("选区"), queryset=District.objects.none(), empty_label=_("请选一个"))
    electing_body = forms.ModelChoiceField(label=_("选举单位"), queryset=Body.objects.none(), empty_label=_("请选一个"))
    beginning = forms.ChoiceField(
        label=_("产生方式"), choices=Mandate.Beginning.choices, initial=Mandate.Beginning.BY_ELECTION
    )
    replaces = SeatChoice()
    starts_on = forms.DateField(label=_("就任日期"), widget=DayInput, initial=today)
    group = forms.ModelChoiceField(
        label=_("代表小组"), queryset=Body.objects.none(), required=False, empty_label=_("不编入")
    )

    AS_CHOSEN: ClassVar[Mapping[str, Callable[[Any], Any]]] = {
        "district": lambda district: district.number,
        "electing_body": word_of,
        "group": lambda group: group.name,
    }

    def __init__(self, thing: Body, *args: Any, may: May, **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.may = may
        running = Body.objects.filter(ends_on__isnull=True)
        self.fields["group"].queryset = running.filter(kind="group", parent=thing).order_by("position", "name")
        left = Mandate.objects.vacated().filter(congress=thing, term__ends_on__isnull=True)
        self.fields["replaces"].queryset = left.select_related("person", "district", "electing_body")
        if thing.level in ELECTED_IN_DISTRICTS:
            del self.fields["electing_body"]
            districts = thing.districts.filter(ends_on__isnull=True).in_order()
            self.fields["district"].queryset = districts
        else:
            del self.fields["district"]
            self.fields["electing_body"].queryset = electing(thing)

    def carry_out(self, *, by: UUID | None, at: datetime) -> bool:
        """Give the seat; what a roster would be told of stands beside its field. Nothing is done then."""
        term = self.thing.terms.filter(ends_on__isnull=True).first()
        if term is None:
            self.add_error(None, str(NoRunningTerm(self.thing)))
            return False
        if is_in_midterm(term, self.cleaned_data):
            self.add_error("beginning", str(ElectedInMidterm(term)))
            return False
        if not term.holds_on(self.cleaned_data["starts_on"]):
            self.add_error("starts_on", str(BeginsOutsideTerm(term)))
            return False
        said = {key: value for key, value in self.cleaned_data.items() if value not in ("", None)}
        said |= {key: read(said[key]) for key, read in self.AS_CHOSEN.items() if key in said}
        said |= {"congress": word_of(self.thing), "term": term.number}
        try:
            with transaction.atomic():
                self.plan = add(said, by=by, at=at, may=self.may)
                self._follow(said.get("replaces"), by=by, at=at)
        except SeatNotVacant as refusal:
            self.add_error("replaces", str(refusal))
        for problem in self.plan.problems:
            key = key_of(problem)
            self.add_error(key if key in self.fields else None, _in_words(problem.expected, problem.nearest))
        return self.is_valid()

    def _follow(self, before: Mandate | None, *, by: UUID | None, at: datetime) -> None:
        if self.plan.problems:
            return
        person_id = self.plan.mandates[0].person_id
        self.made = reverse("people:person", args=[person_id])
        if before:
            mandate = Mandate.objects.get(term=before.term_id, person=person_id, ends_on__isnull=True)
            mandate.replaces = before
            mandate.amend(["replaces"], by=by, at=at)

    @property
    def told(self) -> str:
        """What was done, and whom it was taken for; the page to which it leads names the person."""
        if not self.plan.persons:
            return gettext("登记好了。平台里已有的人，记在同一个人名下。")
        if self.plan.persons[0].namesakes:
            return gettext("登记好了。另有同名的人，手机不同，按两个人记。")
        return gettext("登记好了。")


def is_in_midterm(term: Term, said: Mapping[str, Any]) -> bool:
    """Whether somebody is said to be elected with everybody else, but to begin on another day than the term."""
    is_elected = said.get("beginning") == Mandate.Beginning.ELECTED
    return is_elected and term.starts_on is not None and said.get("starts_on") != term.starts_on


def electing(congress: Body) -> QuerySet[Body]:
    """The congresses below that may elect a deputy of this one (Law on Elections, art. 3)."""
    below = [level for level in LEVELS if LEVELS.index(level) == LEVELS.index(CongressLevel(congress.level)) + 1]
    found = Body.objects.congresses().filter(ends_on__isnull=True, level__in=below)
    if congress.region:
        found = found.filter(region__path__begins=congress.region.path)
    return found.order_by("region__code", "name")


def _in_words(expected: str | Promise, nearest: str) -> str:
    told = gettext("应当是%(expected)s。") % {"expected": expected}
    return told + (gettext("是不是“%(nearest)s”？") % {"nearest": nearest} if nearest else "")

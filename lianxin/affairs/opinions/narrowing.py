"""What is left of a list of matters by township and subject: what desks and the public choose by. Made from an address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.affairs.opinions.models.opinion import OpinionQuerySet
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.cases.models import Case
from lianxin.ground.core import asking
from lianxin.ground.people.models import Region
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.places.english import called

TOWNSHIPS = 200  # listed to choose from: a county has some twenty
Stage = Case.Stage


class Choice(NamedTuple):
    """Something to choose by: its name, its label, its choices."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str

    @property
    def told(self) -> str:
        """What was chosen, in words; nothing where nothing was."""
        return dict(self.options).get(self.chosen, "")


@dataclass(frozen=True)
class Narrowing:
    """Of which township and subject."""

    township: str = ""
    subject: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """What an address asks for; what it asks wrongly is left out."""
        return cls(**cls.known({name: asking.told(query, name) for name in cls.__dataclass_fields__}))

    @classmethod
    def known(cls, told: dict[str, str]) -> dict[str, str]:
        """What there may be of what an address asks for."""
        if not told["township"].isascii() or not told["township"].isdigit():
            told["township"] = ""
        return told

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.township or self.subject)

    def narrowed(self, rows: OpinionQuerySet) -> OpinionQuerySet:
        """What is left of these. One query where a township was asked for."""
        if self.township:
            around = Region.objects.standing().filter(code=self.township).values_list("path", flat=True).first()
            rows = rows.filter(case__region__path__begins=around) if around else rows.none()
        return rows.filter(subject=self.subject) if self.subject else rows


STAGES: dict[str, tuple[Any, Q]] = {
    "open": (gettext_lazy("还在办"), Q(case__stage__in=(Stage.RECEIVED, Stage.ACCEPTED, Stage.HANDLING))),
    "answered": (gettext_lazy("答复了"), Q(case__stage__in=(Stage.ANSWERED, Stage.ENDED))),
    "solved": (gettext_lazy("反映人说解决了"), Q(case__outcome="solved", case__outcome_by="resident")),
    "unsolved": (gettext_lazy("反映人说没解决"), Q(case__outcome="unsolved")),
}


@dataclass(frozen=True)
class PublicNarrowing(Narrowing):
    """The same of what everybody reads, and how far it is."""

    stage: str = ""

    @classmethod
    def known(cls, told: dict[str, str]) -> dict[str, str]:
        """What there may be of what an address asks for."""
        if told["stage"] not in STAGES:
            told["stage"] = ""
        return super().known(told)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return bool(super().is_narrowed or self.stage)

    def narrowed(self, rows: OpinionQuerySet) -> OpinionQuerySet:
        """What is left of these. One query where a township was asked for."""
        rows = super().narrowed(rows)
        return rows.filter(STAGES[self.stage][1]) if self.stage else rows

    def choices(self, rules: OpinionRules) -> list[Choice]:
        """What everybody may choose by: the townships of counties that have a congress. One query."""
        stages = tuple((code, str(label)) for code, (label, _condition) in STAGES.items())
        return [
            *choices_of(self, townships_of(Q(parent__bodies__kind="congress")), rules),
            Choice("stage", _("到了哪一步"), stages, self.stage),
        ]


def choices_of(asked: Narrowing, townships: Iterable[tuple[str, str]], rules: OpinionRules) -> list[Choice]:
    """By which of these townships, and by which subject. What leaves nothing to choose is left out."""
    subjects = tuple((code, one.called) for code, one in rules.subjects.items())
    found = (
        Choice("township", _("乡镇街道"), tuple(townships), asked.township),
        Choice("subject", _("类别"), subjects, asked.subject),
    )
    return [one for one in found if one.options]


def townships_of(which: Q) -> list[tuple[str, str]]:
    """Codes and names of the townships of which this holds, to choose from. One query."""
    found = Region.objects.standing().filter(which, level=Level.TOWNSHIP).order_by("path")
    rows = dict.fromkeys(  # by way of several bodies of its county a township comes several times
        found.values_list("code", "name", "pinyin")[:TOWNSHIPS]
    )
    return [(code, called(name, pinyin)) for code, name, pinyin in rows]

"""A matter as everybody reads it (architecture, rule of protection 3): township and month, unless the author chose more."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.affairs.opinions.following import Answer, answers_of
from lianxin.affairs.opinions.models import Opinion, Visibility
from lianxin.affairs.opinions.previewing import public_place
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.cases.models import Case, Claimant, Rating
from lianxin.ground.core.addresses import addresses
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Ref
from lianxin.ground.documents.models import File
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.places.english import called
from lianxin.ground.rulebook import in_force

AROUND = ("", "parent__", "parent__parent__")  # a place, and those around it


class Row(NamedTuple):
    """A matter in the list."""

    href: str
    number: str
    title: str
    about: str
    stage: str
    tone: str
    voices: int


def month_of(opinion: Opinion) -> str:
    """When it was said, by the month."""
    return date_format(opinion.said_on, _("Y年n月"))


def stage_of(case: Case) -> tuple[str, str]:
    """How far it is in public words, and the tone of the chip; who says that it is solved is said with it."""
    if case.outcome == "unsolved":
        return _("反映人说没解决"), "ochre"
    if case.outcome and case.stage in (Case.Stage.ANSWERED, Case.Stage.ENDED):
        told = {"who": case.get_outcome_by_display(), "what": case.get_outcome_display()}
        tone = "pine" if case.outcome == "solved" and case.outcome_by == Claimant.RESIDENT else "dai"
        return _("%(who)s说%(what)s") % told, tone
    return (_("办理中"), "") if case.stage == Case.Stage.HANDLING else (case.get_stage_display(), "")


READ = (
    "title",
    "subject",
    "said_on",
    "case__number",
    "case__stage",
    "case__outcome",
    "case__outcome_by",
    "case__voices",
    *(f"case__region__{around}{name}" for around in AROUND for name in ("level", "name", "pinyin")),
)


def rows_of(opinions: Iterable[Any], rules: OpinionRules) -> list[Row]:
    """The list, of what was READ. Asks nothing."""
    month = cache(lambda day: date_format(day, _("Y年n月")))
    stage = cache(lambda *facts: stage_of(Case(**dict(zip(("stage", "outcome", "outcome_by"), facts, strict=True)))))
    place, address = cache(_township), addresses("opinions:public_matter")
    return [
        Row(
            address(number),
            number,
            title,
            " · ".join(part for part in (place(*around), month(said_on), rules.subject(subject)) if part),
            *stage(*far),
            voices,
        )
        for title, subject, said_on, number, *far, voices, around in map(_parted, opinions)
    ]


def _parted(one: Any) -> tuple[Any, ...]:
    """What was READ of an opinion, with all of its place at the end."""
    places = 3 * len(AROUND)
    return (*one[-len(READ) : -places], one[-places:])


def _township(*facts: Any) -> str:
    """The township around a place, or the place itself above it: of the levels, names and spellings of it and those around."""
    here, *around = (facts[start : start + 3] for start in range(0, len(facts), 3))
    for above in around:
        here = above if here[0] in (Level.VILLAGE, Level.GRID) and above[1] else here
    return called(here[1], here[2])


class Published:
    """Everything on the public page of a matter, and nothing that is not public."""

    def __init__(self, opinion: Opinion, at: datetime):
        self.opinion, self.case = opinion, opinion.case
        self.rules = in_force(day_of(at), self.case.body_id).section(OpinionRules)

    @property
    def place(self) -> str:
        """Where."""
        return public_place(self.case.region, is_named=self.opinion.visibility == Visibility.NAMED)

    @property
    def month(self) -> str:
        """When."""
        return month_of(self.opinion)

    @property
    def subject(self) -> str:
        """What about."""
        return self.rules.subject(self.opinion.subject)

    @property
    def stage(self) -> tuple[str, str]:
        """How far."""
        return stage_of(self.case)

    @property
    def author(self) -> str:
        """Who, where the author signed."""
        named = self.opinion.visibility == Visibility.NAMED and self.opinion.shown_name
        return self.opinion.shown_name if named else _("一位居民")

    @property
    def others(self) -> int:
        """How many others met the same."""
        return max(self.case.voices - 1, 0)

    @cached_property
    def answers(self) -> list[Answer]:
        """What was answered."""
        return answers_of(self.case, self.rules)

    @cached_property
    def photos(self) -> list[File]:
        """The author's photos that may be shown."""
        return list(File.objects.public().of(Ref("opinion", self.opinion.pk)))

    @property
    def files(self) -> list[File]:
        """Every file that stands on the page."""
        return [*self.photos, *(one for answer in self.answers for one in answer.files)]

    @property
    def resident_says(self) -> str:
        """Whether it is solved, as the author says; satisfaction is a matter between the author and the congress."""
        if self.case.outcome_by == Claimant.RESIDENT:
            return self.case.get_outcome_display()
        if not self.answers:
            return ""
        over = self.case.ending == Case.Ending.UNJUDGED or not self._still_asked
        return _("没有评") if over else _("还没有评")

    @cached_property
    def _still_asked(self) -> bool:
        return Rating.objects.filter(voice_id=self.opinion.pk, given_at__isnull=True, wave=Rating.Wave.SOON).exists()

"""What software suggests for an opinion: a subject and units, each with its reason; never ticked beforehand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.rules import OpinionRules, Subject
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import today
from lianxin.ground.people.models import Region, Unit
from lianxin.ground.people.models.region import Level

PAST = 100  # of the latest matters of the same subject that are looked at
UNITS = 3


@dataclass(frozen=True)
class SuggestedSubject:
    """A subject, and why."""

    code: str
    called: str
    reason: str


@dataclass(frozen=True)
class SuggestedUnit:
    """A unit, and why."""

    unit: Unit
    reason: str


def subject_of(opinion: Opinion, rules: OpinionRules) -> SuggestedSubject | None:
    """The subject that an opinion may have; none where it has one. One query at most."""
    if opinion.subject:
        return None
    return subject(f"{opinion.title} {opinion.text}", opinion.case.region, rules)


def subject(text: str, near: Region, rules: OpinionRules) -> SuggestedSubject | None:
    """The subject whose words stand most often in a text about a place; none where none do.

    A word that stands in names of places of its county alone says nothing: 桥边镇 is no bridge. One query, where there
    are such words.
    """
    if said := {word for one in rules.subjects.values() for word in one.words if word in text}:
        text = _without_places(text, said, near)
    found = {code: [word for word in one.words if word in text] for code, one in rules.subjects.items()}
    code, words = max(found.items(), key=lambda pair: len(pair[1]), default=("", []))
    if not words:
        return None
    reason = _("文中有%(words)s") % {"words": _listed(f"“{word}”" for word in words[:3])}
    return SuggestedSubject(code, rules.subjects[code].called, reason)


def _without_places(text: str, words: Iterable[str], near: Region) -> str:
    """The text without the townships and villages of a place's county whose names hold one of these words. One query.

    Of one county alone: no index answers which names hold a word, and a platform may know the places of a whole country.
    """
    named = reduce(or_, (Q(name__contains=word) for word in words))
    places = Region.objects.filter(named, path__begins=near.county_path, level__in=(Level.TOWNSHIP, Level.VILLAGE))
    for name in sorted(set(places.values_list("name", flat=True)), key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def units(opinion: Opinion, rules: OpinionRules, suggested: SuggestedSubject | None) -> list[SuggestedUnit]:
    """At most three units: those that the rules name for the subject, and whom the like was given to. Two queries.

    The subject is the opinion's own, else the one that is suggested. Never the unit that it complains of.
    """
    code = opinion.subject or (suggested.code if suggested else "")
    if code not in rules.subjects:
        return []
    about, past = rules.subjects[code], _past(opinion, code)
    found: dict[UUID, SuggestedUnit] = {}
    wanted = [id for id, _times in past.most_common(UNITS)]
    for unit in _there(opinion, about, wanted):
        if opinion.complains_of_id in (unit.pk, unit.parent_id) and opinion.complains_of_id:
            continue
        if reasons := _reasons(unit, about, past):
            found[unit.pk] = SuggestedUnit(unit, _("，").join(reasons))
    ranked = sorted(found.values(), key=lambda one: (-past[one.unit.pk], not _is_named(one.unit, about)))
    return ranked[:UNITS]


def _reasons(unit: Unit, about: Subject, past: Counter[UUID]) -> list[str]:
    reasons = []
    if _is_named(unit, about):
        reasons.append(_("规则里“%(subject)s”一般交给它") % {"subject": about.called})
    if times := past[unit.pk]:
        total = past.total()
        told = ngettext("最近同类%(total)d件，%(times)d件交给它", "最近同类%(total)d件，%(times)d件交给它", total)
        reasons.append(told % {"total": total, "times": times})
    return reasons


def _past(opinion: Opinion, code: str) -> Counter[UUID]:
    """To which units those of the latest matters of this subject that lie in the same body were given to lead. One query."""
    alike = Opinion.objects.filter(subject=code).exclude(pk=opinion.pk).order_by("-pk")
    led = Handover.objects.filter(case__in=alike.values("case")[:PAST], case__body=opinion.case.body_id)
    led = led.filter(role=Handover.Role.LEAD).exclude(ending=Handover.Ending.RETURNED)
    return Counter(led.values_list("party_id", flat=True))


def _there(opinion: Opinion, about: Subject, ids: Iterable[UUID]) -> list[Unit]:
    """Units in or around the place that the rules name, and those with these ids. One query."""
    named = Q(pk__in=[])
    for name in about.units:
        named |= Q(name__endswith=name)
    around = Q(region__in=opinion.case.region.path_ids) | Q(region__isnull=True)
    return list(Unit.objects.on(today()).filter((named & around) | Q(pk__in=list(ids))).select_related("region"))


def _is_named(unit: Unit, about: Subject) -> bool:
    return any(unit.name.endswith(name) for name in about.units)


def _listed(words: Iterable[str]) -> str:
    return pgettext("between names", "、").join(words)

"""Which other opinions may be about the same thing, how alike they are, and by what one can tell.

Nothing here decides: it names a few with their reasons, for a person who looks (architecture, rule of protection 8).
Bounded work, however many there are: at most CANDIDATES of the latest are compared, from the same township or subject.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lianxin.affairs.opinions.models import Opinion, Visibility
from lianxin.affairs.opinions.models.opinion import KIND, OpinionQuerySet
from lianxin.ground.cases.models import Case
from lianxin.ground.core.clock import now
from lianxin.lib.text import Likeness, most_alike

CANDIDATES = 200
READ = 400  # characters of each that are compared: what a matter is about is said first
SHOWN = 3
ALIKE = 0.3  # the share from which the inbox names it as perhaps the same; nearest ones are shown from LIKELY on
NOT_HANDLED = (Case.Ending.DECLINED, Case.Ending.WITHDRAWN, Case.Ending.MERGED)


@dataclass(frozen=True)
class Near:
    """An opinion that may be about the same: `percent` of the words, and in `reasons` why it is shown."""

    opinion: Opinion
    percent: int
    reasons: tuple[str, ...]
    may_join: bool


def nearest(opinion: Opinion, seen: OpinionQuerySet) -> list[Near]:
    """The three nearest of what somebody may see, the most alike first; fewer, or none, where nothing is alike. One query."""
    others = ((other, _words(other)) for other in _candidates(opinion, seen))
    return [_near(opinion, other, said) for said, other in most_alike(_words(opinion), others, most=SHOWN)]


def compare(at: datetime, *, most: int = 300) -> int:
    """Mark which of the opinions that came in since are perhaps told already; how many were compared. Done by the schedule."""
    fresh = Opinion.objects.with_case().filter(compared_at__isnull=True, case__ended_at__isnull=True)
    compared = 0
    for opinion in fresh.order_by("pk")[:most]:
        others = (
            (other, _words(other)) for other in _candidates(opinion, Opinion.objects.filter(complains_of_kind=""))
        )
        is_alike = bool(most_alike(_words(opinion), others, most=1, at_least=ALIKE))
        Opinion.objects.filter(pk=opinion.pk).update(compared_at=at, is_alike=is_alike)
        compared += 1
    return compared


def compare_new(due_at: datetime) -> str:
    """The job: compare what came in."""
    return str(compare(now()))


def _candidates(opinion: Opinion, seen: OpinionQuerySet) -> Sequence[Opinion]:
    """The latest of the same township, or of the same subject in the same body; what was not handled is left out."""
    near = Q(case__region__path__begins=opinion.case.region.township_path)
    if opinion.subject:
        near |= Q(subject=opinion.subject, case__body=opinion.case.body_id)
    others = seen.filter(near, case__kind=KIND, erased_at__isnull=True, complains_of_kind="")
    others = others.exclude(pk=opinion.pk).exclude(case__ending__in=NOT_HANDLED)
    return list(others.select_related("case__region__parent").order_by("-case__changed_at", "-case_id")[:CANDIDATES])


def _words(opinion: Opinion) -> str:
    return f"{opinion.title}\n{opinion.text[:READ]}"


def _near(opinion: Opinion, other: Opinion, said: Likeness) -> Near:
    reasons = [_where(opinion.case, other.case)]
    if said.shared:
        reasons.append(_("都说%(words)s") % {"words": pgettext("between names", "、").join(said.shared)})
    reasons.append(_when(other.case.opened_at - opinion.case.opened_at))
    same = (opinion.visibility == Visibility.STAFF) == (other.visibility == Visibility.STAFF)
    may_join = same and not other.case.has_ended and not opinion.is_complaint
    return Near(other, round(100 * said.share), tuple(reasons), may_join)


def _where(ours: Case, theirs: Case) -> str:
    if ours.region_id == theirs.region_id:
        return _("同一个地方")
    if ours.region.parent_id == theirs.region.parent_id:
        return _("同一个乡镇")
    return _("别的乡镇")


def _when(apart: timedelta) -> str:
    days = round(abs(apart) / timedelta(days=1))
    if not days:
        return _("同一天")
    said = (
        ngettext("早%(days)d天", "早%(days)d天", days)
        if apart < timedelta(0)
        else ngettext("晚%(days)d天", "晚%(days)d天", days)
    )
    return said % {"days": days}

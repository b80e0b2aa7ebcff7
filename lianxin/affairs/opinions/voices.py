"""How many people say the same: counted from the voices themselves, wherever merging, parting and withdrawing left them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import KIND
from lianxin.ground.cases.models import Case, Echo
from lianxin.ground.core.models import Event
from lianxin.ground.core.projections import Projection


def speaking(opinions: Iterable[Opinion]) -> dict[UUID, Opinion]:
    """By case, whose words tell what it is about: its own, or those of the first that remains where they are gone.

    One query, none where all words are there.
    """
    told = {opinion.case_id: opinion for opinion in opinions}
    return told | first_left([case for case, opinion in told.items() if opinion.erased_at])


def first_left(cases: Collection[UUID]) -> dict[UUID, Opinion]:
    """Of cases whose own words are gone the first voice that remains, where one does; one query, none for no cases."""
    if not cases:
        return {}
    left = Opinion.objects.filter(case__merged_into__in=cases, erased_at__isnull=True).select_related("case")
    latest_first = left.order_by("-case__opened_at", "-pk")
    return {one.case.merged_into_id: one for one in latest_first if one.case.merged_into_id}


def recount(case: Case) -> None:
    """Set how many voices a case has, with those of what is merged into it; saves nothing. The caller holds the case."""
    merged = Case.objects.filter(merged_into=case.pk).values_list("pk", flat=True)
    case.voices = _own([case.pk, *merged]).total()


def _own(case_ids: Iterable[UUID]) -> Counter[UUID]:
    """By case: the voice that was told, unless it was withdrawn, and those who met the same."""
    told = dict(Opinion.objects.filter(case__in=case_ids).values_list("pk", "case_id"))
    withdrawn = Event.objects.filter(kind="opinions.withdrawn", subject_kind="opinion", subject_id__in=list(told))
    gone = set(withdrawn.values_list("subject_id", flat=True))
    found = Counter(case for opinion, case in told.items() if opinion not in gone)
    found.update(Echo.objects.filter(case__in=case_ids).values_list("case_id", flat=True))
    return found


def cases() -> Iterator[Case]:
    """Every case of an opinion with its voices."""
    apart = Case.objects.filter(kind=KIND, merged_into__isnull=True).order_by("pk").iterator(chunk_size=500)
    while batch := {case.pk: case for case in islice(apart, 100)}:
        merged = list(Case.objects.filter(merged_into__in=batch))
        own = _own([*batch, *(case.pk for case in merged)])
        for case in (*batch.values(), *merged):
            case.voices = own[case.pk]
        for case in merged:
            assert case.merged_into_id
            batch[case.merged_into_id].voices += case.voices
        yield from (*batch.values(), *merged)


PROJECTION = Projection("case_voices", _("同声"), Case, ("id",), cases, ("voices",))

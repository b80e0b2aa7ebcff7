"""What lists read of cases and handovers, made anew from the rows that run: `lianxin rebuild` compares and mends it."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.cases import clocks
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.cases.settling import settle
from lianxin.ground.core.projections import Projection


def cases() -> Iterator[Case]:
    """Every case with who moves next, by when, and how often it came back."""
    returned = Count("handovers", filter=Q(handovers__ending=Handover.Ending.RETURNED))
    for case in Case.objects.annotate(came_back=returned).order_by("pk").iterator(chunk_size=500):
        settle(case)
        case.returns = case.came_back
        yield case


def handovers() -> Iterator[Handover]:
    """Every handover that runs and has a span, with the day it is due."""
    running = Handover.objects.running().exclude(span="").prefetch_related("pauses")
    for handover in running.order_by("pk").iterator(chunk_size=500):
        reading = clocks.due(handover, list(handover.pauses.all()))
        handover.due_on, handover.calendar = reading.due_on, reading.calendar_version
        yield handover


PROJECTIONS = (  # clocks first: what cases are due by is made of them
    Projection("case_clocks", _("交办的到期日"), Handover, ("id",), handovers, ("due_on", "calendar")),
    Projection("case_states", _("事项的进展"), Case, ("id",), cases, ("waits_for", "due_on", "is_returned", "returns")),
)

"""What the author was asked for, and until when the matter waits for it: by the preset's clock `opinions_more`."""

from datetime import date

from django.db.models import Min

from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import KIND
from lianxin.ground.cases.models import Case, Pause
from lianxin.ground.cases.working import clock_rule
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.rulebook import in_force
from lianxin.lib.calendars import ClockReading, read_clock


def reading(case: Case, day: date) -> ClockReading | None:
    """What the clock of the question says on a day; None where nothing is asked. One query."""
    waits = Pause.objects.filter(handover__case=case, ended_on__isnull=True)
    began = waits.aggregate(day=Min("began_on"))["day"]
    if began is None:
        return None
    rule = clock_rule(in_force(day, case.body_id), "opinions_more")
    return read_clock(rule.clock(began), day, working_calendar())


def asked() -> list[Opinion]:
    """The opinions whose author is waited for, the first asked first."""
    waiting = Case.objects.open().filter(kind=KIND, waits_for=Case.WaitsFor.AUTHOR)
    return list(Opinion.objects.with_case().filter(case__in=waiting).order_by("pk"))

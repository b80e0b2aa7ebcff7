"""What time does to stations: the rota of the next two months is filled, and kept up with what changed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lianxin.affairs.stations import rota
from lianxin.affairs.stations.models import Duty, Shift
from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.access import can
from lianxin.ground.access.answering import reach
from lianxin.ground.access.waiting import Waiting
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of, now, today
from lianxin.ground.core.jobs import Job
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.blocks import ToBeFilled
from lianxin.lib.calendars import Span, Unit, span_end

ONE_DAY = timedelta(days=1)


def keep_rota(due_at: datetime) -> str:
    """What changed is mended, and what is missing of the next two months is put on the rota."""
    at = now()
    day, last = day_of(at), day_of(at) + rota.AHEAD
    mended = rota.mend(day, last, at=at)
    return f"{number_format(mended)}+{number_format(rota.plan(day + ONE_DAY, last, at=at))}"


def give_notice(due_at: datetime) -> str:
    """What the rules have made public by now is made public, and the deputies are told; how many."""
    at, count = now(), 0
    for shift in Shift.objects.filter(state=Shift.State.PLANNED, held_on__gte=day_of(at)).with_station():
        rule = in_force(day_of(at), shift.station.body_id).section(StationRules).receptions.get(shift.reception)
        if rule and not isinstance(rule.notice, ToBeFilled) and notice_day(shift.held_on, rule.notice) <= day_of(at):
            count += shift.give_notice(by=None, at=at)
    return number_format(count)


def notice_day(held_on: date, span: Span) -> date:
    """The last day from which the whole span still lies before the reception."""
    if span.unit is Unit.HOUR:
        return held_on - timedelta(hours=span.count + 23) // ONE_DAY * ONE_DAY
    day = held_on - ONE_DAY
    while span_end(day, span, working_calendar().outlook) > held_on:
        day -= ONE_DAY
    return day


def unclosed(user: Any) -> Waiting | None:
    """How many receptions are over and nobody has said who came: only a person says that somebody was absent."""
    if not can(user, "stations.roster"):
        return None
    over = Shift.objects.within(reach(user, "stations.roster")).open().filter(held_on__lt=today())
    if not (count := over.count()):
        return None
    title = ngettext("%(count)d次接待还没有收尾", "%(count)d次接待还没有收尾", count) % {"count": count}
    return Waiting(title, _("看看谁来了，再登记结束。"), "cal", f"{reverse('stations:rota')}?open=1")


def wanting_off(user: Any) -> Waiting | None:
    """How many deputies asked to be replaced at a reception to come, and nobody has decided."""
    if not can(user, "stations.roster"):
        return None
    coming = Shift.objects.within(reach(user, "stations.roster")).open().filter(held_on__gte=today())
    asked = Duty.objects.filter(shift__in=coming, state=Duty.State.ON, asked_at__isnull=False)
    if not (count := asked.count()):
        return None
    title = ngettext("%(count)d位代表申请换班", "%(count)d位代表申请换班", count) % {"count": count}
    soonest = coming.filter(duties__in=asked).earliest("held_on", "pk")
    return Waiting(title, _("先看最近的一次：换人，或者准假。"), "people", soonest.get_absolute_url())


JOBS = (  # both tell deputies something: by day, not by night
    Job("stations.rota", gettext_lazy("排轮值表"), keep_rota, at=time(7, 30)),
    Job("stations.notice", gettext_lazy("公布接待"), give_notice, at=time(8, 30)),
)

"""Who sits where: the turn list fills the coming receptions, and what is mended by hand or by itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from lianxin.affairs.stations import rota, times
from lianxin.affairs.stations.errors import AlreadyOnDuty, DayPast, NotOnDuty, OnDutyElsewhere, ReasonMissing, ShiftOver
from lianxin.affairs.stations.models import Duty, Shift, Station
from lianxin.affairs.stations.receptions import receptions_of
from lianxin.ground.core.clock import now, travel
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body, Mandate
from lianxin.ground.rulebook import adopt
from lianxin.lib.calendars import Calendar, Occurrence, Recurrence
from tests.affairs.stations.builders import DAY, OPENED_ON, make_shift, make_station
from tests.ground.access.builders import make_user
from tests.ground.people.builders import make_congress, make_mandate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
FIRST, LAST = date(2026, 11, 4), date(2027, 1, 4)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_current_timezone())


def posted(station: Station, congress: Body, *names: str) -> list[Mandate]:
    return posted_on(station, OPENED_ON, congress, *names)


def posted_on(station: Station, day: date, congress: Body, *names: str) -> list[Mandate]:
    mandates = [make_mandate(congress, make_person(name)) for name in names]
    station.post_all(mandates, on=day, by=None, at=now())
    return mandates


def on_duty(shift: Shift) -> list[str]:
    return sorted(shift.duties.filter(state__in=Duty.COUNTED).values_list("mandate__person__name", flat=True))


def sitting(station: Station) -> list[tuple[date, list[str]]]:
    return [(shift.held_on, on_duty(shift)) for shift in station.shifts.order_by("held_on")]


def holiday(monkeypatch: pytest.MonkeyPatch, day: date, moved_to: date) -> None:
    """What the rule has held on a day is held on another, as after a holiday was announced."""
    real = rota.between

    def later(rule: Recurrence, first: date, last: date, calendar: Calendar) -> Iterator[Occurrence]:
        for one in real(rule, first, last, calendar):
            yield replace(one, held_on=moved_to) if one.nominal_on == day else one

    monkeypatch.setattr(rota, "between", later)


def test_two_sit_there_on_each_day_of_the_rule_those_first_who_were_longest_not_on(
    station: Station, congress: Body
) -> None:
    posted(station, congress, "甲", "乙", "丙")

    assert rota.plan(FIRST, LAST, at=now()) == 2  # moved off a Saturday, the fifth of December is the seventh

    assert sitting(station) == [(date(2026, 11, 5), ["乙", "甲"]), (date(2026, 12, 7), ["丙", "甲"])]
    assert rota.plan(FIRST, LAST, at=now()) == 0


def test_over_a_year_nobody_sits_there_oftener_than_others(station: Station, congress: Body) -> None:
    posted(station, congress, *"甲乙丙丁戊")

    rota.plan(FIRST, FIRST + timedelta(days=300), at=now())

    sat = [Duty.objects.filter(mandate=one).count() for one in Mandate.objects.filter(postings__station=station)]
    assert max(sat) - min(sat) <= 1


def test_a_leader_comes_when_it_is_their_turn_as_everybody_does(station: Station, congress: Body) -> None:
    leader = make_mandate(congress, make_person("区长", post="区人民政府区长"))
    station.post(leader, on=OPENED_ON, by=None, at=now())
    posted(station, congress, "甲", "乙")

    rota.plan(FIRST, LAST, at=now())

    assert "区长" in sitting(station)[0][1]


def test_nobody_sits_at_two_stations_on_one_day(station: Station, congress: Body) -> None:
    mandates = posted(station, congress, "甲", "乙", "丙")
    other = make_station(station.region, congress, name="另一点")
    other.post_all(mandates, on=OPENED_ON, by=None, at=now())

    rota.plan(FIRST, LAST, at=now())

    both = Duty.objects.filter(shift__held_on=date(2026, 11, 5)).values_list("mandate", flat=True)
    assert len(both) == len(set(both)) == 3
    lacking = next(shift for shift in Shift.objects.filter(held_on=date(2026, 11, 5)) if shift.duties.count() == 1)
    assert lacking.missing(list(lacking.duties.all())) == 1
    busy = next(one for one in mandates if not lacking.duties.filter(mandate=one).exists())
    with pytest.raises(OnDutyElsewhere, match=busy.person.name):
        lacking.roster(busy, by=None, at=now())


def test_who_was_excused_or_absent_has_not_had_a_turn(station: Station, congress: Body) -> None:
    first, *_others = posted(station, congress, "甲", "乙", "丙", "丁")
    rota.plan(FIRST, date(2026, 11, 30), at=now())
    shift = station.shifts.get()
    duty = shift.duties.get(mandate=first)
    shift.excuse(duty, "出差", by=None, at=now())

    rota.plan(date(2026, 12, 1), LAST, at=now())

    assert first.person.name in sitting(station)[1][1]


def test_what_the_deputy_the_keeper_and_the_day_do_are_one_event_each(station: Station, congress: Body) -> None:
    first, second, third = posted(station, congress, "甲", "乙", "丙")
    rota.plan(FIRST, date(2026, 11, 30), at=now())
    shift, keeper = station.shifts.get(), make_user("管理员").pk
    duty, other = shift.duties.get(mandate=first), shift.duties.get(mandate=second)

    shift.ask_off(duty, "出差", by=None, at=now())
    shift.ask_off(duty, "出差", by=None, at=now())
    new = shift.swap(duty, third, "出差", by=keeper, at=now())
    shift.come(new, way="code", by=keeper, at=at(date(2026, 11, 5)))
    shift.come(new, way="keeper", by=keeper, at=at(date(2026, 11, 5), 10))
    shift.close(by=keeper, at=at(date(2026, 11, 5), 12))

    told = Event.objects.filter(subject_kind="shift").order_by("recorded_at", "id").values_list("kind", flat=True)
    assert list(told) == [
        f"stations.{kind}" for kind in ("shift_planned", "excuse_asked", "swapped", "came", "reception_held", "absent")
    ]
    other.refresh_from_db()
    assert other.state == Duty.State.ABSENT
    absent = Event.objects.get(kind="stations.absent")
    assert list(absent.parties.filter(role="deputy").values_list("party_id", flat=True)) == [second.pk]
    with pytest.raises(ShiftOver):
        shift.cancel("下雨", by=keeper, at=now())


def test_what_cannot_be_done_is_said_in_words(station: Station, congress: Body) -> None:
    first, second, third = posted(station, congress, "甲", "乙", "丙")
    rota.plan(FIRST, date(2026, 11, 30), at=now())
    shift = station.shifts.get()
    duty = shift.duties.get(mandate=first)

    with pytest.raises(AlreadyOnDuty):
        shift.roster(second, by=None, at=now())
    with pytest.raises(DayPast):
        shift.move(date(2020, 1, 1), "早", by=None, at=at(DAY))
    with pytest.raises(ReasonMissing):
        shift.cancel("  ", by=None, at=now())
    shift.swap(duty, third, "出差", by=None, at=now())
    with pytest.raises(NotOnDuty, match="甲"):
        shift.excuse(duty, "出差", by=None, at=now())
    shift.refresh_from_db()
    assert (shift.state, shift.held_on) == (Shift.State.PLANNED, date(2026, 11, 5))


def test_a_day_moved_by_hand_stays_and_every_page_shows_it(station: Station, congress: Body) -> None:
    posted(station, congress, "甲", "乙")
    rota.plan(FIRST, LAST, at=now())
    shift = station.shifts.earliest("held_on")

    shift.move(date(2026, 11, 6), "场地检修", by=make_user("管理员").pk, at=at(DAY))

    assert [one.held_on for one in receptions_of(station, DAY)] == [date(2026, 11, 6)]
    assert rota.mend(FIRST, LAST, at=at(DAY)) == 0
    station.shifts.latest("held_on").cancel("站里换地板", by=make_user("管理员").pk, at=now())
    after = receptions_of(station, date(2026, 11, 7))
    assert [one.held_on for one in after] == [date(2027, 1, 5)]
    assert rota.plan(FIRST, LAST, at=now()) == 0, "what was cancelled does not come back by night"


def test_a_holiday_announced_meanwhile_moves_the_reception(
    station: Station, congress: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted(station, congress, "甲", "乙")
    rota.plan(FIRST, LAST, at=now())
    shift = station.shifts.earliest("held_on")
    holiday(monkeypatch, date(2026, 11, 5), date(2026, 11, 9))

    assert rota.mend(FIRST, LAST, at=at(DAY)) == 1
    assert rota.mend(FIRST, LAST, at=at(DAY)) == 0

    shift.refresh_from_db()
    assert (shift.planned_on, shift.held_on, shift.is_moved_by_hand) == (date(2026, 11, 5), date(2026, 11, 9), False)


def test_who_leaves_the_station_is_replaced_by_the_next_in_turn(station: Station, congress: Body) -> None:
    first, _second, third = posted(station, congress, "甲", "乙", "丙")
    rota.plan(FIRST, date(2026, 11, 30), at=now())
    shift = station.shifts.get()
    assert shift.duties.filter(mandate=first).exists()
    station.release(first, on=DAY, by=None, at=now())

    rota.mend(FIRST, LAST, at=at(DAY))

    assert third.person.name in on_duty(shift)
    assert first.person.name not in on_duty(shift)


def test_a_station_that_closes_receives_nobody_any_more(station: Station, congress: Body) -> None:
    posted(station, congress, "甲", "乙")
    rota.plan(FIRST, LAST, at=now())
    station.close(on=DAY, by=None, at=at(date(2026, 11, 4)))

    rota.mend(FIRST, LAST, at=at(DAY))

    assert set(station.shifts.values_list("state", flat=True)) == {Shift.State.CANCELLED}


def test_the_night_fills_two_months_and_does_nothing_twice(station: Station, congress: Body) -> None:
    posted(station, congress, "甲", "乙")
    with travel(at(DAY, 2)):
        assert times.keep_rota(now()) == "0+2"
        assert times.keep_rota(now()) == "0+0"


def test_a_station_that_opened_yesterday_keeps_its_receptions(congress: Body) -> None:
    young = make_station(congress.region, congress, starts_on=DAY)
    posted_on(young, DAY, congress, "甲", "乙")
    rota.plan(FIRST, LAST, at=at(DAY))

    assert rota.mend(FIRST, LAST, at=at(DAY)) == 0

    assert set(young.shifts.values_list("state", flat=True)) == {Shift.State.PLANNED}


def test_rules_adopted_yesterday_hold_and_those_before_no_more(congress: Body) -> None:
    own_days = make_station(congress.region, congress, kind="station", reception_days="每周三")
    adopt("yanhe", body_id=congress.id, by=None, at=now(), on=DAY)
    assert rota.plan(FIRST, LAST, at=at(DAY)) > 0

    assert rota.mend(FIRST, LAST, at=at(DAY)) == 0

    assert set(own_days.shifts.values_list("state", flat=True)) == {Shift.State.PLANNED}


def night(day: date) -> str:
    with travel(at(day, 8)):
        return times.keep_rota(now())


def test_a_station_closed_by_mistake_receives_again_when_it_is_reopened(station: Station, congress: Body) -> None:
    posted(station, congress, "甲", "乙")
    night(DAY)
    before = {shift.pk: shift.edition for shift in station.shifts.all()}
    station.close(on=DAY, by=None, at=at(DAY))
    night(date(2026, 11, 4))
    station.reopen(reason="选错了站点", by=None, at=at(date(2026, 11, 4)))
    assert [one.held_on for one in receptions_of(station, FIRST)] == [date(2026, 11, 5)], "its page says so at once"

    assert night(date(2026, 11, 4)) == "0+3", "two come back, and the fifth of January is two months ahead by now"

    rows = station.shifts.filter(pk__in=before)
    assert [(row.state, row.edition > before[row.pk]) for row in rows] == [(Shift.State.PLANNED, True)] * 2
    assert sitting(station)[0] == (date(2026, 11, 5), ["乙", "甲"])
    assert night(date(2026, 11, 4)) == "0+0"


def test_own_days_mistyped_and_put_right_receive_again(congress: Body) -> None:
    adopt("yanhe", body_id=congress.id, by=None, at=now(), on=DAY)
    station = make_station(congress.region, congress, kind="station", reception_days="每周三")
    night(DAY)
    held = sorted(station.shifts.values_list("held_on", flat=True))
    Station.objects.update(reception_days="每周四")
    night(DAY)
    Station.objects.update(reception_days="每周三")

    night(DAY)

    assert sorted(station.shifts.open().values_list("held_on", flat=True)) == held


def test_who_was_excused_stays_excused_when_a_reception_comes_back(station: Station, congress: Body) -> None:
    first, *_others = posted(station, congress, "甲", "乙", "丙")
    rota.plan(FIRST, date(2026, 11, 30), at=now())
    shift = station.shifts.get()
    shift.excuse(shift.duties.get(mandate=first), "出差", by=None, at=now())
    shift.cancel("站点撤销了", by=None, at=now())

    rota.plan(FIRST, date(2026, 11, 30), at=now())

    assert on_duty(shift) == ["丙", "乙"]


def test_a_person_with_two_mandates_sits_there_once(station: Station, congress: Body) -> None:
    (first,) = posted(station, congress, "甲")
    upper = make_mandate(make_congress(congress.region), first.person)
    station.post(upper, on=OPENED_ON, by=None, at=now())
    posted(station, congress, "乙", "丙")

    rota.plan(FIRST, LAST, at=now())

    assert sitting(station) == [(date(2026, 11, 5), ["乙", "甲"]), (date(2026, 12, 7), ["丙", "甲"])]
    with pytest.raises(AlreadyOnDuty, match="甲"):
        station.shifts.earliest("held_on").roster(upper, by=None, at=now())


def test_who_was_excused_is_not_put_back_by_night(station: Station, congress: Body) -> None:
    first, second, *_others = posted(station, congress, "甲", "乙")
    rota.plan(FIRST, date(2026, 11, 30), at=now())
    shift = station.shifts.get()
    shift.excuse(shift.duties.get(mandate=first), "出差", by=None, at=now())
    station.release(second, on=DAY, by=None, at=now())

    rota.mend(FIRST, LAST, at=at(DAY))

    assert on_duty(shift) == []


def test_a_station_that_closed_yesterday_receives_nobody_today(station: Station, congress: Body) -> None:
    posted(station, congress, "甲", "乙")
    night(DAY)
    station.close(on=date(2026, 11, 4), by=None, at=at(date(2026, 11, 4), 17))

    night(date(2026, 11, 5))

    assert station.shifts.get(held_on=date(2026, 11, 5)).state == Shift.State.CANCELLED


def test_the_night_does_not_wake_anybody() -> None:
    assert min(job.at.hour for job in times.JOBS if job.at) >= 7


@pytest.mark.parametrize("spare", ["丙", None])
def test_who_would_sit_at_two_stations_after_a_holiday_is_relieved_at_one(
    station: Station, congress: Body, monkeypatch: pytest.MonkeyPatch, spare: str | None
) -> None:
    (first,) = posted(station, congress, "甲")
    rota.plan(FIRST, date(2026, 11, 30), at=now())
    shift = station.shifts.get()
    elsewhere = make_station(station.region, congress)
    elsewhere.post(first, on=OPENED_ON, by=None, at=now())
    other = make_shift(elsewhere, first, on=date(2026, 11, 9))
    other.move(date(2026, 11, 10), "场地检修", by=make_user("管理员").pk, at=at(DAY))
    if spare:
        posted(station, congress, spare)
    holiday(monkeypatch, date(2026, 11, 5), date(2026, 11, 10))

    assert rota.mend(FIRST, LAST, at=at(DAY)) == 1

    shift.refresh_from_db()
    assert (shift.held_on, on_duty(shift)) == (date(2026, 11, 10), [spare] if spare else [])
    assert on_duty(other) == ["甲"]

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.lib.calendars import (
    CHINA_TIME,
    Clock,
    ClockReading,
    ClockState,
    Level,
    Pause,
    Span,
    SpanError,
    Thresholds,
    Unit,
    YearNotAnnounced,
    read_clock,
    shipped_calendar,
)

from . import slow

CALENDAR = shipped_calendar()
WORKING = Thresholds(soon=Span.parse("3个工作日"), long_late=Span.parse("10个工作日"))


def make_clock(**facts: object) -> Clock:
    """Thirty working days from Monday 2 March 2026, if nothing else is said: due on Tuesday 14 April."""
    known: dict[str, object] = {"started": date(2026, 3, 2), "span": Span.parse("30个工作日"), "thresholds": WORKING}
    return Clock(**(known | facts))


def read(clock: Clock, now: date) -> ClockReading:
    return read_clock(clock, now, CALENDAR)


def days_after(start: date, spread: int = 60) -> st.SearchStrategy[date]:
    return st.integers(-5, spread).map(lambda offset: start + timedelta(days=offset))


@st.composite
def clocks(draw: st.DrawFn, *, with_pauses: bool = True) -> Clock:
    started = draw(st.dates(date(2004, 6, 1), date(2025, 6, 1)))
    unit = draw(st.sampled_from([Unit.WORKING_DAY, Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.HALF_YEAR]))
    most = {Unit.WORKING_DAY: 30, Unit.DAY: 45, Unit.WEEK: 6, Unit.MONTH: 3, Unit.HALF_YEAR: 1}[unit]
    pauses = []
    for _ in range(draw(st.integers(0, 3)) if with_pauses else 0):
        began = draw(days_after(started))
        pauses.append(Pause(began, began + timedelta(days=draw(st.integers(0, 25))), "材料补正"))
    return Clock(
        started=started,
        span=Span(draw(st.integers(1, most)), unit),
        thresholds=WORKING,
        pauses=tuple(pauses),
        ends_on_working_day=draw(st.booleans()),
    )


@settings(max_examples=300)
@given(clocks())
def test_the_due_day_is_where_walking_day_by_day_comes_to(clock):
    assert read(clock, clock.started).due_on == slow.due(clock, clock.pauses)


@settings(max_examples=300)
@given(clocks(), st.integers(0, 200))
def test_what_remains_is_what_walking_to_the_due_day_counts(clock, passed):
    now = clock.started + timedelta(days=passed)
    due = slow.due(clock, clock.pauses)
    reading = read(clock, now)
    if now <= due:
        expected = sum(slow.counts(day, clock.span, clock.pauses) for day in slow.days(now + slow.ONE, due))
    else:
        expected = -sum(slow.counts(day, clock.span, ()) for day in slow.days(due + slow.ONE, now))
    assert (reading.remaining, reading.is_late) == (expected, now > due)


@settings(max_examples=200)
@given(clocks(), st.integers(0, 60), st.integers(1, 40))
def test_while_an_open_pause_lasts_the_rest_stays_and_is_there_when_it_ends(clock, began, length):
    began_on = clock.started + timedelta(days=began)
    ended_on = began_on + timedelta(days=length)
    held = replace(clock, pauses=(*clock.pauses, Pause(began_on, None, "中止")))
    resumed = replace(clock, pauses=(*clock.pauses, Pause(began_on, ended_on, "中止")))
    paused_reading, resumed_reading = read(held, ended_on - slow.ONE), read(resumed, ended_on - slow.ONE)
    if began_on > slow.due(clock, clock.pauses):
        assert paused_reading == resumed_reading
    elif not clock.ends_on_working_day:
        later = [pause for pause in clock.pauses if pause.ended is not None and pause.ended > ended_on]
        assert (paused_reading.due_on, paused_reading.state) == (None, ClockState.PAUSED)
        if not later:  # a pause planned beyond the end of this one would take its own part
            assert paused_reading.remaining == resumed_reading.remaining


@settings(max_examples=200)
@given(clocks(), st.integers(0, 150))
def test_the_level_follows_from_the_due_day_alone(clock, passed):
    now = clock.started + timedelta(days=passed)
    reading = read(clock, now)
    due = slow.due(clock, clock.pauses)
    if slow.is_paused(now, clock.pauses) and now < due:
        expected = Level.PAUSED
    elif now > due:
        expected = Level.LONG_LATE if now > slow.add_working_days(due, 10) else Level.LATE
    elif now == due:
        expected = Level.TODAY
    else:
        expected = Level.SOON if slow.add_working_days(now, 3) >= due else Level.PLENTY
    assert reading.level is expected


def test_the_day_it_starts_on_does_not_count():
    clock = make_clock(span=Span.parse("1个工作日"))
    assert read(clock, clock.started).due_on == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("now", "level", "remaining"),
    [
        (date(2026, 3, 2), Level.PLENTY, 30),
        (date(2026, 4, 8), Level.PLENTY, 4),
        (date(2026, 4, 9), Level.SOON, 3),
        (date(2026, 4, 13), Level.SOON, 1),
        (date(2026, 4, 14), Level.TODAY, 0),
        (date(2026, 4, 15), Level.LATE, -1),
        (date(2026, 4, 28), Level.LATE, -10),
        (date(2026, 4, 29), Level.LONG_LATE, -11),
    ],
)
def test_a_clock_goes_from_plenty_to_long_late(now, level, remaining):
    reading = read(make_clock(), now)
    assert (reading.due_on, reading.level, reading.remaining) == (date(2026, 4, 14), level, remaining)
    assert (reading.unit, reading.state) == (Unit.WORKING_DAY, ClockState.RUNNING)
    assert reading.is_late == (level in (Level.LATE, Level.LONG_LATE))


def test_a_pause_takes_out_its_first_day_and_not_its_last():
    paused = make_clock(pauses=(Pause(date(2026, 3, 3), date(2026, 3, 6), "材料补正"),))
    assert read(paused, date(2026, 3, 6)).due_on == date(2026, 4, 17)  # three working days later
    same_day = make_clock(pauses=(Pause(date(2026, 3, 3), date(2026, 3, 3), "材料补正"),))
    assert read(same_day, date(2026, 3, 6)).due_on == date(2026, 4, 14)


def test_a_pause_over_a_holiday_takes_out_only_the_working_days():
    # 30 April to 11 May 2026: worked are 30 April and, by the notice, 6, 7, 8 and Saturday 9 May.
    started, pause = date(2026, 4, 20), Pause(date(2026, 4, 30), date(2026, 5, 11), "中止")
    free = make_clock(started=started, span=Span.parse("15个工作日"))
    held = replace(free, pauses=(pause,))
    assert read(free, started).due_on == date(2026, 5, 13)
    assert read(held, started).due_on == date(2026, 5, 20)  # five working days later
    in_days = make_clock(started=started, span=Span.parse("15天"), pauses=(pause,))
    assert read(in_days, started).due_on == date(2026, 5, 16)  # eleven days later


def test_a_pause_from_the_first_day_on_is_a_pause_on_that_day():
    clock = make_clock(pauses=(Pause(date(2026, 3, 2), None, "材料补正"),))
    reading = read(clock, date(2026, 3, 2))
    assert (reading.state, reading.remaining) == (ClockState.PAUSED, 30)


def test_pauses_that_overlap_take_a_day_out_once():
    twice = (Pause(date(2026, 3, 3), date(2026, 3, 10), "材料补正"), Pause(date(2026, 3, 5), date(2026, 3, 10), "鉴定"))
    once = make_clock(pauses=twice[:1])
    assert read(make_clock(pauses=twice), date(2026, 3, 20)) == read(once, date(2026, 3, 20))


def test_while_paused_nobody_knows_the_due_day_but_the_rest_is_kept():
    clock = make_clock(pauses=(Pause(date(2026, 3, 9), None, "材料补正"),))
    before, during, long_after = (read(clock, date(2026, month, 16)) for month in (3, 4, 9))
    assert (during.due_on, during.state, during.level, during.is_late) == (None, ClockState.PAUSED, Level.PAUSED, False)
    assert before.remaining == during.remaining == long_after.remaining == 26  # four of thirty were used


def test_a_pause_begun_after_the_due_day_leaves_it_late():
    clock = make_clock(pauses=(Pause(date(2026, 4, 15), None, "材料补正"),))
    reading = read(clock, date(2026, 4, 20))
    assert (reading.due_on, reading.state, reading.level) == (date(2026, 4, 14), ClockState.RUNNING, Level.LATE)


def test_a_pause_begun_on_the_due_day_is_in_time():
    clock = make_clock(pauses=(Pause(date(2026, 4, 14), date(2026, 4, 16), "材料补正"),))
    assert read(clock, date(2026, 4, 20)).due_on == date(2026, 4, 16)
    assert read(clock, date(2026, 4, 15)).level is Level.PAUSED


@pytest.mark.parametrize(
    ("stopped", "is_late", "remaining"),
    [(date(2026, 4, 10), False, 2), (date(2026, 4, 14), False, 0), (date(2026, 4, 16), True, -2)],
)
def test_a_stopped_clock_says_whether_it_was_in_time(stopped, is_late, remaining):
    reading = read(make_clock(stopped=stopped), date(2026, 9, 1))
    assert (reading.state, reading.level) == (ClockState.STOPPED, Level.DONE)
    assert (reading.due_on, reading.is_late, reading.remaining) == (date(2026, 4, 14), is_late, remaining)


def test_a_stop_during_a_pause_ends_the_pause():
    clock = make_clock(pauses=(Pause(date(2026, 4, 13), None, "材料补正"),), stopped=date(2026, 4, 20))
    reading = read(clock, date(2026, 9, 1))
    assert (reading.due_on, reading.is_late, reading.level) == (date(2026, 4, 21), False, Level.DONE)


def test_a_stop_ends_a_pause_that_was_to_last_longer():
    pause = Pause(date(2026, 4, 13), date(2026, 5, 30), "材料补正")
    stopped = make_clock(pauses=(pause,), stopped=date(2026, 4, 20))
    assert read(stopped, date(2026, 9, 1)).due_on == date(2026, 4, 21)


def test_a_stop_is_known_on_its_day():
    assert read(make_clock(stopped=date(2026, 4, 13)), date(2026, 4, 13)).level is Level.DONE


def test_before_it_starts_a_clock_has_all_its_time():
    assert read(make_clock(), date(2026, 2, 2)).remaining == 30


def test_a_pause_begun_in_the_holiday_that_puts_the_due_day_off_finds_nothing_left():
    clock = make_clock(started=date(2026, 9, 2), span=Span.parse("1个月"), ends_on_working_day=True)
    paused = replace(clock, pauses=(Pause(date(2026, 10, 6), None, "中止"),))
    reading = read(paused, date(2026, 10, 12))
    assert (reading.state, reading.due_on, reading.remaining) == (ClockState.PAUSED, None, 0)
    resumed = replace(clock, pauses=(Pause(date(2026, 10, 6), date(2026, 10, 17), "中止"),))
    assert read(resumed, date(2026, 10, 17)).due_on == date(2026, 10, 19)  # the first working day that counts again


def test_a_stop_that_has_not_come_yet_is_not_known():
    reading = read(make_clock(stopped=date(2026, 4, 16)), date(2026, 4, 15))
    assert (reading.state, reading.level) == (ClockState.RUNNING, Level.LATE)


def test_a_due_day_in_the_holiday_gives_way_only_where_asked():
    clock = make_clock(started=date(2026, 9, 2), span=Span.parse("1个月"))
    assert read(clock, date(2026, 9, 2)).due_on == date(2026, 10, 2)
    moved = read(replace(clock, ends_on_working_day=True), date(2026, 10, 7))
    assert (moved.due_on, moved.level, moved.remaining, moved.unit) == (date(2026, 10, 8), Level.SOON, 1, Unit.DAY)


def test_late_over_a_weekend_is_late_by_no_working_day():
    clock = make_clock(span=Span.parse("4个工作日"))
    reading = read(clock, date(2026, 3, 7))
    assert (reading.due_on, reading.is_late, reading.level, reading.remaining) == (
        date(2026, 3, 6),
        True,
        Level.LATE,
        0,
    )


def test_a_clock_of_months_is_long_late_by_months_too():
    thresholds = Thresholds(soon=Span.parse("2周"), long_late=Span.parse("1个月"))
    clock = make_clock(started=date(2026, 1, 31), span=Span.parse("1个月"), thresholds=thresholds)
    levels = [
        read(clock, day).level for day in (date(2026, 2, 13), date(2026, 2, 14), date(2026, 3, 28), date(2026, 3, 29))
    ]
    assert levels == [Level.PLENTY, Level.SOON, Level.LATE, Level.LONG_LATE]


def test_a_due_day_in_a_year_not_announced_is_provisional():
    clock = make_clock(started=date(2026, 11, 25))
    reading = read(clock, date(2026, 11, 25))
    assert (reading.due_on, reading.is_certain) == (date(2027, 1, 6), False)
    assert reading.calendar_version == CALENDAR.version
    assert read(make_clock(), date(2026, 3, 3)).is_certain


def test_days_alone_are_certain_in_any_year():
    days = Thresholds(soon=Span.parse("3天"), long_late=Span.parse("30天"))
    clock = make_clock(started=date(2031, 11, 25), span=Span.parse("60天"), thresholds=days)
    assert read(clock, date(2031, 12, 1)).is_certain
    assert not read(replace(clock, ends_on_working_day=True), date(2031, 12, 1)).is_certain


def test_years_before_the_first_file_are_refused():
    with pytest.raises(YearNotAnnounced):
        read(make_clock(started=date(2001, 3, 1)), date(2001, 3, 2))


HOURS = Thresholds(soon=Span.parse("4小时"), long_late=Span.parse("24小时"))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=CHINA_TIME)


def make_hour_clock(**facts: object) -> Clock:
    """A day and a half from Monday 2 March 2026, nine in the morning."""
    return make_clock(**({"started": at(2, 9), "span": Span.parse("36小时"), "thresholds": HOURS} | facts))


@pytest.mark.parametrize(
    ("now", "level", "remaining"),
    [
        (at(2, 9), Level.PLENTY, 36),
        (at(2, 9, 1), Level.PLENTY, 35),
        (at(3, 1), Level.TODAY, 20),
        (at(3, 21), Level.TODAY, 0),
        (at(3, 21, 30), Level.LATE, -1),
        (at(4, 21), Level.LATE, -24),
        (at(4, 21, 1), Level.LONG_LATE, -25),
    ],
)
def test_a_clock_of_hours_runs_through_the_night(now, level, remaining):
    reading = read(make_hour_clock(), now)
    assert (reading.due_at, reading.due_on) == (at(3, 21), date(2026, 3, 3))
    assert (reading.level, reading.remaining, reading.unit) == (level, remaining, Unit.HOUR)


def test_an_hour_clock_may_be_soon_due_on_the_day_before():
    clock = make_hour_clock(span=Span.parse("16小时"))  # due at one in the night
    assert read(clock, at(2, 20, 59)).level is Level.PLENTY
    assert read(clock, at(2, 21)).level is Level.SOON


def test_an_hour_clock_is_due_on_the_local_day_whatever_zone_it_is_given_in():
    reading = read(make_hour_clock(started=at(2, 13).astimezone(UTC)), at(2, 14))
    assert (reading.due_at, reading.due_on) == (at(4, 1), date(2026, 3, 4))


@given(st.lists(st.tuples(st.integers(-10, 60), st.integers(0, 20)), max_size=3), st.integers(0, 100))
def test_an_hour_clock_comes_to_where_walking_hour_by_hour_does(pauses, passed):
    hour, started = timedelta(hours=1), at(2, 9)
    laid = tuple(Pause(started + began * hour, started + (began + length) * hour, "中止") for began, length in pauses)
    clock = make_hour_clock(pauses=laid)
    due, left = started, 36
    while left:
        left -= not slow.is_paused(due, laid)
        due += hour
    now = started + passed * hour
    reading = read(clock, now)
    assert reading.due_at == due
    hours = [due + count * hour for count in range(-200, 0)]
    expected = (
        sum(moment >= now and not slow.is_paused(moment, laid) for moment in hours)
        if now <= due
        else (due - now) // hour
    )
    assert reading.remaining == expected


def test_an_open_pause_holds_an_hour_clock():
    clock = make_hour_clock(pauses=(Pause(at(2, 19), None, "中止"),))
    reading = read(clock, at(9, 9))
    assert (reading.due_at, reading.due_on, reading.level, reading.remaining) == (None, None, Level.PAUSED, 26)


@pytest.mark.parametrize(
    "facts",
    [
        {"started": at(2, 9)},
        {"stopped": at(2, 9)},
        {"pauses": (Pause(at(2, 9), None, "中止"),)},
        {"span": Span.parse("24小时"), "thresholds": HOURS},
        {"span": Span.parse("24小时"), "thresholds": HOURS, "started": datetime(2026, 3, 2, 9)},
    ],
)
def test_days_and_moments_are_not_mixed(facts):
    with pytest.raises(TypeError):
        make_clock(**facts)


def test_a_clock_of_days_is_not_read_at_a_moment():
    with pytest.raises(TypeError, match="local_day"):
        read(make_clock(), at(2, 9))


def test_thresholds_must_be_in_the_kind_of_unit_of_the_clock():
    with pytest.raises(SpanError, match="提醒线单位不合"):
        make_clock(thresholds=HOURS)
    with pytest.raises(SpanError, match="提醒线单位不合"):
        make_hour_clock(thresholds=WORKING)
    with pytest.raises(SpanError, match="不能顺延"):
        make_hour_clock(ends_on_working_day=True)


def test_a_pause_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="before it began"):
        Pause(date(2026, 3, 3), date(2026, 3, 2), "中止")

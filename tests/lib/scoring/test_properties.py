"""What holds whatever was recorded: told again by brute force, from other words than the library's."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from lianxin.lib.scoring.closing import Closed, close, fires
from lianxin.lib.scoring.figures import Figure, State
from lianxin.lib.scoring.parties import Leave, Tenure
from lianxin.lib.scoring.periods import Stretch
from lianxin.lib.scoring.sheets import Scorer
from lianxin.lib.scoring.spec import Asked, Band, Bounds, Credit, Grain, IfNothing, Join, Measure, Ties, Trigger
from lianxin.lib.scoring.tallies import Row, counted, tally
from tests.lib.scoring.builders import (
    EXCUSED,
    HELD,
    MEETINGS,
    VISITS,
    YEAR,
    Book,
    F,
    graded,
    item,
    regulation,
    scored,
    sheet,
    sheet_of,
)

# Few days, so that caps are reached: the edges of months, quarters and halves, and a day outside.
DAYS = st.sampled_from(
    [date(2026, month, day) for month, day in [(1, 1), (1, 31), (2, 1), (3, 31), (4, 1), (6, 30), (7, 1), (12, 31)]]
    + [date(2025, 12, 31), date(2027, 1, 1)]
)
ANY_DAY = st.dates(date(2025, 11, 1), date(2027, 2, 28))
QUANTITIES = st.sampled_from([F(0), F(1, 2), F(1), F(3, 2), F(3)])
CAPS = st.lists(st.sampled_from(list(Grain)), unique=True, max_size=4).flatmap(
    lambda grains: st.tuples(
        *(st.tuples(st.just(grain), QUANTITIES) for grain in sorted(grains, key=lambda g: g.value))
    )
)
MEASURES = st.builds(
    Measure,
    records=st.sampled_from([("visit",), ("visit", "meeting")]),
    of_quantity=st.booleans(),
    credit=st.sampled_from(list(Credit)),
    caps=CAPS,
    a_target=st.none() | QUANTITIES,
)


@st.composite
def row(draw, records=("visit", "meeting")):
    on = draw(DAYS)
    return Row(
        id=draw(st.uuids()).hex,
        happened_at=datetime(on.year, on.month, on.day, draw(st.integers(0, 2)), tzinfo=UTC),
        on=on,
        record=draw(st.sampled_from(records)),
        quantity=draw(QUANTITIES),
        role=draw(st.sampled_from(["", "lead"])),
        share=draw(st.sampled_from([F(1), F(1, 3)])),
        of=draw(st.integers(1, 3)),
        targets=draw(st.frozensets(st.sampled_from(["Li", "Wang"]))),
        is_waiting=draw(st.booleans()) and draw(st.booleans()),
    )


ROWS = st.lists(row(), max_size=12, unique_by=lambda row: row.id)


def by_hand(rows, measure: Measure) -> F:
    """Sums within sums, each no more than its cap: the same as taking records one after the other."""
    names = {
        Grain.RECORD: lambda row: row.id,
        Grain.DAY: lambda row: row.on,
        Grain.MONTH: lambda row: row.on.month,
        Grain.QUARTER: lambda row: (row.on.month + 2) // 3,
        Grain.HALF_YEAR: lambda row: row.on.month > 6,
        Grain.YEAR: lambda row: "year",
        Grain.PERIOD: lambda row: "period",
    }
    caps = dict(measure.caps)

    def within(rows, grains) -> F:
        if not grains:
            return sum((worth(row, measure) for row in rows), F(0))
        heaps = defaultdict(list)
        for row in rows:
            heaps[names[grains[0]](row)].append(row)
        sums = (within(heap, grains[1:]) for heap in heaps.values())
        return sum((min(one, caps[grains[0]]) if grains[0] in caps else one for one in sums), F(0))

    own = [row for row in rows if row.on.year == 2026 and row.record in measure.records and not row.is_waiting]
    coarse_first = list(reversed(Grain))
    if measure.a_target is None:
        return within(own, coarse_first)
    to_each = ([row for row in own if target in row.targets] for target in ("Li", "Wang"))
    return sum((min(measure.a_target, within(heap, coarse_first)) for heap in to_each), F(0))


def times(row: Row, measure: Measure) -> int:
    """How often a record counts: once, or once of each toward whom it was."""
    return 1 if measure.a_target is None else len(row.targets)


def worth(row: Row, measure: Measure) -> F:
    whole = row.quantity if measure.of_quantity else F(1)
    times = {Credit.SPLIT: F(1, row.of), Credit.AS_RECORDED: row.share, Credit.LEAD_ONLY: F(row.role == "lead")}
    return whole * times.get(measure.credit, F(1))


# Counting


@given(ROWS, MEASURES)
def test_caps_within_caps_are_the_least_of_sums(rows, measure):
    assert tally(rows, measure, YEAR) == by_hand(rows, measure)


@given(ROWS, MEASURES, st.randoms(use_true_random=False))
def test_in_which_order_records_come_does_not_matter(rows, measure, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert counted(shuffled, measure, YEAR) == counted(rows, measure, YEAR)


@given(ROWS, row(), MEASURES)
def test_one_record_more_never_lowers_a_count_nor_adds_more_than_it_is_worth(rows, more, measure):
    before, after = tally(rows, measure, YEAR), tally([*rows, more], measure, YEAR)
    assert before <= after <= before + more.worth(measure) * times(more, measure)


@given(ROWS, MEASURES)
def test_no_record_counts_less_than_nothing_or_more_than_it_is_worth(rows, measure):
    for one, counts in counted(rows, measure, YEAR):
        assert 0 <= counts <= one.worth(measure) * times(one, measure)


@given(ROWS, MEASURES)
def test_what_was_reached_before_a_day_is_not_changed_by_what_came_after(rows, measure):
    """Earlier records come first: what they count is told without the later ones."""
    before = [row for row in rows if row.on < date(2026, 4, 1)]
    first = [pair for pair in counted(rows, measure, YEAR) if pair[0].on < date(2026, 4, 1)]
    assert first == counted(before, measure, YEAR)


# Sheets


def items(measure: Measure):
    """A little of everything that a book is asked."""
    return (
        item("each", measure, each=F(2), at_most=F(9)),
        item("full", VISITS, asks=Asked(at_least=F(4)), full=F(10), missing=F(-1)),
        item("quarters", VISITS, asks=Asked(at_least=F(1), months=3, if_nothing=IfNothing.ZERO), each_met=F(3)),
        item("share", MEETINGS, asks=Asked(F("0.9"), None, HELD, EXCUSED, if_nothing=IfNothing.LEFT_OUT), full=F(20)),
    )


ALL_ROWS = st.lists(row(("visit", "meeting", "held", "excused")), max_size=10, unique_by=lambda row: row.id)
BOOKS = st.builds(lambda rows, start: Book(rows, Tenure(start)), ALL_ROWS, st.none() | ANY_DAY)


@given(st.lists(BOOKS, min_size=1, max_size=5), MEASURES)
def test_a_scorer_that_has_worked_out_others_agrees_with_a_fresh_one(books, measure):
    rule = regulation(*items(measure))
    used = Scorer(rule, YEAR)
    for book in [*books, *books]:
        assert used.sheet(book, "deputy", {}) == Scorer(rule, YEAR).sheet(book, "deputy", {})


@given(BOOKS, MEASURES, st.integers(0, 9))
def test_a_record_taken_away_was_never_there(book, measure, number):
    """Annulled, moved or refused: worked out anew, by the scorer that knew it."""
    assume(book.rows)
    scorer = Scorer(regulation(*items(measure)), YEAR)
    scorer.sheet(book, "deputy", {})
    gone = book.rows[number % len(book.rows)]
    without = replace(book, rows=[row for row in book.rows if row is not gone])
    assert scorer.sheet(without, "deputy", {}) == sheet(without, *items(measure))


@given(BOOKS, MEASURES, st.randoms(use_true_random=False))
def test_whatever_is_confirmed_changes_no_figure_that_was_known(book, measure, chance):
    before = sheet(book, *items(measure)).figures
    confirmed = [replace(row, is_waiting=row.is_waiting and chance.random() < 0.5) for row in book.rows]
    after = sheet(replace(book, rows=confirmed), *items(measure)).figures
    for code, figure in before.items():
        if figure.state is State.KNOWN:
            assert (figure.points, figure.is_met) == (after[code].points, after[code].is_met), code


WORTHS = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 100), st.booleans()), min_size=1, max_size=6)


@given(WORTHS)
def test_items_left_out_rescale_the_rest_to_what_all_is_worth(worths):
    """Reached of what could be reached, times what all could give; to the last fraction."""
    given = []
    for number, (most, percent, is_out) in enumerate(worths):
        if is_out:
            asks = Asked(out_of=HELD, if_nothing=IfNothing.LEFT_OUT)
            given.append(item(f"{number}", MEETINGS, asks=asks, full=F(most), at_most=F(most)))
        else:
            given.append(scored(f"{number}", F(most * percent, 100), at_most=F(most)))
    total = sheet(Book(), *given).total
    possible = sum(most for most, _percent, is_out in worths if not is_out)
    if not possible:
        assert total.state is State.LEFT_OUT
        return
    reached = sum(F(most * percent, 100) for most, percent, is_out in worths if not is_out)
    assert total.points == reached * sum(most for most, _percent, _is_out in worths) / possible


# Parties

LEAVES = st.builds(
    lambda kind, start, days: Leave(kind, start, start + timedelta(days=days)),
    st.sampled_from(["illness", "business"]),
    ANY_DAY,
    st.integers(0, 90),
)
TENURES = st.builds(Tenure, st.none() | ANY_DAY, st.none() | ANY_DAY, st.lists(LEAVES, max_size=4))
STRETCHES = st.sampled_from([YEAR, Stretch(date(2026, 2, 1), date(2026, 3, 1)), Stretch(date(2026, 7, 1), YEAR.end)])


@given(TENURES, STRETCHES, st.sampled_from(list(Join)))
def test_the_share_that_is_asked_is_the_days_told_one_by_one(tenure, stretch, join):
    days = [stretch.start + timedelta(days=number) for number in range(stretch.days)]
    own = [day for day in days if (tenure.start or day) <= day and (tenure.end is None or day < tenure.end)]
    asked = own if join is not Join.FULL or not own else days
    if join is Join.FROM_NEXT_PERIOD and tenure.start and tenure.start > YEAR.start:
        asked = []
    ill = [leave for leave in tenure.leaves if leave.kind == "illness"]
    asked = [day for day in asked if not any(leave.start <= day < leave.end for leave in ill)]
    assert tenure.share(stretch, YEAR, join, frozenset(("illness",))) == F(len(asked), stretch.days)


# Closing

TOTALS = st.lists(st.none() | st.integers(88, 96), max_size=9)


def closed(totals, by):
    pending = Figure("total", State.PENDING)
    sheets = {f"{n}": sheet_of(pending if one is None else one, "excellent") for n, one in enumerate(totals)}
    return list(close(by, sheets).values())


@given(TOTALS)
def test_a_place_is_one_more_than_the_number_of_better_ones(totals):
    known = [total for total in totals if total is not None]
    for total, one in zip(totals, closed(totals, graded()), strict=True):
        if total is None:
            assert (one.place, one.from_last) == (None, None)
            continue
        assert one.place == 1 + sum(other > total for other in known)
        assert one.from_last == 1 + sum(other < total for other in known)


@given(TOTALS, st.sampled_from(["0.1", "0.25", "1/3", "0.5", "1"]), st.sampled_from(list(Ties)))
def test_a_quota_lets_in_the_best_and_parts_no_equals(totals, quota, ties):
    found = [one for one in closed(totals, graded(quota, ties)) if one.points is not None]
    inside = sorted(one.points for one in found if one.grade == "excellent")
    outside = sorted(one.points for one in found if one.grade == "good")
    room = F(quota) * len(found) // 1
    assert not inside or not outside or inside[0] > outside[-1]
    if ties is Ties.NONE_IN:
        assert len(inside) <= room
    else:
        assert len(inside) - inside.count(inside[0] if inside else None) < max(room, 1)
        assert len(inside) >= min(room, len(found))


HISTORIES = st.lists(st.sampled_from(["poor", "good", "waited", "untold"]), max_size=6)


@given(HISTORIES, st.integers(1, 4))
def test_a_trigger_fires_exactly_where_the_history_ends_in_so_many_of_it(words, in_a_row):
    told = {
        "poor": Closed(F(1), "poor"),
        "good": Closed(F(80), "good"),
        "waited": Closed(None, "poor"),
        "untold": None,
    }
    trigger = Trigger("talk", frozenset(("poor",)), in_a_row=in_a_row)
    assert fires(trigger, [told[word] for word in words]) == (words[-in_a_row:] == ["poor"] * in_a_row)


@given(st.integers(0, 100), st.lists(st.integers(1, 99), min_size=1, max_size=4, unique=True))
def test_bands_that_touch_give_every_total_one_grade(total, edges):
    edges = sorted(edges, reverse=True)
    bands = [Band(f"{edge}", Bounds(at_least=F(edge))) for edge in edges] + [Band("rest", Bounds())]
    expected = next((f"{edge}" for edge in edges if total >= edge), "rest")
    assert sheet(Book(), scored("a", total), bands=bands).grade == expected

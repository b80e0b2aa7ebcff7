"""Figures: declared once, counted for a period, shown with what they were counted among, or not at all."""

from datetime import date, timedelta

import pytest
from django.template import Context, Template

from lianxin.ground.core import figures
from lianxin.ground.core.clock import now
from lianxin.ground.core.figures import Counted, Definition, Period, UnknownFigure
from tests.ground.core.builders import make_figure


def shown(figure):
    return Template("{% load look %}{% stat figure bar=True explained=True %}").render(Context({"figure": figure}))


@pytest.fixture
def counting(monkeypatch):
    """A registry of one figure, and how often it was counted."""
    times = []

    def count(period, at):
        times.append(period.code)
        return Counted(len(times), 10)

    monkeypatch.setattr(figures, "_definitions", {})
    figures.register(Definition("tests.one", "数", "数的东西。", count, lambda period: "/"))
    return times


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_whole_days(code, first, last):
    period = Period.named(code)
    assert (period.starts_on, period.ends_on, period.code) == (first, last, code)


@pytest.mark.parametrize(
    "code",
    ["", "26", "2026-", "2026-13", "2026-0", "0000", "-2026", "2026-1-1", "²026", "2026-x", "0001", "9999", "9999-12"],
)
def test_what_names_no_period_is_none(code):
    assert Period.named(code) is None


def test_a_code_is_declared_once():
    one = figures.all_definitions()[0]
    figures.register(one)
    with pytest.raises(ValueError, match="declared twice"):
        figures.register(Definition(one.code, "别的", "数的东西。", one.count, one.address))


def test_nobody_reads_what_was_not_declared():
    with pytest.raises(UnknownFigure):
        figures.read("tests.nothing", Period.year(2026))


def test_a_figure_is_counted_once_in_ten_minutes_and_says_as_of_when(counting, travel):
    travel(now())
    first = figures.read("tests.one", Period.year(2026))
    assert figures.read("tests.one", Period.year(2026)) is first
    assert first.as_of == now()
    figures.read("tests.one", Period.month(2026, 3))
    assert counting == ["2026", "2026-03"]


def test_another_day_is_counted_anew(counting, travel):
    travel(now())
    figures.read("tests.one", Period.year(2026))
    travel(now() + timedelta(days=1))
    figures.read("tests.one", Period.year(2026))
    assert counting == ["2026", "2026"]


def test_a_figure_stands_with_what_it_was_counted_among_and_opens_its_list():
    html = shown(make_figure(30, 43, least=5, listed=36, unlisted=7))
    assert "/ 43" in html
    assert 'href="/list/?2026"' in html
    assert "公开的36件，不公开的7件" in html


def test_below_the_least_sample_neither_part_nor_bar_is_shown():
    html = shown(make_figure(3, 4, least=5))
    assert "样本太少" in html
    assert "才4个，不到5个不显示" in html
    assert "meter--unknown" in html
    assert "/ 4" not in html
    assert ">3<" not in html


def test_a_plain_count_needs_no_sample_and_a_middle_does():
    assert make_figure(1, None).is_enough
    assert make_figure(9, None, sample=5, least=5).is_enough
    assert not make_figure(9, None, sample=4, least=5).is_enough


def test_what_nobody_counted_is_not_zero():
    assert "还没有" in shown(make_figure(None, 0, least=5))
    assert "还没有" not in shown(make_figure(0, 10, least=5))

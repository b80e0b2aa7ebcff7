"""The figures of opinions are what a count by hand gives, and each opens the list of what it was counted among."""

from datetime import timedelta

import pytest

from lianxin.affairs.opinions import figures
from lianxin.affairs.opinions.actions import handling, judging, replying, sorting
from lianxin.ground.cases.models import Handover
from lianxin.ground.core import figures as core
from lianxin.ground.core.figures import Period
from lianxin.ground.messages import actions as messages
from tests.affairs.opinions.builders import NOON

DAY, MARCH = timedelta(days=1), Period.month(2026, 3)


@pytest.fixture(autouse=True)
def _later(travel, settings):
    settings.SENDS_MAIL = True
    travel(NOON + 60 * DAY)


def told(office, **facts):
    """An opinion that was taken; its author wants to be told where `reached`."""
    is_reached = facts.pop("reached", False)
    opinion = office.opinion(email="wang@resident.example", **facts) if is_reached else office.opinion(**facts)
    if is_reached:
        messages.choose(opinion.pk, "email", by=None, at=NOON)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    return opinion


def answer(office, opinion, outcome="solved", after=1):
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    lead = Handover.objects.running().get(case=opinion.case_id, role="lead")
    at = NOON + after * DAY
    draft = replying.draft(lead, by=office.clerk.pk, at=at, text="修好了。", outcome=outcome)
    replying.approve(lead, by=office.clerk.pk, at=at, edition=draft.edition)
    replying.send(lead, by=office.clerk.pk, at=at)


def counted(code, period=MARCH):
    core.forget()
    found = core.read(f"opinions.{code}", period).counted
    return found.part, found.whole


@pytest.fixture
def six(office):
    """Six answered matters: four rated, one asked in vain, one with nobody to ask."""
    opinions = [told(office, reached=number < 5) for number in range(6)]
    for number, opinion in enumerate(opinions):
        answer(office, opinion, "solved" if number < 5 else "explained", after=number + 1)
    for opinion, said in zip(
        opinions, (("yes", "yes"), ("yes", "no"), ("fairly", "partly"), ("no", "yes")), strict=False
    ):
        judging.rate(opinion, *said, at=NOON + 7 * DAY)
    return opinions


def test_satisfied_and_solved_are_counted_apart_among_those_who_judged(six):
    assert counted("satisfied") == (2, 4)
    assert counted("solved") == (2, 4)


def test_no_answer_and_not_asked_are_told_and_are_no_satisfaction(six):
    assert counted("no_answer") == (1, 6)
    assert counted("not_asked") == (1, 6)


def test_what_units_claim_is_a_figure_of_its_own(six):
    assert counted("claimed_by_units") == (5, 6)
    assert counted("claimed_by_offices") == (None, 0)


def test_matters_that_went_another_round_are_counted_among_the_answered(six):
    judging.reopen(six[1], "没解决", at=NOON + 8 * DAY)
    assert counted("reopened") == (1, 6)


def test_the_median_is_the_matter_in_the_middle(six):
    assert counted("median_days") == (3, None)


def test_everything_that_came_in_is_counted(office, six):
    office.opinion()
    assert counted("received") == (7, None)
    assert counted("received", Period.month(2026, 4)) == (0, None)


def test_in_time_counts_the_late_and_the_unanswered_against_it(office, travel):
    answer(office, told(office), after=2)
    answer(office, told(office), after=40)
    handling.hand_to_units(told(office), office.roads, by=office.clerk.pk, at=NOON)
    assert counted("in_time") == (1, 3)
    travel(NOON + 3 * DAY)
    assert counted("in_time") == (
        1,
        2,
    )  # what is answered later is known to this base already; what runs is not late yet


def test_what_was_returned_counts_against_nobody(office):
    opinion = told(office)
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    lead = Handover.objects.running().get(case=opinion.case_id, role="lead")
    handling.ask_return(lead, "不归我们", by=office.clerk.pk, at=NOON)
    handling.agree_to_return(lead, by=office.clerk.pk, at=NOON)
    assert counted("in_time") == (None, 0)


def test_below_the_least_sample_no_share_is_shown(six, client):
    figure = core.read("opinions.satisfied", MARCH)
    assert not figure.is_enough
    shown = client.get("/figures/?period=2026-03").content.decode()
    pair = shown.partition('class="pair"')[2].partition("</section>")[0]
    assert "样本太少" in pair
    assert "/ 4" not in pair


def test_a_figure_opens_the_list_of_what_it_was_counted_among(six, office, client):
    office.opinion()
    figure = core.read("opinions.claimed_by_units", MARCH)
    listed = client.get(figure.href).content.decode()
    assert (figure.counted.listed, figure.counted.unlisted) == (6, 0)
    assert all(opinion.case.number in listed for opinion in six)
    assert "公开的6件，另有不公开的0件" in listed


def test_a_list_says_how_many_of_it_are_not_public(office, client):
    told(office)
    told(office, visibility="staff")
    figure = core.read("opinions.received", MARCH)
    assert (figure.counted.listed, figure.counted.unlisted) == (1, 1)
    assert "另有不公开的1件" in client.get(figure.href).content.decode()


def test_no_list_is_of_those_who_judged_so_or_so(six):
    listed = figures.listed("opinions.satisfied", MARCH, NOON + 60 * DAY)
    assert set(listed) == set(six[:4])


@pytest.mark.parametrize(
    "period", ["2026", "2026-03", "x", "9999-13", "2026-00", "", "0000", "²026", "9999", "0001", "1900"]
)
def test_the_page_shows_every_figure_of_any_period(office, client, period):
    shown = client.get("/figures/", {"period": period})
    assert shown.status_code == 200
    assert shown.content.decode().count("数的是") == len(figures.FIGURES)


def test_every_figure_says_what_it_counts_and_among_what(db):
    for one in core.all_definitions():
        assert str(one.counts).endswith("。")
        assert one.among or one.unit

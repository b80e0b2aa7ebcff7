"""An answer is rated: two questions apart, none answered beforehand, twice asked, never by who handled it."""

from datetime import timedelta

import pytest
from django.test import Client

from lianxin.affairs.opinions import links
from lianxin.affairs.opinions.actions import replying, sorting
from lianxin.ground.cases.models import Case, Rating, Round
from lianxin.ground.core.models import Event
from tests.affairs.opinions.builders import NOON

MATTER, RATING = "/follow/matter/", "/follow/matter/rating/"
DAY = timedelta(days=1)
GIVEN = {"satisfied": "fairly", "solved": "no", "why": "not_done", "words": "第三盏还是一闪一闪"}


@pytest.fixture(autouse=True)
def _noon(travel):
    travel(NOON)


@pytest.fixture
def answered(office):
    opinion = office.opinion()
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    replying.answer_now(opinion, "已经修好。", "solved", by=office.clerk.pk, at=NOON)
    return opinion


@pytest.fixture
def resident(answered):
    """By the link of a message: no account, no code."""
    browser = Client()
    browser.post("/follow/link/", {"t": links.token_of(answered)})
    return browser


def page(browser):
    return browser.get(MATTER).content.decode()


def test_two_questions_stand_apart_and_none_is_answered_beforehand(resident):
    shown = page(resident)
    assert "事情解决了吗？" in shown
    assert "办事的态度和速度，您满意吗？" in shown
    assert " checked" not in shown.partition('id="judge"')[2].partition("</form>")[0]


def test_not_rating_is_explained(resident):
    assert "您不评，就记作“没有评”，不算满意。" in page(resident)


def test_both_answers_are_kept_each_for_itself(resident, answered):
    assert resident.post(RATING, GIVEN)["Location"] == MATTER
    rating = Rating.objects.get(voice_id=answered.pk, wave=1)
    assert (rating.satisfied, rating.solved, rating.why) == ("fairly", "no", "not_done")
    assert "第三盏还是一闪一闪" in page(resident)


@pytest.mark.parametrize("missing", ["satisfied", "solved"])
def test_one_answer_is_not_both(resident, answered, missing):
    answer = resident.post(RATING, {name: value for name, value in GIVEN.items() if name != missing})
    assert answer.status_code == 422
    assert "请选一个" in answer.content.decode()
    assert not Rating.objects.filter(voice_id=answered.pk, given_at__isnull=False).exists()


def test_who_is_content_is_not_asked_what_displeased(resident, answered):
    resident.post(RATING, {"satisfied": "yes", "solved": "yes", "why": "slow"})
    assert Rating.objects.get(voice_id=answered.pk, wave=1).why == ""


@pytest.mark.parametrize(
    "given", [{"satisfied": "best"}, {"solved": "later"}, {"why": "nonsense"}, {"words": "x" * 2000}]
)
def test_what_nobody_offered_is_refused(resident, answered, given):
    assert resident.post(RATING, GIVEN | given).status_code == 422
    assert not Rating.objects.filter(given_at__isnull=False).exists()


def test_twice_sent_it_is_rated_once(resident, answered):
    resident.post(RATING, GIVEN)
    again = resident.post(RATING, GIVEN | {"satisfied": "yes"})
    assert again.status_code == 422
    assert "已经评过了" in again.content.decode()
    assert Rating.objects.get(voice_id=answered.pk, wave=1).satisfied == "fairly"
    assert Event.objects.filter(kind="opinions.rated").count() == 1


def test_what_was_not_answered_is_not_rated(office):
    browser = Client()
    browser.post("/follow/", {"code": office.opinion().code})
    assert "请您评一评" not in page(browser)
    assert browser.post(RATING, GIVEN).status_code == 422


def test_when_the_days_are_over_it_says_so(resident, travel):
    travel(NOON + 20 * DAY)
    assert "请您评一评" not in page(resident)
    late = resident.post(RATING, GIVEN)
    assert late.status_code == 422
    assert "评价的时间已经过了" in late.content.decode()


def test_some_weeks_later_it_is_asked_once_more(resident, answered, travel):
    resident.post(RATING, {"satisfied": "yes", "solved": "yes"})
    assert "过了些日子，再请您评一评" not in page(resident)
    travel(NOON + 30 * DAY)
    assert "过了些日子，再请您评一评" in page(resident)
    resident.post(RATING, {"satisfied": "yes", "solved": "no"})
    later = Rating.objects.get(voice_id=answered.pk, wave=2)
    assert (later.satisfied, later.solved) == ("yes", "no")
    assert Case.objects.get(pk=answered.case_id).outcome == "solved"


def test_who_says_that_it_is_not_solved_has_it_handled_anew_once(resident, answered):
    resident.post(RATING, GIVEN)
    assert "没解决？请再办一轮" in page(resident)
    assert resident.post("/follow/matter/reopen/", {"reason": " "}).status_code == 422
    assert resident.post("/follow/matter/reopen/", {"reason": "第三盏不亮"})["Location"] == MATTER
    shown = page(resident)
    assert "第2轮" in shown
    assert "没解决？请再办一轮" not in shown
    assert "已经修好。" in shown  # the first answer stays
    assert resident.post("/follow/matter/reopen/", {"reason": "还是不亮"}).status_code == 422
    assert Round.objects.filter(case=answered.case_id, cause="reopened").count() == 1


def test_nobody_is_named_beside_a_rating(resident, answered):
    resident.post(RATING, GIVEN)
    event = Event.objects.get(kind="opinions.rated")
    assert event.by_id is None
    assert not event.parties.exists()

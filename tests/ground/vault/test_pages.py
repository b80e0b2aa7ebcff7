from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now
from lianxin.ground.vault.models import Opening
from tests.ground.access.builders import make_grant, make_user
from tests.ground.vault.builders import COUNTY, REASON, TOLD, make_opening

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


def address(opening: Opening) -> str:
    return reverse("vault:opening", args=[opening.pk])


def test_the_review_list_shows_what_waits_with_reason_office_and_lateness(as_user: AsUser, clerk: User, reviewer: User):
    make_opening(clerk)
    make_opening(clerk, at=now() - timedelta(days=8), reason="核实旧案的门牌")
    page = as_user(reviewer).get(reverse("vault:review")).content.decode()
    assert page.index("核实旧案的门牌") < page.index(REASON)  # the oldest first
    assert page.count('data-level="late"') == 1
    assert "区人大常委会代表工作机构工作人员" in page
    assert not [value for value in (TOLD.name, TOLD.phone, TOLD.address) if value in page]


def test_a_reviewer_records_a_finding_without_javascript(as_user: AsUser, clerk: User, reviewer: User):
    opening, browser = make_opening(clerk), as_user(reviewer)
    assert "记下结论" in browser.get(address(opening)).content.decode()
    answer = browser.post(address(opening), {"finding": "not_justified", "note": "不看也能办"}, follow=True)
    assert answer.redirect_chain == [(reverse("vault:review"), 302)]
    assert "没有要复核的" in answer.content.decode()
    done = browser.get(reverse("vault:review"), {"done": 1}).content.decode()
    assert "理由不足" in done
    assert "不看也能办" in browser.get(address(opening)).content.decode()


@pytest.mark.parametrize("told", [{}, {"finding": "perhaps"}, {"finding": "not_justified", "note": " "}])
def test_a_form_that_is_not_filled_comes_back_with_what_is_missing(
    as_user: AsUser, clerk: User, reviewer: User, told: dict[str, str]
):
    opening = make_opening(clerk)
    answer = as_user(reviewer).post(address(opening), told)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Opening.objects.awaiting_review().exists()


def test_the_opener_sees_their_own_list_and_finding_and_cannot_review(as_user: AsUser, clerk: User, reviewer: User):
    opening, browser = make_opening(clerk), as_user(clerk)
    other = make_user("另一位")
    make_grant(other, "office_clerk", "place", COUNTY)
    make_opening(other, reason="别人写的理由在此")
    own = browser.get(reverse("vault:own")).content.decode()
    assert REASON in own
    assert "别人写的理由在此" not in own
    page = browser.get(address(opening)).content.decode()
    assert "记下结论" not in page
    assert "复核身份信息的查看" in page  # why not
    assert browser.post(address(opening), {"finding": "fine"}).status_code == 403
    opening.judge("fine", by=reviewer, at=now())
    assert "合理" in browser.get(reverse("vault:own")).content.decode()


def test_outsiders_do_not_learn_that_there_was_an_opening(as_user: AsUser, clerk: User, outsider: User):
    opening, browser = make_opening(clerk), as_user(outsider)
    assert browser.get(address(opening)).status_code == 404
    assert browser.post(address(opening), {"finding": "fine"}).status_code == 404
    assert browser.get(reverse("vault:review")).status_code == 403
    assert browser.get(reverse("vault:own")).status_code == 403


def test_who_is_not_signed_in_is_asked_to(client: Client, clerk: User):
    for url in (address(make_opening(clerk)), reverse("vault:review"), reverse("vault:own")):
        assert client.get(url)["Location"].startswith("/accounts/login/")


def test_lists_are_read_only(as_user: AsUser, reviewer: User):
    assert as_user(reviewer).post(reverse("vault:review")).status_code == 405


def test_the_list_asks_few_questions_of_the_database(
    as_user: AsUser, clerk: User, reviewer: User, django_assert_max_num_queries
):
    for _each in range(12):
        make_opening(clerk)
    browser = as_user(reviewer)
    browser.get(reverse("vault:review"))
    with django_assert_max_num_queries(6):
        browser.get(reverse("vault:review"))

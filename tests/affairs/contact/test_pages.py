"""Ties and households at the desk and in the deputy's hand, and who is kept out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lianxin.affairs.contact.models import Household, Tie
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body, Mandate, Region
from lianxin.ground.vault.models import Identity, Opening
from tests.affairs.contact.builders import WHO, make_household, make_tie
from tests.ground.people.builders import make_mandate, make_person

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
OPEN = {"purpose": "visit", "reason": "周末上门走访，先打电话"}


def test_a_clerk_ties_a_deputy_to_a_household_by_plain_pages(
    as_user: AsUser, clerk: User, deputy: Mandate, household: Household
) -> None:
    make_tie(deputy, household, scheme="voter").end(on=today(), by=None, at=now())
    browser = as_user(clerk)
    deputy.congress.__class__.objects.filter(pk=deputy.congress_id).update(region=household.region.parent)
    Mandate.objects.filter(pk=deputy.pk).update(level="township")
    found = browser.get("/desk/ties/new/?scheme=voter&q=luoqinghe").content.decode()
    page = f"/desk/ties/new/voter/{deputy.pk}/"
    assert page in found
    assert "石桥镇柳溪村1号户" in browser.get(f"{page}?q=柳溪").content.decode()
    sent = browser.post(page, {"other": household.pk, "on": today().isoformat()})
    tie = Tie.objects.running().get()
    assert sent.url == f"/desk/ties/{tie.pk}/"
    assert (tie.who_id, tie.toward_id, tie.from_on) == (deputy.pk, household.pk, today())
    assert Event.objects.get(kind="contact.tied", subject_id=tie.pk).by_id == clerk.pk
    ended = browser.post(f"/desk/ties/{tie.pk}/end/", {"on": today().isoformat()})
    assert ended.status_code == 302
    assert not Tie.objects.running().exists()


def test_a_household_is_entered_with_its_consent_and_its_name_is_on_no_page(
    as_user: AsUser, clerk: User, village: Region, congress: Body
) -> None:
    browser = as_user(clerk)
    page = f"/desk/ties/households/new/{village.pk}/"
    assert page in browser.get("/desk/ties/households/new/?q=柳溪").content.decode()
    facts = {"body": congress.pk, "name": WHO.name, "phone": WHO.phone, "address": WHO.address}
    assert browser.post(page, facts).status_code == 422  # how it agreed was not said
    sent = browser.post(page, facts | {"way": "written", "consented_on": today().isoformat()})
    household = Household.objects.get()
    assert sent.url == household.get_absolute_url()
    for address in (household.get_absolute_url(), "/desk/ties/households/", "/desk/ties/"):
        told = browser.get(address).content.decode()
        assert WHO.name not in told
        assert WHO.phone not in told
    assert Identity.objects.get().unseal() == WHO
    assert browser.post(
        f"{household.get_absolute_url()}agree/", facts | {"way": "phone", "consented_on": "2026-01-02"}
    ).url
    assert browser.post(f"{household.get_absolute_url()}withdraw/").status_code == 302
    assert not Identity.objects.exists()
    assert "已经销毁" in browser.get(household.get_absolute_url()).content.decode()


def test_a_deputy_sees_the_own_ties_and_opens_who_it_is_with_a_reason(
    as_user: AsUser, deputy: Mandate, household: Household, congress: Body, village: Region
) -> None:
    make_tie(deputy, household)
    other = make_household(village, congress)
    browser = as_user(deputy.person.user)
    page = browser.get("/me/ties/").content.decode()
    assert household.called in page
    assert WHO.name not in page
    own = f"/me/ties/{household.pk}/identity/"
    assert own in page
    assert browser.post(own, OPEN | {"reason": ""}).status_code == 422
    opened = browser.post(own, OPEN)
    assert WHO.phone[-4:] in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    opening = Opening.objects.get()
    assert (opening.opened_by, opening.purpose, opening.office) == (deputy.person.user, "visit", "代表")
    assert browser.get(f"/me/ties/{other.pk}/identity/").status_code == 404
    assert browser.get("/desk/ties/").status_code == 403


def test_whoever_visits_no_more_opens_nothing(as_user: AsUser, deputy: Mandate, household: Household) -> None:
    tie = make_tie(deputy, household)
    browser, own = as_user(deputy.person.user), f"/me/ties/{household.pk}/identity/"
    assert browser.get(own).status_code == 200
    tie.end(on=today(), by=None, at=now())
    assert browser.get(own).status_code == 404
    assert "还没有给您结对" in browser.get("/me/ties/").content.decode()


def test_the_office_opens_with_a_reason_and_tells_the_household_who_did(
    as_user: AsUser, office: User, household: Household
) -> None:
    browser = as_user(office)
    assert WHO.name in browser.post(f"{household.get_absolute_url()}identity/", OPEN).content.decode()
    told = browser.get(household.get_absolute_url()).content.decode()
    assert "上门走访" in told
    assert WHO.name not in told


def test_a_clerk_of_another_township_sees_neither_tie_nor_household(
    as_user: AsUser, elsewhere: User, deputy: Mandate, household: Household
) -> None:
    tie = make_tie(deputy, household)
    browser = as_user(elsewhere)
    assert "罗青禾" not in browser.get("/desk/ties/").content.decode()
    for address in (tie.get_absolute_url(), f"{tie.get_absolute_url()}end/", household.get_absolute_url()):
        assert browser.get(address).status_code == 404
    assert browser.get(f"/desk/ties/households/new/{household.region_id}/").status_code == 404


def test_the_list_is_narrowed_by_scheme_township_and_deputy(
    as_user: AsUser, office: User, deputy: Mandate, congress: Body, village: Region
) -> None:
    second = make_mandate(congress, make_person("谭秋实"))
    there = Region.objects.get(name="茶山村")
    make_tie(deputy, make_household(village, congress))
    make_tie(second, make_household(there, congress))
    make_tie(second, deputy, scheme="committee")
    browser = as_user(office)

    def rows(query: str) -> int:
        return len(browser.get(f"/desk/ties/?{query}").context["lines"])

    asked = ["", "scheme=committee", f"place={village.parent_id}", "q=tanqiushi", "scheme=nothing"]
    assert [rows(query) for query in asked] == [3, 1, 1, 2, 3]


def test_who_is_short_of_any_is_counted_and_listed_without_a_rank(
    as_user: AsUser, office: User, deputy: Mandate, household: Household
) -> None:
    make_tie(deputy, household)
    browser = as_user(office)
    assert "/desk/ties/below/?scheme=voter" in browser.get("/desk/ties/").content.decode()
    below = browser.get("/desk/ties/below/").content.decode()
    assert "罗青禾" in below
    assert "现在1个" in below


@pytest.mark.parametrize("count", [2, 30])
def test_a_list_of_any_length_asks_as_many_questions(
    as_user: AsUser, office: User, deputy: Mandate, village: Region, congress: Body, count: int,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for _ in range(count):
        make_tie(deputy, make_household(village, congress))
    for address, most in (("/desk/ties/", 22), ("/desk/ties/households/", 18)):
        browser = as_user(office)
        browser.get("/desk/")
        with django_assert_max_num_queries(most):
            browser.get(address)
    browser = as_user(deputy.person.user)
    browser.get("/me/")
    with django_assert_max_num_queries(16):
        browser.get("/me/ties/")

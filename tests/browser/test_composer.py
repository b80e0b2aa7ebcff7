"""Entries of a bulletin are dragged to another place; without a mouse the buttons do the same."""

import pytest
from playwright.sync_api import expect

from lianxin.account.bulletin.actions import drafting
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.figures import Period
from tests.affairs.opinions.builders import Office, make_opinion
from tests.ground.access.builders import make_grant, make_user

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = ["路灯不亮", "水管爆了", "公厕锁着"]


@pytest.fixture
def page(visit, server):
    """The composer with three entries, as a clerk of the county sees it."""
    office, clerk = Office(), make_user("周砚")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    issue = drafting.begin(office.congress, Period.month(today().year, today().month), by=clerk.pk, at=now())
    for title in TITLES:
        opinion = make_opinion(office.village, title=title, visibility="unnamed")
        Opinion.objects.filter(pk=opinion.pk).update(is_public=True)
        drafting.add(issue, "hopes", opinion, by=clerk.pk, at=now())
    return visit().sign_in(clerk).open(f"/desk/bulletin/{issue.pk}/")


def test_an_entry_is_dragged_to_another_place_or_moved_by_its_button(page):
    entries = page.locator("#c-hopes .entry h3")
    expect(entries).to_have_text(TITLES)

    with page.expect_navigation():
        page.locator("#c-hopes .entry").nth(2).drag_to(page.locator("#c-hopes .entry").nth(0))
    expect(entries).to_have_text([TITLES[2], TITLES[0], TITLES[1]])

    down = page.locator("#c-hopes").get_by_role("button", name=f"往下：{TITLES[2]}")
    down.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(entries).to_have_text(TITLES[:1] + TITLES[2:] + TITLES[1:2])

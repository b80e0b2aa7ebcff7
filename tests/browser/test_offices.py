"""What an office keeps by pages, done in a real browser as a clerk would do it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from lianxin.ground.access.models import Grant, User
from lianxin.ground.people.models import Body, District, Mandate, Region
from tests.browser.conftest import PHONE
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def congress(server: Any) -> Body:
    """The congress of a county, with a district over 柳溪村 and a deputy elected there."""
    congress = make_congress(make_county())
    make_mandate(congress, district=make_district(congress, Region.objects.get(name="柳溪村", parent__name="石桥镇")))
    return congress


@pytest.fixture
def clerk(congress: Body) -> User:
    user = make_user("章谷雨")
    make_grant(user, "office_clerk", Grant.Scope.PLACE, congress.region_id)
    return user


@SCRIPTS
def test_a_district_is_drawn_over_villages_of_two_townships(
    visit: Any, clerk: User, congress: Body, has_scripts: bool
) -> None:
    page = visit(viewport=PHONE, java_script_enabled=has_scripts).sign_in(clerk).open(congress.get_absolute_url())
    page.get_by_role("link", name="划分选区").click()
    page.get_by_label("编号").fill("2")
    page.get_by_label("名称").fill("第二选区")
    page.get_by_label("橘林村").check()
    page.get_by_label("乡镇街道").select_option(label="花溪乡")
    page.get_by_role("button", name="看这里的村").click()

    expect(page.get_by_label("橘林村")).to_be_checked()
    page.get_by_label("茶山村").check()
    page.get_by_role("button", name="划分", exact=True).click()

    expect(page.get_by_text("已经登记：划分选区")).to_be_visible()
    parts = District.objects.get(number="2").parts
    assert set(parts.values_list("region__name", flat=True)) == {"橘林村", "茶山村"}


@SCRIPTS
def test_a_deputy_is_seated_once_the_mistakes_are_mended(
    visit: Any, clerk: User, congress: Body, has_scripts: bool
) -> None:
    one = visit(viewport=PHONE, java_script_enabled=has_scripts).sign_in(clerk)
    page = one.open(congress.get_absolute_url())
    page.get_by_role("link", name="登记一位新代表").click()
    page.get_by_label("姓名").fill("向 晚 亭")
    page.get_by_label("手机").fill("12345")
    page.get_by_label("代表证号").fill("A017")
    page.get_by_label("选区").select_option(index=1)
    page.get_by_role("button", name="登记", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("11位手机号")
    one.complaints.clear()  # the browser says 422 itself
    page.get_by_label("手机").fill("138 0000 0001")
    page.get_by_role("button", name="登记", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("向晚亭")
    assert Mandate.objects.get(card_number="A017").person.phone == "13800000001"

"""What people come for, done in a real browser as they would do it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from lianxin.affairs.stations.models import Station
from lianxin.ground.core.clock import now
from lianxin.ground.people.models import Region
from tests.affairs.stations.builders import OPENED_ON, make_station
from tests.browser.conftest import PHONE
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate, make_person

pytestmark = pytest.mark.django_db(transaction=True)

LONG_NAME = "阿卜杜热西提·买买提明·艾力江"


@pytest.fixture
def village(server) -> Region:
    """橘林村, with a deputy of a long name who belongs to its station, and one of the city."""
    congress = make_congress(make_county())
    village = congress.region.parts.get(name="石桥镇").parts.get(name="橘林村")
    station = make_station(village, congress, name="橘林村联系点", address="桥头路8号")
    own = make_mandate(congress, make_person(LONG_NAME), district=make_district(congress, village))
    station.post(own, on=OPENED_ON, by=None, at=now())
    make_mandate(make_congress(village.around()[1], "city"), make_person("谭秋实"), electing_body=congress)
    return village


def on_a_phone(chromium: Browser, **facts: object) -> Page:
    return chromium.new_context(viewport=PHONE, locale="zh-CN", **facts).new_page()


def fits(page: Page) -> bool:
    """Whether nothing stands out to the right of a narrow screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_resident_finds_who_stands_for_the_village(
    chromium: Browser, server, village: Region, has_scripts: bool
) -> None:
    page = on_a_phone(chromium, java_script_enabled=has_scripts)
    page.goto(server.url)
    page.get_by_role("main").or_(page.locator("body")).get_by_role("link", name="找我的代表").last.click()
    page.get_by_label("村、社区或乡镇的名字").fill("julin")
    page.get_by_role("button", name="找").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("替橘林村说话的代表")
    expect(page.get_by_text(LONG_NAME)).to_be_visible()
    expect(page.get_by_text("谭秋实")).to_be_visible()
    expect(page.get_by_text("下一次5号见")).to_be_visible()
    page.get_by_role("link", name="橘林村联系点").first.click()
    expect(page.get_by_text("桥头路8号")).to_be_visible()
    page.context.close()


def test_a_village_chosen_township_by_township(chromium: Browser, server, village: Region) -> None:
    Region.objects.filter(code=village.around()[2].code).update(code="420504")  # the county of the platform
    Region.objects.filter(pk=village.parent_id).update(code="420504102")
    page = on_a_phone(chromium, java_script_enabled=False)
    page.goto(f"{server.url}/find/")

    page.get_by_role("link", name="石桥镇").click()
    page.get_by_role("link", name="橘林村").click()

    expect(page.get_by_text(LONG_NAME)).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("size", ["normal", "large"])
def test_nothing_stands_out_of_a_phone_s_screen(chromium: Browser, server, village: Region, size: str) -> None:
    page = on_a_phone(chromium)
    page.context.add_cookies([{"name": "lianxin_type", "value": size, "url": server.url}])
    person = village.stations.get().postings.get().mandate.person
    paths = ["/", "/find/", f"/find/{village.pk}/", "/stations/", f"/stations/{Station.objects.get().pk}/"]
    paths += ["/people/", person.get_absolute_url(), "/bodies/", "/units/", f"/places/{village.pk}/"]

    wide = []
    for path in paths:
        page.goto(server.url + path)
        if not fits(page):
            wide.append(path)

    assert wide == []
    page.context.close()

"""Names of persons stay as they are written where a page is read in Traditional characters."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client

from lianxin.ground.core.clock import now
from lianxin.ground.people.models import Body, Mandate, Region
from tests.ground.access.builders import make_platform
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate, make_person
from tests.ground.people.clerks import sign_in

pytestmark = pytest.mark.django_db
NAME, CONVERTED = "叶里干", "葉"


class Seen(HTMLParser):
    """What stands in <main>, in the words of the page."""

    def __init__(self, page: str):
        super().__init__()
        self.words, self.is_main = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_main = self.is_main or tag == "main"

    def handle_endtag(self, tag: str) -> None:
        self.is_main = self.is_main and tag != "main"

    def handle_data(self, data: str) -> None:
        self.words += data if self.is_main else ""


@pytest.fixture
def mandate() -> Mandate:
    make_platform()
    congress = make_congress(make_county())
    district = make_district(congress, Region.objects.get(name="橘林村"))
    return make_mandate(congress, make_person(NAME), district=district)


@pytest.fixture
def group(mandate: Mandate) -> Body:
    group = mandate.congress.form("group", "一组", on=date(2022, 1, 1), by=None, at=now())
    group.take_in(mandate.person, "member", on=date(2022, 1, 1), by=None, at=now())
    return group


def test_no_page_that_names_a_person_writes_the_name_anew(client: Client, mandate: Mandate, group: Body) -> None:
    sign_in(client, "office_clerk", mandate.congress.region)
    person = mandate.person
    committee = mandate.congress.form("special_committee", "法制委员会", on=date(2022, 1, 1), by=None, at=now())
    pages = [
        person.get_absolute_url(),
        f"{person.get_absolute_url()}amend/",
        f"{person.get_absolute_url()}link/",
        f"/desk/mandates/{mandate.pk}/pause/",
        f"/districts/{mandate.district_id}/",
        group.get_absolute_url(),
        f"/bodies/{group.pk}/leave/",
        f"/bodies/{committee.pk}/join/",
    ]
    for address in pages:
        answer = client.get(address, headers={"accept-language": "zh-hant"})
        words = Seen(answer.content.decode()).words
        assert answer["Content-Language"] == "zh-hant"
        assert (NAME in words, CONVERTED in words) == (True, False), address

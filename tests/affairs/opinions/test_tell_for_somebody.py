"""Staff write down what somebody says: the same form, with how it came, read back, agreed to, and a slip of paper."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import travel
from lianxin.ground.documents.models import File
from lianxin.ground.people.models import Region
from tests.affairs.opinions.builders import LAMPS, NOON
from tests.affairs.opinions.teller import Teller, text
from tests.affairs.stations.builders import make_station
from tests.ground.access.builders import make_grant, make_user
from tests.ground.documents.builders import PDF, encoded, picture
from tests.ground.people.builders import make_congress

pytestmark = pytest.mark.django_db
BASE = "/desk/opinions/new/"
FIRST = {"came_by": "letter", "said_on": "2026-03-09"}


def at_desk(office, role, kind, id):
    user = make_user(role)
    make_grant(user, role, kind, id)
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    teller = Teller(browser, office, BASE, **FIRST)
    teller.steps["send"] |= {"is_read_back": "on"}
    teller.user = user
    return teller


@pytest.fixture
def clerk(office):
    with travel(NOON):
        yield at_desk(office, "office_clerk", Grant.Scope.PLACE, office.county.pk)


@pytest.fixture
def keeper(office):
    with travel(NOON):
        yield at_desk(office, "station_keeper", Grant.Scope.STATION, office.station.pk)


def test_it_says_at_every_step_that_it_is_for_somebody_else(clerk):
    clerk.until("seen")
    for step in ("", "what", "subject", "seen", "send"):
        assert "替别人写" in text(clerk.get(step)), step


def test_who_wrote_it_how_it_came_and_when_it_was_said_are_kept(clerk):
    opinion = clerk.tell(send={"name": "王秀兰", "phone": "13800001234"})
    assert (opinion.channel, opinion.entered_by, opinion.said_on.isoformat()) == ("letter", clerk.user.pk, "2026-03-09")
    assert opinion.words() == LAMPS


def test_a_clerk_of_a_township_chooses_among_its_places(office):
    township = office.village.parent
    with travel(NOON):
        clerk = at_desk(office, "township_clerk", Grant.Scope.PLACE, township.pk)
        page = text(clerk.browser.get(BASE))
        assert "柳溪村" in page
        assert "花溪乡" not in page
        assert "茶山村" not in text(clerk.browser.get(BASE, {"q": "茶山"}))
        other = at_desk(office, "office_clerk", Grant.Scope.PLACE, office.county.pk)
        assert "花溪乡" in text(other.browser.get(BASE))


def test_it_has_to_be_read_back_and_agreed_to(clerk):
    clerk.until("seen")
    for missing in ("is_read_back", "agrees"):
        assert clerk.post("send", **{missing: ""}).status_code == 422
    assert not Opinion.objects.exists()


def test_how_it_came_has_to_be_said_and_no_day_to_come(clerk):
    assert clerk.post(came_by="").status_code == 422
    assert clerk.post(came_by="online").status_code == 422
    assert clerk.post(said_on="2026-03-11").status_code == 422


def test_a_letter_lies_beside_its_words_as_a_scan(clerk):
    scan = SimpleUploadedFile("letter.pdf", PDF, "application/pdf")
    opinion = clerk.tell(what={"scan": scan})
    assert File.objects.get(owner_id=opinion.pk).kind == "scan"


def test_residents_are_not_asked_for_scans_or_how_it_came(office):
    with travel(NOON):
        resident = Teller(Client(), office)
        assert "came_by" not in text(resident.get(region=office.village.pk))
        resident.post()
        assert 'name="scan"' not in text(resident.get("what"))


def test_a_keeper_writes_at_the_own_station_without_choosing_it(keeper, office):
    assert office.station.name in text(keeper.get())
    opinion = Teller(keeper.browser, office, BASE, **FIRST, station=office.station.pk)
    opinion.steps["send"] |= {"is_read_back": "on"}
    assert opinion.tell().station == office.station


def test_a_keeper_writes_for_no_other_station_or_place(keeper, office):
    other = make_station(office.village, office.congress)
    assert keeper.post(station=other.pk).status_code == 422
    assert "不在您负责的范围里" in text(keeper.post())


def test_a_clerk_of_one_township_writes_for_no_other(office):
    elsewhere = Region.objects.filter(level="township").exclude(pk=office.village.parent_id).first()
    make_congress(elsewhere, "township")
    with travel(NOON):
        clerk = at_desk(office, "township_clerk", Grant.Scope.PLACE, elsewhere.pk)
        assert clerk.post().status_code == 422
        assert clerk.post(region=elsewhere.pk).status_code == 302


def test_a_colleague_at_the_same_computer_sees_no_draft_of_another(clerk, office):
    clerk.until("what")
    colleague = at_desk(office, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    colleague.browser.cookies["lianxin_enter"] = clerk.browser.cookies["lianxin_enter"].value
    assert colleague.get("what").url == f"{BASE}?lost=1"


def test_whoever_is_not_signed_in_is_led_to_sign_in(office):
    assert Client().get(BASE).status_code == 302
    assert Client().post(f"{BASE}send/").status_code == 302


def test_without_a_token_nothing_is_written_in_somebodys_name(clerk, office):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clerk.browser.cookies
    assert strict.post(BASE, {"region": office.village.pk, **FIRST}).status_code == 403


@pytest.mark.parametrize("paper", ["58", "80"])
def test_a_slip_is_printed_with_number_code_and_day(clerk, paper):
    opinion = clerk.tell()
    page = text(clerk.browser.get(f"{BASE}receipt/{paper}/"))
    assert opinion.case.number in page
    assert f"slip-{paper}" in page
    assert LAMPS[:6] not in page


def test_there_is_no_other_paper(clerk):
    clerk.tell()
    assert clerk.browser.get(f"{BASE}receipt/99/").status_code == 404


def test_two_written_one_after_another_are_two(clerk):
    assert clerk.tell().pk != clerk.tell().pk


def test_a_letter_is_there_to_write_from_before_anything_is_written(clerk):
    clerk.until("")
    answer = clerk.post("what", words="", scan=SimpleUploadedFile("a.jpg", encoded(picture())), stay="1")
    assert answer.url == f"{BASE}what/"
    page = text(clerk.get("what"))
    assert page.index("letter-scan") < page.index('name="words"')
    refused = clerk.post("what", words="先写一半", scan=SimpleUploadedFile("a.txt", b"no letter"), stay="1")
    assert refused.status_code == 422
    assert "先写一半" in text(refused)
    assert File.objects.get().kind == "scan"


def test_no_letter_is_asked_for_first_where_somebody_called(clerk):
    clerk.until("", where={"came_by": "call"})
    page = text(clerk.get("what"))
    assert page.index('name="words"') < page.index('name="scan"')

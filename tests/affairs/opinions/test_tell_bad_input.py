"""Whatever is sent to the form, it answers in plain words, keeps what was written, and never breaks."""

import pytest
from django.test import Client

from lianxin.affairs.opinions.models import Draft, Opinion
from lianxin.ground.core.clock import travel
from lianxin.ground.core.ids import new_id
from tests.affairs.opinions.builders import LAMPS, NOON
from tests.affairs.opinions.teller import Teller, text

NOBODYS = "01a20216-c31c-75c8-b302-aa02b253ed4a"  # an id that nothing has; the same in every process
pytestmark = pytest.mark.django_db
STEPS = ("", "what", "subject", "seen", "send", "door", "echo", "drop", "whom")


@pytest.fixture
def teller(office):
    with travel(NOON):
        yield Teller(Client(), office)


@pytest.mark.parametrize("words", ["", "   \n\u3000\t", "\u200b\u200f\u202e", "\x00\x00", "\u3164"])
def test_what_says_nothing_is_told_so(teller, words):
    teller.post()
    page = teller.post("what", words=words)
    assert page.status_code == 422
    assert "还没有写要说的事" in text(page)


def test_what_is_far_too_long_is_told_so_and_comes_back_whole(teller):
    teller.post()
    page = teller.post("what", words="路灯不亮" * 25_000)
    assert page.status_code == 422
    assert "最多5000个字" in text(page)
    assert text(page).count("路灯不亮") >= 25_000


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<script>alert(1)</script>路灯不亮", "<script>alert(1)</script>路灯不亮"),
        ("路灯不亮😀👩‍👧🇨🇳", "路灯不亮😀👩‍👧🇨🇳"),
        ("路灯\x00不亮\x07", "路灯不亮"),
        ("路灯\u202e不亮\u2066", "路灯不亮"),
        ("路灯\r\n不亮\r", "路灯\n不亮"),
        ("路灯\ud800不亮".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "路灯\ufffd\ufffd\ufffd不亮"),
        ("{{ 7 }}{% now %}路灯", "{{ 7 }}{% now %}路灯"),
    ],
)
def test_strange_signs_are_kept_as_text_and_never_run(teller, written, kept):
    opinion = teller.tell(what={"words": written})
    assert opinion.words() == kept
    for step in ("receipt",):
        assert "<script>alert" not in text(teller.get(step))


def test_a_script_is_shown_as_text_at_every_step(teller):
    teller.until("seen", what={"words": "<script>alert(1)</script>路灯"}, where={"spot": "<b>路口"})
    for step in ("", "what", "subject", "seen", "send"):
        assert "<script>alert" not in text(teller.get(step)), step
        assert "<b>路口" not in text(teller.get(step)), step


@pytest.mark.parametrize(
    "body", [b"words=\xff\xfe\xb7\xb5\xb5\xc6", b"words=%FF%FE%C2%B7%B5%C6", b"\xb7\xb5=1&words=%"]
)
def test_bytes_that_are_no_utf8_are_no_accident(teller, body):
    teller.post()
    page = teller.browser.generic("POST", "/tell/what/", body, content_type="application/x-www-form-urlencoded")
    assert page.status_code in (302, 422)


@pytest.mark.parametrize("charset", ["gbk", "utf-16", "no-such-charset"])
def test_other_encodings_are_no_accident(teller, charset):
    teller.post()
    sent = f"application/x-www-form-urlencoded; charset={charset}"
    page = teller.browser.generic("POST", "/tell/what/", "words=路灯不亮".encode("gbk"), content_type=sent)
    assert page.status_code in (302, 400, 422)


@pytest.mark.parametrize("name", ["region", "station", "mandate", "complaint"])
@pytest.mark.parametrize("id", ["", "x", "\x00", "9" * 5000, NOBODYS, "unit:", "mandate:\x00", "车站:路灯"])
def test_ids_of_nothing_lead_to_the_choice_of_a_place(teller, office, name, id):
    assert teller.browser.get("/tell/", {name: id}).status_code == 200
    assert teller.browser.get("/tell/whom/", {"region": office.village.pk, name: id}).status_code in (200, 302)
    posted = teller.browser.post("/tell/", {name: id})
    assert (posted.status_code, "还没有选出地方" in text(posted)) == (422, True)
    assert not Draft.objects.exists()


def test_a_place_without_a_congress_says_so(teller, office):
    elsewhere = office.county.parent
    page = teller.post(region=elsewhere.pk)
    assert page.status_code == 422
    assert "还没有人大机构" in text(page)


def test_choices_that_are_not_offered_are_refused(teller, settings):
    teller.until("what")
    wrong = teller.post("subject", subject="no_such")
    assert (wrong.status_code, "“no_such”不在里面" in text(wrong)) == (422, True)
    teller.post("subject")
    assert teller.post("seen", visibility="everybody").status_code == 422
    teller.post("seen")
    assert teller.post("send", phone="一二三").status_code == 422
    settings.SENDS_MAIL = True
    assert teller.post("send", email="x@").status_code == 422
    assert teller.post("send", told_by="pigeon").status_code in (302, 422)


def test_joining_what_was_not_shown_is_not_found(teller):
    teller.until("what")
    for id in ("", "x", str(new_id()), "\x00"):
        assert teller.post("echo", opinion=id).status_code == 404


@pytest.mark.parametrize("step", STEPS)
def test_nothing_sent_to_an_address_breaks_it(teller, step):
    teller.until("seen")
    odd = {"words": ["a", "b"], "region": ["x", "\x00"], "door": "\x00", "discard": "\x00", "visibility": "\x00"}
    for browser in (teller.browser, Client()):
        for sent in ({}, odd):
            assert browser.post(f"/tell/{step}{'/' if step else ''}", sent).status_code < 500


def test_a_step_cannot_be_passed_over(teller):
    teller.post()
    assert teller.post("send").url == "/tell/what/"
    assert teller.get("subject").status_code == 200
    assert not Opinion.objects.exists()
    teller.post("what")
    assert teller.post("send").url == "/tell/seen/"


def test_a_station_that_closed_meanwhile_keeps_nobody_from_sending(teller, office):
    teller = Teller(teller.browser, office, station=office.station.pk)
    teller.until("seen")
    office.station.close(on=NOON.date(), by=None, at=NOON)
    with travel(NOON.replace(day=11, hour=8)):
        assert teller.post("send").url == "/tell/receipt/"
    assert Opinion.objects.get().text == LAMPS

"""A draft lies encrypted for a day, opens in its own browser alone, and becomes one opinion however often it is sent."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client

from lianxin.affairs.opinions.actions.drafting import drop_over
from lianxin.affairs.opinions.models import Draft, Opinion
from lianxin.ground.core.clock import now, travel
from lianxin.ground.core.ids import new_id
from lianxin.ground.documents.models import File
from lianxin.ground.messages.models import Reach
from tests.affairs.opinions.builders import LAMPS, NOON, Office
from tests.affairs.opinions.teller import Teller, text
from tests.ground.documents.builders import encoded, picture

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def teller(office):
    with travel(NOON):
        yield Teller(Client(), office)


def test_the_database_alone_tells_nothing_of_it(teller):
    teller.until("what")
    draft = Draft.objects.get()
    assert LAMPS.encode() not in bytes(draft.sealed)
    assert len(draft.sealed) % 1024 == 28  # nonce and tag: how long the text is shows only roughly


def test_the_cookie_is_kept_from_scripts_and_other_sites(teller):
    cookie = teller.post().cookies["lianxin_tell"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/tell/")
    assert cookie["max-age"] == 24 * 3600
    assert str(Draft.objects.get().pk.hex) in cookie.value


def test_no_page_of_it_is_stored_anywhere(teller):
    for page in (teller.get(), teller.post(), teller.get("what")):
        assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    "forge",
    [
        lambda own, other: other.partition(".")[0] + "." + own.partition(".")[2],
        lambda own, other: own[:-8] + "AAAAAAA=",
        lambda own, other: own.partition(".")[0] + ".AAAA",
        lambda own, other: f"{new_id().hex}.{own.partition('.')[2]}",
        lambda own, other: "not.like.this",
        lambda own, other: "",
    ],
)
def test_a_forged_cookie_opens_nothing(teller, office, forge):
    teller.until("what")
    other = Teller(Client(), office)
    other.until("what", what={"words": "别人的话"})
    own = [one.browser.cookies["lianxin_tell"].value for one in (teller, other)]
    stranger = Client(headers={"cookie": f"lianxin_tell={forge(*own)}"})
    for step in ("what", "subject", "seen", "send"):
        assert stranger.get(f"/tell/{step}/").url == "/tell/?lost=1"
    assert stranger.get("/tell/receipt/").url == "/follow/"


def test_a_draft_is_over_after_a_day_and_says_so(teller):
    teller.until("seen")
    with travel(NOON + 24 * HOUR):
        assert teller.post("send").url == "/tell/?lost=1"
        assert "草稿只存24小时" in text(teller.get(lost=1))
    assert not Opinion.objects.exists()


def test_each_step_gives_it_another_day(teller):
    teller.until("subject")
    with travel(NOON + 20 * HOUR):
        assert teller.post("seen").status_code == 302
    with travel(NOON + 40 * HOUR):
        assert teller.post("send").url == "/tell/receipt/"


def test_words_written_on_a_page_that_lay_open_for_days_begin_a_new_draft(teller):
    teller.post()
    with travel(NOON + 48 * HOUR):
        assert teller.post("what").url == "/tell/?lost=1"
        assert teller.post().url == "/tell/what/"
        assert LAMPS in text(teller.get("what"))


def test_what_is_over_is_thrown_away_with_its_files(teller, office):
    teller.until("what", what={"photos": [SimpleUploadedFile("a.jpg", encoded(picture()))]})
    with travel(NOON + 23 * HOUR):
        Teller(Client(), office).post()
    assert drop_over(NOON + 25 * HOUR) == "1"
    assert Draft.objects.count() == 1
    assert not File.objects.exists()
    assert drop_over(NOON + 25 * HOUR) == "0"


def test_throwing_away_what_was_sent_leaves_the_opinion_its_files(teller):
    opinion = teller.tell(what={"photos": [SimpleUploadedFile("a.jpg", encoded(picture()))]})
    assert drop_over(NOON + 25 * HOUR) == "1"
    assert File.objects.get().owner_id == opinion.pk


def test_after_it_is_sent_nothing_of_it_is_left_in_the_draft(teller):
    teller.tell()
    assert len(Draft.objects.get().sealed) < 1100


def test_sent_twice_it_is_one_with_one_receipt(teller):
    first = teller.tell()
    assert teller.post("send", name="另一个人").url == "/tell/receipt/"
    assert Opinion.objects.get() == first
    for step in ("what", "subject", "seen"):
        assert teller.post(step).url == "/tell/receipt/"


def test_a_token_that_a_browser_lost_keeps_nobody_from_sending(office):
    with travel(NOON):
        teller = Teller(Client(enforce_csrf_checks=True), office)
        assert teller.tell().text == LAMPS


def test_who_sent_one_may_begin_another(teller):
    first = teller.tell()
    assert "三组路口" not in text(teller.get())
    second = teller.tell(what={"words": "另外一件事：垃圾没人收。"})
    assert first.pk != second.pk
    assert first.code != second.code


def test_who_wants_to_be_told_is(teller, settings):
    settings.SENDS_MAIL = True
    opinion = teller.tell(send={"email": "wang@example.org", "told_by": "email"})
    assert Reach.objects.get(voice_id=opinion.pk).channel == "email"


def test_who_wants_a_mail_says_where(teller, settings):
    settings.SENDS_MAIL = True
    teller.until("seen")
    page = text(teller.get("send"))
    assert "电子邮箱<small>选了“电子邮件”就要填</small>" in page
    assert "您的电话<small>可以不填</small>" in page  # no text messages go out from here
    assert "您选了发邮件，请写邮箱" in text(teller.post("send", told_by="email"))
    assert not Opinion.objects.exists()


@pytest.mark.parametrize(
    ("phone", "told"), [("", "请写手机号"), ("0717-6690123", "座机收不到短信"), ("12", "11位手机号")]
)
def test_who_wants_a_text_message_leaves_a_number_that_gets_one(teller, settings, phone, told):
    settings.SMS = "file:"
    teller.until("seen")
    assert "您的电话<small>选了“短信”就要填</small>" in text(teller.get("send"))
    page = teller.post("send", told_by="sms", phone=phone)
    assert (page.status_code, told in text(page)) == (422, True)
    assert not Opinion.objects.exists()
    teller.post("send", told_by="sms", phone="13800001234")
    assert Reach.objects.get().channel == "sms"


@pytest.fixture
def together(tmp_path, monkeypatch):
    """Do several things at once, on a database that many connections share as a server's do."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(tmp_path / "platform.sqlite3") as file:
            connection.connection.backup(file)
        monkeypatch.setitem(connections.settings["default"], "NAME", str(tmp_path / "platform.sqlite3"))

    def at_once(*acts):
        start = Barrier(len(acts))

        def run(act):
            start.wait()
            try:
                return act()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(run, acts))

    return at_once


@pytest.mark.django_db(transaction=True)
def test_sent_four_times_at_once_it_is_one_with_one_receipt(together):
    (teller,) = together(lambda: Teller(Client(), Office()))
    together(lambda: teller.until("seen"))
    cookie = teller.browser.cookies["lianxin_tell"].value
    tellers = [Teller(Client(headers={"cookie": f"lianxin_tell={cookie}"}), teller.office) for _number in range(4)]
    answers = together(*(lambda one=one: (one.post("send").url, text(one.get("receipt"))) for one in tellers))
    assert {url for url, _page in answers} == {"/tell/receipt/"}
    assert len({page[page.index('translate="no"') :][:40] for _url, page in answers}) == 1
    (counted,) = together(lambda: (Opinion.objects.count(), Opinion.objects.get().case.number))
    assert counted == (1, counted[1])


def test_a_draft_lasts_from_now(teller):
    teller.post()
    assert Draft.objects.get().expires_at == now() + 24 * HOUR

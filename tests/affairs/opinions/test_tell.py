"""A resident tells something in five steps, without an account and without JavaScript."""

import re
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianxin.affairs.opinions.models import Draft, Opinion
from lianxin.affairs.opinions.routing import Complaint
from lianxin.ground.access.models import Hit
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import travel
from lianxin.ground.core.ids import new_id
from lianxin.ground.documents.models import File
from lianxin.ground.people.models import Region
from lianxin.ground.vault.models import Identity
from tests.affairs.opinions.builders import LAMPS, NOON
from tests.affairs.opinions.teller import Teller, text
from tests.ground.documents.builders import SOUND, encoded, picture
from tests.ground.people.builders import make_district, make_mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def teller(office):
    with travel(NOON):
        yield Teller(Client(), office)


SIZES = count(64)  # no two photos are the same


def photo(name="IMG_1.jpg"):
    return SimpleUploadedFile(name, encoded(picture((next(SIZES), 40))), "image/jpeg")


def test_it_becomes_an_opinion_that_the_office_sorts(teller, office):
    opinion = teller.tell(send={"name": "王秀兰", "phone": "13800001234", "told_by": ""})
    assert (opinion.words(), opinion.subject, opinion.visibility, opinion.spot) == (
        LAMPS,
        "roads",
        "unnamed",
        "三组路口",
    )
    assert (opinion.channel, opinion.entered_by, opinion.notice_version) == ("online", None, "2026-11")
    assert (opinion.case.stage, opinion.case.region) == ("received", office.village)
    particulars = Identity.objects.get(voice_id=opinion.pk).unseal()
    assert (particulars.name, particulars.phone) == ("王秀兰", "13800001234")


def test_nothing_is_stored_by_looking(teller):
    assert teller.get().status_code == 200
    assert not Draft.objects.exists()
    assert "lianxin_tell" not in teller.browser.cookies


def test_a_code_on_a_wall_fills_in_station_and_place(teller, office):
    page = teller.browser.get(f"/tell/s/{office.station.pk}/", follow=True)
    assert office.station.name in text(page)
    opinion = Teller(teller.browser, office, region="", station=office.station.pk).tell()
    assert (opinion.station, opinion.case.region) == (office.station, office.village)
    assert Handover.objects.get(case=opinion.case).party_id == office.station.pk


def test_another_place_may_be_chosen_and_the_station_stays(teller, office):
    page = text(teller.get(station=office.station.pk))
    leads = re.search(r'href="([^"]*)">换一个地方', page)[1].replace("&amp;", "&")
    chosen = re.search(r'href="(\?[^"]*region=[^"]*)"', text(teller.browser.get(leads)))[1].replace("&amp;", "&")
    assert f"station={office.station.pk}" in chosen
    assert "在哪里，说给谁" in text(teller.browser.get(f"/tell/{chosen}"))


def test_a_code_of_a_deputy_asks_for_the_place_and_then_goes_to_the_deputy(teller, office):
    name = office.mandate.person.name
    page = teller.browser.get(f"/tell/d/{office.mandate.pk}/", follow=True)
    assert f"写给{name}代表" in text(page)
    assert f"mandate={office.mandate.pk}" in text(
        teller.get(mandate=office.mandate.pk, **{"in": office.village.parent_id})
    )
    opinion = Teller(teller.browser, office, mandate=office.mandate.pk).tell()
    assert Handover.objects.get(case=opinion.case).party_id == office.mandate.pk


def test_a_code_of_a_place_fills_in_the_place(teller, office):
    assert office.village.name in text(teller.browser.get(f"/tell/p/{office.village.pk}/", follow=True))


@pytest.mark.parametrize("kind", ["s", "d", "p"])
def test_a_code_of_something_that_is_gone_says_so_and_goes_on(teller, kind):
    page = teller.browser.get(f"/tell/{kind}/{new_id()}/", follow=True)
    assert page.status_code == 200
    assert "已经不用了" in text(page)
    assert "这件事在哪里" in text(page)


def test_a_place_is_found_by_pinyin_and_by_going_down(teller, office):
    found = teller.browser.get("/tell/", {"q": office.village.pinyin}, follow=True)
    assert office.village.name in text(found)
    assert office.village.name in text(teller.get(**{"in": office.village.parent_id}))


def test_a_place_that_alone_is_meant_is_taken_at_once_with_the_deputy(teller, office):
    Region.objects.filter(pk=office.village.pk).update(name="独山村", pinyin="dushancun")
    asked = {"q": "dushan", "mandate": office.mandate.pk}
    assert teller.get(**asked).url == f"/tell/?region={office.village.pk}&mandate={office.mandate.pk}"


def test_who_does_not_know_the_village_writes_to_the_township(teller, office):
    page = text(teller.get(**{"in": office.village.parent_id}))
    assert f"region={office.village.parent_id}" in page
    opinion = Teller(teller.browser, office, region=office.village.parent_id).tell()
    assert opinion.lacks_place


def test_every_step_comes_back_as_it_was_answered(teller):
    teller.until("seen")
    assert LAMPS in text(teller.get("what"))
    assert re.search(r'value="roads"[^>]*checked', text(teller.get("subject")))
    assert re.search(r'value="unnamed"[^>]*checked', text(teller.get("seen")))
    assert "三组路口" in text(teller.get())


def test_nothing_is_ticked_before_somebody_ticks_it(teller):
    teller.until("what")
    for step in ("subject", "seen", "send"):
        page = teller.get(step)
        assert page.status_code in (200, 302), step
        assert "checked" not in text(page).replace('value="" checked', ""), step


def test_who_may_see_it_has_to_be_said(teller):
    teller.until("subject")
    assert teller.post("seen", visibility="").status_code == 422
    assert "请选一种" in text(teller.post("seen", visibility=""))
    assert teller.get("send").url == "/tell/seen/"


def test_a_name_that_is_to_be_shown_has_to_be_written(teller):
    teller.until("subject")
    assert "公开时写的名字<small>选了写名字才要填</small>" in text(teller.get("seen"))
    assert teller.post("seen", visibility="named").status_code == 422
    assert teller.post("seen", visibility="named", shown_name="老王").status_code == 302


def test_the_preview_hides_what_gives_people_away_and_shows_the_township_alone(teller, office):
    teller.until("subject", what={"words": "我叫王秀兰，电话13800001234。路灯不亮。"})
    page = text(teller.post("seen", visibility="unnamed", look="1"))
    shown = page[page.index("data-public") : page.index("data-closed")]
    assert "▇▇▇" in shown
    assert "13800001234" not in shown
    assert "王秀兰" not in shown
    assert office.village.parent.name in shown
    assert office.village.name not in shown
    assert "<mark>13800001234</mark>" in page
    assert office.village.name in text(teller.post("seen", visibility="named", shown_name="老王", look="1"))


def test_who_agrees_to_nothing_sends_nothing(teller):
    teller.until("seen")
    page = teller.post("send", agrees="")
    assert page.status_code == 422
    assert "要您同意隐私告知" in text(page)
    assert not Opinion.objects.exists()


def test_it_says_who_receives_it_and_by_when_before_it_is_sent(teller, office):
    teller.until("seen")
    page = text(teller.get("send"))
    assert office.congress.name in page
    assert "2026年3月13日" in page


def test_a_complaint_goes_past_the_one_complained_of(teller, office):
    asked = {"station": office.station.pk, "complaint": f"station:{office.station.pk}"}
    page = text(teller.get(region=office.village.pk, **asked))
    assert f"投诉<b>{office.station.name}</b>" in page
    teller = Teller(teller.browser, office, **asked)
    teller.until("subject")
    assert "visibility" not in text(teller.get("seen"))
    assert teller.post("seen", visibility="named").status_code == 302
    teller.post("send")
    opinion = Opinion.objects.with_case().get()
    assert (opinion.station, opinion.visibility, opinion.complains_of_id) == (None, "staff", office.station.pk)
    assert Handover.objects.get(case=opinion.case).party_id == office.congress.pk


@pytest.mark.parametrize("kind", ["mandate", "station", "unit"])
def test_whom_somebody_complains_of_is_chosen_from_a_list(teller, office, kind):
    seat = make_mandate(office.congress, district=make_district(office.congress, office.village))
    thing = {"mandate": seat, "station": office.station, "unit": office.roads}[kind]
    page = text(teller.get("whom", region=office.village.pk, kind=kind))
    assert f"complaint={Complaint.of(thing).kind}:{thing.pk}" in page


def test_another_door_is_asked_about_and_nothing_is_kept_of_what_goes_there(teller):
    teller.until("what", what={"words": "法院判决不公，下周开庭，法官不理人。", "photos": [photo()]})
    assert "是不是“正在打官司、仲裁或复议的事”？" in text(teller.get("subject"))
    assert File.objects.count() == 1
    page = teller.post("door", door="court")
    assert "12368" in text(page)
    assert page.cookies["lianxin_tell"].value == ""
    assert not Draft.objects.exists()
    assert not File.objects.exists()
    assert not Opinion.objects.exists()


def test_who_says_that_it_does_belong_here_is_not_asked_again(teller):
    teller.until("what", what={"words": "法院门口的路灯不亮，去开庭的人看不见路。"})
    assert teller.post("door", door="").url == "/tell/subject/"
    assert "是不是“" not in text(teller.get("subject"))


def test_photos_and_a_voice_go_along_and_become_the_opinions(teller):
    voice = SimpleUploadedFile("rec.amr", SOUND, "audio/amr")
    teller.until("what", what={"photos": [photo(), photo("2.jpg")], "voice": voice})
    page = text(teller.get("what"))
    shown = re.search(r'src="(/tell/file/[^"]*)" alt', page)[1]
    assert teller.browser.get(shown)["Content-Type"] == "image/jpeg"
    assert Client().get(shown).status_code == 302
    opinion = teller.tell()
    own = File.objects.filter(owner_kind="opinion", owner_id=opinion.pk)
    assert sorted(own.values_list("kind", flat=True)) == ["photo", "photo", "voice"]
    assert set(own.values_list("body_id", flat=True)) == {opinion.case.body_id}


def test_a_photo_can_be_taken_away_again_and_the_words_stay(teller):
    teller.until("what", what={"photos": [photo()]})
    file = File.objects.get()
    assert teller.post("what", words="改过的话", discard=file.pk).url == "/tell/what/"
    assert not File.objects.exists()
    assert "改过的话" in text(teller.get("what"))


def test_a_fifth_photo_is_refused(teller):
    teller.until("what", what={"photos": [photo(f"{number}.jpg") for number in range(3)]})
    page = teller.post("what", photos=[photo("4.jpg"), photo("5.jpg")])
    assert page.status_code == 422
    assert File.objects.count() == 3


def test_a_text_that_calls_itself_a_photo_is_refused_and_the_words_stay(teller):
    teller.post()
    page = teller.post("what", photos=[SimpleUploadedFile("a.jpg", "假照片".encode(), "image/jpeg")])
    assert page.status_code == 422
    assert "这不是照片" in text(page)
    assert LAMPS in text(page)


def test_a_voice_alone_is_enough(teller):
    opinion = teller.tell(what={"words": "", "voice": SimpleUploadedFile("rec.amr", SOUND, "audio/amr")})
    assert "录音" in opinion.text


def test_a_draft_is_thrown_away_when_somebody_says_so(teller):
    teller.until("what", what={"photos": [photo()]})
    assert teller.post("drop").url == "/tell/"
    assert "草稿删去了" in text(teller.get())
    assert not Draft.objects.exists()
    assert not File.objects.exists()


def test_a_flood_from_one_address_is_told_to_wait(teller):
    teller.post()
    held = Hit.objects.get()
    Hit.objects.bulk_create(Hit(key=held.key, at=held.at) for _number in range(600))
    assert teller.post().status_code == 429


def test_enter_sends_nothing(teller):
    teller.until("what")
    for step in ("", "what", "subject", "seen", "send"):
        page = teller.browser.get(f"/tell/{step}{'/' if step else ''}", follow=True)
        form = next(form for form in text(page).split("<form")[1:] if 'enctype="multipart/form-data"' in form)
        assert re.search(r"<button[^>]*>", form)[0] == "<button disabled hidden>", step


# What is chosen is kept, and once


def another(n):
    return SimpleUploadedFile(f"IMG_{n}.jpg", encoded(picture((60 + n, 40))), "image/jpeg")


def test_what_is_sent_again_because_no_answer_came_is_there_once(teller):
    teller.post()
    for _again in range(2):
        sent = teller.post("what", photos=[another(n) for n in range(3)], voice=SimpleUploadedFile("a.mp3", SOUND))
        assert sent.status_code == 302
    kinds = [file.kind for file in File.objects.all()]
    assert sorted(kinds) == ["photo", "photo", "photo", "voice"]


def test_one_photo_that_is_refused_costs_none_of_the_words_and_not_the_voice(teller):
    teller.post()
    broken = SimpleUploadedFile("a.jpg", b"no photo")
    refused = teller.post("what", photos=[broken], voice=SimpleUploadedFile("a.mp3", SOUND))
    assert refused.status_code == 422
    assert [file.kind for file in File.objects.all()] == ["voice"]
    assert "<audio" in text(refused)
    assert 'name="voice"' not in text(refused)
    assert LAMPS in text(teller.get("what"))


def test_what_was_chosen_stays_when_another_is_taken_away(teller):
    teller.post()
    teller.post("what", photos=[another(1)])
    gone = File.objects.get()
    teller.post("what", photos=[another(2)], discard=gone.pk)
    assert File.objects.exclude(pk=gone.pk).count() == 1
    assert not File.objects.filter(pk=gone.pk).exists()


def test_the_last_page_counts_what_goes_along(teller):
    teller.until("seen", what={"photos": [another(n) for n in range(3)], "voice": SimpleUploadedFile("a.mp3", SOUND)})
    assert "3张照片、1段录音" in text(teller.get("send"))


def test_no_address_is_asked_for_that_nothing_would_be_sent_to(teller, settings):
    teller.until("seen")
    assert 'name="email"' not in text(teller.get("send"))
    settings.SENDS_MAIL = True
    assert 'name="email"' in text(teller.get("send"))


def test_an_address_and_no_wish_to_be_told_do_not_go_together(teller, settings):
    settings.SENDS_MAIL = True
    teller.until("seen")
    refused = teller.post("send", email="wang@example.org")
    assert refused.status_code == 422
    assert "选了不用告诉您" in text(refused)

"""The pages of news: written with a look, reviewed finding by finding, read by everybody, corrected, taken down."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianxin.account.publishing.markdown import read
from lianxin.account.publishing.models import Announcement, Wording
from lianxin.account.publishing.models.wording import State
from lianxin.ground.core.clock import now
from lianxin.ground.documents.models import File
from tests.account.publishing.newsroom import TEXT, Newsroom
from tests.affairs.opinions.builders import NOON, Office
from tests.ground.documents.builders import encoded, picture
from tests.ground.people.builders import make_congress

pytestmark = pytest.mark.django_db
PHONE = "13800138000"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def room(travel):
    travel(NOON)
    office = Office()
    return Newsroom(office.congress, office.county)


def text(page):
    return re.sub(r"<[^>]*>|\s+", " ", page.content.decode())


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1]


def write(browser, **more):
    page = browser.get("/desk/news/new/")
    sent = {"body": hidden(page, "body"), "id": hidden(page, "id"), "category": "news"}
    return browser.post("/desk/news/new/", sent | {"title_": "开会", "text": TEXT} | more)


def act(browser, wording, kind, **more):
    wording.refresh_from_db()
    return browser.post(f"/desk/news/{wording.announcement_id}/{kind}/", {"edition": wording.edition} | more)


def test_from_a_draft_to_the_front_page(room, client):
    writer, reviewer = room.browser(room.writer), room.browser(room.reviewer)
    assert write(writer).status_code == 302
    made = Wording.objects.get()
    assert act(writer, made, "submit").status_code == 302
    assert "1条消息等人审" in text(reviewer.get("/desk/"))
    assert "条消息等人审" not in text(writer.get("/desk/"))
    assert client.get(made.announcement.public_url).status_code == 404
    assert act(reviewer, made, "review").status_code == 302
    assert "开会" in text(client.get("/news/"))
    assert "开会" in text(client.get("/"))
    page = client.get(made.announcement.public_url)
    assert "<h3>议程</h3>" in page.content.decode()
    assert room.congress.name in text(page)


def test_a_correction_is_read_at_once_and_says_so_beforehand(room, client, travel):
    made = room.published()
    travel(NOON + timedelta(hours=1))
    address = f"/desk/news/{made.announcement_id}/"
    writer, reviewer = room.browser(room.writer), room.browser(room.reviewer)
    writer.post(f"{address}correct/")
    page = writer.get(f"{address}edit/")
    assert 'name="public_from"' not in page.content.decode()
    assert "请点“接着写”，在“更正说明”里写一句" in writer.get(address).content.decode()

    sent = {
        "edition": hidden(page, "edition"),
        "category": "news",
        "title_": "开会",
        "text": TEXT,
        "change": "改了时间",
    }
    later = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert writer.post(f"{address}edit/", sent | {"public_from": later}).status_code == 302
    following = made.announcement.wordings.get(number=2)
    assert act(writer, following, "submit").status_code == 302
    assert "审过就更正，大家马上读到" in text(reviewer.get(f"{address}review/"))
    assert act(reviewer, following, "review").status_code == 302
    assert "改了时间" in text(client.get(made.announcement.public_url))


def test_what_is_not_read_yet_keeps_its_moment_when_it_is_corrected(room, client):
    moment = now() + timedelta(days=2)
    made = room.published(public_from=moment)
    writer = room.browser(room.writer)
    writer.post(f"/desk/news/{made.announcement_id}/correct/")
    assert 'name="public_from"' in writer.get(f"/desk/news/{made.announcement_id}/edit/").content.decode()


def test_whoever_wrote_it_is_not_led_to_review_it(room):
    made = room.draft()
    for _time in range(2):
        for who, is_led in ((room.writer, False), (room.reviewer, made.state == State.SUBMITTED)):
            page = room.browser(who).get(f"/desk/news/{made.announcement_id}/").content.decode()
            assert (f'/desk/news/{made.announcement_id}/review/"' in page) == is_led
        if made.state != State.SUBMITTED:
            made.submit(edition=made.edition, by=room.writer.pk, at=now())


def test_whoever_writes_for_several_begins_with_the_widest(room):
    township = make_congress(room.congress.region.parts.order_by("code").first(), "township")
    page = room.browser(room.writer).get("/desk/news/new/").content.decode()
    assert f'<option value="{room.congress.pk}" selected>' in page
    assert f'<option value="{township.pk}">' in page


def test_what_goes_along_is_called_what_the_office_says(room, client):
    made, writer, reviewer = room.draft(), room.browser(room.writer), room.browser(room.reviewer)
    address = f"/desk/news/{made.announcement_id}/files/"

    def sent(caption):
        return writer.post(address, {"file": SimpleUploadedFile("a.jpg", encoded(picture())), "caption": caption})

    refused = sent(f"找{PHONE}")
    assert refused.status_code == 422
    assert "这里像有电话、证件号" in text(refused)
    assert sent("活动安排").status_code == 302
    assert sent("").status_code == 302
    made.submit(edition=made.edition, by=room.writer.pk, at=now())
    for file in File.objects.all():
        reviewer.post(f"{address}{file.pk}/", {"do": "show"})
    act(reviewer, made, "review")
    page = client.get(made.announcement.public_url)
    words = " ".join(text(page).split())
    assert "活动安排 图片" in words
    assert "附件 2 图片" in words
    assert page.content.decode().count("?small") == 2


def test_what_is_sent_twice_is_begun_once(room):
    browser = room.browser(room.writer)
    page = browser.get("/desk/news/new/")
    sent = {"body": hidden(page, "body"), "id": hidden(page, "id"), "category": "news", "title_": "开会", "text": TEXT}
    for _time in range(2):
        assert browser.post("/desk/news/new/", sent).status_code == 302
    assert Announcement.objects.count() == 1


def test_a_look_keeps_nothing_and_shows_what_was_found(room):
    browser = room.browser(room.writer)
    page = write(browser, do="look", text=f"请打{PHONE}")
    assert page.status_code == 200
    assert f"<mark>{PHONE}</mark>" in page.content.decode()
    assert not Wording.objects.exists()
    part = browser.post("/desk/news/new/", {"title_": "开会", "text": "**粗**"}, headers={"HX-Request": "true"})
    assert "<strong>粗</strong>" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_the_review_asks_about_each_finding(room, client):
    made = room.submitted(text=f"请打{PHONE}")
    (finding,) = made.findings
    reviewer = room.browser(room.reviewer)
    assert f"<mark>{PHONE}</mark>" in reviewer.get(f"/desk/news/{made.announcement_id}/review/").content.decode()
    refused = act(reviewer, made, "review")
    assert refused.status_code == 422
    assert "正文第1段的电话还没有定" in text(refused)
    assert act(reviewer, made, "review", **{f"mask_{finding.key}": "on"}).status_code == 302
    assert PHONE not in text(client.get(made.announcement.public_url))


def test_who_wrote_it_reads_why_somebody_else_has_to_review(room):
    made, writer = room.submitted(), room.browser(room.writer)
    page = writer.get(f"/desk/news/{made.announcement_id}/review/")
    assert "要由另一个人审" in text(page)
    refused = act(writer, made, "review")
    assert refused.status_code == 422
    assert Wording.objects.get().state == State.SUBMITTED


def test_what_was_corrected_says_so(room, client, travel):
    made = room.published()
    travel(NOON + timedelta(days=2))
    room.corrected(made, "28日改成29日", text="29日开会")
    page = text(client.get(made.announcement.public_url))
    assert "更正于" in page
    assert "28日改成29日" in page
    assert "28日上午9点" not in page
    old = room.browser(room.writer).get(f"/desk/news/{made.announcement_id}/?version=1")
    assert "28日上午9点" in text(old)


def test_what_is_taken_down_is_gone_and_says_nothing_of_what_it_said(room, client):
    made = room.published()
    assert act(room.browser(room.reviewer), made, "take-down", reason="弄错了会场").status_code == 302
    page = client.get(made.announcement.public_url)
    assert page.status_code == 410
    assert made.title not in text(page)
    assert "弄错了会场" not in text(page)
    assert made.title not in text(client.get("/news/"))
    assert made.title not in text(client.get("/"))


def test_what_is_for_later_is_not_there_yet_and_what_is_over_is_gone(room, client, travel):
    made = room.published(public_from=now() + timedelta(days=1), public_until=now() + timedelta(days=3))
    assert client.get(made.announcement.public_url).status_code == 404
    travel(NOON + timedelta(days=1))
    assert client.get(made.announcement.public_url).status_code == 200
    travel(NOON + timedelta(days=3))
    assert client.get(made.announcement.public_url).status_code == 410


def test_a_file_goes_along_once_somebody_else_looked(room, client):
    made, writer, reviewer = room.draft(), room.browser(room.writer), room.browser(room.reviewer)
    address = f"/desk/news/{made.announcement_id}/files/"
    upload = SimpleUploadedFile("a.jpg", encoded(picture()), "image/jpeg")
    assert writer.post(address, {"file": upload}).status_code == 302
    file = File.objects.get(owner_id=made.announcement_id)
    act(writer, made, "submit")
    assert act(reviewer, made, "review").status_code == 422
    assert writer.post(f"{address}{file.pk}/", {"do": "show"}).status_code == 302
    assert not File.objects.get().is_public
    reviewer.post(f"{address}{file.pk}/", {"do": "show", "back": "review"})
    assert act(reviewer, made, "review").status_code == 302
    public = f"/news/{made.announcement_id}/files/{file.pk}/"
    assert public in client.get(made.announcement.public_url).content.decode()
    assert client.get(public).status_code == 200
    Wording.correct(made.announcement, by=room.writer.pk, at=now())
    writer.post(f"{address}{file.pk}/", {"do": "discard"})  # what is public is hidden first, by who reviews
    assert client.get(public).status_code == 200
    reviewer.post(f"{address}{file.pk}/", {"do": "hide"})
    assert client.get(public).status_code == 404
    writer.post(f"{address}{file.pk}/", {"do": "discard"})
    assert not File.objects.exists()


def test_a_file_that_is_none_is_told_beside_the_field(room):
    made = room.draft()
    upload = SimpleUploadedFile("a.exe", b"MZ" + bytes(200), "application/pdf")
    answer = room.browser(room.writer).post(f"/desk/news/{made.announcement_id}/files/", {"file": upload})
    assert answer.status_code == 422
    assert "不是能收的附件" in text(answer)


def test_one_category_is_listed_alone(room, client):
    room.published("甲")
    room.published("乙", category="notices")
    assert "甲" not in text(client.get("/news/?category=notices"))
    assert "甲" in text(client.get("/news/?category=nonsense"))


def test_the_feed_tells_what_is_public_and_what_was_corrected(room, client, travel):
    made = room.published()
    room.published("以后的", public_from=now() + timedelta(days=1))
    first = client.get("/feeds/news.atom")
    told = ElementTree.fromstring(first.content)  # noqa: S314 - our own
    assert [one.text for one in told.findall("a:entry/a:title", ATOM)] == [made.title]
    assert client.get("/feeds/news.atom", headers={"If-None-Match": first["ETag"]}).status_code == 304
    travel(NOON + timedelta(hours=5))
    room.corrected(made, "换了会场")
    again = client.get("/feeds/news.atom", headers={"If-None-Match": first["ETag"]})
    assert "更正：换了会场" in again.content.decode()


def test_the_office_of_another_place_sees_nothing(room):
    made = room.published()
    stranger = Client()
    assert stranger.get(f"/desk/news/{made.announcement_id}/").status_code == 302


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("[看](javascript:alert(1))", "[看](javascript:alert(1))"),
        ("[看](data:text/html,x)", "[看](data:text/html,x)"),
        ("[看](//evil.example)", "[看](//evil.example)"),
        ("![图](https://evil.example/a.png)", 'href="https://evil.example/a.png"'),
        ("[看](https://a.example)", '<a href="https://a.example" rel="noopener nofollow">看</a>'),
        ("    空四格也是一段", "<p>空四格也是一段</p>"),
        ("一行\n二行", "<p>一行<br />\n二行</p>"),
        ("# 大\n\n#### 小", "<h2>大</h2>\n<h4>小</h4>"),
        ("上一行\n----", "<p>上一行</p>\n<hr />"),
    ],
)
def test_nothing_written_reaches_out_of_the_text(written, drawn):
    html = read(written).html
    assert drawn in html
    assert "<script" not in html
    assert "<img" not in html

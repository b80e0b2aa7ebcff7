"""The bulletin's pages: composed by a clerk, signed by a leader, read by everybody."""

import re
from io import BytesIO

import feedparser
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from docx.oxml.ns import qn

from lianxin.account.bulletin.actions import signing
from lianxin.account.bulletin.models import Issue
from lianxin.affairs.opinions.actions import sorting
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.core.clock import now
from tests.account.bulletin.builders import NOON

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def as_(user):
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return browser


def text(page):
    return re.sub(r"<[^>]*>|\s+", " ", page.content.decode())


def fields(page):
    """Which state of the issue the page's form is about."""
    (field,) = re.findall(r'<input[^>]*name="edition"[^>]*>', page.content.decode())
    return {"edition": re.search(r'value="(\d+)"', field)[1]}


def test_from_the_first_choice_to_the_public_page_by_forms_alone(room, client):
    editor, reviewer, leader = as_(room.editor), as_(room.reviewer), as_(room.leader)
    editor.post("/desk/bulletin/", {"month": "2026-03"})
    issue = Issue.objects.get()
    home = f"/desk/bulletin/{issue.pk}/"
    for column in ("hopes", "progress", "echoes"):
        tray = editor.get(home, {"column": column}).content.decode()
        offered = re.findall(r'name="id" value="([^"]+)"', tray)
        editor.post(f"{home}add/", {"column": column, "kind": "opinion", "id": offered[0]})
    items = {item.column: item for item in issue.items.all()}
    assert set(items) == {"hopes", "progress", "echoes"}
    refused = editor.post(f"{home}submit/", fields(editor.get(f"{home}submit/")))
    assert refused.status_code == 422
    assert "还没有记下本人同意" in text(refused)
    told = fields(editor.get(f"{home}entries/{items['echoes'].pk}/agree/"))
    editor.post(f"{home}entries/{items['echoes'].pk}/agree/", told | {"how": "person", "on": "2026-04-01"})
    told = fields(editor.get(f"{home}entries/{items['hopes'].pk}/"))
    editor.post(f"{home}entries/{items['hopes'].pk}/", told | {"heading": "路上黑", "text": "七盏灯不亮。"})
    editor.post(f"{home}submit/", fields(editor.get(f"{home}submit/")))
    assert "的简报要复核" in text(reviewer.get("/desk/"))
    reviewer.post(f"{home}review/", fields(reviewer.get(f"{home}review/")))
    assert "的简报要签发" in text(leader.get("/lead/"))
    sign = f"/lead/bulletin/{issue.pk}/"
    assert "七盏灯不亮。" in text(leader.get(sign))
    leader.post(f"{sign}sign/", fields(leader.get(f"{sign}sign/")))
    page = text(client.get("/bulletin/1/"))
    assert "路上黑" in page
    assert "签发 江月白" in page
    assert "第1期" in text(client.get("/"))


def test_what_the_tray_does_not_offer_does_not_come_in(room):
    issue, editor = room.begun(), as_(room.editor)
    for thing in (room.inside.pk, "nonsense"):
        told = {"column": "hopes", "kind": "opinion", "id": thing}
        assert editor.post(f"/desk/bulletin/{issue.pk}/add/", told).status_code == 404
    assert not issue.items.exists()


def test_who_may_not_compose_does_not(room):
    issue = room.filled()
    assert as_(room.leader).get(f"/desk/bulletin/{issue.pk}/").status_code == 403
    assert as_(room.editor).get(f"/lead/bulletin/{issue.pk}/").status_code == 403
    assert Client().get(f"/bulletin/{issue.number or 1}/").status_code == 404


def test_each_number_opens_its_list_as_it_stood(room, client):
    room.issued()
    with_list = client.get("/bulletin/1/lists/opinions.received/")
    assert "公开的2件，不公开的1件" in text(with_list)
    room.office.opinion(title="后来的事", visibility="unnamed")
    Opinion.objects.filter(title="后来的事").update(is_public=True)
    page = text(client.get("/bulletin/1/lists/opinions.received/"))
    assert "放学路上黑" in page
    assert "后来的事" not in page
    assert client.get("/bulletin/1/lists/opinions.unknown/").status_code == 404


def test_what_was_withheld_is_gone_from_every_form_of_it(room, client):
    issue = room.issued()
    before = client.get("/bulletin/1/a4.pdf")["ETag"]
    quoted = issue.sheet.entries[2]
    assert "放学路上黑" in client.get("/").content.decode()
    signing.withhold(issue, quoted.id, "本人不愿意了。", by=room.reviewer.pk, at=now())
    sorting.hide(room.open, "有名字。", by=room.office.clerk.pk, at=now())
    for path in ("/", "/bulletin/1/", "/feeds/bulletin.atom"):
        page = client.get(path)
        assert quoted.text not in page.content.decode()
        assert "放学路上黑" not in page.content.decode()
    pdf = client.get("/bulletin/1/a4.pdf")
    assert pdf["ETag"] != before
    assert "这一条撤下了" in pdf_text(pdf.content)
    assert quoted.text not in docx_text(client)
    assert "本人不愿意了" not in client.get("/bulletin/1/").content.decode()


def pdf_text(content):
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(content))


def docx_text(client):
    body = Document(BytesIO(client.get("/bulletin/1/bulletin.docx").content)).element.body
    return "\n".join("".join(each.text or "" for each in one.iter(qn("w:t"))) for one in body.iter(qn("w:p")))


@pytest.mark.parametrize("form", ["a4", "large"])
def test_on_paper_it_says_what_the_page_says(room, client, form):
    issue = room.issued()
    pdf = client.get(f"/bulletin/1/{form}.pdf")
    said = pdf_text(pdf.content)
    for words in (
        "5号见",
        "第1期·2026年3月",
        "截至4月2日",
        "放学路上黑",
        "水管换好了",
        "当天就换好了",
        "江月白",
        issue.fingerprint[:4],
    ):
        assert words in said
    assert pypdfium2.PdfDocument(pdf.content)[0].get_size() == pytest.approx((595.3, 841.9), abs=0.5)
    assert client.get(f"/bulletin/1/{form}.pdf", headers={"if-none-match": pdf["ETag"]}).status_code == 304


def test_large_type_is_large(room, client):
    room.issued()
    sizes = {}
    for form in ("a4", "large"):
        page = pypdfium2.PdfDocument(client.get(f"/bulletin/1/{form}.pdf").content)[0].get_textpage()
        said = page.get_text_range()
        sizes[form] = page.get_charbox(said.index("放学路上黑"))
    heights = {form: top - bottom for form, (_left, bottom, _right, top) in sizes.items()}
    assert heights["large"] > 1.4 * heights["a4"]


def test_a_long_issue_and_rare_names_go_on_for_pages(room, client):
    issue = room.begun()
    for number in range(40):
        opinion = room.office.opinion(
            title=f"第{number}件事", words=f"{number}号㛃𠮷村的事。" * 12, visibility="unnamed"
        )
        Opinion.objects.filter(pk=opinion.pk).update(is_public=True)
    for opinion in Opinion.objects.filter(title__startswith="第"):
        room.add(issue, "hopes", opinion)
    issue.refresh_from_db()
    signing.submit(issue, edition=issue.edition, by=room.editor.pk, at=now())
    signing.review(issue, edition=issue.edition, by=room.reviewer.pk, at=now())
    signing.sign(issue, edition=issue.edition, by=room.leader.pk, at=now())
    pdf = pypdfium2.PdfDocument(client.get("/bulletin/1/a4.pdf").content)
    assert len(pdf) > 1
    assert all(f"第{number}件事" in pdf_text(pdf_bytes(client)) for number in (0, 39))
    large = pdf_text(client.get("/bulletin/1/large.pdf").content)
    for said in (pdf_text(pdf_bytes(client)), large, docx_text(client)):
        assert "39号㛃𠮷村的事" in said
        assert "〓" not in said


def pdf_bytes(client):
    return client.get("/bulletin/1/a4.pdf").content


def test_the_word_file_has_two_columns_and_a_code_for_each_matter(room, client):
    room.issued()
    document = Document(BytesIO(client.get("/bulletin/1/bulletin.docx").content))
    columns = [section._sectPr.xpath("./w:cols/@w:num") for section in document.sections]
    assert ["2"] in columns
    assert len(document.inline_shapes) == 2  # quoted words lead nowhere
    said = docx_text(client)
    assert "放学路上黑" in said
    assert "签发 江月白" in said


def test_the_feed_tells_each_issue_and_its_errata(room, client):
    issue = room.issued()
    signing.correct(issue, "“七盏”应为“六盏”。", by=room.editor.pk, at=now())
    feed = feedparser.parse(client.get("/feeds/bulletin.atom").content)
    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.title == "5号见第1期"
    assert "六盏" in entry.summary
    assert entry.link.endswith("/bulletin/1/")


@pytest.mark.usefixtures("platform_stays_known")
def test_pages_cost_the_same_however_many_entries_there_are(room):
    issue = room.begun()
    counts = []
    for many in (2, 20):
        for number in range(many):
            opinion = room.office.opinion(title=f"{many}里第{number}件", visibility="unnamed")
            Opinion.objects.filter(pk=opinion.pk).update(is_public=True)
            room.add(issue, "hopes", opinion)
        browser = as_(room.editor)
        browser.get(f"/desk/bulletin/{issue.pk}/")
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/desk/bulletin/{issue.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20


def test_an_erratum_stands_on_the_page_at_once(room, client):
    issue = room.issued()
    editor = as_(room.editor)
    words = "第一条的“七盏”应为“六盏”。"
    editor.post(f"/desk/bulletin/{issue.pk}/correct/", {"words": words})
    page = text(client.get("/bulletin/1/"))
    assert words in page
    assert "这一期的更正" in page
    assert NOON.year == 2026


def test_what_goes_up_and_down_and_out(room):
    issue, editor = room.begun(), as_(room.editor)
    first, second = room.add(issue, "hopes", room.open), room.add(issue, "hopes", room.solved)
    move = f"/desk/bulletin/{issue.pk}/move/"
    editor.post(move, {"item": second.pk, "to": "up"})
    assert list(issue.items.all()) == [second, first]
    editor.post(move, {"item": second.pk, "to": "1", "column": "hopes"})
    assert list(issue.items.all()) == [first, second]
    editor.post(move, {"item": first.pk, "to": "out"})
    assert list(issue.items.all()) == [second]
    assert editor.post(move, {"item": "nonsense", "to": "up"}).status_code == 404


def test_read_in_english_the_issue_itself_stays_as_it_was_issued(room, client):
    room.issued()
    page = client.get("/bulletin/1/", headers={"accept-language": "en"}).content.decode()
    article = page[page.index('<article class="bulletin" lang="zh-Hans">') : page.index("</article>")]
    for label in ("第1期", "上月", "签发 江月白"):
        assert label in article
    assert "All issues" in page

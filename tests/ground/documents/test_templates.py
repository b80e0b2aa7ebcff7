"""Templates of an office: brought on a page, kept by version, used for the next paper, left for the built-in layout."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event
from lianxin.ground.documents import papers, stationery
from lianxin.ground.documents.errors import SetMeanwhile
from lianxin.ground.documents.models import File, Template
from lianxin.ground.documents.serving import serve_paper
from lianxin.lib import papers as layout
from tests.ground.access.builders import make_grant, make_user
from tests.ground.documents.builders import lay_down, make_paper, upload
from tests.ground.documents.test_vetting import EXTERNAL, MACRO_TYPE, with_part, with_relation
from tests.ground.people.builders import make_congress, make_county
from tests.lib.papers.test_filling import template

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
LIST = "/papers/templates/"


@pytest.fixture
def county(platform, printer):
    return make_county()


@pytest.fixture
def head(county):
    return lay_down(make_congress(county))


@pytest.fixture
def clerk(county):
    return browser(county)


def browser(place, role="office_clerk"):
    user, client = make_user("章谷雨"), Client()
    make_grant(user, role, Grant.Scope.PLACE, place.pk)
    client.force_login(user)
    return client


def page_of(head):
    return f"{LIST}{head.pk}/transfer/"


def send(client, head, content):
    return client.post(page_of(head), {"file": SimpleUploadedFile("我的模板.docx", content)}, follow=True)


def take(head, line="本单位的抬头", at=None):
    return stationery.take(head, "transfer", upload(template(line)), by=None, at=at or now())


def made(head):
    paper = make_paper(head, words="桥头的灯不亮。")
    papers.make.func(str(paper.pk))
    paper.refresh_from_db()
    return paper


def text_of(paper):
    document = Document(io.BytesIO(serve_paper(paper, "docx").content))
    return [paragraph.text.strip() for paragraph in document.paragraphs]


def test_an_office_downloads_the_built_in_one_edits_it_and_its_next_paper_is_written_by_it(clerk, head):
    built_in = clerk.get(f"{page_of(head)}0.docx")
    assert "模板.docx" in built_in["Content-Disposition"] or "%E6%A8%A1" in built_in["Content-Disposition"]
    document = Document(io.BytesIO(built_in.content))
    document.paragraphs[-1].insert_paragraph_before("本函由办公室打印。")
    out = io.BytesIO()
    document.save(out)
    answer = send(clerk, head, out.getvalue())
    assert "启用了第1版" in answer.content.decode()
    paper = made(head)
    assert (paper.template.version, paper.is_template_unfit) == (1, False)
    told = text_of(paper)
    assert "本函由办公室打印。" in told
    assert "桥头的灯不亮。" in told
    assert paper.number in told
    assert not any("{{" in line for line in told)


def test_versions_are_kept_with_who_and_when_and_each_can_be_read(clerk, head):
    send(clerk, head, template("第一回"))
    send(clerk, head, template("第二回"))
    page = clerk.get(page_of(head)).content.decode()
    assert "现在用第2版" in page
    assert page.count("章谷雨") >= 2
    old = Document(io.BytesIO(clerk.get(f"{page_of(head)}1.docx").content))
    assert old.paragraphs[-1].text == "第一回"
    assert clerk.get(f"{page_of(head)}3.docx").status_code == 404
    events = Event.objects.filter(kind="documents.template_taken", subject_id=head.body_id)
    assert [event.facts["version"] for event in events.order_by("id")] == [1, 2]


def test_one_goes_back_to_the_built_in_layout(clerk, head):
    one = take(head)
    clerk.post(f"{page_of(head)}leave/", {"version": "1"})
    one.refresh_from_db()
    assert one.left_at
    assert made(head).template is None
    assert Event.objects.filter(kind="documents.template_left").count() == 1
    assert take(head).version == 2


def test_what_another_person_changed_meanwhile_is_not_left_unseen(clerk, head):
    take(head)
    newer = take(head)
    answer = clerk.post(f"{page_of(head)}leave/", {"version": "1"}, follow=True)
    assert "刚才已经有人换过模板" in answer.content.decode()
    assert Template.objects.in_force().get() == newer
    stale = Template.objects.get(pk=newer.pk)
    newer.leave(by=None, at=now())
    with pytest.raises(SetMeanwhile):
        stale.leave(by=None, at=now())


def again(client, head, number, instead_of):
    address = f"{page_of(head)}{number}/again/"
    return client.post(address, {"version": str(instead_of)}, follow=True).content.decode()


def test_an_older_version_is_used_again_without_bringing_it_again(clerk, head, travel):
    take(head, "旧的")
    take(head, "新的")
    page = clerk.get(page_of(head)).content.decode()
    assert "改回第1版" in page
    assert "改回第2版" not in page
    travel(now() + timedelta(days=1))
    assert "启用了第1版" in again(clerk, head, 1, instead_of=2)
    assert Template.objects.in_force().get().version == 1
    assert "旧的" in text_of(made(head))
    events = Event.objects.filter(kind="documents.template_taken", subject_id=head.body_id)
    assert [event.facts["version"] for event in events.order_by("id")] == [1, 2, 1]
    page = clerk.get(page_of(head)).content.decode()
    assert "现在用第1版" in page
    assert page.count("启用了模板，第1版") == 2


def test_after_the_built_in_layout_an_older_version_is_used_again(clerk, head):
    take(head).leave(by=None, at=now())
    assert "启用了第1版" in again(clerk, head, 1, instead_of="")
    assert Template.objects.in_force().get().version == 1


@pytest.mark.parametrize(("number", "instead_of"), [(1, 2), (1, ""), (3, 3), (2, "x")])
def test_what_was_changed_meanwhile_is_not_changed_back_unseen(clerk, head, number, instead_of):
    for _version in range(3):
        take(head)
    assert "刚才已经有人换过模板" in again(clerk, head, number, instead_of)
    assert Template.objects.in_force().get().version == 3
    assert Event.objects.filter(kind="documents.template_taken").count() == 3


def test_an_older_version_that_fits_no_more_is_told_and_not_used(clerk, head, monkeypatch):
    take(head)
    take(head)
    monkeypatch.setitem(layout.PLACEHOLDERS, "份号", replace(layout.PLACEHOLDERS["份号"], is_needed=True))
    assert "没有“份号”这个占位词" in again(clerk, head, 1, instead_of=2)
    assert Template.objects.in_force().get().version == 2


@pytest.mark.parametrize("version", ["", "x", "²", "9" * 30, "-1"])
def test_a_version_that_is_none_leaves_nothing(clerk, head, version):
    take(head)
    assert clerk.post(f"{page_of(head)}leave/", {"version": version}).status_code == 302
    assert Template.objects.in_force().count() == 1


def test_what_is_refused_says_why_beside_the_field_and_keeps_what_was_in_force(clerk, head, lying):
    one = take(head)
    before = lying()
    answer = send(clerk, head, template("{{附柱}}", "{{附注"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "是不是“附注”？" in page
    assert "大括号没有成对" in page
    assert Template.objects.in_force().get() == one
    assert lying() == before
    assert clerk.post(page_of(head)).status_code == 422


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_part("[Content_Types].xml", MACRO_TYPE), "有宏"),  # a .docm that was renamed
        (with_relation("image", "https://example.com/p.png", EXTERNAL), "https://example.com/p.png"),
        (with_relation("hyperlink", "https://example.com/", EXTERNAL), "指向外面的链接"),
        (with_relation("attachedTemplate", "file:///other.dotm", EXTERNAL), "挂着另一个模板"),
        (template("{{附柱}}"), "是不是“附注”？"),
        (template()[:2000], "看不出这是什么文件"),
        (b"%PDF-1.7", "Word"),
    ],
    ids=["macro", "linked picture", "link", "other template", "misspelt", "cut", "no document"],
)
def test_whoever_brings_what_is_not_taken_reads_why_and_what_to_do(clerk, head, content, said):
    answer = send(clerk, head, content)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Template.objects.exists()


def test_a_paper_keeps_the_version_that_was_in_force_when_it_was_issued(head):
    one = take(head, "旧的")
    paper = make_paper(head)
    take(head, "新的", at=now() + timedelta(seconds=1))
    papers.make.func(str(paper.pk))
    paper.refresh_from_db()
    assert paper.template == one
    assert "旧的" in text_of(paper)


def test_a_template_that_fails_nevertheless_stops_no_paper(head, monkeypatch):
    take(head)

    def broken(*_given, **_more):
        raise MemoryError

    monkeypatch.setattr(papers.layout, "fill", broken)
    paper = made(head)
    assert paper.is_template_unfit
    assert "桥头的灯不亮。" in text_of(paper)


def test_a_lost_template_stops_no_paper(head, lying):
    take(head)
    for file in lying():
        file.unlink()
    assert made(head).is_template_unfit


def test_a_template_is_its_body_s_alone(clerk, head, county):
    other_county = make_county("远山县")
    other = lay_down(make_congress(other_county), "远人办函")
    take(other)
    assert made(head).template is None
    assert str(other.body) not in clerk.get(LIST).content.decode()
    for address in (page_of(other), f"{page_of(other)}0.docx", f"{page_of(other)}1.docx"):
        assert clerk.get(address).status_code == 404
    assert send(clerk, other, template()).status_code == 404


def test_a_township_sets_its_own_and_never_the_county_s(head, county):
    township = county.parts.get(name="石桥镇")
    own = lay_down(make_congress(township, "township"), "石人函")
    client = browser(township, "township_clerk")
    assert "启用了第1版" in send(client, own, template()).content.decode()
    assert client.get(page_of(head)).status_code == 404


def test_a_kind_that_there_is_not_is_not_found(clerk, head):
    assert clerk.get(f"{LIST}{head.pk}/poem/").status_code == 404


def test_the_page_explains_every_placeholder_with_an_example(clerk, head):
    page = clerk.get(page_of(head)).content.decode()
    for written, gives, example, _needed in stationery.explained(head, "transfer"):
        assert written in page
        assert str(gives) in page
        assert example
    assert page.count("必须有") == 6


def test_before_the_first_letterhead_the_list_says_where_it_is_laid_down(clerk, county):
    assert "还没有定过发文机关" in clerk.get(LIST).content.decode()


def test_its_content_lies_sealed_and_is_never_public(head, lying):
    file = take(head).file
    assert not any(path.read_bytes().startswith(b"PK") for path in lying())
    assert not File.objects.public().filter(pk=file.pk).exists()


@pytest.mark.usefixtures("platform_stays_known")
def test_the_page_asks_as_many_queries_for_ten_versions_as_for_one(clerk, head):
    take(head)
    clerk.get(page_of(head))
    with CaptureQueriesContext(connection) as for_one:
        clerk.get(page_of(head))
    for _version in range(9):
        take(head)
    clerk.get(page_of(head))  # the platform and its rules are read once in a while
    with CaptureQueriesContext(connection) as for_ten:
        clerk.get(page_of(head))
    assert len(for_one) == len(for_ten) <= 12

"""The page in Traditional Chinese: what is read is converted, what is stored or sent back is not."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from lianxin.ground.core.traditional import TraditionalMiddleware, convert_html, to_traditional


def test_words_stay_the_laws_own():
    assert to_traditional("人大常委会信息公开，群众意见") == "人大常委會信息公開，群眾意見"


def test_one_simplified_sign_becomes_the_right_one_of_several():
    assert to_traditional("干部干净，头发发现，皇后后来") == "幹部乾淨，頭髮發現，皇后後來"


def test_quotation_marks_are_those_of_traditional_print():
    assert to_traditional("下一次“接待日”") == "下一次「接待日」"


def test_latin_text_is_left_as_it_is():
    assert to_traditional("it’s “so”") == "it’s “so”"


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("<p>这里</p>", "<p>這裡</p>"),
        ('<a href="/这里/">这里</a>', '<a href="/这里/">這裡</a>'),
        ('<input value="这里" placeholder="这里">', '<input value="这里" placeholder="這裡">'),
        ("<textarea>这里</textarea>这里", "<textarea>这里</textarea>這裡"),
        ('<option value="这里">这里</option>', '<option value="这里">這裡</option>'),
        ('<script>let a = "这里"</script>', '<script>let a = "这里"</script>'),
        ("<!-- 这里 -->", "<!-- 这里 -->"),
        ("<img alt=\"这里\" title='这里'>", "<img alt=\"這裡\" title='這裡'>"),
        ('<td data-l="这里" data-x="这里">', '<td data-l="這裡" data-x="这里">'),
        ('<b title="a > 这里">这里</b>', '<b title="a > 這裡">這裡</b>'),
        ("5 < 6，这里", "5 < 6，這裡"),
        ("<p>这里", "<p>這裡"),
    ],
)
def test_only_what_is_read_is_converted(simplified, traditional):
    assert convert_html(simplified) == traditional


def test_names_marked_as_stored_stay():
    page = '<b translate="no">范<b>云</b>里</b>范云'
    assert convert_html(page) == '<b translate="no">范<b>云</b>里</b>範雲'


def test_a_mark_on_a_tag_without_end_holds_nothing_else():
    assert convert_html('<input translate="no">这里<br translate="no"/>这里').endswith("這裡")


def answer(response, language="zh-hant"):
    request = RequestFactory().get("/")
    request.LANGUAGE_CODE = language
    return TraditionalMiddleware(lambda _request: response)(request)


def test_the_page_says_its_language_and_length():
    page = answer(HttpResponse("这里", headers={"Content-Length": "6"}))
    assert page.content.decode() == "這裡"
    assert page.headers["Content-Language"] == "zh-hant"
    assert page.headers["Content-Length"] == "6"


def test_other_languages_and_other_kinds_pass_as_they_are():
    assert answer(HttpResponse("这里"), "zh-hans").content.decode() == "这里"
    assert answer(HttpResponse("这里", content_type="text/csv")).content.decode() == "这里"
    assert b"".join(answer(StreamingHttpResponse(["这里"]))).decode() == "这里"


@pytest.mark.django_db
def test_what_somebody_typed_comes_back_as_typed(client):
    page = client.get("/find/", {"q": "没有这里"}, headers={"accept-language": "zh-TW"}).content.decode()
    assert 'value="没有这里"' in page
    assert "找我的代表" in page
    assert "您住在哪裡" in page


@pytest.mark.django_db
def test_error_pages_are_converted_too(client):
    assert "沒有這一頁" in client.get("/no-such-page/", headers={"accept-language": "zh-TW"}).content.decode()


@pytest.mark.django_db
def test_caches_are_told_that_a_page_follows_its_reader(client):
    vary = client.get("/preferences/").headers["Vary"]
    assert {"Cookie", "Accept-Language"} <= {name.strip() for name in vary.split(",")}

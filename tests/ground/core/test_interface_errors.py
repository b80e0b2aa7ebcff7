"""When a page cannot be shown: what happened, why, what next; a number, no stack; the warnings stay."""

import logging
import re

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from config.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.models import Platform
from lianxin.ground.core.views import errors


def raising(exception):
    def view(request):
        raise exception

    return view


class TooSoon(RuleError):
    status = 429


urlpatterns = [
    path("broken/", raising(ZeroDivisionError("a secret of the inside"))),
    path("barred/", raising(PermissionDenied("“授权”由安全管理员来做。"))),
    path("barred-silently/", raising(PermissionDenied())),
    path("ruled/", raising(RuleError("这条意见已于6月3日答复，不能再次答复。"))),
    path("soon/", raising(TooSoon("请过一会儿再试。"))),
    path("big/", raising(RequestDataTooBig())),
    path("odd/", raising(SuspiciousOperation())),
    path("post-only/", require_POST(lambda request: HttpResponse())),
    path("form/", csrf_protect(lambda request: HttpResponse())),
    *urlpatterns,
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def make_platform(**facts):
    told = {"name": "样例县人大", "preset": "x", "county_code": "000000", "created_at": now()}
    return Platform.objects.create(**told | facts)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere/", 404, "没有这一页"),
        ("/barred/", 403, "“授权”由安全管理员来做。"),
        ("/barred-silently/", 403, "您的账号没有这项权限"),
        ("/ruled/", 409, "这条意见已于6月3日答复，不能再次答复。"),
        ("/soon/", 429, "请过一会儿再试。"),
        ("/big/", 413, "送来的内容太大了"),
        ("/odd/", 400, "没看懂"),
        ("/post-only/", 405, "这个地址不能这样打开"),
        ("/broken/", 500, "出错了，是我们的问题"),
    ],
)
def test_every_refusal_is_told_in_words(client, address, status, words):
    page = client.get(address)
    assert page.status_code == status
    assert words in page.content.decode()
    assert 'href="/"' in page.content.decode()


def test_a_failure_gives_the_number_that_the_log_has(client, caplog):
    with caplog.at_level(logging.ERROR, logger="lianxin.failures"):
        page = client.get("/broken/").content.decode()
    number = re.search(r"\b[2-9A-Z]{3}-[2-9A-Z]{3}\b", page)[0]
    [record] = [record for record in caplog.records if record.name == "lianxin.failures"]
    assert number in record.getMessage()
    assert record.exc_info[0] is ZeroDivisionError


def test_a_failure_shows_nothing_of_the_inside(client):
    page = client.get("/broken/").content.decode()
    assert "secret" not in page
    assert "Traceback" not in page


def test_two_failures_have_two_numbers(client):
    assert client.get("/broken/").content != client.get("/broken/").content


def test_the_warnings_stand_on_error_pages(client):
    make_platform(is_demo=True, is_rehearsal=True)
    for address in ("/nowhere/", "/broken/", "/barred/"):
        page = client.get(address).content.decode()
        assert "虚构人员 made-up people" in page
        assert "演练平台" in page


def test_an_error_page_needs_no_database(client, monkeypatch):
    make_platform(is_demo=True)
    client.get("/")

    def fail():
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(Platform, "current", staticmethod(fail))
    page = client.get("/broken/")
    assert page.status_code == 500
    assert "虚构人员" in page.content.decode()


def test_a_form_without_its_token_is_told_in_plain_words():
    page = Client(enforce_csrf_checks=True).post("/form/")
    assert page.status_code == 403
    assert "请退回上一页刷新，再寄一次" in page.content.decode()


def test_htmx_gets_the_reason_alone(client):
    for address in ("/ruled/", "/barred/", "/broken/"):
        page = client.get(address, headers={"hx-request": "true"}).content.decode()
        assert page.startswith("<p>")
        assert "<html" not in page


def test_a_reason_is_never_taken_for_markup(client, rf):
    request = rf.get("/")
    assert "<b>" not in errors.page(request, 403, "<b>x</b>").content.decode()


def test_what_may_be_asked_is_said(client):
    assert client.get("/post-only/").headers["Allow"] == "POST"


def test_error_pages_speak_the_readers_language(client):
    page = client.get("/broken/", headers={"accept-language": "en"}).content.decode()
    assert "Something went wrong on our side" in page


WORDS = "灯杆上周换了，线还没有接。\n等供电所周三来接线。"


@pytest.mark.parametrize(
    ("address", "status"), [("/ruled/", 409), ("/barred/", 403), ("/broken/", 500), ("/odd/", 400), ("/soon/", 429)]
)
def test_what_was_written_into_a_form_that_is_refused_is_there_to_be_copied(client, address, status):
    answer = client.post(
        address, {"text": WORDS, "title": "灯", "number": "13800001234-0717", "password": "三个字以上的密码很长"}
    )
    page = answer.content.decode()
    assert answer.status_code == status
    assert re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page) == [WORDS]
    assert "离开这一页以前先复制下来" in page


def test_what_another_site_sends_is_shown_nowhere():
    browser = Client(enforce_csrf_checks=True)
    for address in ("/ruled/", "/form/", "/nowhere/"):
        assert "周三来接线" not in browser.post(address, {"text": WORDS}).content.decode()


def test_where_nothing_was_written_nothing_is_said_of_it(client):
    assert (
        "<textarea"
        not in client.post("/ruled/", {"text": "好", "pk": "01a2032f-f432-709e-b3c7-fc303a5b019e"}).content.decode()
    )


def test_what_cannot_be_read_is_refused_in_words(client):
    answer = client.generic("POST", "/ruled/", b"text=\xd6\xd0", "application/x-www-form-urlencoded; charset=gb18030")
    assert answer.status_code == 409
    assert "<textarea" not in answer.content.decode()

"""What the form for telling gains where scripts run: a voice is recorded in the page, and a dead line costs no words."""

import pytest
from playwright.sync_api import Page, expect

from lianxin.ground.documents.models import File
from tests.affairs.opinions.builders import Office
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)

REFUSED = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));"
NO_RECORDER = "delete window.MediaRecorder;"


@pytest.fixture
def telling(visit, server):
    """The step of the words, opened on a phone; with a script that runs before the page's own."""
    village = Office().village

    def start(before: str = "", **options: object) -> Page:
        browser = visit(viewport=PHONE, **options)
        if before:
            browser.context.add_init_script(before)
        page = browser.open(f"/tell/?region={village.pk}")
        page.get_by_role("button", name="下一步").click()
        page.wait_for_url("**/what/")
        return page

    return start


def record(page: Page) -> None:
    page.get_by_role("button", name="录一段").click()
    expect(page.get_by_role("timer")).to_have_text("0:01")


def chosen(page: Page) -> list[str]:
    return page.locator("[name=voice]").evaluate("field => [...field.files].map(file => file.type)")


def test_a_voice_is_recorded_heard_and_sent(telling):
    page = telling()
    record(page)
    page.get_by_role("button", name="说完了，停").click()
    expect(page.get_by_role("status").filter(has_text="录好了")).to_be_visible()
    assert chosen(page) == ["audio/webm"]
    assert page.locator("[data-sound]").evaluate("async sound => { await sound.play(); return !sound.paused; }")

    page.get_by_role("button", name="下一步").click()

    page.wait_for_url("**/subject/")
    kept = File.objects.get()
    assert (kept.kind, kept.media_type, kept.size > 1000) == ("voice", "audio/webm", True)
    assert kept.content().startswith(b"\x1aE\xdf\xa3")


def test_a_recording_is_thrown_away_and_made_anew(telling):
    page = telling()
    record(page)
    page.get_by_role("button", name="说完了，停").click()
    page.get_by_role("button", name="删去录音").click()
    assert chosen(page) == []
    expect(page.get_by_role("button", name="录一段")).to_be_focused()


def test_who_presses_on_while_it_records_loses_nothing(telling):
    page = telling()
    record(page)
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url("**/subject/")
    assert File.objects.get().kind == "voice"


def test_a_refused_microphone_is_told_and_a_file_can_be_chosen(telling):
    page = telling(REFUSED)
    page.get_by_role("button", name="录一段").click()
    expect(page.get_by_text("没有拿到麦克风")).to_be_visible()
    expect(page.get_by_label("录音", exact=False).and_(page.locator("input"))).to_be_visible()


@pytest.mark.parametrize("browser", [{"before": NO_RECORDER}, {"java_script_enabled": False}])
def test_without_a_recorder_a_file_is_chosen(telling, browser):
    page = telling(**browser)
    expect(page.get_by_role("button", name="录一段")).to_be_hidden()
    expect(page.locator("[name=voice]")).to_be_visible()


def test_what_is_written_while_there_is_no_line_stays_and_is_sent_when_there_is(telling):
    page = telling()
    page.get_by_label("您的话").fill("河堤上没有护栏。")
    page.context.set_offline(True)
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_text("现在连不上网")).to_be_visible()
    expect(page.get_by_label("您的话")).to_have_value("河堤上没有护栏。")
    page.context.set_offline(False)
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url("**/subject/")


def test_a_page_pressed_twice_while_the_line_is_tried_goes_once(telling):
    page, sent = telling(), []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_label("您的话").fill("河堤上没有护栏。")
    page.get_by_role("button", name="下一步").dblclick()
    page.wait_for_url("**/subject/")
    assert [url.rpartition("/tell/")[2] for url in sent] == ["what/"]

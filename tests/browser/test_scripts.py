"""What scripts add, and that nothing is lost without them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import pages
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.urls("tests.browser.pages")


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    pages.kept.clear()


def test_large_type_comes_at_once_and_stays(visit):
    page = visit(viewport=PHONE).open("/")
    with page.expect_request("**/preferences/"):
        page.get_by_role("button", name="大字").click()
    assert page.evaluate("document.documentElement.dataset.type") == "large"
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(200)
    page.reload()
    assert page.evaluate("document.documentElement.dataset.type") == "large"


def test_the_light_is_changed_and_changed_back(visit):
    page = visit(color_scheme="light").open("/")
    page.get_by_role("button", name="换成深色").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(25, 22, 19)"
    expect(page.get_by_role("button", name="换成浅色")).to_be_focused()
    page.get_by_role("button", name="换成浅色").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(250, 246, 239)"


def test_the_device_decides_until_somebody_chooses(visit):
    page = visit(color_scheme="dark").open("/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(25, 22, 19)"
    page.get_by_role("button", name="换成浅色").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(250, 246, 239)"


@pytest.mark.parametrize("button", ["大字", "换成深色"])
def test_display_is_chosen_without_javascript(visit, button):
    page = visit(java_script_enabled=False, viewport=PHONE, color_scheme="light").open("/find/?q=x")
    page.get_by_role("button", name=button).click()
    assert page.url.endswith("/find/?q=x")
    root = page.locator("html")
    expect(root).to_have_attribute("data-type" if button == "大字" else "data-theme", re.compile("large|dark"))


def test_the_language_is_chosen_without_javascript(visit):
    page = visit(java_script_enabled=False).open("/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Talk to your deputy")
    page.get_by_role("button", name="繁體中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("有事，找代表")
    expect(page.get_by_role("heading", name="說了以後會怎樣")).to_be_visible()


def test_the_menu_opens_without_javascript(visit, everybody):
    page = visit(java_script_enabled=False).sign_in(everybody).open("/me/")
    page.locator("details.menu > summary").click()
    page.get_by_role("link", name="会场").click()
    assert page.url.endswith("/hall/")


def test_a_letter_is_sent_and_taken_back_without_javascript(visit, everybody):
    page = visit(java_script_enabled=False).sign_in(everybody).open("/try/")
    page.get_by_label("姓名").fill("甲")
    page.get_by_role("button", name="寄出").click()
    expect(page.get_by_text("已寄出：甲")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    assert pages.kept == []


def test_mistakes_come_back_in_place_and_are_looked_at(visit, everybody):
    one = visit().sign_in(everybody)
    page = one.open("/try/")
    page.get_by_role("button", name="寄出").click()
    expect(page.locator("[data-mistakes]")).to_be_focused()
    assert page.url.endswith("/try/")
    page.get_by_label("姓名").fill("乙")
    page.get_by_role("button", name="寄出").click()
    expect(page.locator("#said")).to_have_text("乙")
    one.complaints.clear()  # the browser names the 422 itself


@pytest.mark.parametrize(
    ("act", "words"), [("failing", "出错了|没有存上"), ("barred", "“寄信”由代表来做。"), ("slow", "太快了")]
)
def test_what_was_refused_is_told_and_nothing_is_swapped(visit, everybody, act, words):
    one = visit().sign_in(everybody)
    page = one.open("/try/")
    page.get_by_role("button", name=act).click()
    expect(page.locator("#toasts .toast")).to_have_text(re.compile(words))
    expect(page.locator("#letter")).to_be_visible()
    page.get_by_role("button", name="知道了").click()
    expect(page.locator("#toasts .toast")).to_have_count(0)
    one.complaints.clear()


def test_a_lost_network_is_told(visit, everybody):
    one = visit().sign_in(everybody)
    page = one.open("/try/")
    one.context.set_offline(True)
    page.get_by_role("button", name="slow").click()
    expect(page.locator("#toasts .toast")).to_contain_text("没有连上")
    one.complaints.clear()


@pytest.mark.parametrize("address", ["/try/", "/try/?plain=yes"])
def test_a_form_pressed_twice_is_sent_once(visit, everybody, address):
    page = visit().sign_in(everybody).open(address)
    page.get_by_label("姓名").fill("丙")
    page.get_by_role("button", name="寄出").dblclick()
    expect(page.locator("#said")).to_have_text("丙")
    page.wait_for_timeout(300)
    assert pages.kept == ["丙"]


def test_a_form_may_be_sent_again_after_its_answer(visit, everybody):
    page = visit().sign_in(everybody).open("/try/")
    for name, said in (("丁", "丁"), ("戊", "丁、戊")):
        page.get_by_label("姓名").fill(name)
        page.get_by_role("button", name="寄出").click()
        expect(page.locator("#said")).to_have_text(said)


def test_an_undo_counts_down_and_goes(visit, everybody):
    page = visit().sign_in(everybody).open("/try/")
    page.evaluate(
        """() => {
          const toast = document.createElement('div');
          toast.className = 'toast';
          toast.dataset.seconds = '1';
          toast.innerHTML = '<span>x</span><span data-left="还有{n}秒"></span>';
          document.querySelector('#part').append(toast);
          document.dispatchEvent(new CustomEvent('htmx:afterSettle', {detail: {elt: document.body}}));
        }"""
    )
    expect(page.get_by_text("还有1秒")).to_be_visible()
    expect(page.get_by_text("还有1秒")).to_have_count(0, timeout=3000)


def test_a_dialog_opens_over_the_page_and_gives_the_keyboard_back(visit):
    page = visit().open("/styleguide/")
    opener = page.get_by_role("link", name="打开对话")
    opener.click()
    expect(page.get_by_role("dialog", name="把3件并成1件？")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_menu_shuts_when_one_looks_elsewhere(visit, everybody):
    page = visit().sign_in(everybody).open("/me/")
    page.locator("details.menu > summary").click()
    page.get_by_role("heading", level=1).click()
    assert page.locator("details.menu").get_attribute("open") is None
    page.locator("details.menu > summary").click()
    page.keyboard.press("Escape")
    expect(page.locator("details.menu > summary")).to_be_focused()


def test_a_slash_leads_to_the_search(visit):
    page = visit().open("/styleguide/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_a_file_may_be_dropped_on_the_frame(visit):
    page = visit().open("/styleguide/")
    dropped = page.evaluate_handle(
        """() => {
          const files = new DataTransfer();
          files.items.add(new File(["x"], "roster.xlsx"));
          return files;
        }"""
    )
    frame = page.locator("[data-drop]", has=page.locator("#id_a-photo"))
    frame.dispatch_event("dragover", {"dataTransfer": dropped})
    assert "is-over" in frame.get_attribute("class")
    frame.dispatch_event("drop", {"dataTransfer": dropped})
    assert page.evaluate("document.getElementById('id_a-photo').files[0].name") == "roster.xlsx"
    assert "is-over" not in frame.get_attribute("class")


def test_what_is_folded_prints_all_the_same(visit):
    page = visit().open("/")
    folded = "<details><summary>市级代表</summary><p id='folded'>谭秋实</p></details>"
    page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", folded)
    can_be_seen = "document.getElementById('folded').checkVisibility()"
    assert not page.evaluate(can_be_seen)
    page.emulate_media(media="print")
    assert page.evaluate(can_be_seen)
    is_open = "document.getElementById('folded').parentElement.open"
    assert page.evaluate(f"dispatchEvent(new Event('beforeprint')) && {is_open}")
    assert not page.evaluate(f"dispatchEvent(new Event('afterprint')) && {is_open}")


def test_what_is_folded_prints_and_is_folded_again(visit):
    page = visit().open("/people/")
    folded = "document.querySelectorAll('main details:not([open])').length"
    assert page.evaluate(folded)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.evaluate(folded)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(folded)

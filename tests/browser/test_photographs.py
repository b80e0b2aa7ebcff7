"""Every page in every dress: nothing runs off the side, nothing is too small, and a picture of each is kept.

The pictures lie in build/photographs; look at them after changing the look.
"""

from pathlib import Path

import pytest

from tests.browser.conftest import DESK, DOOR_PAGES, OPEN_PAGES, PHONE

KEPT = Path(__file__).resolve().parents[2] / "build" / "photographs"
DRESSES = {
    "phone": (PHONE, {}),
    "desk": (DESK, {}),
    "phone-dark": (PHONE, {"lianxin_theme": "dark"}),
    "phone-large": (PHONE, {"lianxin_type": "large"}),
    "desk-large": (DESK, {"lianxin_type": "large"}),
    "phone-english": (PHONE, {"lianxin_language": "en"}),
    "phone-traditional": (PHONE, {"lianxin_language": "zh-hant"}),
}
TOO_SMALL = """(least) => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  while (words.nextNode()) {
    const e = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !e.checkVisibility() || e.closest('svg, .sr')) continue;
    if (parseFloat(getComputedStyle(e).fontSize) < least - 0.01) small.add(e.outerHTML.slice(0, 100));
  }
  return [...small];
}"""
TOO_LOW = """(least) => {
  const targets = document.querySelectorAll('.btn, .icon-btn, .toggle, .go, .nav a, .tabs a, .menu > summary, .choice, .tick, .input');
  return [...targets].filter(e => e.checkVisibility() && e.getBoundingClientRect().height < least - 0.5)
    .filter(e => !e.closest('.foot__links')).map(e => `${e.getBoundingClientRect().height} ${e.outerHTML.slice(0, 100)}`);
}"""


def photograph(page, name):
    KEPT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=KEPT / f"{name}.png", full_page=True)


def name_of(path):
    return path.strip("/").replace("/", "-") or "home"


def faults(page, dress):
    """What is wrong with the page in this dress."""
    is_large, is_phone = dress.endswith("large"), dress.startswith("phone")
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found = [f"runs {width} px off the side"] if width > 0 else []
    found += [f"type too small: {tag}" for tag in page.evaluate(TOO_SMALL, 18 if is_large else 14)]
    least = 60 if is_large else 44 if is_phone else 36
    return found + [f"target too low: {tag}" for tag in page.evaluate(TOO_LOW, least)]


@pytest.mark.parametrize("dress", DRESSES)
def test_every_page_fits_in_every_dress(visit, everybody, dress):
    viewport, cookies = DRESSES[dress]
    one = visit(viewport=viewport).keep(**cookies)
    wrong = {}
    for path in OPEN_PAGES:
        page = one.open(path)
        photograph(page, f"{name_of(path)}-{dress}")
        wrong[path] = faults(page, dress)
    one.sign_in(everybody)
    for path in DOOR_PAGES:
        page = one.open(path)
        photograph(page, f"{name_of(path)}-{dress}")
        wrong[path] = faults(page, dress)
    assert {path: found for path, found in wrong.items() if found} == {}


def test_a_printed_page_shows_the_matter_and_the_warning_alone(visit, everybody):
    page = visit().sign_in(everybody).open("/lead/")
    page.emulate_media(media="print")
    photograph(page, "lead-print")
    shown = page.evaluate(
        "[...document.body.children].filter(e => e.checkVisibility()).map(e => e.className || e.tagName)"
    )
    assert shown[0] == "warning"
    assert "bar" not in shown
    assert "foot" not in shown
    assert page.locator("main").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('body > .warning')).display") == "table-header-group"
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()") == "#fff"


def test_the_style_guide_shows_the_paper_on_the_screen(visit):
    page = visit().open("/styleguide/?paper=yes")
    photograph(page, "styleguide-paper")
    assert not page.locator("header.bar").is_visible()
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("width", [360, 1440])
def test_the_style_guide_shows_itself_at_a_width(visit, width):
    page = visit().open(f"/styleguide/frame/?width={width}&theme=dark&type=large&language=zh-hant")
    frame = page.frames[1]
    frame.wait_for_load_state()
    assert frame.evaluate("innerWidth") == width
    assert frame.evaluate("document.documentElement.dataset.theme") == "dark"
    assert frame.locator("h1").inner_text() == "樣式"


def test_no_other_site_may_frame_a_page(visit):
    page = visit().open("/preferences/")
    answer = page.request.get(page.url)
    assert answer.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]

"""The keyboard reaches everything, and one always sees where one is."""

import pytest

from tests.browser.conftest import DESK, DOOR_PAGES, OPEN_PAGES, PHONE

MARK = """() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
  const seen = all.filter(e => !e.disabled && e.type !== 'hidden' && e.checkVisibility() && e.tabIndex >= 0);
  const groups = new Set();
  const reached = seen.filter(e => {
    if (e.type !== 'radio') return true;
    const group = (e.form ? e.form.action : '') + e.name;
    return !groups.has(group) && groups.add(group);
  });
  const radios = seen.filter(e => e.type === 'radio');
  reached.forEach((e, n) => e.dataset.reach = n);
  radios.forEach(e => {
    const first = radios.find(o => o.name === e.name && o.form === e.form);
    e.dataset.reach = first.dataset.reach ?? e.dataset.reach;
  });
  return reached.map(e => e.outerHTML.slice(0, 120));
}"""
WATCH = """() => {
  window.stops = [];
  window.onkeyup = () => window.stops.push(where());
  const where = () => {
    const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    const covered = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
    return {
      reach: e.dataset.reach,
      tag: e.outerHTML.slice(0, 120),
      outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
      inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      uncovered: e === document.body || !covered || e.contains(covered) || covered.contains(e),
    };
  };
}"""  # in the page: to ask it after each key would take twice as long


DAYS = """3 * document.querySelectorAll('input[type=date]').length
  + 6 * document.querySelectorAll('input[type=datetime-local]').length"""  # more stops: month, day and calendar, hour, minute, half


def walk(page):
    """What there is to reach, and where the tabulator key led."""
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    there = page.evaluate(MARK)
    page.evaluate(WATCH)
    for _press in range(len(there) + 3 + page.evaluate(DAYS)):
        page.keyboard.press("Tab")
    return there, page.evaluate("window.stops")


def lost(there, stops):
    reached = {int(stop["reach"]) for stop in stops if stop["reach"]}
    missed = [f"not reached: {tag}" for number, tag in enumerate(there) if number not in reached]
    stops = [stop for stop in stops if stop["reach"]]
    unseen = [f"focus is not seen: {stop['tag']}" for stop in stops if not stop["outlined"]]
    away = [f"out of sight: {stop['tag']}" for stop in stops if not (stop["inside"] and stop["uncovered"])]
    return missed + unseen + away


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_keyboard_reaches_everything_on_public_pages(visit, viewport):
    one = visit(viewport=viewport)
    assert {path: found for path in OPEN_PAGES if (found := lost(*walk(one.go_on(path))))} == {}


def test_the_keyboard_reaches_everything_behind_the_doors(visit, everybody):
    one = visit(viewport=DESK).sign_in(everybody)
    assert {path: found for path in DOOR_PAGES if (found := lost(*walk(one.go_on(path))))} == {}


def test_the_first_stop_leads_past_the_bar(visit):
    page = visit().open("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_menu_is_used_by_keyboard_alone(visit, everybody):
    page = visit().sign_in(everybody).open("/me/")
    page.locator("details.menu > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/desk/")


def test_what_cannot_be_reached_is_seen(visit):
    page = visit().open("/preferences/")
    page.evaluate("document.querySelector('main button').tabIndex = -1")
    there, stops = walk(page)
    page.evaluate("document.querySelector('main button').tabIndex = 0")
    assert lost([*there, "a button"], stops) == ["not reached: a button"]

"""axe-core finds nothing serious: on every door, in each light and size."""

from pathlib import Path

import pytest

from tests.browser.conftest import DESK, DOOR_PAGES, OPEN_PAGES, PHONE

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
MISSING = "axe-core is missing. Install it: npm ci --ignore-scripts"
MODES = {
    "light": {"lianxin_theme": "light"},
    "dark": {"lianxin_theme": "dark"},
    "large": {"lianxin_theme": "light", "lianxin_type": "large"},
}
ASIDE = {"bypass_csp": True}  # axe styles the page it looks at, which the page's policy refuses
GRAVE = ("serious", "critical")


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        pytest.fail(MISSING)
    return AXE.read_text()


def grave(page, axe):
    """What axe finds that would keep somebody out, each with the element it found."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)")
    return [
        f"{fault['id']}: {node['target']} {node['html'][:160]}"
        for fault in found
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]


def faults(one, paths, axe):
    return {path: found for path in paths if (found := grave(one.go_on(path), axe))}


@pytest.mark.parametrize("mode", MODES)
def test_public_pages_keep_nobody_out(visit, axe, mode):
    assert faults(visit(viewport=PHONE, **ASIDE).keep(**MODES[mode]), OPEN_PAGES, axe) == {}


@pytest.mark.parametrize("mode", MODES)
def test_doors_keep_nobody_out(visit, everybody, axe, mode):
    assert faults(visit(viewport=DESK, **ASIDE).keep(**MODES[mode]).sign_in(everybody), DOOR_PAGES, axe) == {}


@pytest.mark.parametrize("mode", MODES)
def test_error_pages_keep_nobody_out(visit, axe, mode):
    one = visit(viewport=PHONE, **ASIDE).keep(**MODES[mode])
    assert grave(one.open("/no-such-page/"), axe) == []
    one.complaints.clear()  # the browser says 404 itself


def test_an_open_menu_and_an_open_dialog_keep_nobody_out(visit, everybody, axe):
    one = visit(viewport=PHONE, **ASIDE).sign_in(everybody)
    page = one.open("/styleguide/")
    page.click("details.menu > summary")
    assert grave(page, axe) == []
    page.keyboard.press("Escape")
    page.click("[data-opens]")
    assert grave(page, axe) == []


def test_axe_sees_what_is_wrong(visit, axe):
    one = visit(**ASIDE)
    page = one.open("/preferences/")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=x><input>'")
    assert len(grave(page, axe)) >= 2
    one.complaints.clear()

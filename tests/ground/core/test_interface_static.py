"""The stylesheet: one file, light enough for a weak network, readable in every light."""

import gzip
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.test import override_settings

from lianxin.ground.core.static_files import whole
from tests.contracts.sources import files

MOST_BYTES = 12 * 1024
TEXT = ("--ink", "--ink-2", "--ink-3", "--red", "--ochre", "--pine", "--dai")
GROUNDS = ("--paper", "--surface", "--sunken")
PAIRS = [
    *[(text, ground) for text in TEXT[:3] for ground in GROUNDS],
    *[(text, ground) for text in TEXT[3:] for ground in GROUNDS[:2]],
    *[("--red", "--red-wash"), ("--ochre", "--ochre-wash"), ("--pine", "--pine-wash"), ("--dai", "--dai-wash")],
    *[("--ink", wash) for wash in ("--red-wash", "--ochre-wash", "--pine-wash", "--dai-wash")],
    *[("--on-red", "--red-fill"), ("--on-red", "--red-deep"), ("--on-late", "--late")],
]
EDGES = [("--line-strong", ground) for ground in GROUNDS] + [("--focus", ground) for ground in GROUNDS]


def source(name):
    with open(finders.find(f"core/{name}")) as file:
        return file.read()


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Static files as an office serves them."""
    root = tmp_path_factory.mktemp("static")
    backends = settings.STORAGES | {"staticfiles": {"BACKEND": "lianxin.ground.core.static_files.OneStylesheetStorage"}}
    with override_settings(STATIC_ROOT=root, STORAGES=backends):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def test_everybody_gets_one_stylesheet_and_it_is_light(collected):
    [file] = [file for file in collected.glob("core/look.*.css") if file.name != "look.css"]
    text = file.read_text()
    assert "@import" not in text
    assert "/*" not in text
    assert ".thread" in text
    assert re.search(r"@media print \{\n.*@page", text, re.DOTALL)
    assert len(gzip.compress(text.encode())) <= MOST_BYTES


def test_it_is_kept_compressed(collected):
    assert list(collected.glob("core/look.*.css.gz"))


def test_a_part_that_is_not_there_is_named(tmp_path):
    with pytest.raises(KeyError, match=r"look/lost\.css"):
        whole('@import "look/lost.css";\n', "core/look.css", {})


def test_parts_lie_in_the_order_of_their_imports(tmp_path):
    (tmp_path / "a.css").write_text("a{}\n")
    (tmp_path / "b.css").write_text("b{}\n")
    storage = FileSystemStorage(tmp_path)
    paths = {"x/a.css": (storage, "a.css"), "x/b.css": (storage, "b.css")}
    assert whole('@import "b.css";\n@import "a.css" print;\n', "x/c.css", paths) == "b{}\n\n@media print {\na{}\n}\n\n"


def tokens(theme):
    """Every token of one light, by name."""
    css = source("look/tokens.css")
    light = re.search(r":root \{(.*?)\n  \}", css, re.DOTALL)[1]
    found = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", light))
    if theme == "dark":
        found |= dict(re.findall(r"(--[\w-]+):\s*([^;]+);", dark_blocks()[0]))
    return found


def dark_blocks():
    css = source("look/tokens.css")
    by_device = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', css, re.DOTALL)[1]
    by_choice = re.search(r':root\[data-theme="dark"\] \{(.*?)\}', css, re.DOTALL)[1]
    return by_device, by_choice


def test_dark_by_device_is_dark_by_choice():
    by_device, by_choice = (re.sub(r"\s+", " ", block) for block in dark_blocks())
    assert by_device == by_choice


def test_no_colour_is_invented_outside_the_tokens():
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl|hwb)a?\(")
    sheets = [(name, re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)) for name, css in files("*.css", under="lianxin/")]
    own = [
        (name, css)
        for name, css in sheets
        if not name.endswith(("look/tokens.css", "look/print.css", "slip.css", "sheet.css"))
    ]
    assert [f"{name}: {found[0]}" for name, css in own for found in colour.finditer(css)] == []


def luminance(colour):
    colour = colour.lstrip("#")
    pairs = [c * 2 for c in colour] if len(colour) == 3 else [colour[i : i + 2] for i in (0, 2, 4)]
    red, green, blue = (
        value / 12.92 if (value := int(pair, 16) / 255) <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for pair in pairs
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_right():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_is_readable_on_its_ground(theme):
    colour = tokens(theme)
    assert {pair for pair in PAIRS if contrast(colour[pair[0]], colour[pair[1]]) < 4.5} == set()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_edge_of_a_control_is_seen(theme):
    colour = tokens(theme)
    assert {pair for pair in EDGES if contrast(colour[pair[0]], colour[pair[1]]) < 3} == set()


def test_large_type_is_large():
    large = re.search(r'\[data-type="large"\],.*?\{(.*?)\}', source("look/tokens.css"), re.DOTALL)[1]
    sizes = {name: float(size) * 16 for name, size in re.findall(r"--(t-\w+): ([\d.]+)rem", large)}
    assert min(sizes.values()) == sizes["t-xs"] == 18
    assert sizes["t-m"] == 22
    assert "--tap: 3.75rem" in large


def test_every_icon_that_is_asked_for_is_drawn():
    drawn = set(re.findall(r'<symbol id="i-([a-z]+)"', source("icons.svg")))
    asked = {
        (name, icon)
        for name, text in files("*.html", "*.py", under="lianxin/")
        for icon in re.findall(r"""{%\s*icon ["']([\w-]+)["']|\bicon=["']([\w-]+)["']""", text)
        for icon in icon
        if icon
    }
    assert len(asked) > 30
    assert {(name, icon) for name, icon in asked if icon not in drawn} == set()


def test_every_component_is_shown_in_the_style_guide():
    shown = "".join(text for name, text in files("*.html", under="lianxin/ground/core/templates/core/styleguide"))
    everywhere = "".join(text for name, text in files("*.html", under="lianxin/ground/core/templates/"))
    parts = {
        name.rsplit("/", 1)[1] for name, _text in files("*.html", under="lianxin/ground/core/templates/components")
    }
    by_tag = {"clock.html", "pair.html", "ring.html", "stat.html", "table.html"}  # drawn by tags of the same name
    by_form = {"form.html", "field.html", "field_errors.html", "meter.html"}  # drawn by {{ form }}, and by a stat
    by_page = {"bar.html", "foot_links.html", "htmx.html", "refusal.html", "toast.html", "toasts.html", "warnings.html"}
    assert {part for part in parts - by_tag - by_form - by_page if f"components/{part}" not in shown} == set()
    assert {part for part in by_page - {"refusal.html"} if f"components/{part}" not in everywhere} == set()
    assert {tag for tag in ("clock", "pair", "ring", "stat", "table") if f"{{% {tag} " not in shown} == set()
    assert "{{ form }}" in shown

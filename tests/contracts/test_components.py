"""Components stand for what pages show: every one has a page that uses it, or says that it waits for one."""

import re

from tests.contracts.sources import files

CORE = "lianxin/ground/core/templates/"
GUIDE = (CORE + "core/styleguide.html", CORE + "core/styleguide/")
COMING = CORE + "core/styleguide/coming.html"
BY_CODE = {  # drawn by a tag, by {{ form }}, or answered alone; the modules say where
    "clock": "core/templatetags/look.py",
    "ring": "core/templatetags/look.py",
    "table": "core/templatetags/look.py",
    "stat": "core/templatetags/look.py",
    "pair": "core/templatetags/look.py",
    "form": "core/forms.py",
    "field": "core/forms.py",
    "refusal": "core/views/errors.py",
}
NOTE_OF_WORDS = re.compile(r'<p class="note[^>]*>(?:{{[^}]*}}|{%[^%]*%}|[^<{])*</p>')


def components():
    return {name.rsplit("/", 1)[1].removesuffix(".html") for name, _text in files("*.html", under=CORE + "components/")}


def included(text):
    return set(re.findall(r'{%\s*include "components/(\w+)\.html"', text))


def reached(parts, inside):
    """These components and all that they include, however deep."""
    found, waiting = set(), set(parts)
    while waiting:
        part = waiting.pop()
        found.add(part)
        waiting |= inside[part] - found
    return found


def used_by_pages():
    inside = {
        name.rsplit("/", 1)[1].removesuffix(".html"): included(text)
        for name, text in files("*.html", under=CORE + "components/")
    }
    pages = [
        text
        for name, text in files("*.html", under="lianxin/")
        if "/components/" not in name and not name.startswith(GUIDE)
    ]
    return reached({part for text in pages for part in included(text)} | set(BY_CODE), inside)


def test_the_style_guide_says_which_components_wait_for_a_page():
    [(_name, coming)] = files("coming.html", under=COMING)
    assert components() - used_by_pages() == included(coming)


def test_what_code_draws_is_drawn_by_that_code():
    code = dict(files("*.py", under="lianxin/ground/core/"))
    assert {
        part for part, module in BY_CODE.items() if f"components/{part}.html" not in code[f"lianxin/ground/{module}"]
    } == set()


def test_a_note_of_words_alone_is_the_component():
    assert [name for name, text in files("*.html", under="lianxin/") if NOTE_OF_WORDS.search(text)] == []


def test_a_component_within_a_component_is_found():
    assert reached({"a"}, {"a": {"b"}, "b": {"c"}, "c": set(), "d": set()}) == {"a", "b", "c"}


def test_a_note_by_hand_is_seen():
    assert NOTE_OF_WORDS.search('<p class="note note--ochre" role="alert">{% translate "有字" %}{{ day }}</p>')
    assert not NOTE_OF_WORDS.search('<p class="note">{% translate "有字" %} <b>{{ word }}</b></p>')

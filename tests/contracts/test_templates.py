"""Templates carry no script and no style of their own: the browser is told to refuse both."""

import re

from tests.contracts.sources import files

OPENING_TAG = re.compile(r"<[a-zA-Z][^>]*>", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
INLINE = re.compile(r"""\s(style|on[a-z]+)\s*=|href\s*=\s*["']?\s*javascript:""", re.IGNORECASE)
ALLOWED_TAGS = {"if", "for", "include"}


def templates():
    for name, text in files("*.html", under="lianxin/"):
        yield name, COMMENT.sub("", text)


def inline(text):
    """Every opening tag with a style or a handler, every <style>, and every <script> without a source."""
    for tag in OPENING_TAG.findall(text):
        name = re.match(r"<(\w+)", tag).group(1).lower()
        is_code = name == "script" and not re.search(r"\ssrc\s*=", tag) and "application/json" not in tag
        if INLINE.search(tag) or name == "style" or is_code:
            yield tag


def test_there_are_templates_to_look_at():
    assert len(list(templates())) > 5


def test_no_template_carries_script_or_style():
    assert [f"{name}: {tag}" for name, text in templates() for tag in inline(text)] == []


def test_nothing_comes_from_another_server():
    outside = re.compile(r"""(src|href|action)\s*=\s*["'](https?:)?//""")
    assert [name for name, text in templates() if outside.search(text)] == []


def test_what_people_typed_is_never_trusted_as_markup():
    assert [name for name, text in templates() if re.search(r"\|\s*safe\b|autoescape\s+off", text)] == []


def test_inline_code_is_seen():
    assert list(inline('<p style="x">'))
    assert list(inline('<a onclick="x()">'))
    assert list(inline("<script>x</script>"))
    assert list(inline("<style>"))
    assert not list(inline('<script type="module" src="a.js"></script>'))

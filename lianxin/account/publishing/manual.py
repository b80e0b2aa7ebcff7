"""手册 The manual: a chapter for each reader, in Markdown beside the code, in Chinese and in English.

A word of the product's own, such as the name of a button, stands in braces, in Chinese: pages show it as the reader's page does.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).parent / "chapters"
CHAPTERS: dict[str, str | Promise] = {  # a chapter for each reader
    "residents": _("居民"),
    "deputies": _("代表"),
    "keepers": _("站点和乡镇"),
    "offices": _("办公室"),
    "units": _("承办单位"),
}
STATEMENTS: dict[str, str | Promise] = {"accessibility": _("无障碍说明"), "privacy": _("怎么保护您的信息")}
WORD = re.compile(r"\{([^{}\n]+)\}")
TITLE = re.compile(r"# (.+)\n")


class Section(NamedTuple):
    """A heading of the second level, and what it is called in an address of the page."""

    anchor: str
    title: str


class Chapter(NamedTuple):
    """A chapter as a page shows it: its title, its sections, and all of it below the title."""

    title: str
    sections: list[Section]
    body: SafeString


def chapter(name: str) -> Chapter:
    """A chapter in the language of the reader. Raises KeyError."""
    if name not in CHAPTERS and name not in STATEMENTS:
        raise KeyError(name)
    return _read(name, "en" if get_language() == "en" else "zh")


def source(name: str, language: str) -> str:
    """A chapter as it is written."""
    return (FOLDER / language / f"{name}.md").read_text(encoding="utf-8")


@cache
def _read(name: str, language: str) -> Chapter:
    from markdown_it import MarkdownIt  # only whoever reads the manual needs it

    markdown = MarkdownIt("commonmark", {"html": False})  # what looks like HTML is shown as it is written
    written = WORD.sub(lambda found: escape(gettext(found[1])), source(name, language))
    title = TITLE.match(written)
    assert title, f"{name}.md begins with a title"
    tokens = markdown.parse(written[title.end() :])
    sections: list[Section] = []
    for token, inline in zip(tokens, tokens[1:], strict=False):
        if token.type == "heading_open" and token.tag == "h2":
            sections.append(Section(f"s{len(sections) + 1}", inline.content))
            token.attrSet("id", sections[-1].anchor)
    body = markdown.renderer.render(tokens, markdown.options, {})
    return Chapter(title[1], sections, mark_safe(body))  # noqa: S308 - our own words, and no HTML in them

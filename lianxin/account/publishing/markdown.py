"""正文 The words of an announcement as readers see them: Markdown, and nothing of it can reach outside of the text.

What looks like HTML is shown as it is written, pictures from elsewhere are not drawn, and links lead to pages, mail boxes
and telephones alone. A line that was typed is a line that is read, and what begins with spaces is a paragraph like any
other: so do people who know Word write. See docs/decisions/0021.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LEADS = re.compile(r"https?://|mailto:|tel:|/(?!/)|#", re.IGNORECASE)
FIRST, LAST = 2, 4  # headings: the page's own title stands above them


class Read(NamedTuple):
    """A text as it is read: as HTML, as the plain words, and the addresses it links to, one a line."""

    html: SafeString
    plain: str
    links: str


def read(text: str) -> Read:
    """A text as readers see it. Linear in its length."""
    markdown = _markdown()
    tokens = markdown.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + FIRST - 1, LAST)}"
    html = markdown.renderer.render(tokens, markdown.options, {})
    plain = "\n".join(_lines(tokens)).strip()
    return Read(mark_safe(html), plain, "\n".join(_links(tokens)))  # noqa: S308 - no HTML of theirs is in it


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # only who reads news needs it

    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    made.disable(["code", "lheading", "image", "reference"])
    made.validateLink = lambda url: bool(LEADS.match(url))  # type: ignore[method-assign]
    made.add_render_rule("link_open", _link)
    return made


def _link(renderer: Any, tokens: Sequence["Token"], index: int, options: Any, env: Any) -> str:
    tokens[index].attrSet("rel", "noopener nofollow")
    drawn: str = renderer.renderToken(tokens, index, options, env)
    return drawn


def _lines(tokens: Sequence["Token"]) -> Iterator[str]:
    """The words of each block, without what only marks them up."""
    for token in tokens:
        if token.type == "inline":
            yield "".join("\n" if "break" in part.type else part.content for part in token.children or ())
        elif token.type == "fence":
            yield token.content


def _links(tokens: Sequence["Token"]) -> Iterator[str]:
    for token in tokens:
        for part in token.children or ():
            if part.type == "link_open":
                yield str(part.attrGet("href"))

"""Bytes of unknown charset as text, and web pages as plain text."""

import re
from html.parser import HTMLParser

SAYS_SO = ("utf-16", "utf-32", "utf-7", "iso-2022", "hz")  # their bytes look like something else: believed
LATIN = (
    "",
    "us-ascii",
    "ascii",
    "iso-8859-1",
    "latin-1",
    "latin1",
    "windows-1252",
    "unknown-8bit",
)  # claimed by default
NEWER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}


def decoded(content: bytes, charset: str) -> str:
    """The text of these bytes: by what they are, where what they claim to be cannot be.

    UTF-8 is hardly ever anything else by accident; after it comes what was claimed, then the state's own GB 18030.
    """
    charset = charset.lower()
    claimed = [NEWER.get(charset, charset)] if charset not in LATIN else []
    tried = [*claimed, "utf-8", "gb18030"] if charset.startswith(SAYS_SO) else ["utf-8", *claimed, "gb18030", "latin-1"]
    for name in tried:
        try:
            return content.decode(name)
        except (UnicodeError, LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


class _Plain(HTMLParser):
    """Keeps what a reader sees."""

    HIDDEN = ("script", "style", "head", "title", "template", "noscript")
    LINES = ("p", "div", "br", "li", "tr", "table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.HIDDEN and not self.hidden:
            self.hidden = tag
        elif tag == "body":
            self.hidden = ""  # a head that nobody closed
        elif tag in self.LINES:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.hidden:
            self.hidden = ""
        elif tag in self.LINES and tag not in ("br", "hr"):
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(re.sub(r"\s+", " ", data))


def plain_of_html(html: str) -> str:
    """The words of a web page. Nothing of it is fetched, run or kept as markup."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.said).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

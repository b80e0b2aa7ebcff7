"""Traditional Chinese, by conversion of the finished page.

The product is written in Simplified Chinese. A browser that asks for `zh-hant` gets the same page with its
text converted by OpenCC's `s2tw`: the forms taught in Taiwan, which the Traditional fonts of phones and desks carry
(`s2t` would write 羣, 爲 and 麪, which few read daily). Words are not replaced (`s2twp` would turn 信息 into 資訊):
terms of law must stay the law's own. Quotation marks become 「」.

Only what is read is converted: text, and the attributes a person sees or hears. What a form would send back (values,
text areas), addresses, scripts and anything marked `translate="no"` (names of persons, codes) stay as stored.
"""

import re
from collections.abc import Callable
from functools import cache

import opencc
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

SOURCE, TRADITIONAL = "zh-hans", "zh-hant"
QUOTES = str.maketrans("“”‘’", "「」『』")
CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
TOKEN = re.compile(
    r"""<!--.*?-->"""
    r"""|<(?P<raw>script|style|textarea)\b(?:"[^"]*"|'[^']*'|[^'">])*>.*?</(?P=raw)\s*>"""
    r"""|<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*)(?P<attributes>(?:"[^"]*"|'[^']*'|[^'">])*)>""",
    re.DOTALL | re.IGNORECASE,
)
SEEN = re.compile(
    r"""(?P<before>\s(?:title|alt|placeholder|label|aria-label|aria-description|aria-valuetext|data-l)=)(?P<value>"[^"]*"|'[^']*')"""
)
AS_STORED = re.compile(r"""\stranslate=["']?no\b""", re.IGNORECASE)
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


def to_traditional(text: str) -> str:
    """The text in Traditional characters and quotation marks; its words stay the same."""
    return _converter().convert(text).translate(QUOTES) if CHINESE.search(text) else text


def convert_html(html: str) -> str:
    """The page with everything a person reads in Traditional characters, and nothing that a form sends back changed."""
    out, at, held, depth = [], 0, "", 0
    for token in TOKEN.finditer(html):
        text = html[at : token.start()]
        out.append(text if held else to_traditional(text))
        at = token.end()
        name = (token["name"] or "").lower()
        if held and name == held:
            depth += -1 if token["end"] else 1
            held = held if depth else ""
            out.append(token[0])
        elif held or not name or token["end"]:
            out.append(token[0])
        elif AS_STORED.search(token["attributes"]):
            if name not in VOID and not token["attributes"].endswith("/"):
                held, depth = name, 1
            out.append(token[0])
        else:
            out.append(SEEN.sub(lambda seen: seen["before"] + to_traditional(seen["value"]), token[0]))
    out.append(to_traditional(html[at:]))
    return "".join(out)


class TraditionalMiddleware:
    """Makes the page in Simplified Chinese and converts it when Traditional is asked for. Stands below LocaleMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, converted if it is a whole page of HTML; a stream passes as it is."""
        if getattr(request, "LANGUAGE_CODE", None) != TRADITIONAL:
            return varied(self.get_response(request))
        with translation.override(SOURCE):
            response = self.get_response(request)
        if is_page(response) and not response.streaming:
            response.content = convert_html(response.content.decode(response.charset)).encode(response.charset)
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
        response.headers["Content-Language"] = TRADITIONAL
        return varied(response)


def is_page(response: HttpResponse) -> bool:
    """Whether the response is HTML."""
    return bool(response.get("Content-Type", "").startswith("text/html"))


def varied(response: HttpResponse) -> HttpResponse:
    """The response, telling caches that a page follows its reader's cookies: language, light, size of type."""
    if is_page(response):
        patch_vary_headers(response, ["Cookie"])
    return response

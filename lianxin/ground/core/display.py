"""How somebody wants pages shown: large type, light or dark, which language. Kept in cookies, so it needs no account."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

COOKIES = {"type": "lianxin_type", "theme": "lianxin_theme", "language": settings.LANGUAGE_COOKIE_NAME}
CHOICES = {
    "type": ("normal", "large"),
    "theme": ("auto", "light", "dark"),
    "language": tuple(code for code, _name in settings.LANGUAGES),
}
HTML_LANG = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True)
class Display:
    """What was chosen: `type` normal or large, `theme` auto, light or dark, `language` a code of LANGUAGES."""

    type: str
    theme: str
    language: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Display":
        """What this browser chose; a cookie that says anything unknown counts as no choice."""
        chosen = {name: request.COOKIES.get(COOKIES[name], "") for name in ("type", "theme")}
        known = {name: value if value in CHOICES[name] else CHOICES[name][0] for name, value in chosen.items()}
        return cls(**known, language=getattr(request, "LANGUAGE_CODE", None) or translation.get_language())

    @property
    def html_lang(self) -> str:
        """The language of the page, as BCP 47 writes it."""
        return HTML_LANG.get(self.language, self.language)


def keep(response: HttpResponseBase, name: str, value: str) -> None:
    """Have the browser remember one choice for a year; raises ValueError for what is no choice."""
    if name not in CHOICES or value not in CHOICES[name]:
        raise ValueError(f"{name}={value} is no choice of display.")
    options: dict[str, Any] = {"max_age": YEAR_S, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    response.set_cookie(COOKIES[name], value, httponly=True, **options)

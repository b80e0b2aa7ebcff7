"""The manual, what is told of accessibility and of data, and where to tell of holes."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from lianxin.account.publishing import manual
from lianxin.affairs.opinions.rules import Notice, OpinionRules
from lianxin.ground.core.clock import start_of, today
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.errors import NothingInForce

TRUE_FOR = timedelta(days=180)  # RFC 9116 recommends less than a year


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """Which chapters there are, and what stands in each."""
    chapters = [(name, reader, manual.chapter(name)) for name, reader in manual.CHAPTERS.items()]
    return render(request, "publishing/help.html", {"chapters": chapters, "statements": manual.STATEMENTS.items()})


@require_safe
def chapter(request: HttpRequest, name: str) -> HttpResponse:
    """A chapter on one page, so that the browser's own search finds everything; with the notice, where it is of data."""
    try:
        found = manual.chapter(name)
    except KeyError:
        raise Http404(name) from None
    context: dict[str, Any] = {"chapter": found, "readers": manual.CHAPTERS.items(), "name": name}
    if name == "privacy" and (notice := _notice()):
        is_english = get_language() == "en" and notice.english
        context |= {"notice": notice, "paragraphs": notice.english if is_english else notice.paragraphs}
    return render(request, "publishing/chapter.html", context)


def _notice() -> Notice | None:
    """What residents are told before they agree, by the rules of today."""
    try:
        return in_force(today()).section(OpinionRules).notice
    except NothingInForce:
        return None


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116); nothing where the operator names nobody."""
    if not settings.SECURITY_CONTACT:
        raise Http404("nobody to tell")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {start_of(today() + TRUE_FOR).isoformat()}",
        "Preferred-Languages: zh, en",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

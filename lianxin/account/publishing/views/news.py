"""News and notices as everybody reads them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lianxin.account.publishing import attachments, newsfeed
from lianxin.account.publishing.counting import count
from lianxin.account.publishing.feeds import answer
from lianxin.account.publishing.models import Announcement, Call, Story, Wording
from lianxin.account.publishing.rules import rules_on
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.parts import FeedLink
from lianxin.ground.documents.serving import serve

SHOWN = 30


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What is public now, the latest first; of one category, where one is asked for."""
    rules, found = rules_on(today()), Wording.objects.public(now()).select_related("announcement__call")
    chosen = request.GET.get("category", "")
    if chosen in rules.categories:
        found = found.filter(category=chosen)
    else:
        chosen = ""
    page = page_by_key(found, ("-public_from", "-id"), request.GET, size=SHOWN)
    tabs = [{"href": reverse("publishing:news"), "label": _("全部"), "is_current": not chosen}]
    tabs += [
        {"href": f"?category={code}", "label": one.called, "is_current": code == chosen}
        for code, one in rules.categories.items()
    ]
    rows = [
        (wording, rules.category(wording.category), (call := _call(wording)) is not None and call.runs_on(today()))
        for wording in page.rows
    ]
    context = {"rows": rows, "page": page, "tabs": tabs, "feeds": [feed_link()]}
    return render(request, "publishing/news.html", context)


def _call(wording: Wording) -> Call | None:
    return getattr(wording.announcement, "call", None)


@require_safe
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One: what it says, when it was corrected and how, what goes along. What was public and is no more says so (410)."""
    found = Wording.objects.public(now()).select_related(
        "announcement__call", "announcement__result_of", "announcement__stream"
    )
    wording = found.filter(announcement=pk).first()
    if wording is None:
        return _gone(request, pk)
    context = {
        "wording": wording,
        "category": rules_on(today()).category(wording.category),
        "corrections": wording.announcement.corrections(),
        "files": list(attachments.public(wording)),
        "feeds": [feed_link()],
        **_asked(wording.announcement),
        "story": _story(wording),
        **_streamed(wording.announcement),
    }
    return render(request, "publishing/news_item.html", context)


def _streamed(announcement: Announcement) -> dict[str, Any]:
    """Where it can be watched, whether now, and whether it is over."""
    stream, at = getattr(announcement, "stream", None), now()
    return {"stream": stream, "is_live": stream.is_live(at), "stream_is_over": stream.is_over(at)} if stream else {}


def _story(wording: Wording) -> Story | None:
    """Of whom it tells, and where that ran; a query, and another where it tells of somebody."""
    found = Story.objects.filter(announcement=wording.announcement_id).select_related("person")
    return found.prefetch_related("airings").first()


def _asked(announcement: Announcement) -> dict[str, Any]:
    """What it asks and whether it can be answered now; where the result stands; or of what call it is the result."""
    call, of, day = getattr(announcement, "call", None), getattr(announcement, "result_of", None), today()
    shown: dict[str, Any] = {"result": count(of), "result_of": of} if of else {}
    if call:
        results = (
            Wording.objects.public(now()).filter(announcement=call.results_id).first() if call.results_id else None
        )
        shown |= {"call": call, "runs": call.runs_on(day), "is_over": call.is_over(day), "results": results}
        shown["prolonged"] = call.prolonged()
    return shown


def _gone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """That it is there no more; nothing of what it said. 404 for what was never public."""
    found = Announcement.objects.filter(wordings__state="published", wordings__public_from__lte=now())
    announcement = get_object_or_404(found.select_related("body"), pk=pk)
    return render(request, "publishing/news_gone.html", {"announcement": announcement}, status=410)


@require_safe
def attachment(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """What goes along with one."""
    wording = get_object_or_404(Wording.objects.public(now()), announcement=pk)
    found = get_object_or_404(attachments.public(wording), pk=file)
    return serve(found, preview="small" in request.GET)


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """What was published or corrected last. One query for who has it already."""
    return answer(request, newsfeed.latest())


def feed_link() -> FeedLink:
    """The feed of news and notices."""
    return FeedLink(_("消息"), reverse("publishing:news_feed"))

"""Where one goes after an act: back to where one was in the inbox, or to the page of the opinion."""

from typing import Any
from urllib.parse import urlsplit

from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from lianxin.affairs.opinions import inbox
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases.models import Step
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import today

STAYS = (
    "accept",
    "place",
    "privacy",
    "redact",
    "hide",
    "take_back",
    "agree",
    "refuse",
    "",
)  # acts after which one looks at the same one


def came_from(request: HttpRequest) -> str:
    """The query of the inbox that one came from, made anew of what it may hold; empty where one came from elsewhere."""
    told = request.POST.get("from", request.GET.get("from", ""))[:600]
    return cleaned(told) if told else ""


def cleaned(told: str) -> str:
    """The query of an address of the inbox, made anew."""
    query = QueryDict(told)
    return inbox.Sieve.of(query.dict()).query(after=query.get("after"), before=query.get("before"))


def go_back(request: HttpRequest, opinion: Opinion, told: str, kind: str = "") -> HttpResponse:
    """Say what was done, with a way to take it back while there is time (what has a `kind`); then on with the list."""
    toasts.tell(request, told, undo_of(opinion, request.user) if kind else "")
    if not (came := came_from(request)):
        return redirect("opinions:opinion", opinion.pk)
    behind = opinion.pk if kind in STAYS else _next(request, opinion, came)
    return redirect(f"{reverse('opinions:inbox')}?{came}{f'&open={behind}' if behind else ''}")


def where_one_was(request: HttpRequest, opinion: Opinion) -> str:
    """The list that the page before showed, with this one beside it; where it was another page, the opinion's own."""
    before = urlsplit(request.headers.get("Referer", ""))
    if before.path != reverse("opinions:inbox"):
        return opinion.get_absolute_url()
    return f"{before.path}?{cleaned(before.query)}&open={opinion.pk}"


def _next(request: HttpRequest, opinion: Opinion, came: str) -> Any:
    sieve, day = inbox.Sieve.of_text(came), today()
    rows = sieve.of_seen(Opinion.objects.visible_to(request.user), day)
    return inbox.next_after(rows, opinion, inbox.views(day)[sieve.view])


def undo_of(opinion: Opinion, user: Any) -> str:
    """The address that takes back what was just done, if it can be: nothing was done to the matter since."""
    last = Step.objects.filter(case=opinion.case_id, by_id=user.pk, edition=F("case__edition")).first()
    return reverse("opinions:undo", args=[last.pk]) if last else ""

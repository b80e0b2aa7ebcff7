"""What is shown on the front page: the latest issue."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from lianxin.account.bulletin.models import Issue
from lianxin.account.bulletin.shown import shown
from lianxin.ground.core.parts import FeedLink, Part

HEADINGS = 3


def latest(request: HttpRequest, _nothing: Any) -> Part | None:
    """The issue that came out last; nothing before the first. Two queries."""
    found = Issue.objects.issued().with_matters().first()
    if found is None:
        return None
    sheet = shown(found)
    headings = [one.heading for one in sheet.entries if one.heading][:HEADINGS]
    context = {"issue": found, "title": sheet.title, "headings": headings}
    body = render_to_string("bulletin/latest.html", context, request)
    return Part(body, FeedLink(sheet.title, reverse("bulletin:feed")))

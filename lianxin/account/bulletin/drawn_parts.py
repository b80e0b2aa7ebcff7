"""What is shown on the front page: the latest issue."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from lianxin.account.bulletin.models import Issue
from lianxin.ground.core.parts import FeedLink, Part


def latest(request: HttpRequest, _nothing: Any) -> Part | None:
    """The issue that came out last; nothing before the first. One query."""
    found = Issue.objects.issued().first()
    if found is None:
        return None
    sheet = found.sheet
    body = render_to_string("bulletin/latest.html", {"issue": found, "sheet": sheet}, request)
    return Part(body, FeedLink(sheet.title, reverse("bulletin:feed")))

"""Locked out after five wrong passwords: for a quarter of an hour, by username and address together."""

from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lianxin.ground.core.network import client_ip

FAILURES: int = settings.AXES_FAILURE_LIMIT
LASTS: timedelta = settings.AXES_COOLOFF_TIME


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """The page that says until when, and what to do. Called by axes in place of the page that was asked for."""
    until = locked_until((credentials or {}).get("username", ""), client_ip(request))
    left = max(1, int((until - timezone.now()).total_seconds()))
    page = render(request, "access/locked_out.html", {"until": until, "minutes": -(-left // 60)}, status=429)
    page.headers["Retry-After"] = str(left)
    return page


def locked_until(username: str, address: str) -> datetime:
    """When this username may be tried again from this address; now, where nothing failed lately."""
    tried = AccessAttempt.objects.filter(username=username, ip_address=address).order_by("-attempt_time").first()
    return tried.attempt_time + LASTS if tried else timezone.now()


def is_locked_anywhere(username: str) -> bool:
    """Whether some address may not try this username at the moment."""
    lately = AccessAttempt.objects.filter(username=username, attempt_time__gt=timezone.now() - LASTS)
    tried = lately.values("ip_address").annotate(failures=Sum("failures_since_start"))
    return tried.filter(failures__gte=FAILURES).exists()

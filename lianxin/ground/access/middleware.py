"""Signed out for being idle: an office screen that nobody watches closes by itself."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from lianxin.ground.access.answering import grants_of, roles

SEEN_AT = "seen_at"
KEPT_FOR_S = 60  # the moment is written at most once a minute: reading a page costs no write


class IdleExit:
    """Middleware after authentication. Real time counts, not the clock of a rehearsal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Sign out whoever did nothing for LIANXIN_IDLE_MINUTES; note everybody else's moment."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        seen_at, at = request.session.get(SEEN_AT), time.time()
        if seen_at and at - seen_at > settings.IDLE_MINUTES * 60 and not may_stay(request.user):
            return sign_out(request)
        if not seen_at or at - seen_at > KEPT_FOR_S:
            _note(request, at)
        return self.get_response(request)


def may_stay(user: Any) -> bool:
    """Whether all roles of the user are worked from one's own phone (RoleRule.may_stay_signed_in)."""
    rules, held = roles().roles, grants_of(user)
    return bool(held) and all(grant.role in rules and rules[grant.role].may_stay_signed_in for grant in held)


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the session, say why, and come back to the same page after signing in."""
    logout(request)
    messages.info(
        request,
        _("您%(minutes)d分钟没有操作，已自动退出，免得别人用您的账号。请重新登录。")
        % {"minutes": settings.IDLE_MINUTES},
    )
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "")


def _note(request: HttpRequest, at: float) -> None:
    request.session[SEEN_AT] = at
    moment = datetime.fromtimestamp(at, tz=timezone.get_current_timezone())
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=moment)

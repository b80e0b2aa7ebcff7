"""What is asked of somebody signed in: to be still there, and to have come by ways that are enough."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from lianxin.ground.access.answering import grants_of, known_roles
from lianxin.ground.access.doors import sign_in_first
from lianxin.ground.access.ways import lacks_second_step
from lianxin.ground.core.toasts import tell

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
            sign_out(request)
        elif not seen_at or at - seen_at > KEPT_FOR_S:
            _note(request, at)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Once it is known whether a form was ours: sign in first."""
        return sign_in_first(request) if getattr(request, "is_idle", False) else None


class SecondStep:
    """Middleware after authentication: whose role asks for a second step sets one up before anything else."""

    OPEN = frozenset(
        {
            "access:second_step",
            "account_logout",
            "account_reauthenticate",
            "core:healthz",
            "core:preferences",
            "mfa_activate_totp",
            "mfa_add_webauthn",
        }
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing of its own: which page is asked for is known later."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Lead to the page that sets it up; nothing that was sent elsewhere is done."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        asked = request.resolver_match.view_name if request.resolver_match else ""
        if asked in self.OPEN or not lacks_second_step(request.user):
            return None
        return redirect("access:second_step")


def may_stay(user: Any) -> bool:
    """Whether all roles of the user are worked from one's own phone (RoleRule.may_stay_signed_in)."""
    rules, held = known_roles().roles, grants_of(user)
    return bool(held) and all(grant.role in rules and rules[grant.role].may_stay_signed_in for grant in held)


def sign_out(request: HttpRequest) -> None:
    """End the session and say why. Whatever was asked for is not done, in public or not."""
    logout(request)
    why = _("您%(minutes)d分钟没有操作，已自动退出，免得别人用您的账号。请重新登录。")
    tell(request, why % {"minutes": settings.IDLE_MINUTES})
    request.is_idle = True  # type: ignore[attr-defined]


def _note(request: HttpRequest, at: float) -> None:
    request.session[SEEN_AT] = at
    moment = datetime.fromtimestamp(at, tz=timezone.get_current_timezone())
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=moment)

"""The own account: how one signs in, where one is signed in, and what one may do."""

from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as library
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lianxin.ground.access.answering import grants_of
from lianxin.ground.access.duties import duties
from lianxin.ground.access.homes import home_of
from lianxin.ground.access.passkeys import can_have_passkeys
from lianxin.ground.access.sessions import seen
from lianxin.ground.access.ways import lacks_second_step, opens
from lianxin.ground.core.toasts import tell


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Everything about the own account on one page."""
    keys = list(Authenticator.objects.filter(user=request.user).order_by("pk"))
    codes = [key for key in keys if key.type == Authenticator.Type.RECOVERY_CODES and opens(key)]
    by_type = {type: [key for key in keys if key.type == type] for type in Authenticator.Type}
    shown = {
        "passkeys": [key.wrap() for key in by_type[Authenticator.Type.WEBAUTHN]],
        "totp": next(iter(by_type[Authenticator.Type.TOTP]), None),
        "codes_left": sum(len(key.wrap().get_unused_codes()) for key in codes),
        "can_have_passkeys": can_have_passkeys(request),
        "devices": seen(request),
        "duties": duties(grants_of(request.user)),
        "home": home_of(request.user),
    }
    return render(request, "access/account.html", shown)


@require_safe
@login_required
def second_step(request: HttpRequest) -> HttpResponse:
    """Two ways to set up a second step, for who needs one before anything else; whoever lacks none is sent on."""
    if not lacks_second_step(request.user):
        return redirect("access:account")
    office = _("、").join(sorted({duty.role for duty in duties(grants_of(request.user))}))
    shown = {"roles": office, "can_have_passkeys": can_have_passkeys(request), "nav": ()}  # every page leads back here
    return render(request, "access/second_step.html", shown)


@login_required
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """The library's page; whoever has no password keeps the last passkey, or nothing would open the door."""
    user = authenticated_user(request)
    passkeys = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    if not user.has_usable_password() and not passkeys.exclude(pk=pk).exists():
        tell(request, _("这是您唯一的登录方式。请先设一个密码，再删它。"))
        return redirect("account_set_password")
    return library.remove_webauthn(request, pk=pk)


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out on one other device."""
    get_object_or_404(_others(request), pk=pk).end()
    tell(request, _("那台设备已经退出登录。"))
    return redirect("access:account")


@require_POST
@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    for session in _others(request):
        session.end()
    tell(request, _("其他设备都已经退出登录。"))
    return redirect("access:account")


def _others(request: HttpRequest) -> QuerySet[UserSession]:
    return UserSession.objects.filter(user_id=request.user.pk).exclude(session_key=request.session.session_key)

"""Signing in: the pages of django-allauth that we offer, by the names it knows them by.

Left out are those that make no sense here: nobody signs up alone, and nobody keeps a list of mail addresses.
Its overviews of second steps and sessions are one page of ours, `access:account`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import path, re_path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from lianxin.ground.access.demo import is_shared
from lianxin.ground.access.errors import SharedSignIn
from lianxin.ground.access.limits import limited
from lianxin.ground.access.views.account import remove_passkey
from lianxin.ground.access.views.entering import reset_password
from lianxin.ground.access.views.recovery_codes import GenerateRecoveryCodes, shown

View = Callable[..., HttpResponseBase]


def told(view: View) -> View:
    """A form that comes back with mistakes is 422, as everywhere on the platform."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    return answered


def own(view: View) -> View:
    """What changes a lock is not sent for a sign-in that everybody shares; raises SharedSignIn."""

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and is_shared(request.user):
            raise SharedSignIn
        return view(request, *args, **kwargs)

    return entered


overview = require_safe(login_required(RedirectView.as_view(pattern_name="access:account")))
often = limited("access.sign_in", times=60, seconds=60)
seldom = limited("access.reset_password", times=10, seconds=3600)

urlpatterns = [
    path("login/", often(told(account.login)), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", told(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", own(told(account.password_change)), name="account_change_password"),
    path("password/set/", own(told(account.password_set)), name="account_set_password"),
    path("password/reset/", seldom(told(reset_password)), name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        seldom(told(account.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
    path("2fa/", overview, name="mfa_index"),
    path("2fa/authenticate/", often(told(mfa.authenticate)), name="mfa_authenticate"),
    path("2fa/reauthenticate/", told(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", own(told(totp.activate_totp)), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", own(told(totp.deactivate_totp)), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", require_safe(shown(codes.view_recovery_codes)), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/", own(told(GenerateRecoveryCodes.as_view())), name="mfa_generate_recovery_codes"
    ),
    path(
        "2fa/recovery-codes/download/",
        require_safe(shown(codes.download_recovery_codes)),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/passkeys/", overview, name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", own(told(webauthn.add_webauthn)), name="mfa_add_webauthn"),
    path("2fa/passkeys/login/", often(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("2fa/passkeys/reauthenticate/", told(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("2fa/passkeys/<int:pk>/remove/", own(remove_passkey), name="mfa_remove_webauthn"),
    path("2fa/passkeys/<int:pk>/edit/", own(told(webauthn.edit_webauthn)), name="mfa_edit_webauthn"),
]

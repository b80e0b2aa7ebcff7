"""Coming in: by an invitation, by a forgotten password, or as a made-up person."""

from typing import Any

from allauth.account import views as library
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lianxin.ground.access import actions
from lianxin.ground.access import demo as made_up
from lianxin.ground.access.answering import grants_of
from lianxin.ground.access.duties import duties
from lianxin.ground.access.errors import InvitationSpent, NotADemo
from lianxin.ground.access.forms import sent
from lianxin.ground.access.forms.entering import CodeForm, FirstPasswordForm
from lianxin.ground.access.forms.passkeys import FirstPasskeyForm
from lianxin.ground.access.limits import limited
from lianxin.ground.access.models import Invitation, User
from lianxin.ground.access.passkeys import can_have_passkeys
from lianxin.ground.core.clock import now

OPENED = "invitation"  # which invitation this browser has shown the code of


@sensitive_post_parameters("code")
@limited("access.invitation", times=300, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """The code, which the page takes from behind the # of the link by itself where scripts run."""
    form = CodeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            opened = Invitation.of_code(form.cleaned_data["code"], at=now())
        except InvitationSpent as spent:
            form.add_error("code", str(spent))
        else:
            logout(request)
            request.session[OPENED] = str(opened.pk)
            return redirect("access:accept")
    return render(request, "access/invitation.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters("password1", "password2")
@limited("access.accept", times=300, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """A password or a passkey is set, and the person is signed in. Without an open invitation: back to the code."""
    opened = _opened(request)
    if opened is None:
        return redirect("access:invitation")
    user, asks_name = opened.user, opened.by_id is None
    by_passkey = "credential" in request.POST
    data = sent(request)
    password_form = FirstPasswordForm(user, None if by_passkey else data, asks_name=asks_name)
    passkey_form = FirstPasskeyForm(data if by_passkey else None, user=user)
    used = passkey_form if by_passkey else password_form
    if request.method == "POST" and used.is_valid():
        return _come_in(request, opened, used.cleaned_data)
    told = {
        "form": password_form,
        "passkey_form": passkey_form,
        "invited": user,
        "duties": duties(grants_of(user)),
        "can_have_passkeys": can_have_passkeys(request),
        "options": {"creation_options": begin_registration(user, passwordless=True)},
    }
    return render(request, "access/accept.html", told, status=422 if used.errors else 200)


def _opened(request: HttpRequest) -> Invitation | None:
    """The invitation that this browser has shown the code of, while it is open."""
    pk = request.session.get(OPENED)
    return Invitation.objects.open(now()).filter(pk=pk).select_related("user").first() if pk else None


def _come_in(request: HttpRequest, opened: Invitation, told: dict[str, Any]) -> HttpResponse:
    """Use the invitation up, and sign in by what was just set."""
    passkey = {"name": told["name"], "credential": told["credential"]} if "credential" in told else None
    user = actions.accept(opened, password=told.get("password1"), passkey=passkey, name=told.get("name"), at=now())
    logout(request)
    used = {"method": "mfa", "type": "webauthn", "passwordless": True} if passkey else {"method": "password"}
    record_authentication(request, user, **used, reauthenticated=True)
    return perform_login(request, Login(user=user))


def reset_password(request: HttpRequest) -> HttpResponse:
    """Where mail can be sent, the library's form; otherwise the page says who opens the door again."""
    if settings.SENDS_MAIL:
        return library.password_reset(request)
    return render(request, "access/forgotten.html", status=405 if request.method == "POST" else 200)


@limited("access.demo", times=600, seconds=3600)
@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """Sign in as a made-up person by one tap. There is no such page unless all people are made up."""
    try:
        user = made_up.may_enter_as(request.POST.get("username", ""))
    except (NotADemo, User.DoesNotExist) as refused:
        raise Http404 from refused
    logout(request)
    return perform_login(request, Login(user=user))

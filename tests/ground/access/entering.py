"""Signing in by hand: the password, then a code."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from lianxin.ground.access.models import User
from tests.ground.access.builders import PASSWORD


def code_of(secret: str, seconds: int = 0) -> str:
    """What the telephone shows now, or so many seconds later."""
    return format_hotp_value(hotp_value(secret, int(time.time() + seconds) // 30))


def password_step(client: Client, user: User) -> HttpResponse:
    """The first step."""
    return client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})


def code_step(client: Client, code: str) -> HttpResponse:
    """The second step."""
    return client.post("/accounts/2fa/authenticate/", {"code": code})


def signed_in(client: Client) -> bool:
    """Whether the door opened."""
    return "_auth_user_id" in client.session

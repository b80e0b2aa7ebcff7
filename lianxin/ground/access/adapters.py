"""What the library that signs people in asks of us: words, addresses, secrets, and where to go next."""

import base64
import logging
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.access.errors import SecretUnopenable
from lianxin.ground.access.homes import home_of
from lianxin.ground.access.kinds import Way
from lianxin.ground.access.models import User
from lianxin.ground.core import ciphers
from lianxin.ground.core.clock import now
from lianxin.ground.core.events import Ref, record
from lianxin.ground.core.models import Platform
from lianxin.ground.core.network import client_ip

log = logging.getLogger("lianxin.second_step")
PURPOSE = b"lianxin second step of signing in"
WAYS = {  # what the library would mail about
    "account/email/password_changed": Way.PASSWORD_CHANGED,
    "account/email/password_set": Way.PASSWORD_SET,
    "account/email/password_reset": Way.PASSWORD_RESET,
    "mfa/email/totp_activated": Way.TOTP_ADDED,
    "mfa/email/totp_deactivated": Way.TOTP_REMOVED,
    "mfa/email/webauthn_added": Way.PASSKEY_ADDED,
    "mfa/email/webauthn_removed": Way.PASSKEY_REMOVED,
    "mfa/email/recovery_codes_generated": Way.RECOVERY_CODES_MADE,
}
_WORDS = {
    "reauthenticate": gettext_lazy("用密码"),
    "mfa_reauthenticate": gettext_lazy("用手机验证码或恢复码"),
    "mfa_reauthenticate:webauthn": gettext_lazy("用通行密钥"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by name and password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("这个账号已经停用。"),
        "username_password_mismatch": gettext_lazy("登录名或密码不对。请看看大小写和输入法，再试一次。"),
        "incorrect_password": gettext_lazy("密码不对，请再试一次。"),
        "enter_current_password": gettext_lazy("现在的密码不对，请再试一次。"),
        "incorrect_code": gettext_lazy("验证码不对，请用手机上最新的6位数再试。"),
        "invalid_password_reset": gettext_lazy("这个链接已经用过或过期了，请重新申请。"),
        "rate_limited": gettext_lazy("次数太多了，请过几分钟再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account alone: people are invited."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counting failed passwords is the lock-out's work (lockout.py)."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address that the lock-out and the limits count by."""
        return client_ip(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The front door of who signed in."""
        return home_of(request.user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the own account."""
        return reverse("access:account")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """To the page of signing in."""
        return reverse("account_login")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The ways to prove oneself once more, in our words."""
        return [way | {"description": _WORDS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """A way to sign in was changed: that goes into the record, and nowhere else."""
        with transaction.atomic():
            facts = {"way": WAYS[template_prefix]}
            record("access.ways_changed", subject=Ref("user", user.pk), by=user.pk, at=now(), facts=facts)


class MFAAdapter(DefaultMFAAdapter):
    """The second step, and passkeys."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("验证码不对。请用验证器里最新的6位数，或者一个没用过的恢复码。"),
    }

    def get_totp_issuer(self) -> str:
        """What the authenticator app shows above the code."""
        return self._get_site_name()

    def _get_site_name(self) -> str:
        platform = Platform.current()
        return platform.name if platform else str(settings.SITE_NAME)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """通行密钥1, 通行密钥2, …: the person may write a better one."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("通行密钥%(number)d") % {"number": count + 1}

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored: whoever has only the database can neither sign in with it, nor give it to
        somebody else."""
        cipher = ciphers.in_use()
        sealed = cipher.seal(_key(cipher), text.encode(), bound_to=self._bound_to())
        return f"{cipher.name}:{base64.b64encode(sealed).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again; raises SecretUnopenable where the platform's secret key is another one, the secret another's, or
        neither of us sealed it."""
        name, _colon, sealed = encrypted_text.partition(":")
        try:
            cipher = ciphers.named(name)
            return cipher.open(_key(cipher), base64.b64decode(sealed), bound_to=self._bound_to()).decode()
        except (KeyError, ValueError, ciphers.Unopenable) as error:  # no cipher, no base64, not ours
            log.warning("a stored secret of the second step does not open: %s", type(error).__name__)
            raise SecretUnopenable from error

    def _bound_to(self) -> bytes:
        """Purpose and owner: who is signed in, or is about to be. The library does not say whose secret it hands over."""
        stage = getattr(self.request, "_login_stage", None)
        owner = stage.login.user if stage else self.request.user
        return PURPOSE + b":" + UUID(str(owner.pk)).bytes


def _key(cipher: ciphers.Cipher) -> bytes:
    return cipher.derive(settings.SECRET_KEY.encode(), PURPOSE)

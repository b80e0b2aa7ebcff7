"""Forms of signing in: the library's, with labels and help in our words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm as LibraryActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext as _

from lianxin.ground.access.actions import tell_unopenable
from lianxin.ground.access.errors import SecondStepUnopenable, TooOften
from lianxin.ground.access.limits import spend
from lianxin.ground.access.models import User, plain_username
from lianxin.ground.access.ways import SECRETS, has_way_in, opens
from lianxin.ground.core.clock import now

GUESSES = {"times": 5, "seconds": 300}  # by user: of a million codes three open, so one in 67,000 gets in
CODE_LIVES = 90  # seconds in which a code of a telephone opens: its own thirty and those before and after
PLAIN = {"autocapitalize": "none", "spellcheck": "false"}


def in_our_words(field: forms.Field, label: Any, help_text: Any = "") -> None:
    """Give a field of the library our label and help; a label stands above its field, so no placeholder repeats it."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


def count_guess(what: str, user: User) -> None:
    """Count a guess of a secret of this user; raises ValidationError after too many."""
    try:
        spend(what, str(user.pk), **GUESSES)
    except TooOften as refused:
        raise forms.ValidationError(str(refused)) from refused


def password_rules() -> str:
    """What a password must be."""
    return "".join(str(text) for text in password_validators_help_texts())


def _digits(code: str) -> str:
    """A code as it is compared: however it was grouped when it was typed."""
    return "".join(filter(str.isdigit, code))


class LoginForm(account.LoginForm):
    """登录 Name and password."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["login"], _("登录名"))
        self.fields["login"].widget.attrs |= PLAIN | {"autocomplete": "username webauthn"}
        in_our_words(self.fields["password"], _("密码"))

    def clean_login(self) -> str:
        """The username as it is kept, however it was typed: failures are counted by it."""
        return plain_username(self.cleaned_data["login"])


class NewPassword(forms.Form):
    """Labels of a new password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["password1"], _("新密码"), password_rules())
        in_our_words(self.fields["password2"], _("再写一遍新密码"))

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        cleaned = forms.Form.clean(self) or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("两次写的不一样，请再写一遍。"))
        return cleaned


class ChangePasswordForm(NewPassword, account.ChangePasswordForm):
    """换密码 The present password, and a new one."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["oldpassword"], _("现在的密码"))

    def clean_oldpassword(self) -> str:
        """Count the guess, so that somebody at an open screen does not guess on, then compare."""
        count_guess("access.old_password", self.user)
        return super().clean_oldpassword()


class SetPasswordForm(NewPassword, account.SetPasswordForm):
    """设密码 A password for somebody who has none."""


class ResetPasswordKeyForm(NewPassword, account.ResetPasswordKeyForm):
    """重设密码 A new password by a link that came by mail."""


class ResetPasswordForm(account.ResetPasswordForm):
    """忘记密码 Asks for the address to which the link goes."""

    users: list[User]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["email"], _("邮箱"), _("开通账号时登记的邮箱。"))

    def clean_email(self) -> str:
        """A link replaces a way in that is there. Who has none yet, or none any more, comes in by an invitation alone."""
        email: str = super().clean_email()
        self.users = [user for user in self.users if has_way_in(user)]
        return email


class ReauthenticateForm(account.ReauthenticateForm):
    """确认身份 The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["password"], _("密码"))


class Code(forms.Form):
    """A code of the second step. Guesses are counted by user, whatever address they come from."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["code"], _("验证码"), _("手机验证器上的6位数，或者一个恢复码。"))
        self.fields["code"].widget.attrs |= PLAIN

    def clean_code(self) -> str:
        """Count the guess, then try the code."""
        count_guess("access.code", self.user)
        return super().clean_code()  # type: ignore[misc]


class StoredCode(Code):
    """A code that is compared with what is stored; what does not open is left out, told, and never the way in."""

    authenticator: Authenticator | None = None

    def clean_code(self) -> str:
        """A code that opens, and opens for the first time, whichever process it was shown to (RFC 6238, 5.2)."""
        code = self.compared()
        if self.authenticator and self.authenticator.type == Authenticator.Type.TOTP:
            try:
                spend("access.used_code", f"{self.user.pk} {_digits(code)}", times=1, seconds=CODE_LIVES)
            except TooOften as used:
                raise forms.ValidationError(_("这个验证码已经用过了，请等手机上出现下一个。")) from used
        return code

    def compared(self) -> str:
        """The library's comparison; where something does not open, with the rest alone.

        That it does not open is no mistake of what was typed, so it is said of the whole form.
        """
        stored = list(Authenticator.objects.filter(user_id=self.user.pk, type__in=SECRETS))
        sound = [key for key in stored if opens(key)]
        if sound == stored:
            return super().clean_code()
        count_guess("access.code", self.user)
        tell_unopenable(self.user.pk, [key.type for key in stored if key not in sound], at=now())
        for key in sound:
            if key.wrap().validate_code(self.cleaned_data["code"]):
                self.authenticator = key
                return str(self.cleaned_data["code"])
        self.add_error(None, str(SecondStepUnopenable()))
        return ""


class AuthenticateForm(StoredCode, mfa.AuthenticateForm):
    """第二步 The code after the password."""


class ReauthenticateCodeForm(StoredCode, mfa.ReauthenticateForm):
    """确认身份 The code once more, before something that matters."""


class ActivateTOTPForm(Code, LibraryActivateTOTPForm):
    """开启手机验证码 The first code, as proof that the telephone has the secret."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["code"], _("验证器上的6位数"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": "6"}

"""Passkeys, as browsers send them."""

import json
import struct
from collections.abc import Callable
from typing import Any

from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.utils.translation import gettext as _

from lianxin.ground.access.forms.signing_in import in_our_words

# What the library's readers stumble over where a program, and no browser, wrote it
UNREADABLE = (forms.ValidationError, TypeError, ValueError, LookupError, AttributeError, RecursionError, struct.error)


class Credential(forms.CharField):
    """What a passkey says, as JSON. What cannot be read is a mistake of the form, whatever is wrong with it."""

    def __init__(self, reads: Callable[[Any], object]) -> None:
        super().__init__(widget=forms.HiddenInput)
        self.reads = reads

    def to_python(self, value: Any) -> Any:
        """The credential as `reads` reads it."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            told = json.loads(text)
            self.reads(told)
        except UNREADABLE as error:
            raise forms.ValidationError(_("浏览器送来的通行密钥读不出来。请退回上一页，再试一次。")) from error
        return told


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """添加通行密钥 A name for it; the browser fills in the rest. Every key of ours can sign in alone."""

    credential = Credential(auth.parse_registration_response)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["name"], _("给它起个名"), _("比如“办公室电脑”“我的手机”，以后好认。"))
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True


class EditPasskeyForm(webauthn.EditWebAuthnForm):
    """改名 Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["name"], _("名称"))


class FirstPasskeyForm(webauthn.SignupWebAuthnForm):
    """设通行密钥 What the browser answers when it has made a passkey; nobody sees this form."""

    credential = Credential(auth.parse_registration_response)


class SignInByPasskeyForm(webauthn.LoginWebAuthnForm):
    """用通行密钥登录 What the browser answers instead of name and password."""

    credential = Credential(auth.parse_authentication_response)


class SecondStepByPasskeyForm(webauthn.AuthenticateWebAuthnForm):
    """用通行密钥走第二步 What the browser answers after the password."""

    credential = Credential(auth.parse_authentication_response)


class ReauthenticateByPasskeyForm(webauthn.ReauthenticateWebAuthnForm):
    """用通行密钥确认身份 What the browser answers before something that matters."""

    credential = Credential(auth.parse_authentication_response)

"""Forms of coming in by an invitation."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.access.forms.signing_in import password_rules
from lianxin.ground.access.models import User


class CodeForm(forms.Form):
    """邀请码 The code of an invitation. A link carries it behind its #, which no server and no log ever sees."""

    code = forms.CharField(
        label=gettext_lazy("邀请码"),
        help_text=gettext_lazy("就是链接里 # 号后面的那一串。整个链接粘进来也行。"),
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The code alone, where somebody pasted the whole link."""
        return self.cleaned_data["code"].rpartition("#")[2].strip()


class FirstPasswordForm(forms.Form):
    """设密码 The password of somebody who comes in."""

    name = forms.CharField(
        label=gettext_lazy("您的姓名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    username = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "username"}))
    password1 = forms.CharField(
        label=gettext_lazy("密码"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )
    password2 = forms.CharField(
        label=gettext_lazy("再写一遍密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, user: User, *args: Any, asks_name: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["username"].initial = user.username
        self.fields["password1"].help_text = password_rules()
        if not asks_name:
            del self.fields["name"]

    def clean_password1(self) -> str:
        """A password that keeps the rules."""
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        cleaned = super().clean() or {}
        if cleaned.get("password1") and cleaned.get("password2") and cleaned["password1"] != cleaned["password2"]:
            self.add_error("password2", _("两次写的不一样，请再写一遍。"))
        return cleaned

"""What a password must be. Long rather than complicated: no signs are demanded, and none is made to change by date (NIST SP 800-63B)."""

import string
from typing import Any

from django.contrib.auth import password_validation as library
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

AROUND = string.digits + string.punctuation + string.whitespace
LONGEST = 200  # characters: hashing more takes the time of everybody else


class Length(library.MinimumLengthValidator):
    """At least ten characters, and not endless."""

    def __init__(self, min_length: int = 10):
        super().__init__(min_length)

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for one too short or too long."""
        super().validate(password, user)
        if len(password) > LONGEST:
            raise ValidationError(_("密码太长了，最多%(most)d个字符。") % {"most": LONGEST}, code="password_too_long")

    def get_error_message(self) -> str:
        """What is said of a short one."""
        return _("密码太短了，至少要%(least)d个字符。可以用一句自己记得住的话。") % {"least": self.min_length}

    def get_help_text(self) -> str:
        """What is asked for beforehand, of all rules in one sentence or two."""
        return _(
            "至少%(least)d个字符，可以是一句自己记得住的话。不要用别人也常用的密码，不要全是数字，也不要和登录名、姓名相近。"
        ) % {"least": self.min_length}


class Uncommon(library.CommonPasswordValidator):
    """Not one of the 20,000 that are tried first, nor one of them with digits and signs around it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a common one."""
        super().validate(password, user)
        if core := password.strip(AROUND):
            super().validate(core, user)

    def get_error_message(self) -> str:
        """What is said of a common one."""
        return _("这个密码太常见，别人一猜就中。请换一个。")

    def get_help_text(self) -> str:
        """Nothing: Length says it."""
        return ""


class NotOnlyDigits(library.NumericPasswordValidator):
    """Not a telephone number or a birthday."""

    def get_error_message(self) -> str:
        """What is said of digits alone."""
        return _("密码不能全是数字：手机号、生日都容易被猜到。请加上几个字母或汉字。")

    def get_help_text(self) -> str:
        """Nothing: Length says it."""
        return ""


class Unlike(library.UserAttributeSimilarityValidator):
    """Not like the person's own name, username or address."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "name", "email"))

    def get_error_message(self) -> str:
        """What is said of one that resembles the name."""
        return _("密码和您的登录名或姓名太像了，请换一个。")

    def get_help_text(self) -> str:
        """Nothing: Length says it."""
        return ""

"""Errors that are told to people: what happened, why, and what to do next, in their words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _


class RuleError(Exception):
    """A rule of the work does not allow this. The text is shown to the person as it stands.

    Every app keeps its own subclasses in its `errors`, so that all its words stand in one place.
    """

    def __init__(self, text: str | Promise):
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return str(self.text)


def day_told(day: date | None) -> str:
    """A day as an error tells it; nothing for none."""
    return date_format(day) if day else ""


class KeyUnusable(RuleError):
    """A key is not 32 bytes in base64; `length` is how many bytes it is, None where it is no base64 at all."""

    def __init__(self, where: str, length: int | None):
        found = _("解出来是%(length)d字节") % {"length": length} if length is not None else _("不是base64")
        super().__init__(
            _("%(where)s不能用：密钥应当是base64写的32字节，这里%(found)s。用 lianxin vault key 可以造一把。")
            % {"where": where, "found": found}
        )

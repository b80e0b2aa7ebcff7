"""The units of measures. Each counts whole smallest steps, and is told in words."""

from collections.abc import Callable

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def half_days(count: int) -> str:
    """Half-days, the smallest unit of attendance.

    >>> half_days(3)
    '1天半'
    """
    whole, half = divmod(count, 2)
    if not half:
        return days(whole)
    return _("%(days)s天半") % {"days": number_format(whole)} if whole else _("半天")


def days(count: int) -> str:
    """Days of the calendar."""
    return ngettext("%(count)s天", "%(count)s天", count) % {"count": number_format(count)}


def working_days(count: int) -> str:
    """Days on which offices work."""
    return ngettext("%(count)s个工作日", "%(count)s个工作日", count) % {"count": number_format(count)}


def minutes(count: int) -> str:
    """Minutes."""
    return ngettext("%(count)s分钟", "%(count)s分钟", count) % {"count": number_format(count)}


def people(count: int) -> str:
    """Different people."""
    return ngettext("%(count)s人", "%(count)s人", count) % {"count": number_format(count)}


def person_times(count: int) -> str:
    """People, each counted every time they take part."""
    return ngettext("%(count)s人次", "%(count)s人次", count) % {"count": number_format(count)}


def times(count: int) -> str:
    """How often."""
    return ngettext("%(count)s次", "%(count)s次", count) % {"count": number_format(count)}


def items(count: int) -> str:
    """Things of any kind, where the sentence says which."""
    return ngettext("%(count)s项", "%(count)s项", count) % {"count": number_format(count)}


def places(count: int) -> str:
    """Villages, townships and whatever else lies on a map."""
    return ngettext("%(count)s个地方", "%(count)s个地方", count) % {"count": number_format(count)}


def fen(count: int) -> str:
    """Hundredths of a yuan.

    >>> fen(123450)
    '1234.50元'
    """
    sign, (yuan, rest) = "-" if count < 0 else "", divmod(abs(count), 100)
    return _("%(yuan)s元") % {"yuan": f"{sign}{number_format(yuan)}.{rest:02}" if rest else sign + number_format(yuan)}


def thousandths(count: int) -> str:
    """Thousandths of a whole, told as a percentage.

    >>> thousandths(875)
    '87.5%'
    """
    return f"{count / 10:.1f}".removesuffix(".0") + "%"


UNITS: dict[str, Callable[[int], str]] = {
    "half_day": half_days,
    "day": days,
    "working_day": working_days,
    "minute": minutes,
    "person": people,
    "person_time": person_times,
    "time": times,
    "item": items,
    "place": places,
    "fen": fen,
    "thousandth": thousandths,
}

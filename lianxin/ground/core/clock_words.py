"""What a clock says, in a few words for a chip."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianxin.lib.calendars.clocks import ClockReading, Level
from lianxin.lib.calendars.spans import Unit


def words(reading: ClockReading) -> str:
    """For example 还剩9个工作日, 今天到期, 超3天; a reading that had to assume plain weeks says so with 约."""
    said = _by_level(reading)
    return said if reading.is_certain or reading.level is Level.DONE else _("%(words)s（约）") % {"words": said}


def _by_level(reading: ClockReading) -> str:
    if reading.level is Level.PAUSED:
        return _("停着")
    if reading.level is Level.DONE:
        return _("办完了，超过期限") if reading.is_late else _("按期办完")
    if reading.level is Level.TODAY:
        return _("今天到期")
    if reading.is_late:
        return _("超%(span)s") % {"span": _span(-reading.remaining, reading.unit)} if reading.remaining else _("刚过期")
    return _("还剩%(span)s") % {"span": _span(reading.remaining, reading.unit)}


def _span(count: int, unit: Unit) -> str:
    if unit is Unit.HOUR:
        text = ngettext("%(count)s小时", "%(count)s小时", count)
    elif unit is Unit.WORKING_DAY:
        text = ngettext("%(count)s个工作日", "%(count)s个工作日", count)
    else:
        text = ngettext("%(count)s天", "%(count)s天", count)
    return text % {"count": count}

"""The words with which two days say no."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError


class DaysReversed(RuleError):
    """A last day would lie before the first."""

    def __init__(self, last_day: date, first_day: date):
        super().__init__(
            _("最后一天%(last)s早于起始日期%(first)s。请核对日期。")
            % {"last": date_format(last_day), "first": date_format(first_day)}
        )

"""Ties and households out of the workbook that offices fill: read and checked whole, taken over whole or not at all.

It is read as the roster is. A household that the platform knows by the same name and phone in the same village is not
kept twice, so that the same workbook brought again changes nothing.
"""

from lianxin.affairs.contact.importing.checking import Plan, check
from lianxin.affairs.contact.importing.columns import layout
from lianxin.affairs.contact.importing.taking import take_over

__all__ = ["Plan", "check", "layout", "take_over"]

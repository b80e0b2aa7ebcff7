"""Opinions out of tables that offices kept elsewhere: our own books as they were taken out, or time, text and likes.

A row is one opinion, told today for the day that stands in it; imported twice, it is one. Rows that cannot be taken
are told with their cell, and the others are taken.
"""

from lianxin.affairs.opinions.importing.desks import Desk
from lianxin.affairs.opinions.importing.heads import TableRefused
from lianxin.affairs.opinions.importing.sheets import read
from lianxin.affairs.opinions.importing.taking import Report, look, take_over

__all__ = ["Desk", "Report", "TableRefused", "look", "read", "take_over"]

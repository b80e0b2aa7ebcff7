"""Tables of the bulletin."""

from lianxin.account.bulletin.models.issue import Counted, Erratum, Issue
from lianxin.account.bulletin.models.item import Agreed, Item

__all__ = ["Agreed", "Counted", "Erratum", "Issue", "Item"]

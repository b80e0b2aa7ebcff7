"""Tables of keeping contact."""

from lianxin.affairs.contact.models.household import Consent, Household
from lianxin.affairs.contact.models.tie import Tie
from lianxin.affairs.contact.models.tie_upload import TieUpload

__all__ = ["Consent", "Household", "Tie", "TieUpload"]

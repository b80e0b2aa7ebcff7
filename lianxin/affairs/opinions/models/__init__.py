"""Tables of opinions."""

from lianxin.affairs.opinions.models.addition import Addition
from lianxin.affairs.opinions.models.draft import Answers, Draft
from lianxin.affairs.opinions.models.index_entry import IndexEntry
from lianxin.affairs.opinions.models.ledger_upload import LedgerUpload
from lianxin.affairs.opinions.models.meeting import Meeting
from lianxin.affairs.opinions.models.opinion import Channel, Opinion, Privacy, Visibility
from lianxin.affairs.opinions.models.saved_view import SavedView

__all__ = [
    "Addition",
    "Answers",
    "Channel",
    "Draft",
    "IndexEntry",
    "LedgerUpload",
    "Meeting",
    "Opinion",
    "Privacy",
    "SavedView",
    "Visibility",
]

"""Tables of opinions."""

from lianxin.affairs.opinions.models.index_entry import IndexEntry
from lianxin.affairs.opinions.models.opinion import Channel, Opinion, Privacy, Visibility

__all__ = ["Channel", "IndexEntry", "Opinion", "Privacy", "Visibility"]

"""Tables of opinions."""

from lianxin.affairs.opinions.models.opinion import Channel, Opinion, Privacy, Visibility

__all__ = ["Channel", "Opinion", "Privacy", "Visibility"]

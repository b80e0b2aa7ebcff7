"""Lianxin (连心桥): one honest record of the work of deputies to a local people's congress."""

__version__ = "0.1.0"

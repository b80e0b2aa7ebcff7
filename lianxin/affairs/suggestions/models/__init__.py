"""Suggestions, who joins them, and the opinions they stand on."""

from lianxin.affairs.suggestions.models.suggestion import Basis, Signature, Suggestion

__all__ = ["Basis", "Signature", "Suggestion"]

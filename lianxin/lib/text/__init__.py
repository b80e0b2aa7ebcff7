"""Chinese text as people write it: cleaned, searched, compared, its private data found.

Everything is pure: no Django, nothing stored, no word lists from outside; linear in the length of the text.
"""

from .bigrams import Term, as_fts5, as_tsquery, holds, normalised, query, tokens
from .cleaning import clean, first_sentence, is_empty
from .private import MASK, Found, PrivateKind, find, masked

__all__ = [
    "MASK",
    "Found",
    "PrivateKind",
    "Term",
    "as_fts5",
    "as_tsquery",
    "clean",
    "find",
    "first_sentence",
    "holds",
    "is_empty",
    "masked",
    "normalised",
    "query",
    "tokens",
]

"""Chinese text as people write it: cleaned, searched, compared, its private data found.

Everything is pure: no Django, nothing stored, no word lists from outside; linear in the length of the text.
"""

from .bigrams import Term, as_fts5, as_tsquery, holds, normalised, query, tokens
from .cleaning import clean, first_sentence, is_empty
from .difference import Part, PartKind, difference
from .likeness import LIKELY, Likeness, likeness, most_alike
from .private import MASK, Found, PrivateKind, find, masked

__all__ = [
    "LIKELY",
    "MASK",
    "Found",
    "Likeness",
    "Part",
    "PartKind",
    "PrivateKind",
    "Term",
    "as_fts5",
    "as_tsquery",
    "clean",
    "difference",
    "find",
    "first_sentence",
    "holds",
    "is_empty",
    "likeness",
    "masked",
    "most_alike",
    "normalised",
    "query",
    "tokens",
]

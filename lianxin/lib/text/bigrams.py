"""Search in Chinese without segmenting words: every text is stored as pairs of neighbouring characters.

路灯坏了 is stored as 路灯 灯坏 坏了 了, and 路灯坏 asks for 路灯 and 灯坏: whatever contains the words asked for, contains
their pairs. The converse does not hold (路灯 灯坏 may stand apart), so the caller looks at what was found with `holds`.

Tokens are made so that neither the unicode61 tokeniser of SQLite's FTS5 nor the parser behind PostgreSQL's
`to_tsvector('simple', …)` splits or drops one, whatever Unicode version either of them knows: letters a to z with and
without accents, Greek, Cyrillic, digits and the Han characters of the first hour stay themselves; every other letter
(rare Han, Tibetan, Uyghur, Mongolian) is written x and its six-digit code.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

LONGEST = 64  # characters of a Latin word or a number that are kept; PostgreSQL refuses lexemes above 2 KB
_PLAIN_HAN = "\u3400-\u4db5\u4e00-\u9fcc"
_PLAIN = re.compile(f"[{_PLAIN_HAN}]")
_LATIN = "a-z\u00df-\u00f6\u00f8-\u024f\u03b1-\u03c9\u0430-\u045f"
_RUN = re.compile(f"(?P<number>[0-9]+)|(?P<word>[{_LATIN}]+)|(?P<wide>[^\\W_0-9{_LATIN}]+)")


@dataclass(frozen=True, slots=True)
class Term:
    """A token that must be there; with `is_prefix`, any token that begins so will do."""

    token: str
    is_prefix: bool = False


def normalised(text: str) -> str:
    """How a text is compared: NFKC, case folded, without invisible format characters."""
    seen = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())


def tokens(text: str) -> list[str]:
    """What to store for the text, in reading order: join with spaces for FTS5 or `to_tsvector('simple', …)`.

    A run of Han characters gives its pairs, and its last character alone, so that a prefix finds each single one;
    Latin words and numbers are whole tokens, cut at 64 characters. Punctuation, symbols and emoji give nothing.
    """
    found: list[str] = []
    for run, is_wide in _runs(normalised(text)):
        found.extend(_pairs(run) + [run[-1]] if is_wide else [run[0]])
    return found


def query(words: str) -> list[list[Term]]:
    """For each of the words (parted by spaces), the terms that must all be stored for a text that contains it.

    Every text that contains the words as `holds` compares has these terms, with one exception: a Latin word or a
    number at the beginning is looked for at the beginning of words only (oad does not find road). What is found is a
    candidate: `holds` decides. A word of nothing but punctuation, symbols or emoji gives an empty list: the tokens
    say nothing about it.
    """
    return [_terms(word) for word in normalised(words).split()]


def holds(text: str, words: str) -> bool:
    """Whether the text contains each of the words (parted by spaces), compared by `normalised`."""
    plain = normalised(text)
    return all(word in plain for word in normalised(words).split())


def as_fts5(asked: Iterable[Iterable[Term]]) -> str:
    """The terms as an expression for FTS5's MATCH; "" if there is none (MATCH refuses that: ask without it)."""
    terms = dict.fromkeys(term for word in asked for term in word)
    return " ".join(f'"{term.token}"{"*" * term.is_prefix}' for term in terms)


def as_tsquery(asked: Iterable[Iterable[Term]]) -> str:
    """The terms as an argument for PostgreSQL's `to_tsquery('simple', …)`; "" if there is none."""
    terms = dict.fromkeys(term for word in asked for term in word)
    return " & ".join(f"{term.token}{':*' * term.is_prefix}" for term in terms)


def _terms(word: str) -> list[Term]:
    runs = list(_runs(word))
    terms: dict[Term, None] = {}
    for place, (run, is_wide) in enumerate(runs, 1):
        if is_wide and len(run) > 1:
            terms.update(dict.fromkeys(Term(pair) for pair in _pairs(run)))
        else:  # a character anywhere in its run begins a pair or stands alone; a last word may go on
            terms[Term(run[0], is_prefix=is_wide or place == len(runs))] = None
    return list(terms)


def _runs(text: str) -> Iterable[tuple[list[str], bool]]:
    """The runs of a normalised text: a Latin word or number as one piece, or the characters of a wide run."""
    for run in _RUN.finditer(text):
        if run.lastgroup == "wide":
            yield [_safe(character) for character in run[0]], True
        else:
            yield [run[0][:LONGEST]], False


def _pairs(run: list[str]) -> list[str]:
    return [first + second for first, second in pairwise(run)]


def _safe(character: str) -> str:
    return character if _PLAIN.match(character) else f"x{ord(character):06x}"

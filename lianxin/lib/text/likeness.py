"""How alike two messages are, and in which words: for "is somebody else saying the same?".

Counted are pairs of neighbouring Han characters and Latin words, without words of address and grammar
(`words/stop_words.txt`), as the cosine of the two sets. It knows nothing of meaning: 停电 and 断电 are not alike.

LIKELY was chosen on a public set of residents' messages to one city (2,917 of 2020, not shipped):

- 48 pairs judged by hand, nearly all hard ones: 18 of the 21 that are the same are found (recall 0.86), 18 of the 28
  that are found are the same (precision 0.64);
- pairs of messages known to concern one event: 1,544 of 1,986 are found, none of 7,744 pairs of two events, and 30 of
  20,000 pairs drawn by lot;
- the three nearest from LIKELY on of every message of an event: 360 of 382 concern the same event, and 134 of 140
  messages have at least one such.

The number was chosen on this very set, so elsewhere it may do a little worse. What it names is a suggestion, shown
with `shared` as its reason.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from .bigrams import normalised
from .scripts import HAN
from .wordlists import word_list

T = TypeVar("T")
LIKELY = 0.15  # the share from which two messages are worth showing to a person as perhaps the same
READ = 4_000  # characters of each text that are read: a matter is told by then
SHARED = 3  # words given as a reason
LONGEST = 12  # characters of such a word

_STOP = re.compile("|".join(sorted(map(re.escape, word_list("stop_words")), key=len, reverse=True)))
_RUN = re.compile(f"[{HAN}]{{2,}}|[a-z]{{2,}}")


@dataclass(frozen=True, slots=True)
class Likeness:
    """相似程度: `share` from 0.0 (nothing in common) to 1.0 (the same words); `shared`, the longest common words.

    `shared` has at most three, of two to twelve Han characters, in the reading order of the first text: 都说路灯、小学.
    """

    share: float
    shared: tuple[str, ...]


def likeness(a: str, b: str) -> Likeness:
    """How alike two texts are; the share is the same both ways. A text of nothing but stop words is like none: 0.0."""
    ours, theirs = _runs(a), _runs(b)
    share = _share(_pairs(ours), _pairs(theirs))
    return Likeness(share, _shared(ours, theirs) if share else ())


def most_alike(
    text: str, others: Iterable[tuple[T, str]], *, most: int, at_least: float = LIKELY
) -> list[tuple[Likeness, T]]:
    """At most so many of the others, each named by a thing beside its text, that are at least so like the text, the most
    alike first; of those equally alike the first. Words in common, which cost most, are looked for in these alone."""
    ours = _runs(text)
    own = _pairs(ours)
    found = [
        (_share(own, _pairs(runs)), runs, thing) for thing, runs in ((thing, _runs(said)) for thing, said in others)
    ]
    alike = sorted((one for one in found if one[0] >= at_least), key=lambda one: -one[0])
    return [(Likeness(share, _shared(ours, runs)), thing) for share, runs, thing in alike[:most]]


def _share(ours: set[str], theirs: set[str]) -> float:
    both = len(ours & theirs)
    return min(both / sqrt(len(ours) * len(theirs)), 1.0) if both else 0.0


def _runs(text: str) -> list[str]:
    """Runs of Han characters and Latin words, parted at everything else and at stop words."""
    return _RUN.findall(_STOP.sub(" ", normalised(text[:READ])))


def _pairs(runs: list[str]) -> set[str]:
    return {run[place : place + 2] for run in runs if not run.isascii() for place in range(len(run) - 1)} | {
        run for run in runs if run.isascii()
    }


def _shared(ours: list[str], theirs: list[str]) -> tuple[str, ...]:
    """The longest substrings of our runs that lie in theirs too; none within another, in our order."""
    known = {
        run[place : place + length]
        for run in theirs
        for length in range(2, LONGEST + 1)
        for place in range(len(run) - length + 1)
    }
    places: dict[str, int] = {}
    for run in ours:
        for word in _longest_known(run, known):
            places.setdefault(word, len(places))
    chosen: list[str] = []
    for word in sorted(places, key=lambda word: (-len(word), places[word])):
        if len(chosen) < SHARED and not any(word in other for other in chosen):
            chosen.append(word)
    return tuple(sorted(chosen, key=places.__getitem__))


def _longest_known(run: str, known: set[str]) -> list[str]:
    """The longest known words of a run of Han characters, none within another, by their beginning."""
    if run.isascii():
        return []
    words, place, end = [], 0, 0
    while place < len(run) - 1:
        reach = max(end, place + 1)  # what is known as a whole is known in its parts
        while reach < len(run) and reach - place < LONGEST and run[place : reach + 1] in known:
            reach += 1
        if reach > max(end, place + 1):
            words.append(run[place:reach])
            end = reach
        place = end if reach - place == LONGEST else place + 1
    return words

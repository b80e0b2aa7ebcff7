"""What was changed in a text, for reading: word by word, so that a redaction shows what went and what came."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from .scripts import EMOJI, HAN

TOKENS = 6_000  # of a changed block, both sides together, that are compared; beyond, the whole block counts as changed
PAIRS = 60_000  # of equal tokens in it, likewise: what difflib has to look at

_CLAUSE = re.compile(r"[^，。！？；：,.!?;:\n]*[，。！？；：,.!?;:\n]*")
_TOKEN = re.compile(
    rf"[{EMOJI}]+(?:\u200d[{EMOJI}]+)*"  # one emoji, of however many signs
    rf"|[{HAN}][\ufe00-\ufe0f\U000e0100-\U000e01ef]?"  # one Han character
    rf"|[^\W_{HAN}]+"  # a Latin word, a number, a word of another script
    r"|[^\S\n]+|.",
    re.DOTALL,
)
_VISIBLE = re.compile(r"[^\W_]")


class PartKind(StrEnum):
    """改动种类: whether a part of the text stayed, went or came."""

    SAME = "same"  # 未改
    REMOVED = "removed"  # 删去
    ADDED = "added"  # 新增


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text with what became of it; never empty."""

    kind: PartKind
    text: str


@dataclass(slots=True)
class _Step:
    """Something removed and something added (either may be empty), and what stayed the same behind them."""

    removed: str
    added: str
    same: str


def difference(before: str, after: str) -> list[Part]:
    """The parts of both texts in reading order, what was removed before what was added in its place.

    The parts same and removed make `before`, same and added make `after`, to the letter. Latin words and numbers are
    one piece; a single character that stayed between two changes is shown as changed, for it reads better. First
    clauses are compared, then characters within the clauses that changed; where a
    block has more than TOKENS or PAIRS, it is shown as removed and added, so that no text takes long.
    """
    steps = [_Step("", "", "")]
    for kind, text in _changes(before, after):
        if kind == PartKind.SAME:
            steps[-1].same += text
        elif steps[-1].same:
            steps.append(_Step(text * (kind == PartKind.REMOVED), text * (kind == PartKind.ADDED), ""))
        elif kind == PartKind.REMOVED:
            steps[-1].removed += text
        else:
            steps[-1].added += text
    return [part for step in _without_islands(steps) for part in _parts(step)]


def _changes(before: str, after: str) -> Iterator[tuple[PartKind, str]]:
    for old, new in _blocks(_CLAUSE.findall(before), _CLAUSE.findall(after)):
        if old == new:
            yield PartKind.SAME, old
            continue
        for removed, added in _blocks(_TOKEN.findall(old), _TOKEN.findall(new)):
            if removed == added:
                yield PartKind.SAME, removed
            else:
                yield PartKind.REMOVED, removed
                yield PartKind.ADDED, added


def _blocks(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The texts in pairs: alike, or one in place of the other."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    yield "".join(before[:head]), "".join(before[:head])
    if _is_too_much(old, new):
        yield "".join(old), "".join(new)
    else:
        for _, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield "".join(old[i:j]), "".join(new[k:n])
    yield "".join(before[len(before) - tail :]), "".join(before[len(before) - tail :])


def _is_too_much(old: Sequence[str], new: Sequence[str]) -> bool:
    if len(old) + len(new) > TOKENS:
        return True
    times = Counter(new)
    return sum(times[token] for token in old) > PAIRS


def _alike(before: Sequence[str], after: Sequence[str]) -> int:
    """How many tokens both begin with."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((place for place, (old, new) in pairs if old != new), min(len(before), len(after)))


def _without_islands(steps: list[_Step]) -> list[_Step]:
    """The steps, with what stayed the same between two changes but is too small to read counted as changed."""
    kept: list[_Step] = []
    for step in steps:
        if kept and (kept[-1].removed or kept[-1].added) and _is_island(kept[-1].same):
            last = kept[-1]
            last.removed += last.same + step.removed
            last.added += last.same + step.added
            last.same = step.same
        else:
            kept.append(step)
    return kept


def _is_island(same: str) -> bool:
    """At most one letter, and on one line."""
    return len(same) <= 3 and "\n" not in same and len(_VISIBLE.findall(same)) <= 1


def _parts(step: _Step) -> Iterator[Part]:
    for kind, text in ((PartKind.REMOVED, step.removed), (PartKind.ADDED, step.added), (PartKind.SAME, step.same)):
        if text:
            yield Part(kind, text)

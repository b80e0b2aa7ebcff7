"""What people paste, made fit to be kept, shown and searched."""

import re
import unicodedata
from collections.abc import Callable

from .scripts import EMOJI, JOINING

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_JOINER = re.compile(f"(?<=[{JOINING}])[\u200c\u200d]|[\u200c\u200d](?=[{JOINING}])|(?<=[{EMOJI}])\u200d(?=[{EMOJI}])")
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f")
_MARKS = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # control characters (line breaks are already \n)
    "\u00ad\u061c\u115f\u1160\u3164\uffa0"  # soft hyphen, Arabic letter mark, blank letters
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # zero width, directions, annotations
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"  # musical controls, tags (letters nobody sees)
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # halves of characters, and what never is one
)
_KEPT = re.compile(f"{_FLAG.pattern}|{_JOINER.pattern}|({_MARKS.pattern})")
_GAP = re.compile("\n{4,}")

_WHO = "领导|书记|市长|县长|区长|乡长|镇长|局长|部长|主任|代表|同志|工作人员|老师|朋友|各位"
_SALUTATION = re.compile(
    rf"(?:(?:尊敬|敬爱|亲爱)的[^，。！？；：,!?;:\n]{{0,20}}[，。！：,!:\n]"
    rf"|[^，。！？；：,!?;:\n]{{0,8}}(?:{_WHO})们?(?:[你您]?好)?[！：!:\n]"
    rf"|[^，。！？；：,!?;:\n]{{0,8}}(?:{_WHO})们?[你您]?好[，。,]"
    rf"|(?:[你您]们?|大家|早上|上午|中午|下午|晚上)好(?:[，。！：~,!:\s]|$)"
    rf"|请问(?:一下)?[，：,:\s])\s*"
)
_CLAUSE_END = re.compile(r"[，。！？；\n!?;]|,(?!\d)")


def clean(text: str) -> str:
    """The text in NFC with plain line breaks, without invisible marks, without loose ends.

    Removed: control characters, zero-width and direction marks, tags, lone surrogates; spaces at the ends of lines;
    more than two blank lines in a row; spaces and blank lines at both ends. Kept: a zero-width joiner or non-joiner
    beside a letter of a script that writes with them (Uyghur, Mongolian, Tibetan, Indic), a joiner between two emoji,
    a flag's tags, variation selectors. Cleaning twice is cleaning once. Linear in the length of the text.
    """
    text = _without_marks(_BREAKS.sub("\n", text))
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", text).split("\n")]
    return _GAP.sub("\n\n\n", "\n".join(lines)).strip()


def _without_marks(text: str) -> str:
    """Marks first, joiners after: a mark taken away may bring two letters together or part them."""
    joiners = "\u200c\u200d"
    bare = _KEPT.sub(lambda found: "" if found[1] and found[1] not in joiners else found[0], text)
    return _KEPT.sub(lambda found: "" if found[1] else found[0], bare)


def is_empty(text: str) -> bool:
    """Whether nothing of the text would be seen: spaces of all kinds, blank letters, invisible or combining marks."""
    return not any(_is_visible(character) for character in text)


_BLANKS = frozenset("\u2800\u3164\u115f\u1160\uffa0")


def _is_visible(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LNPS" and character not in _BLANKS or category == "Co"


def first_sentence(text: str, most: int = 30, besides: Callable[[str], object] = lambda _clause: False) -> str:
    """The first clause of the text, for a title: up to ，。！？； or the end of the line, at most `most` characters.

    Salutations (尊敬的领导：, 您好，) and clauses of which `besides` is true are passed over, unless there is nothing
    else. What is cut ends in “…”, which counts as a character. "" for an empty text.
    """
    text = clean(text)[: 40 * most]
    while (salutation := _SALUTATION.match(text)) and not is_empty(text[salutation.end() :]):
        text = text[salutation.end() :]
    clauses = [clause.strip() for clause in _CLAUSE_END.split(text) if not is_empty(clause)]
    clause = next((clause for clause in clauses if not besides(clause)), next(iter(clauses), ""))
    return clause if len(clause) <= most else _cut(clause, most)


def _cut(clause: str, most: int) -> str:
    """The beginning of a clause that is too long, not ending inside a sequence of emoji or a letter with its marks."""
    end = most - 1
    while end and (unicodedata.category(clause[end])[0] == "M" or "\u200d" in clause[end - 1 : end + 1]):
        end -= 1
    return clause[:end].rstrip() + "…"

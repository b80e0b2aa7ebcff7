"""Names of people, found where a writer introduces them: 我叫, 我是, 姓名：, or the signature at the end.

A name has no mark of its own in Chinese. What is taken for one begins with a surname, goes on for one or two
characters (or is parted by ·), and is neither a word of daily life that begins alike (高中, 时候, 车主) nor a calling
(王老师), a place (金鼎村) or a role. After 我是 and 本人 it must also end where a sentence pauses.
"""

import re
from collections.abc import Iterator

from .scripts import HAN
from .wordlists import word_list

Span = tuple[int, int]

_SURNAMES = frozenset(word_list("surnames"))
_NO_NAMES = frozenset(word_list("no_names"))
_CALLINGS = frozenset(word_list("callings"))
_AFTER_WEAK = word_list("after_weak_cue")
_AFTER = _AFTER_WEAK + word_list("after_cue")

# What never stands in a given name.
_NEVER = frozenset("的了是不们你您他她它我这那哪呢吗吧啊就都也很没被把让给个某无")
# What seldom does, and in running text means that no name was begun; with how words for people and places end.
_SELDOM = frozenset("有在和对向于因为到从与及但而却或若则才只还再又已经将要会可能来去说两几")
_ENDS = frozenset(
    "人员户者村镇乡县市区组街路厂店局校院站所部司队长主师友工屯湾庄寨堡岗垸坪州省里边上下中内外城园苑府居盘桥庙层楼号位"
)
_INTRODUCED = re.compile(
    "(?P<strong>我的?名字(?:是|叫做?)|名字叫做?|我叫做?|本人叫|名叫)[ :,“\"'‘-]{0,3}"
    "|(?P<label>(?:姓名|(?:联系|反映|投诉|举报|申请|来信|写信|当事|上访|信访|求助|留言|经办)人|署名|落款|户主|业主|村民)[ ]?:[ ]{0,9})"
    "|(?P<weak>我是|本人(?:姓名)?|我(?=\\()|此致\\s{0,9}敬礼[!。]?)[ :,，(“\"'‘\n]{0,3}"
)
_NAME = re.compile(f"[{HAN}]{{1,12}}+(?![·•‧・])")
_DOTTED = re.compile(f"[{HAN}]{{1,10}}[·•‧・.][{HAN}]{{1,12}}")
_ESTATE = re.compile("城|府|苑|园|湾|庭|郡|小区|广场|公馆|国际|中心|家园|业主|住户|新")
_DATE = re.compile(r"[ 0-9〇零一二三四五六七八九十年月日./-]{4,20}")
_SIGNATURE = re.compile(f"[ ]{{0,40}}[{HAN}]{{2,4}}[ 。.]{{0,9}}")


def names(text: str) -> Iterator[Span]:
    """Names introduced by a cue, and the signature: a name alone on one of the last lines."""
    for cue in _INTRODUCED.finditer(text):
        start = cue.end()
        if length := _dotted_length(text, start, is_weak=cue.lastgroup == "weak") or _length(
            text, start, cue.lastgroup == "weak"
        ):
            yield start, start + length
    yield from _signature(text)


def _length(text: str, start: int, is_weak: bool) -> int:
    """How many characters from `start` are a name; 0 if none is there."""
    found = _NAME.match(text, start)
    run = found[0] if found else ""
    family = 2 if run[:2] in _SURNAMES else 1
    if run[:family] not in _SURNAMES or (family == 1 and run[:2] in _NO_NAMES):
        return 0
    stops = _AFTER_WEAK if is_weak else _AFTER
    ends = (family + given for given in (1, 2, 3)[: 2 if is_weak or family == 2 else 3])
    end = next((end for end in ends if len(run) == end or run.startswith(tuple(stops), end)), 0)
    if not end and not is_weak and len(run) > family + 2:
        end = family + 2  # nothing says where it ends: most given names have two characters
    return end if end <= len(run) and _is_given(run[family:end], is_weak) else 0


def _is_given(given: str, is_weak: bool) -> bool:
    if not given or not _NEVER.isdisjoint(given) or given in _CALLINGS or given.endswith(("先生", "女士", "老师")):
        return False
    return not is_weak or (_SELDOM.isdisjoint(given) and given[-1] not in _ENDS)


def _dotted_length(text: str, start: int, *, is_weak: bool) -> int:
    """The length of a name with · between its parts, as many peoples of China write theirs."""
    found = _DOTTED.match(text, start)
    if not found or not _NEVER.isdisjoint(found[0][:4]):
        return 0
    if is_weak and _ESTATE.search(found[0]):
        return 0
    last = re.split("[·•‧・.]", found[0])[1]
    stops = _AFTER_WEAK if is_weak else _AFTER
    ends = [place for place in range(1, len(last)) if last.startswith(tuple(stops), place)]
    end = ends[0] if ends else len(last)
    if end > 6:
        return 0 if is_weak else len(found[0]) - len(last) + 4
    return len(found[0]) - len(last) + end


def _signature(text: str) -> Iterator[Span]:
    """The last line, or the one before a date, if it is a name alone and not the whole text."""
    end = len(text.rstrip())
    for _ in range(2):
        start = text.rfind("\n", 0, end) + 1
        if not start:
            return
        line = text[start:end]
        if _SIGNATURE.fullmatch(line):
            start += len(line) - len(line.lstrip())
            if length := _length(text[:end], start, is_weak=True):
                yield start, start + length
            return
        if not _DATE.fullmatch(line):
            return
        end = len(text[:start].rstrip())

"""Private data in what people write: found by its place in the text, and masked.

    for found in find(text):
        text[found.start:found.end], found.kind
    masked(text, words={PrivateKind.PHONE: "（电话已隐去）"})

What is found is a suggestion to a person, who decides. A name is found only where the writer introduces it (我叫,
姓名：, a signature), and only if it begins with a surname: others' names in running text are left to the reader.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .private_names import names
from .private_numbers import groups_of_digits, id_number_end, is_bank_card, landlines, mobile_start, said_id_numbers

Span = tuple[int, int]


class PrivateKind(StrEnum):
    """隐私信息种类: what identifies a person; of two that overlap the earlier in this list wins."""

    ID_NUMBER = "id_number"  # 身份证号
    BANK_CARD = "bank_card"  # 银行卡号
    EMAIL = "email"  # 电子邮箱
    PHONE = "phone"  # 电话号码
    PLATE = "plate"  # 车牌号
    WECHAT = "wechat"  # 微信号、QQ号
    ADDRESS = "address"  # 门牌（到户）
    NAME = "name"  # 姓名


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A piece of private data: `text[start:end]`."""

    start: int
    end: int
    kind: PrivateKind


def find(text: str) -> list[Found]:
    """The private data in the text, in reading order, none overlapping another.

    Where two overlap the stronger kind wins, of one kind the longer. Full-width letters and digits count as plain
    ones, and the places are those of the text as given. Linear in the length of the text, but for sorting.
    """
    taken: list[Found] = []
    for found in sorted(_candidates(text), key=lambda found: (_STRENGTH[found.kind], found.start - found.end, found)):
        place = bisect_left(taken, found)
        before, after = taken[:place][-1:], taken[place : place + 1]
        if all(one.end <= found.start for one in before) and all(one.start >= found.end for one in after):
            insort(taken, found)
    return taken


def masked(
    text: str, kinds: Collection[PrivateKind] | None = None, *, words: Mapping[PrivateKind, str] | None = None
) -> str:
    """The text with what `find` finds replaced: by the word given for its kind, else by ▇▇▇ whatever its length.

    `kinds`: only these (all, if None).
    """
    words = words or {}
    parts, end = [], 0
    for found in find(text):
        if kinds is None or found.kind in kinds:
            parts += [text[end : found.start], words.get(found.kind, MASK)]
            end = found.end
    return "".join(parts) + text[end:]


MASK = "▇▇▇"

_STRENGTH = {kind: place for place, kind in enumerate(PrivateKind)}

# One character for one, so that every place stays: full-width forms, the many spaces and the many dashes.
_SPACES = "\t\u00a0\u2002\u2003\u2009\u200b\u202f\u2060\u3000\ufeff"
_DASHES = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63"
_PLAIN = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_PLAIN |= str.maketrans(_SPACES, " " * len(_SPACES)) | str.maketrans(_DASHES, "-" * len(_DASHES))


def _candidates(text: str) -> Iterator[Found]:
    plain = text.translate(_PLAIN)
    spans: dict[PrivateKind, Iterable[Span]] = {
        PrivateKind.ID_NUMBER: said_id_numbers(plain),
        PrivateKind.EMAIL: _spans(_EMAIL, plain),
        PrivateKind.PHONE: landlines(plain),
        PrivateKind.PLATE: _spans(_PLATE, plain),
        PrivateKind.WECHAT: _spans(_WECHAT, plain),
        PrivateKind.ADDRESS: _spans(_ADDRESS, plain),
        PrivateKind.NAME: names(plain),
    }
    yield from (Found(*span, kind) for kind, found in spans.items() for span in found)
    for number in groups_of_digits(plain):
        if end := id_number_end(number, plain):
            yield Found(number.start, end, PrivateKind.ID_NUMBER)
        if is_bank_card(number):
            yield Found(number.start, number.end, PrivateKind.BANK_CARD)
        if (start := mobile_start(number, plain)) is not None:
            yield Found(start, number.end, PrivateKind.PHONE)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """Where the group `it` of the pattern lies."""
    return (found.span("it") for found in pattern.finditer(text))


# Every repetition below has a bound, and none can begin inside another: no text takes more than linear time.

_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])(?P<it>[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24})")

# GA 36-2018: five characters, of these two digits at least; new energy: six, with D or F (and their sisters) at an end.
_PLATE = re.compile(
    r"(?P<it>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Za-z][ ·•.-]?"
    r"(?:(?:[A-HJKa-hjk][A-Za-z0-9][0-9]{4}|[0-9]{5}[A-HJKa-hjk])"
    r"|(?=(?:[A-Za-z]{0,3}[0-9]){2})(?:[A-Za-z0-9]{5}|[A-Za-z0-9]{4}[警学挂领港澳使])))(?![A-Za-z0-9])"
)

_WECHAT = re.compile(
    r"(?:(?:加(?:我)?)?(?:微信|薇信|[Vv]信|(?<![A-Za-z])(?:wechat|weixin|vx|wx|qq|WeChat|WeiXin|VX|WX|QQ|Vx|Wx)))"
    r"(?:(?:账号|帐号|号码|同号|号|[Ii][Dd])? ?(?:[:=]|是|为) ?|(?:账号|帐号|号码|号) ?)"
    r"(?P<it>[A-Za-z][A-Za-z0-9_-]{5,19}|[0-9]{5,12})(?![A-Za-z0-9_-])"
)

_NUMBER = r"(?:[0-9]{1,4}|[一二三四五六七八九十百零〇]{1,5})"
_BLOCK = rf"(?:(?<![A-Za-z])[A-Za-z]-?[0-9]{{0,3}}|{_NUMBER}[A-Za-z]?)"
_ROOM = (
    rf"(?:[A-Za-z]?[0-9]{{1,4}}[A-Za-z]?|{_NUMBER}) ?(?:室|房(?!间|子|屋|产|一))"
    rf"|(?:[A-Za-z]?[0-9]{{1,4}}|{_NUMBER}) ?号(?!线|楼|门|电梯|井|车|厅|机|地|公|文|令|路|桥|公告)"
    r"|[1-9][0-9]{2,3}(?![0-9A-Za-z㎡²]|[户人家元平米个间年套块辆名棵盏次点亩层位多余吨万]|[-.][0-9])"
)
_ADDRESS = re.compile(
    rf"(?P<it>(?:(?<![0-9一二三四五六七八九十百零〇])|(?<=第))(?:"
    rf"{_BLOCK} ?(?:号楼|号院|栋|幢|座|#楼?|弄)[ -]?(?:{_NUMBER} ?(?:单元|门|梯)[ -]?)?(?:{_NUMBER} ?(?:层|楼)[ -]?)?(?:{_ROOM})"
    rf"|{_NUMBER} ?单元[ -]?(?:{_NUMBER} ?(?:层|楼)[ -]?)?(?:{_ROOM})"
    rf"|{_NUMBER} ?号[ -]?(?:附{_NUMBER} ?号|{_NUMBER} ?(?:层|楼)[ -]?{_NUMBER} ?[室号]|[0-9]{{3,4}} ?室)"
    rf"|{_NUMBER} ?(?:村民小)?组 ?(?:门牌)? ?(?:附)?{_NUMBER} ?号(?!线|楼|井|地|机|电|文|公)"
    rf"|[0-9]{{1,3}}-[0-9]{{1,2}}-[0-9]{{3,4}} ?[室房号户]))"
)

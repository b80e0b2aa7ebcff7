"""The public page of an opinion before it is sent: what everybody would read, and what would stand hidden there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.affairs.opinions.actions.telling import TITLE
from lianxin.affairs.opinions.addressing import Address
from lianxin.affairs.opinions.models import Answers, Visibility
from lianxin.ground.people.models import Region
from lianxin.ground.people.models.region import Level
from lianxin.lib.text import MASK, PrivateKind, find, first_sentence, masked

KINDS: dict[PrivateKind, str | Promise] = {
    PrivateKind.ID_NUMBER: gettext_lazy("身份证号"),
    PrivateKind.BANK_CARD: gettext_lazy("银行卡号"),
    PrivateKind.EMAIL: gettext_lazy("邮箱"),
    PrivateKind.PHONE: gettext_lazy("电话"),
    PrivateKind.PLATE: gettext_lazy("车牌"),
    PrivateKind.WECHAT: gettext_lazy("微信、QQ号"),
    PrivateKind.ADDRESS: gettext_lazy("门牌"),
    PrivateKind.NAME: gettext_lazy("姓名"),
}


@dataclass(frozen=True)
class Piece:
    """A part of the text as everybody would read it; `is_hidden`: bars stand there instead of it."""

    text: str
    is_hidden: bool = False


@dataclass(frozen=True)
class Preview:
    """The public page. `hidden` says what was found, in which words, and what kind of thing it is."""

    title: str
    pieces: tuple[Piece, ...]
    place: str
    author: str
    hidden: tuple[tuple[str, str], ...]
    photos: int
    is_public: bool


def preview_of(answers: Answers, address: Address, visibility: str, shown_name: str, photos: int) -> Preview:
    """How a draft would look in public under this choice; where nothing is chosen yet, without a name."""
    is_named = visibility == Visibility.NAMED
    words = answers.words
    return Preview(
        title=masked(first_sentence(words, TITLE, besides=find)),
        pieces=tuple(_pieces(words)),
        place=public_place(address.whole, is_named=is_named),
        author=shown_name.strip()[:40] if is_named and shown_name.strip() else _("一位居民"),
        hidden=tuple((words[found.start : found.end], str(KINDS[found.kind])) for found in find(words)),
        photos=photos,
        is_public=visibility != Visibility.STAFF,
    )


def public_place(region: Region, *, is_named: bool) -> str:
    """What of a place stands in public: the township, for villages are small; all of it where the author signs by name."""
    if is_named or region.level not in (Level.VILLAGE, Level.GRID):
        return region.full_name()
    township = region.parent if region.level == Level.VILLAGE else None
    return (township or next(one for one in region.around() if one.level == Level.TOWNSHIP)).called


def _pieces(words: str) -> Iterator[Piece]:
    end = 0
    for found in find(words):
        if found.start > end:
            yield Piece(words[end : found.start])
        yield Piece(MASK, is_hidden=True)
        end = found.end
    if end < len(words):
        yield Piece(words[end:])

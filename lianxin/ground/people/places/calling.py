"""Places as residents call them: by name, pinyin, a whole address, a former name, or in Traditional characters."""

from functools import cache
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from opencc import OpenCC

from lianxin.ground.people.models import Region


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


def places_called(words: str, seen: Any, home: Region | None, limit: int) -> list[Region]:
    """At most `limit` of the places `seen` that somebody may mean by these words, in the order of their codes.

    First by name or pinyin; where that finds none, by an address such as 石桥镇橘林村, then by a former name.
    """
    words = _simplified().convert(words)
    ways = (
        lambda: seen.named_like(words, around=home),
        lambda: _at_an_address(words, seen, home),
        lambda: seen.filter(Q(changes__name_before=words)).distinct(),
    )
    for way in ways:
        if found := list(way().order_by("level", "code")[:limit]):
            return found
    return []


def _at_an_address(words: str, seen: Any, home: Region | None) -> Any:
    """Places of the platform whose name stands at the end of the words, behind that of the place around them."""
    if home is None or len(words) < 4:
        return seen.none()
    addressed = seen.within(home).annotate(said=Value(words), address=Concat(F("parent__name"), F("name")))
    return addressed.filter(said__endswith=F("address"))

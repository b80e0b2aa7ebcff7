"""What is shown to whoever tells before it is sent: what others already say there, and which other door may be the right one.

Both name their reason; nothing is decided by them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from math import sqrt
from uuid import UUID

from django.utils.crypto import salted_hmac

from lianxin.affairs.opinions.models import Opinion, Visibility
from lianxin.affairs.opinions.previewing import public_place
from lianxin.affairs.opinions.rules import WrongDoor
from lianxin.ground.cases.models import Case
from lianxin.ground.people.models import Region
from lianxin.ground.people.models.region import Level
from lianxin.lib.text import LIKELY, Likeness, likeness, tokens

LOOKED_AT = 200  # open matters of a township, the newest first
COMPARED = 20  # of them, those with the most pairs of characters in common
READ = 400  # characters of each: what a matter is about is said first
SHOWN = 5


@dataclass(frozen=True)
class Alike:
    """An open public opinion near by, and in which words it is like what is being written."""

    opinion: Opinion
    likeness: Likeness

    @property
    def place(self) -> str:
        """What of its place stands in public."""
        return public_place(self.opinion.case.region, is_named=self.opinion.visibility == Visibility.NAMED)


def alike(words: str, region: Region) -> list[Alike]:
    """At most five open public opinions of the same township that say much the same, the most alike first. One query.

    Public ones alone: what was told in confidence is not even counted here.
    """
    near = Opinion.objects.public().filter(case__region__path__begins=_township_path(region))
    open_ones = near.filter(case__stage__in=(Case.Stage.RECEIVED, Case.Stage.ACCEPTED, Case.Stage.HANDLING))
    newest = open_ones.with_case().order_by("-id")[:LOOKED_AT]
    words = words[:READ]
    found = [Alike(one, likeness(words, one.text[:READ])) for one in _nearest(words, newest)]
    likely = [one for one in found if one.likeness.share >= LIKELY]
    return sorted(likely, key=lambda one: -one.likeness.share)[:SHOWN]


def _nearest(words: str, opinions: Iterable[Opinion]) -> list[Opinion]:
    """Those that share most with the words, counted quickly: exact likeness takes a millisecond for each."""
    own = set(tokens(words))

    def shared(opinion: Opinion) -> float:
        theirs = set(tokens(opinion.text[:READ]))
        return len(own & theirs) / sqrt(len(theirs) or 1)

    return nlargest(COMPARED, opinions, key=shared)


def _township_path(region: Region) -> str:
    """Where what lies near begins: the township of a village or grid, else the place itself."""
    below = Level(region.level).rank - Level.TOWNSHIP.rank
    ids = region.path_ids
    return "".join(f"{id.hex}/" for id in (ids[:-below] if below > 0 else ids))


def hinted_doors(words: str, doors: Mapping[str, WrongDoor]) -> dict[str, tuple[str, ...]]:
    """The other doors that the text may mean, each with the words that say so. Nobody is turned away by a word."""
    said = {code: tuple(word for word in door.words if word in words) for code, door in doors.items()}
    return {code: words for code, words in said.items() if words}


def echo_mark(case_id: UUID, phone: str) -> str:
    """What tells one phone from another for this case alone; nothing for no phone (rule of protection 11)."""
    if not phone:
        return ""
    return salted_hmac("lianxin.opinions.echo", f"{case_id}/{phone}", algorithm="sha256").hexdigest()

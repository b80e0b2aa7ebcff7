"""What is shown to whoever tells before it is sent: what others already say there, and which other door may be the right one.

Both name their reason; nothing is decided by them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.crypto import salted_hmac

from lianxin.affairs.opinions.models import Opinion, Visibility
from lianxin.affairs.opinions.previewing import public_place
from lianxin.affairs.opinions.rules import WrongDoor
from lianxin.ground.cases.models import Case
from lianxin.ground.people.models import Region
from lianxin.lib.text import Likeness, most_alike

LOOKED_AT = 200  # open matters of a township, the newest first
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
    near = Opinion.objects.public().filter(case__region__path__begins=region.township_path)
    open_ones = near.filter(case__stage__in=(Case.Stage.RECEIVED, Case.Stage.ACCEPTED, Case.Stage.HANDLING))
    newest = open_ones.with_case().order_by("-id")[:LOOKED_AT]
    found = most_alike(words[:READ], ((one, one.text[:READ]) for one in newest), most=SHOWN)
    return [Alike(one, likeness) for likeness, one in found]


def hinted_doors(words: str, doors: Mapping[str, WrongDoor]) -> dict[str, tuple[str, ...]]:
    """The other doors that the text may mean, each with the words that say so. Nobody is turned away by a word."""
    said = {code: tuple(word for word in door.words if word in words) for code, door in doors.items()}
    return {code: words for code, words in said.items() if words}


def echo_mark(case_id: UUID, phone: str) -> str:
    """What tells one phone from another for this case alone; nothing for no phone (rule of protection 11)."""
    if not phone:
        return ""
    return salted_hmac("lianxin.opinions.echo", f"{case_id}/{phone}", algorithm="sha256").hexdigest()

"""What the pages and forms of units need to know of a matter, whatever kind it is."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from lianxin.ground.cases.handled import Handled
from lianxin.ground.cases.models import Case, Handover, Reply
from lianxin.ground.documents.models import File


class ReplyClass(Protocol):
    """A class of replies in a preset."""

    @property
    def called(self) -> str:
        """What it is called here."""

    @property
    def mark(self) -> str | None:
        """The letter that stands on the paper, where there is one."""

    @property
    def means(self) -> str:
        """What it says."""


class ReplyRules(Protocol):
    """What a preset says of replies to one kind of matter."""

    @property
    def outcomes(self) -> Mapping[str, Any]:
        """The classes of replies by code."""

    @property
    def head_approves(self) -> bool:
        """Whether the head of the unit approves before a reply goes out."""


class SeenByUnit(Protocol):
    """A matter as the holder of a handover sees it.

    `unit` are the verbs of units for this kind of matter, `send` sends the reply; `asker` is who asked, as the page calls
    them, `how_to_contact` says how a unit is in touch with them. `takes_files`: whether files can be attached to an answer. `pages` are the
    names of its addresses, by what they do.
    """

    handover: Handover
    case: Case
    unit: Handled
    takes_files: bool
    pages: Mapping[str, str]

    def send(self, handover: Handover, *, by: UUID, at: datetime, edition: int | None = None) -> Reply:
        """Send the reply."""

    @property
    def asker(self) -> str:
        """Who asked."""

    @property
    def how_to_contact(self) -> str:
        """How to be in touch with them."""

    @property
    def rules(self) -> ReplyRules:
        """What the preset says of replies to it."""

    @property
    def draft(self) -> Reply | None:
        """The draft that the colleagues share, or what was sent."""

    @property
    def files(self) -> list[File]:
        """What was attached to one's own reply."""

    @property
    def last_day_to_return(self) -> date:
        """Until when it may be given back."""

"""All of an announcement that a page at the desk shows, read once."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from lianxin.account.publishing.models import Announcement, Call, Story, Stream, Wording
from lianxin.account.publishing.models.wording import OPEN, UNDER_WAY, State
from lianxin.account.publishing.rules import PublishingRules
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import today
from lianxin.ground.documents.models import File
from lianxin.ground.rulebook import in_force


@dataclass
class Whole:
    """An announcement with its wordings; `asked` is the number of the one to be shown, else what is under way, or stands."""

    announcement: Announcement
    asked: str
    at: datetime

    @cached_property
    def wordings(self) -> list[Wording]:
        """The latest first; one query."""
        found = list(self.announcement.wordings.order_by("-number"))
        for wording in found:
            wording.announcement = self.announcement
        return found

    @cached_property
    def under_way(self) -> Wording | None:
        """What is written, or waits for review."""
        return next((one for one in self.wordings if one.state in UNDER_WAY), None)

    @cached_property
    def standing(self) -> Wording | None:
        """What was published last."""
        return next((one for one in self.wordings if one.state == State.PUBLISHED), None)

    @cached_property
    def shown(self) -> Wording:
        """The wording that the page shows."""
        asked = next((one for one in self.wordings if str(one.number) == self.asked), None)
        return asked or self.under_way or self.standing or self.wordings[0]

    @property
    def title(self) -> str:
        """What it is called now."""
        return self.shown.title

    @property
    def is_open(self) -> bool:
        """Whether it may be written on."""
        return self.under_way is not None and self.under_way.state in OPEN

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it, or will."""
        return self.standing is not None and not self.announcement.taken_down_at

    @property
    def is_read_now(self) -> bool:
        """Whether everybody reads it at this moment."""
        own = self.standing
        if own is None or not self.is_public or not own.has_begun(self.at):
            return False
        return own.public_until is None or own.public_until > self.at

    @property
    def waits_for(self) -> datetime | None:
        """The moment before which what is under way will not be read, also when it was reviewed; none where it corrects what is read."""
        wished = self.under_way.public_from if self.under_way else None
        if wished is None or wished <= self.at or self.standing and self.standing.has_begun(self.at):
            return None
        return wished

    @property
    def state(self) -> str:
        """Where all of it is, in a word."""
        if self.announcement.taken_down_at:
            return _("已经撤下")
        if self.standing is None:
            return str(self.wordings[0].get_state_display())
        if self.is_read_now:
            return _("公布着")
        return _("到时候公布") if self.standing.public_from and self.standing.public_from > self.at else _("过了期限")

    @property
    def category(self) -> str:
        """What the category of the shown wording is called."""
        return in_force(today(), self.announcement.body_id).section(PublishingRules).category(self.shown.category)

    @cached_property
    def call(self) -> Call | None:
        """What it asks, where it asks; one query."""
        return Call.objects.filter(announcement=self.announcement).prefetch_related("questions").first()

    @cached_property
    def story(self) -> Story | None:
        """Of whom it tells, where it tells of a deputy, and where that ran; two queries."""
        found = Story.objects.filter(announcement=self.announcement).select_related("person")
        return found.prefetch_related("airings").first()

    @cached_property
    def stream(self) -> Stream | None:
        """Where it can be watched; one query."""
        return Stream.objects.filter(announcement=self.announcement).first()

    @property
    def may_ask(self) -> bool:
        """Whether its questions may still be written."""
        return self.is_open and not any(one.reviewed_at for one in self.wordings)

    @cached_property
    def files(self) -> list[File]:
        """Everything that was sent along; one query."""
        return list(self.announcement.attachments)

    @cached_property
    def versions(self) -> list[tuple[Wording, str, str]]:
        """Each wording, who wrote at it last, and who found it fit; one query for the names."""
        asked = {by for one in self.wordings for by in (one.written_by, one.reviewed_by) if by}
        known = User.objects.in_bulk(list(asked))
        return [(one, str(known.get(one.written_by, "")), str(known.get(one.reviewed_by, ""))) for one in self.wordings]

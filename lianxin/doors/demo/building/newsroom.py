"""Who writes and who reviews the made-up news: a township's clerk, and the county's office."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeVar

from lianxin.account.publishing.models import Wording
from lianxin.account.publishing.models.wording import Words
from lianxin.account.publishing.sensitive import once
from lianxin.ground.access.models import Grant, User
from lianxin.ground.core.clock import start_of, today, travel
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Body

Made = TypeVar("Made")


class Newsroom(NamedTuple):
    """Who writes for which congress, and who reviews."""

    congress: Body
    writer: User
    reviewer: User

    def submit(self, words: Words, at: datetime) -> Wording:
        """Written and submitted."""
        made = Wording.begin(self.congress, words, id=new_id(), by=self.writer.pk, at=at)
        made.submit(edition=made.edition, by=self.writer.pk, at=at + timedelta(minutes=10))
        return made

    def publish(self, words: Words, at: datetime) -> Wording:
        """Looked at some hours later; what was found is the office's own."""
        made = self.submit(words, at)
        self.review(made, at + timedelta(hours=3))
        return made

    def review(self, made: Wording, at: datetime) -> None:
        """Every number in it is one of the office."""
        decided = {finding.key: "镇人大办公室的服务电话" for finding in once(made.findings)}
        made.publish(decided, edition=made.edition, by=self.reviewer.pk, at=at)


def newsroom() -> Newsroom:
    """Of the township whose clerk anybody may sign in as."""
    writer, reviewer = User.objects.get(username="xiangzhen"), User.objects.get(username="bangong")
    place = Grant.objects.in_force(today()).get(user=writer).scope_id
    congress = Body.objects.congresses().on(today()).select_related("region").get(region=place)
    return Newsroom(congress, writer, reviewer)


def on(day: date, act: Callable[[datetime], Made]) -> Made:
    """Done at ten o'clock of that day."""
    at = start_of(day) + timedelta(hours=10)
    with travel(at):
        return act(at)

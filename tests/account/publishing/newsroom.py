"""An office that publishes: who writes, who reviews, and wordings at any step."""

from django.test import Client

from lianxin.account.publishing.models import Wording
from lianxin.account.publishing.models.wording import Words
from lianxin.ground.access.models import Grant, User
from lianxin.ground.core.clock import now
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Body, Region
from tests.ground.access.builders import make_grant, make_user

TEXT = "## 议程\n\n常委会11月28日上午9点开会。\n\n- 听取报告\n- 表决任免"


class Newsroom:
    """Two clerks of the county's office, of whom one writes and the other reviews."""

    def __init__(self, congress: Body, county: Region) -> None:
        self.congress = congress
        self.writer, self.reviewer = self._clerk("章谷雨", county), self._clerk("罗青禾", county)

    def _clerk(self, name: str, county: Region) -> User:
        user = make_user(name)
        make_grant(user, "office_clerk", Grant.Scope.PLACE, county.pk)
        return user

    def browser(self, user: User) -> Client:
        """In which this clerk is signed in."""
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def draft(self, title: str = "常委会要开会了", text: str = TEXT, category: str = "news", **facts) -> Wording:
        words = Words(category, title, text, **facts)
        return Wording.begin(self.congress, words, id=new_id(), by=self.writer.pk, at=now())

    def submitted(self, *args, **facts) -> Wording:
        made = self.draft(*args, **facts)
        made.submit(edition=made.edition, by=self.writer.pk, at=now())
        return made

    def published(self, *args, **facts) -> Wording:
        made = self.submitted(*args, **facts)
        made.publish({}, edition=made.edition, by=self.reviewer.pk, at=now())
        return made

    def corrected(self, wording: Wording, change: str, **words) -> Wording:
        """The next wording of it, published."""
        made = Wording.correct(wording.announcement, by=self.writer.pk, at=now())
        told = Words(made.category, made.title, made.text, made.public_from, made.public_until, change)
        made.rewrite(told._replace(**words), edition=made.edition, by=self.writer.pk, at=now())
        made.submit(edition=made.edition, by=self.writer.pk, at=now())
        made.publish({}, edition=made.edition, by=self.reviewer.pk, at=now())
        return made

"""日历订阅 The secret address at which a deputy's own calendar reads the deputy's turns."""

import secrets
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.events import Ref, record
from lianxin.ground.core.models import Record
from lianxin.ground.people.models import Person


def new_token() -> str:
    """A token that nobody guesses: 192 bits."""
    return secrets.token_urlsafe(24)


class FeedQuerySet(models.QuerySet["Feed"]):
    """Questions asked of feeds."""

    def open(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(ended_at__isnull=True)


class Feed(Record):
    """日历订阅 One secret address of a person's own turns; taken back it answers nothing, and another one is made."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="feeds", verbose_name=_("人员"))
    token = models.CharField(_("秘密网址"), max_length=40, unique=True, default=new_token)
    made_at = models.DateTimeField(_("生成时间"))
    ended_at = models.DateTimeField(_("停用时间"), null=True)

    objects: ClassVar[FeedQuerySet] = FeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("日历订阅")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="feed_of_a_person_runs_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.made_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Where a calendar reads it. The token stands behind the question mark, which no log writes down."""
        return f"{reverse('stations:own_calendar')}?t={self.token}"

    @classmethod
    def begin(cls, person: Person, *, by: UUID | None, at: datetime) -> "Feed":
        """A secret address for this person; where there was one, it ends, and the new one takes its place."""
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=person.pk)
            cls.objects.open().filter(person=person).update(ended_at=at)
            feed = cls.objects.create(person=person, made_at=at)
            record("stations.feed_begun", subject=Ref("person", person.pk), by=by, at=at)
        return feed

    @classmethod
    def end(cls, person: Person, *, by: UUID | None, at: datetime) -> None:
        """The address answers nothing any more. Ended twice, it is ended once."""
        with transaction.atomic():
            if cls.objects.open().filter(person=person).update(ended_at=at):
                record("stations.feed_ended", subject=Ref("person", person.pk), by=by, at=at)

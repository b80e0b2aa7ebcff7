"""Where a meeting can be watched as it goes: a link, from when to when."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianxin.account.publishing.errors import ChangedMeanwhile, OtherHost, StreamReversed
from lianxin.account.publishing.models.announcement import Announcement
from lianxin.account.publishing.models.wording import OPEN
from lianxin.account.publishing.rules import PublishingRules
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.models import Record
from lianxin.ground.rulebook import in_force


class Stream(Record):
    """直播 A live stream that an announcement leads to. Only a link: nothing of another host is shown in our pages.

    To which hosts is the preset's; a stream of the office's own, or of another firm, is a line there.
    """

    announcement = models.OneToOneField(Announcement, models.PROTECT, related_name="stream", verbose_name=_("消息"))
    link = models.URLField(_("直播链接"), max_length=300)
    starts_at = models.DateTimeField(_("直播开始"))
    ends_at = models.DateTimeField(_("直播结束"))

    class Meta:
        verbose_name = _("直播")
        constraints = [
            models.CheckConstraint(name="stream_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="stream_is_sealed_on_the_way", condition=Q(link__startswith="https://")),
        ]

    def __str__(self) -> str:
        return self.link

    @property
    def host(self) -> str:
        """Whose page it leads to."""
        return urlsplit(self.link).hostname or ""

    def is_live(self, at: datetime) -> bool:
        """Whether it goes on at a moment."""
        return self.starts_at <= at < self.ends_at

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended by a moment."""
        return at >= self.ends_at

    @classmethod
    def lead_to(
        cls, announcement: Announcement, link: str, starts_at: datetime, ends_at: datetime, *, by: UUID, at: datetime
    ) -> "Stream":
        """The announcement that is written leads there; reviewed with its words. Raises OtherHost, StreamReversed, ChangedMeanwhile."""
        hosts = in_force(day_of(at), announcement.body_id).section(PublishingRules).streams
        parts = urlsplit(link)
        if parts.scheme != "https" or parts.hostname not in hosts or parts.username or parts.password:
            raise OtherHost(hosts)
        if ends_at <= starts_at:
            raise StreamReversed
        with transaction.atomic():
            wording = announcement.wordings.select_for_update().filter(state__in=OPEN).first()
            if wording is None:
                raise ChangedMeanwhile
            told = {"link": link, "starts_at": starts_at, "ends_at": ends_at}
            made, _is_new = cls.objects.update_or_create(announcement=announcement, defaults=told)
            announcement.tell("publishing.stream_set", wording, by=by, at=at)
        return made

"""A story of a deputy: told with their written consent, and where it ran since."""

from datetime import date, datetime
from typing import IO, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.account.publishing.errors import ChangedMeanwhile, ConsentThere, NoConsent
from lianxin.account.publishing.models.announcement import Announcement
from lianxin.account.publishing.models.wording import OPEN, Wording
from lianxin.ground.cases.working import said
from lianxin.ground.core.events import Ref
from lianxin.ground.core.models import Record
from lianxin.ground.documents import actions as documents
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.people.models import Person


class StoryQuerySet(models.QuerySet["Story"]):
    """Questions asked of stories."""

    def public(self, at: datetime) -> Self:
        """Those that everybody reads at a moment."""
        return self.filter(announcement__in=Wording.objects.public(at).values("announcement"))


class Story(Record):
    """代表故事 That an announcement tells of one deputy. It is published only while their written consent is there.

    The signed sheet is kept with it, for the office alone. Who withdraws consent is told of no more from that moment.
    """

    announcement = models.OneToOneField(Announcement, models.PROTECT, related_name="story", verbose_name=_("消息"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="stories", verbose_name=_("写的代表"))
    consented_on = models.DateField(_("书面同意的日子"), null=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("代表故事")

    def __str__(self) -> str:
        return f"{self.person} {self.announcement_id}"

    @property
    def sheet(self) -> File | None:
        """The signed sheet, as it was brought last."""
        return File.objects.of(Ref("story", self.pk)).order_by("-position").first()

    @classmethod
    def tell_of(cls, announcement: Announcement, person: Person, *, by: UUID, at: datetime) -> "Story":
        """What is written there is about this deputy; about another one, as long as nobody consented. Raises ChangedMeanwhile, ConsentThere."""
        with transaction.atomic():
            wording = _under_way(announcement)
            made, _is_new = cls.objects.get_or_create(announcement=announcement, defaults={"person": person})
            if made.consented_on:
                raise ConsentThere
            made.person = person
            made.save(update_fields=["person"])
            announcement.tell("publishing.story_told_of", wording, by=by, at=at, facts={"person": person.pk})
        return made

    def consent(self, sheet: IO[bytes], on: date, *, by: UUID, at: datetime) -> None:
        """They signed on that day. Raises FileRefused, DiskFull, NotStored."""
        laid = documents.lay(sheet, kind=FileKind.ATTACHMENT)  # before the transaction: it takes seconds
        own, body = Ref("story", self.pk), self.announcement.body_id
        with transaction.atomic():
            documents.keep(laid, kind=FileKind.ATTACHMENT, owner=own, by=by, at=at, body=body)
            Story.objects.filter(pk=self.pk).update(consented_on=on)
            self._tell("publishing.consented", by=by, at=at, facts={"on": on})
        self.consented_on = on

    def withdraw(self, reason: str, *, by: UUID, at: datetime) -> None:
        """They do not want it told any more: what is public is taken down at once. Raises NoReason, NoConsent."""
        reason = said(reason)
        with transaction.atomic():
            if not Story.objects.filter(pk=self.pk, consented_on__isnull=False).update(consented_on=None):
                raise NoConsent
            self._tell("publishing.consent_withdrawn", by=by, at=at)
            own = self.announcement
            if own.taken_down_at is None and own.wordings.filter(state="published").exists():
                own.take_down(reason, by=by, at=at)
        self.consented_on = None

    def ran(self, medium: str, outlet: str, on: date, *, where: str, link: str, by: UUID, at: datetime) -> "Airing":
        """It ran in paper, on air, or elsewhere. Raises NoConsent."""
        with transaction.atomic():
            if not Story.objects.select_for_update().filter(pk=self.pk, consented_on__isnull=False).exists():
                raise NoConsent
            made = Airing.objects.create(story=self, medium=medium, outlet=outlet, ran_on=on, where=where, link=link)
            self._tell("publishing.story_ran", by=by, at=at, facts={"on": on}, texts={"outlet": outlet})
        return made

    def _tell(
        self,
        kind: str,
        *,
        by: UUID,
        at: datetime,
        facts: dict[str, object] | None = None,
        texts: dict[str, str] | None = None,
    ) -> None:
        last = self.announcement.wordings.order_by("-number")[0]
        self.announcement.tell(kind, last, by=by, at=at, facts={"person": self.person_id} | (facts or {}), texts=texts)


def _under_way(announcement: Announcement) -> Wording:
    found = announcement.wordings.select_for_update().filter(state__in=OPEN).first()
    if found is None:
        raise ChangedMeanwhile
    return found


class Airing(Record):
    """刊播 Where and when a story ran outside of the platform."""

    class Medium(models.TextChoices):
        """By which way."""

        PAPER = "paper", _("报刊")
        TV = "tv", _("电视")
        FILM = "film", _("短片")
        RADIO = "radio", _("广播")
        ONLINE = "online", _("网络")

    story = models.ForeignKey(Story, models.PROTECT, related_name="airings", verbose_name=_("代表故事"))
    medium = models.CharField(_("哪种媒体"), max_length=8, choices=Medium.choices)
    outlet = models.CharField(_("哪家"), max_length=60)
    ran_on = models.DateField(_("刊播的日子"))
    where = models.CharField(_("版面或者时段"), max_length=60, blank=True)
    link = models.URLField(_("链接"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("刊播记录")
        ordering = ("-ran_on", "-id")
        constraints = [
            models.CheckConstraint(
                name="airing_links_to_the_web",
                condition=Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.outlet} {self.ran_on}"

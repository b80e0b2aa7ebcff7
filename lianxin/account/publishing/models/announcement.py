"""News or a notice, in whichever words it stands: whose it is, who may see it, and whether it was taken down."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxin.account.publishing.errors import NotPublished
from lianxin.ground.access.answering import reach
from lianxin.ground.cases.working import said
from lianxin.ground.core.events import Ref, record
from lianxin.ground.core.models import Record
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.documents.models.file import FileQuerySet
from lianxin.ground.people.models import Body
from lianxin.ground.people.places.reaching import lies_within

if TYPE_CHECKING:
    from lianxin.account.publishing.models.wording import Wording

KIND = "announcement"
WRITE, REVIEW = "publishing.write", "publishing.review"


def in_reach(user: Any, *codes: str, lead: str = "body__") -> Q:
    """What is of a body for which somebody may do one of these; `lead` leads to the body, and is empty for bodies."""
    found = Q(pk__in=[])
    for code in codes:
        far = reach(user, code)
        if far.everywhere:
            return Q()
        found |= Q(**{f"{lead}pk__in": far.ids("body")}) | lies_within(far, f"{lead}region__path")
    return found


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Questions asked of announcements."""

    def visible_to(self, user: Any) -> Self:
        """Those of the bodies for which somebody writes or reviews, with the body."""
        return self.select_related("body__region").filter(in_reach(user, WRITE, REVIEW))


class Announcement(Record):
    """消息 News or a notice that the office of a body publishes. What it says stands in its wordings, one after another.

    Taken down it is read by nobody but the office, until another wording of it is published.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="announcements", verbose_name=_("机构"))
    taken_down_at = models.DateTimeField(_("撤下时间"), null=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("消息")
        indexes = [models.Index(fields=["body"], name="announcement_of_body")]

    def __str__(self) -> str:
        return f"{self.body} {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page at the desk."""
        return reverse("publishing:announcement", args=[self.pk])

    @property
    def public_url(self) -> str:
        """Where everybody reads it, once it is public."""
        return reverse("publishing:news_item", args=[self.pk])

    def corrections(self) -> "list[Wording]":
        """The wordings that readers were given for others, the latest first; one query."""
        later = self.wordings.filter(state__in=("published", "replaced"), number__gt=1).order_by("-number")
        return [wording for wording in later if wording.corrected_at]

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies where its body does."""
        yield from self.body.access_scopes()

    @property
    def ref(self) -> Ref:
        """What files and events call it."""
        return Ref(KIND, self.pk)

    @property
    def attachments(self) -> FileQuerySet:
        """Everything that was sent along, in order."""
        return File.objects.of(self.ref).filter(kind=FileKind.ATTACHMENT)

    def asks_or_answers(self) -> bool:
        """Whether it asks residents something, or tells what came of what was asked. One query."""
        about = Q(call__isnull=False) | Q(result_of__isnull=False)
        return Announcement.objects.filter(about, pk=self.pk).exists()

    def is_untold_of(self) -> bool:
        """Whether it is a story of somebody who has not consented, or does no more. One query."""
        return Announcement.objects.filter(pk=self.pk, story__consented_on=None).exclude(story=None).exists()

    def take_down(self, reason: str, *, by: UUID, at: datetime) -> None:
        """Nobody but the office reads it from now on. Raises NoReason, NotPublished."""
        reason = said(reason)
        with transaction.atomic():
            own = Announcement.objects.select_for_update(of=("self",)).get(pk=self.pk)
            standing = own.wordings.filter(state="published").first()
            if own.taken_down_at or standing is None:
                raise NotPublished
            Announcement.objects.filter(pk=own.pk).update(taken_down_at=at)
            own.tell("publishing.taken_down", standing, by=by, at=at, texts={"reason": reason})
        self.taken_down_at = at

    def tell(
        self,
        kind: str,
        wording: "Wording",
        *,
        by: UUID | None,
        at: datetime,
        facts: Mapping[str, Any] | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """Write what was done to one of its wordings into the record of its body."""
        told = {"version": wording.number} | dict(facts or {})
        record(kind, subject=self.ref, by=by, at=at, body=self.body_id, facts=told, texts=texts or {})

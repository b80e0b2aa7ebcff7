"""That somebody read an identity, and what a second person found of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.access import can
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now
from lianxin.ground.core.events import Ref, record
from lianxin.ground.core.models import Event, Record
from lianxin.ground.vault.errors import AlreadyReviewed, MayNot, NoteMissing, OwnOpening


class Purpose(models.TextChoices):
    """What an identity is opened for: this much the resident sees too."""

    CALL = "call", _("联系本人")
    VISIT = "visit", _("上门走访")
    CHECK = "check", _("核实情况")
    LETTER = "letter", _("寄送材料")
    LAW = "law", _("依法配合有关机关")
    OTHER = "other", _("其他")


class Finding(models.TextChoices):
    """What the reviewer says of it."""

    FINE = "fine", _("合理")
    NOT_JUSTIFIED = "not_justified", _("理由不足")


class OpeningQuerySet(models.QuerySet["Opening"]):
    """Questions asked of openings."""

    def visible_to(self, user: Any) -> Self:
        """One's own, and those that one may review."""
        from lianxin.ground.access.answering import reach

        far = reach(user, "vault.review")
        if far.everywhere:
            return self
        return self.filter(Q(opened_by=user.pk) | Q(body_id__in=far.ids("body")))

    def awaiting_review(self) -> Self:
        """Those that nobody has reviewed."""
        return self.filter(reviewed_at__isnull=True)

    def with_words(self) -> Self:
        """Those whose reason and note nobody has taken away."""
        return self.filter(words_erased_at__isnull=True)

    def with_people(self) -> Self:
        """With the names of both people, in one query."""
        return self.select_related("opened_by", "reviewed_by")

    def of_voice(self, voice_id: UUID) -> Self:
        """Those of one identity, latest first."""
        return self.filter(voice_id=voice_id).order_by("-opened_at", "-id")


class Opening(Record):
    """查看记录 Somebody opened an identity, with a purpose and a reason; a second person judges it within the week.

    Reason and note may tell of a resident. So they stand here, in a table of the vault that is small enough to be wiped
    from below, and not in the record; `erasing.erase_words` takes them away.
    """

    REVIEW_WITHIN = timedelta(days=7)

    voice_id = models.UUIDField(_("来信"))
    body_id = models.UUIDField(_("所属机构"), null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("查看人"))
    office = models.CharField(_("查看人的身份"), max_length=80)
    opened_at = models.DateTimeField(_("查看时间"))
    purpose = models.CharField(_("用途"), max_length=10, choices=Purpose.choices)
    reason = models.TextField(_("理由"), blank=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="+", verbose_name=_("事件"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("复核人")
    )
    reviewed_at = models.DateTimeField(_("复核时间"), null=True)
    finding = models.CharField(_("结论"), max_length=20, choices=Finding.choices, blank=True)
    note = models.TextField(_("说明"), blank=True)
    review = models.OneToOneField(Event, models.PROTECT, null=True, related_name="+", verbose_name=_("复核事件"))
    words_erased_at = models.DateTimeField(_("理由和说明的删去时间"), null=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("查看记录")
        indexes = [
            models.Index(
                fields=["opened_at", "id"], condition=Q(reviewed_at__isnull=True), name="opening_awaits_review"
            ),
            models.Index(fields=["voice_id", "opened_at"], name="opening_of_voice"),
            models.Index(fields=["opened_by", "opened_at"], name="opening_by"),
        ]
        constraints = [
            models.CheckConstraint(name="opening_is_reviewed_by_another", condition=~Q(reviewed_by=F("opened_by"))),
            models.CheckConstraint(
                name="opening_words_are_erased_together",
                condition=Q(words_erased_at__isnull=True) | Q(reason="", note=""),
            ),
            models.CheckConstraint(
                name="opening_review_is_whole",
                condition=Q(reviewed_by=None, reviewed_at=None, review=None, finding="")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False, review__isnull=False) & ~Q(finding="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.opened_at:%Y-%m-%d}"

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in the body of the identity."""
        if self.body_id:
            yield "body", self.body_id

    @property
    def review_due_at(self) -> datetime:
        """Until when a second person should have judged it."""
        return self.opened_at + self.REVIEW_WITHIN

    @property
    def is_late(self) -> bool:
        """Whether it should have been reviewed by now and was not."""
        return self.reviewed_at is None and now() > self.review_due_at

    def judge(self, finding: str, *, by: User, at: datetime, note: str = "") -> None:
        """A second person says whether the opening was justified. Raises OwnOpening, MayNot, NoteMissing, AlreadyReviewed."""
        if by.pk == self.opened_by_id:
            raise OwnOpening
        if not (answer := can(by, "vault.review", self)):
            raise MayNot(answer.reason)
        finding, note = Finding(finding), note.strip()
        if finding == Finding.NOT_JUSTIFIED and not note:
            raise NoteMissing
        with transaction.atomic():
            event = record(
                "vault.reviewed",
                subject=Ref("voice", self.voice_id),
                by=by.pk,
                at=at,
                body=self.body_id,
                facts={"opening": self.pk, "finding": finding},
            )
            judged = {"reviewed_by": by, "reviewed_at": at, "finding": finding, "review": event}
            note = "" if self._words_are_erased() else note
            if Opening.objects.filter(pk=self.pk, reviewed_at__isnull=True).update(**judged, note=note) != 1:
                raise AlreadyReviewed
            self._erase_words_with_identity(by, at)
        self.refresh_from_db()

    def _words_are_erased(self) -> bool:
        """Whether reason and note are gone for good; holds the row until the transaction ends."""
        return Opening.objects.select_for_update().get(pk=self.pk).words_erased_at is not None

    def _erase_words_with_identity(self, by: User, at: datetime) -> None:
        """Reasons outlive an identity only until they were judged. An erasing that is under way holds this row first."""
        from lianxin.ground.vault.erasing import erase_words
        from lianxin.ground.vault.models.erasure import Erasure

        if Erasure.objects.filter(voice_id=self.voice_id).exists():
            erase_words(Opening.objects.filter(pk=self.pk), by=by.pk, at=at)

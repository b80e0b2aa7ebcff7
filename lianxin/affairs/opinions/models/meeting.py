"""A joint meeting: a body's day on which what was listed is gone through, and who sat there."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.errors import NotYetMet, RecordedMeanwhile
from lianxin.affairs.opinions.models.opinion import SEE
from lianxin.ground.access.answering import reach
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Ref, record
from lianxin.ground.core.models import Record
from lianxin.ground.people.models import Body
from lianxin.ground.people.places.reaching import lies_within


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions asked of joint meetings."""

    def visible_to(self, user: Any) -> Self:
        """Those of the bodies whose opinions somebody may see."""
        far = reach(user, SEE)
        if far.everywhere:
            return self
        return self.filter(Q(body__in=far.ids("body")) | lies_within(far, "body__region__path"))

    def that_listed(self, case_id: UUID) -> Self:
        """Those for which this case was ever listed."""
        own = Handover.objects.filter(role=Handover.Role.MEETING, case=case_id)
        return self.filter(Exists(own.filter(party_id=OuterRef("body"), due_on=OuterRef("on"))))


class Meeting(Record):
    """研判会 What nobody can read from handovers: who led a body's joint meeting of a day, who came, where it was (Y9).

    What was listed for it, and what was decided, are handovers of cases, and stand nowhere else. A day has a row once
    somebody recorded it. `edition` counts how often.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("机构"))
    on = models.DateField(_("会期"))
    chair = models.CharField(_("主持人"), max_length=40)
    attended = models.TextField(_("参加人员"))
    place = models.CharField(_("地点"), max_length=80, blank=True)
    edition = models.IntegerField(_("第几次记"), default=0)
    recorded_by = models.UUIDField(_("记录人"))
    recorded_at = models.DateTimeField(_("记录时间"))

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("研判会")
        constraints = [models.UniqueConstraint(fields=["body", "on"], name="meeting_stands_once")]

    def __str__(self) -> str:
        return f"{self.body} {self.on}"

    def get_absolute_url(self) -> str:
        """Its page at the desk."""
        return reverse("opinions:meeting", args=[self.body_id, self.on])

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in its body (read beforehand)."""
        return self.body.access_scopes()

    @classmethod
    def of(cls, body: Body, on: date) -> "Meeting":
        """That of a body and day; where nobody recorded it, one that is not kept."""
        there = cls.objects.filter(body=body, on=on).first() or cls(body=body, on=on)
        there.body = body
        return there

    @property
    def own(self) -> Ref:
        """What its papers are about."""
        return Ref("meeting", self.pk)

    @property
    def is_recorded(self) -> bool:
        """Whether somebody said who sat there."""
        return self.edition > 0

    def lay_down(
        self, *, chair: str, attended: str, place: str = "", by: UUID, at: datetime, edition: int | None = None
    ) -> None:
        """Who led it, who came, where it was; once more, where that was not right. The same again is said once.

        `edition` is that of the page. Raises NotYetMet before its day; RecordedMeanwhile where somebody else was quicker.
        """
        if self.on > day_of(at):
            raise NotYetMet(self.on)
        told = {"chair": chair.strip(), "attended": attended.strip(), "place": place.strip()}
        with transaction.atomic():
            Body.objects.select_for_update(of=("self",)).get(pk=self.body_id)  # of two at once one is the first
            there = Meeting.objects.filter(body=self.body_id, on=self.on).first()
            if there and all(getattr(there, name) == value for name, value in told.items()):
                return
            if edition is not None and edition != (there.edition if there else 0):
                raise RecordedMeanwhile
            if there:
                self.pk, self._state.adding = there.pk, False
            facts = told | {"edition": (there.edition if there else 0) + 1, "recorded_by": by, "recorded_at": at}
            for name, value in facts.items():
                setattr(self, name, value)
            self.save()
            done = "opinions.meeting_corrected" if there else "opinions.meeting_held"
            record(done, subject=self.own, by=by, at=at, body=self.body_id)

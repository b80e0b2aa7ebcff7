"""轮值 Receptions as they are held: on which day, at which station, and who sits there."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.stations import saying
from lianxin.affairs.stations.errors import (
    AlreadyOnDuty,
    DayPast,
    NotOnDuty,
    NotToday,
    NotYetHeld,
    OnDutyElsewhere,
    ReasonMissing,
    SameDay,
    ShiftOver,
)
from lianxin.affairs.stations.models.duty import Duty
from lianxin.affairs.stations.models.station import Station
from lianxin.ground.access.answering import Reach
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Entry, Party, Ref, record_all
from lianxin.ground.core.models import Record
from lianxin.ground.people.models import Mandate
from lianxin.ground.people.places.reaching import lies_within


class ShiftQuerySet(models.QuerySet["Shift"]):
    """Questions asked of shifts."""

    def standing(self) -> Self:
        """Those that nobody cancelled."""
        return self.exclude(state=Shift.State.CANCELLED)

    def open(self) -> Self:
        """Those that are still to be held, or whose reception nobody has closed."""
        return self.filter(state__in=Shift.OPEN)

    def within(self, far: Reach) -> Self:
        """Those at stations in somebody's reach."""
        if far.everywhere:
            return self
        own = Q(station__in=far.ids("station")) | Q(station__parent__in=far.ids("station"))
        own |= Q(station__body__in=far.ids("body"))
        return self.filter(own | lies_within(far, "station__region__path", "station__body__region__path"))

    def with_station(self) -> Self:
        """With the station and all that it lies in."""
        return self.select_related("station__region__parent", "station__body__region")


class Shift(Record):
    """轮值 One reception at a station: its day, its hours, and the deputies who sit there.

    `planned_on` is the day that the rule names and never changes; `held_on` the day on which it is held, moved off a
    holiday by the rule or by hand. `edition` counts what was changed, so that calendars know the newer one.
    `is_cancelled_by_rule` is what the platform itself cancelled: it comes back where the rules have it held after all.
    """

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", _("排好了")
        NOTICED = "noticed", _("公布了")
        HELD = "held", _("接待过了")
        CANCELLED = "cancelled", _("取消了")

    OPEN: ClassVar[tuple[str, ...]] = (State.PLANNED, State.NOTICED)

    station = models.ForeignKey(Station, models.PROTECT, related_name="shifts", verbose_name=_("站点"))
    reception = models.CharField(_("哪一种接待"), max_length=40)
    planned_on = models.DateField(_("规则写的日子"))
    held_on = models.DateField(_("接待的日子"))
    begins_at = models.TimeField(_("几点开始"), null=True)
    ends_at = models.TimeField(_("几点结束"), null=True)
    wanted = models.IntegerField(_("要几位代表"), null=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PLANNED)
    is_moved_by_hand = models.BooleanField(_("由人改过日子"), default=False)
    is_cancelled_by_rule = models.BooleanField(_("照规则取消"), default=False)
    edition = models.IntegerField(_("改过几次"), default=0)
    changed_at = models.DateTimeField(_("最后改动"))

    was_public = False  # before the verb that holds it: who was told of it is told what changes
    objects: ClassVar[ShiftQuerySet] = ShiftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("轮值")
        indexes = [
            models.Index(fields=["held_on", "id"], name="shift_day"),
            models.Index(fields=["station", "held_on"], name="shift_of_station"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "reception", "planned_on"], name="shift_stands_once_for_a_day_of_the_rule"
            ),
            models.CheckConstraint(
                name="shift_ends_after_it_begins",
                condition=Q(begins_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("begins_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station} {self.held_on}"

    def get_absolute_url(self) -> str:
        """Its page at the desk."""
        return reverse("stations:shift", args=[self.pk])

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies where its station lies (read beforehand)."""
        return self.station.access_scopes()

    @property
    def hours(self) -> str:
        """From when to when, as people read it; nothing where the office has not said."""
        return f"{self.begins_at:%-H:%M}–{self.ends_at:%H:%M}" if self.begins_at and self.ends_at else ""

    @property
    def is_open(self) -> bool:
        """Whether something can still be done with it."""
        return self.state in self.OPEN

    @property
    def is_moved(self) -> bool:
        """Whether it is held on another day than the rule names."""
        return self.held_on != self.planned_on

    def missing(self, duties: Sequence[Duty]) -> int:
        """How many deputies it lacks, of these duties; none where nobody has said how many there are to be."""
        return max(0, (self.wanted or 0) - sum(duty.is_counted for duty in duties))

    @classmethod
    def plan(
        cls,
        station: Station,
        mandates: Sequence[Mandate],
        *,
        hours: tuple[time, time] | None = None,
        by: UUID | None,
        at: datetime,
        **facts: Any,
    ) -> "Shift":
        """A reception is put on the rota, with the deputies whose turn it is."""
        begins_at, ends_at = hours or (None, None)
        with transaction.atomic():
            shift = cls(station=station, begins_at=begins_at, ends_at=ends_at, changed_at=at, **facts)
            shift.save(force_insert=True)
            Duty.objects.bulk_create([Duty(shift=shift, mandate=mandate) for mandate in mandates])
            shift._tell("stations.shift_planned", mandates, by=by, at=at, facts={"on": shift.held_on})
        return shift

    def plan_anew(
        self,
        mandates: Sequence[Mandate],
        on: date,
        *,
        hours: tuple[time, time] | None,
        wanted: int | None,
        by: UUID | None,
        at: datetime,
    ) -> None:
        """What the platform cancelled is held after all, with the deputies whose turn it is. Raises ShiftOver, OnDutyElsewhere."""
        with self._changing(at, (Shift.State.CANCELLED,)):
            self.is_moved_by_hand = self.is_moved_by_hand and on == self.held_on
            self.state, self.held_on, self.is_cancelled_by_rule = Shift.State.PLANNED, on, False
            self.begins_at, self.ends_at = hours or (None, None)
            self.wanted = wanted
            self.save(update_fields=["begins_at", "ends_at", "wanted"])
            self.duties.filter(state=Duty.State.ON).update(state=Duty.State.SWAPPED)
            for mandate in mandates:
                self._put_on(mandate)
            self._tell("stations.shift_planned", mandates, by=by, at=at, facts={"on": on})

    def roster(self, mandate: Mandate, *, by: UUID | None, at: datetime) -> Duty:
        """One more deputy sits there. Raises ShiftOver, AlreadyOnDuty, OnDutyElsewhere."""
        with self._changing(at):
            duty = self._put_on(mandate)
            self._tell("stations.rostered", [mandate], by=by, at=at, facts={"on": self.held_on})
        return duty

    def swap(self, duty: Duty, mandate: Mandate, reason: str, *, by: UUID | None, at: datetime) -> Duty:
        """Another deputy sits there instead of one. Raises ShiftOver, NotOnDuty, AlreadyOnDuty, OnDutyElsewhere, ReasonMissing."""
        with self._changing(at):
            self._take_off(duty, Duty.State.SWAPPED)
            new = self._put_on(mandate)
            relieved = [duty.mandate.party("relieved")]
            texts = {"reason": _said(reason)}
            self._tell("stations.swapped", [mandate], relieved, by=by, at=at, texts=texts)
        return new

    def excuse(self, duty: Duty, reason: str, *, by: UUID | None, at: datetime) -> None:
        """A deputy cannot come, with a reason; nobody sits there instead yet. Raises ShiftOver, NotOnDuty, ReasonMissing."""
        with self._changing(at):
            self._take_off(duty, Duty.State.EXCUSED)
            self._tell("stations.excused", [duty.mandate], by=by, at=at, texts={"reason": _said(reason)})

    def ask_off(self, duty: Duty, reason: str, *, by: UUID | None, at: datetime) -> None:
        """A deputy asks to be excused or replaced; whoever keeps the rota decides. Asked twice, it is asked once.

        Raises ShiftOver, NotOnDuty, ReasonMissing.
        """
        with self._held():
            told = {"reason": _said(reason)}
            if not Duty.objects.filter(pk=duty.pk, state=Duty.State.ON).exists():
                raise NotOnDuty(self, duty.mandate)
            if Duty.objects.filter(pk=duty.pk, asked_at__isnull=True).update(asked_at=at):
                self._tell("stations.excuse_asked", [duty.mandate], by=by, at=at, texts=told)

    def move(self, on: date, reason: str, *, by: UUID | None, at: datetime) -> None:
        """It is held on another day; by the platform itself where the holidays were announced meanwhile.

        Raises ShiftOver, DayPast, SameDay, OnDutyElsewhere, ReasonMissing.
        """
        with self._changing(at):
            if on < day_of(at):
                raise DayPast(on)
            if on == self.held_on:
                raise SameDay(self)
            before, self.held_on = self.held_on, on
            self.is_moved_by_hand = self.is_moved_by_hand or by is not None
            for duty in self.duties.filter(state=Duty.State.ON).select_related("mandate__person"):
                self._must_be_free(duty.mandate)
            facts = {"before": before, "on": on}
            self._tell(
                "stations.shift_moved", self._expected(), by=by, at=at, facts=facts, texts={"reason": _said(reason)}
            )

    def cancel(self, reason: str, *, by: UUID | None, at: datetime) -> None:
        """It is not held; where nobody says so but the platform, it may come back. Raises ShiftOver, ReasonMissing."""
        with self._changing(at):
            self.state, self.is_cancelled_by_rule = Shift.State.CANCELLED, by is None
            facts, texts = {"on": self.held_on}, {"reason": _said(reason)}
            self._tell("stations.shift_cancelled", self._expected(), by=by, at=at, facts=facts, texts=texts)

    def come(self, duty: Duty, *, way: str, by: UUID | None, at: datetime) -> None:
        """A deputy is there: on its day, or ticked afterwards until it is closed. Said twice, it is said once.

        Raises ShiftOver, NotToday before its day, NotOnDuty.
        """
        with self._held():
            if day_of(at) < self.held_on:
                raise NotToday(self)
            if Duty.objects.filter(pk=duty.pk, state=Duty.State.CAME).exists():
                return
            if not Duty.objects.filter(pk=duty.pk, state=Duty.State.ON).update(state=Duty.State.CAME, came_at=at):
                raise NotOnDuty(self, duty.mandate)
            self._tell("stations.came", [duty.mandate], by=by, at=at, facts={"way": way, "on": self.held_on})

    def close(self, *, by: UUID | None, at: datetime) -> None:
        """The reception is over: whoever was expected and did not come was absent. Raises ShiftOver, NotYetHeld."""
        with self._changing(at):
            if day_of(at) < self.held_on:
                raise NotYetHeld(self)
            self.state = Shift.State.HELD
            absent = self._expected()
            self.duties.filter(state=Duty.State.ON).update(state=Duty.State.ABSENT)
            came = Mandate.objects.filter(duties__shift=self, duties__state=Duty.State.CAME)
            facts = {"on": self.held_on}
            held = self._entry("stations.reception_held", list(came), by=by, at=at, facts=facts)
            missed = [self._entry("stations.absent", [one], by=by, at=at, facts=facts) for one in absent]
            record_all([held, *missed])

    def give_notice(self, *, by: UUID | None, at: datetime) -> bool:
        """It is made public who sits there; whether it was not public before. Raises ShiftOver."""
        with self._changing(at):
            if self.state == Shift.State.NOTICED:
                return False
            self.state = Shift.State.NOTICED
            self._tell("stations.shift_noticed", self._expected(), by=by, at=at, facts={"on": self.held_on})
        return True

    @contextmanager
    def _held(self, states: Sequence[str] = OPEN) -> Iterator[None]:
        """Hold the row, read anew. Raises ShiftOver where it is in none of these states: was held, or cancelled."""
        with transaction.atomic():
            locked = Shift.objects.select_for_update().values("state", "held_on", "edition", "is_moved_by_hand")
            for name, value in locked.get(pk=self.pk).items():
                setattr(self, name, value)
            self.was_public = self.state == Shift.State.NOTICED
            if self.state not in states:
                raise ShiftOver(self)
            yield

    @contextmanager
    def _changing(self, at: datetime, states: Sequence[str] = OPEN) -> Iterator[None]:
        """Hold it, and keep what was changed as a newer edition."""
        with self._held(states):
            yield
            self.edition, self.changed_at = self.edition + 1, at
            flags = ("is_moved_by_hand", "is_cancelled_by_rule")
            self.save(update_fields=["state", "held_on", *flags, "edition", "changed_at"])

    def _put_on(self, mandate: Mandate) -> Duty:
        self._must_be_free(mandate)
        if self.duties.filter(state__in=Duty.COUNTED, mandate__person=mandate.person_id).exists():
            raise AlreadyOnDuty(self, mandate)
        duty, is_new = Duty.objects.get_or_create(shift=self, mandate=mandate)
        if not is_new:
            Duty.objects.filter(pk=duty.pk).update(state=Duty.State.ON, asked_at=None)
            duty.state = Duty.State.ON
        return duty

    def _take_off(self, duty: Duty, state: str) -> None:
        if not Duty.objects.filter(pk=duty.pk, state=Duty.State.ON).update(state=state):
            raise NotOnDuty(self, duty.mandate)

    def _must_be_free(self, mandate: Mandate) -> None:
        """Nobody sits at two places on one day."""
        elsewhere = Duty.objects.counted().filter(mandate__person=mandate.person_id, shift__held_on=self.held_on)
        if other := elsewhere.exclude(shift=self).select_related("shift__station").first():
            raise OnDutyElsewhere(mandate, other.shift)

    def _expected(self) -> list[Mandate]:
        return list(Mandate.objects.filter(duties__shift=self, duties__state=Duty.State.ON).order_by("id"))

    def _tell(self, kind: str, mandates: Sequence[Mandate], more: Sequence[Party] = (), **told: Any) -> None:
        record_all([self._entry(kind, mandates, more, **told)])
        gone = [party.id for party in more]
        saying.of(self, kind, mandates, gone, was_public=self.was_public, at=told["at"])

    def _entry(
        self,
        kind: str,
        mandates: Sequence[Mandate],
        more: Sequence[Party] = (),
        *,
        by: UUID | None,
        at: datetime,
        facts: dict[str, Any] | None = None,
        texts: dict[str, str] | None = None,
    ) -> Entry:
        station = Party("station", self.station_id, "station")
        return Entry(
            kind,
            subject=Ref("shift", self.id),
            by=by,
            at=at,
            body=self.station.body_id,
            place=self.station.region.place(),
            parties=[station, *(mandate.party("deputy") for mandate in mandates), *more],
            facts=facts or {},
            texts=texts or {},
        )


def _said(reason: str) -> str:
    if not (reason := reason.strip()):
        raise ReasonMissing
    return reason

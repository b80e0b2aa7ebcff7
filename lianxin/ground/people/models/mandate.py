"""Mandates: a person in one congress, for one term."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import day_of, start_of, today
from lianxin.ground.core.events import Entry, Party, Ref, record, record_all
from lianxin.ground.core.models import Record
from lianxin.ground.people.errors.dated import DaysReversed
from lianxin.ground.people.errors.mandates import (
    BeginsOutsideTerm,
    CardTaken,
    EndingAhead,
    MandateEnded,
    MandateNotPaused,
    MandatePaused,
    MandateRuns,
    MandateTermOver,
    SeatNotVacant,
    SeatTaken,
)
from lianxin.ground.people.models.body import Body, CongressLevel, Term
from lianxin.ground.people.models.dated import Dated, DatedQuerySet
from lianxin.ground.people.models.district import District, DistrictPart
from lianxin.ground.people.models.person import Person
from lianxin.ground.people.models.region import Region

SEAT = {"replaces", "starts_on", "district", "electing_body"}  # what mandates that follow one another must agree on


class MandateQuerySet(DatedQuerySet["Mandate"]):
    """Questions asked of mandates."""

    def visible_to(self, user: Any) -> Self:
        """Mandates are public (Law on Deputies, art. 58)."""
        return self

    def standing_for(self, region: Region, day: date) -> Self:
        """Mandates of every level that stand for a place: elected in a district over it, or by a congress over it."""
        around = region.path_ids if day >= today() else region.path_ids_on(day)
        districts = DistrictPart.objects.on(day).filter(region__in=around).values("district")
        congresses = Body.objects.filter(region__in=around).values("pk")
        return self.on(day).filter(Q(district__in=districts) | Q(electing_body__in=congresses))

    def vacated(self) -> "MandateQuerySet":
        """Those that ended within their term, and that nobody followed."""
        ended = self.filter(ends_on__isnull=False, replaced_by__isnull=True)
        return ended.exclude(ending=Mandate.Ending.TERM_OVER)

    def at_work(self, day: date) -> Self:
        """Mandates that hold on this day and are not paused."""
        paused = MandatePause.objects.on(day).filter(mandate=OuterRef("pk"))
        return self.on(day).exclude(Exists(paused))


class Mandate(Record, Dated):
    """代表资格 A person's seat in one congress for one term. One person may hold several, at several levels.

    County and township deputies are elected in a district; those of higher levels by the congress below
    (`electing_body`; Law on Elections, art. 3).
    """

    class Beginning(models.TextChoices):
        """How the mandate began."""

        ELECTED = "elected", _("换届选举")
        BY_ELECTION = "by_election", _("补选")
        SUBSTITUTE = "substitute", _("递补")

    class Ending(models.TextChoices):
        """How it ended (Law on Deputies, art. 62)."""

        TERM_OVER = "term_over", _("任期届满")
        RESIGNED = "resigned", _("辞职获准")
        TRANSFERRED = "transferred", _("迁出或调离")
        ABSENT = "absent", _("未经批准两次不出席会议")
        RECALLED = "recalled", _("罢免")
        NATIONALITY = "nationality", _("丧失国籍")
        RIGHTS = "rights", _("被剥夺政治权利")
        CAPACITY = "capacity", _("丧失行为能力")
        DIED = "died", _("去世")

    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates", verbose_name=_("人员"))
    term = models.ForeignKey(Term, models.PROTECT, related_name="mandates", verbose_name=_("届"))
    congress = models.ForeignKey(Body, models.PROTECT, related_name="mandates", verbose_name=_("人民代表大会"))
    level = models.CharField(_("级别"), max_length=8, choices=CongressLevel.choices)
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="mandates", verbose_name=_("选区"))
    electing_body = models.ForeignKey(
        Body, models.PROTECT, null=True, related_name="elected_mandates", verbose_name=_("选举单位")
    )
    card_number = models.CharField(_("代表证号"), max_length=20)
    trade = models.CharField(_("行业"), max_length=40, blank=True)
    beginning = models.CharField(_("产生方式"), max_length=12, choices=Beginning.choices, default=Beginning.ELECTED)
    ending = models.CharField(_("终止原因"), max_length=12, choices=Ending.choices, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("接替")
    )

    objects = MandateQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("代表资格")
        indexes = [
            models.Index(fields=["congress", "level", "id"], name="mandate_of_congress"),
            models.Index(fields=["district"], name="mandate_of_district"),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["term", "card_number"], name="mandate_card_stands_once_in_a_term"),
            models.UniqueConstraint(
                fields=["term", "person"], condition=Q(ends_on__isnull=True), name="mandate_runs_once_in_a_term"
            ),
            models.CheckConstraint(
                name="mandate_ends_with_a_reason",
                condition=Q(ends_on__isnull=True, ending="") | (Q(ends_on__isnull=False) & ~Q(ending="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_level_display()}"

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """A mandate lies in its congress and in the congress's place."""
        return self.congress.access_scopes()

    @property
    def is_resting(self) -> bool:
        """Whether a pause of it runs; read the pauses beforehand."""
        return any(pause.ends_on is None for pause in self.pauses.all())

    def party(self, role: str) -> Party:
        """This mandate as the one an event counts for."""
        return Party("mandate", self.id, role)

    @classmethod
    def begin(cls, *, by: UUID | None, **facts: Any) -> "Mandate":
        """A person takes a seat, on the day `starts_on`. Facts are the columns of a mandate."""
        with transaction.atomic():
            return cls.begin_all([cls(**facts)], by=by)[0]

    @classmethod
    def begin_all(cls, mandates: Sequence["Mandate"], *, by: UUID | None) -> Sequence["Mandate"]:
        """Persons take seats, each on its own first day; one that has ended already leaves both events.

        Call inside a transaction. Two statements, however many seats there are.
        """
        cls.objects.bulk_create(mandates, batch_size=500)
        record_all([entry for mandate in mandates for entry in mandate._beginning_and_ending(by)])
        return mandates

    def _beginning_and_ending(self, by: UUID | None) -> Iterable[Entry]:
        assert self.starts_on is not None, "a mandate has a first day"
        yield self._entry("people.mandate_began", by, start_of(self.starts_on), {"beginning": str(self.beginning)})
        if self.ends_on:
            facts = {"ending": str(self.ending), "on": self.ends_on}
            yield self._entry("people.mandate_ended", by, start_of(self.ends_on), facts)

    def end(self, ending: str, *, on: date, by: UUID | None, at: datetime) -> None:
        """The mandate ends with the day `on`, which has come. Raises EndingAhead, MandateEnded, DaysReversed."""
        if on > day_of(at):
            raise EndingAhead(self, on)
        with transaction.atomic():
            Mandate.end_all([(self, ending, on)], by=by, at=at)

    @classmethod
    def end_all(cls, endings: Sequence[tuple["Mandate", str, date]], *, by: UUID | None, at: datetime) -> None:
        """Mandates end, each for a reason and with its last day; nobody's pause outlives the mandate.

        Call inside a transaction. A handful of statements for every 500 mandates of one reason and day. Raises
        MandateEnded for the first that has ended already, DaysReversed for one that begins later.
        """
        together: dict[tuple[str, date], list[Mandate]] = {}
        for mandate, ending, on in endings:
            together.setdefault((ending, on), []).append(mandate)
        for (ending, on), mandates in together.items():
            for start in range(0, len(mandates), 500):
                cls._end_together(mandates[start : start + 500], ending, on)
        record_all(
            [it._entry("people.mandate_ended", by, at, {"ending": str(how), "on": on}) for it, how, on in endings]
        )

    @classmethod
    def _end_together(cls, mandates: Sequence["Mandate"], ending: str, on: date) -> None:
        chosen = cls.objects.filter(pk__in=[mandate.pk for mandate in mandates])
        locked = chosen.select_for_update(of=("self",)).select_related("person")
        if ended := next((mandate for mandate in locked if mandate.ends_on), None):
            raise MandateEnded(ended)
        if later := next((mandate for mandate in locked if mandate.starts_on and mandate.starts_on > on), None):
            assert later.starts_on is not None
            raise DaysReversed(on, later.starts_on)
        chosen.update(ends_on=on, ending=ending)
        resting = MandatePause.objects.filter(mandate__in=mandates, ends_on__isnull=True)
        resting.filter(starts_on__gt=on).delete()  # a pause that would begin later never was
        resting.update(ends_on=on)
        for mandate in mandates:
            mandate.ends_on, mandate.ending = on, ending

    def restore(self, why: str, *, by: UUID | None, at: datetime) -> None:
        """It never ended: that was recorded by mistake. A pause that ended with it goes on.

        Raises MandateRuns, MandateTermOver, SeatTaken.
        """
        with transaction.atomic():
            last_day = self._lock_ended()
            if self.term.ends_on:
                raise MandateTermOver(self.term)
            self._must_be_free(None)
            Mandate.restore_all([self], last_day, why, by=by, at=at)
            self.ends_on, self.ending = None, ""

    @classmethod
    def restore_all(
        cls, mandates: Sequence["Mandate"], last_day: date, why: str, *, by: UUID | None, at: datetime
    ) -> None:
        """Mandates that were ended with `last_day` never ended; pauses that ended with them go on.

        Call inside a transaction, with mandates that may run: of a running term, in seats that are free.
        """
        for start in range(0, len(mandates), 500):
            keys = [mandate.pk for mandate in mandates[start : start + 500]]
            cls.objects.filter(pk__in=keys).update(ends_on=None, ending="")
            MandatePause.objects.filter(mandate__in=keys, ends_on=last_day).update(ends_on=None)
        record_all([it._entry("people.mandate_restored", by, at, {}, {"why": why}) for it in mandates])

    def correct_ending(self, ending: str, why: str, *, on: date, by: UUID | None, at: datetime) -> None:
        """It ended on another day, or for another reason, than was recorded; its pauses end with it.

        Raises MandateRuns, EndingAhead, DaysReversed, MandateTermOver, SeatTaken.
        """
        with transaction.atomic():
            last_day = self._lock_ended()
            if on > day_of(at) and on != last_day:
                raise EndingAhead(self, on)
            if self.starts_on and self.starts_on > on:
                raise DaysReversed(on, self.starts_on)
            if self.term.ends_on and on > self.term.ends_on:
                raise MandateTermOver(self.term)
            self._must_be_free(on)
            self.ends_on, self.ending = on, ending
            self.save(update_fields=["ends_on", "ending"])
            self.pauses.filter(starts_on__gt=on).delete()
            self.pauses.filter(Q(ends_on=last_day) | Q(ends_on__gt=on)).update(ends_on=on)
            facts = {"ending": str(ending), "on": on}
            self._tell("people.mandate_ending_corrected", by=by, at=at, facts=facts, texts={"why": why})

    def _lock_ended(self) -> date:
        """The last day that was recorded; the row is locked, and read anew."""
        Mandate.objects.select_for_update().get(pk=self.pk)
        self.refresh_from_db()
        if self.ends_on is None:
            raise MandateRuns(self)
        return self.ends_on

    def _must_be_free(self, until: date | None) -> None:
        """Raise SeatTaken where the person anew, or a successor, sits there up to the day `until`; None: at all."""
        later = Mandate.objects.filter(Q(person=self.person_id) | Q(replaces=self.pk), term=self.term_id)
        later = later.filter(starts_on__gte=self.starts_on).exclude(pk=self.pk).select_related("person")
        if taken := (later.filter(starts_on__lte=until) if until else later).first():
            raise SeatTaken(taken)

    def pause(self, kind: str, *, on: date, by: UUID | None, at: datetime) -> "MandatePause":
        """Leave or suspension from the day `on` (Law on Deputies, arts 13 and 61). Raises MandateEnded, MandatePaused."""
        with transaction.atomic():
            if not Mandate.objects.select_for_update().filter(pk=self.pk, ends_on__isnull=True).exists():
                raise MandateEnded(self)
            if self.pauses.filter(ends_on__isnull=True).exists():
                raise MandatePaused(self)
            pause = MandatePause.objects.create(mandate=self, kind=kind, starts_on=on)
            self._tell("people.mandate_paused", by=by, at=at, facts={"kind": str(kind), "on": on})
        return pause

    def resume(self, *, on: date, by: UUID | None, at: datetime) -> None:
        """Back at work with the day after `on`, the last day of the pause. Raises MandateNotPaused."""
        with transaction.atomic():
            if self.pauses.end(on) != 1:
                raise MandateNotPaused(self)
            self._tell("people.mandate_resumed", by=by, at=at, facts={"on": on})

    def amend(self, changed: Iterable[str], *, by: UUID | None, at: datetime) -> None:
        """Columns of the mandate were set anew; the record says which.

        Raises MandateEnded, CardTaken, BeginsOutsideTerm, and SeatNotVacant where it would follow on one that left no
        seat to it. A mandate that ended stays where it was elected: others follow on it.
        """
        if not (names := sorted(changed)):
            return
        with transaction.atomic():
            Term.objects.select_for_update().get(pk=self.term_id)
            if (locked := Mandate.objects.select_for_update().get(pk=self.pk)).ends_on:
                raise MandateEnded(locked)
            if "card_number" in names and (other := self._with_same_card()):
                raise CardTaken(other)
            if "starts_on" in names and not self.term.holds_on(self.starts_on or date.min):
                raise BeginsOutsideTerm(self.term)
            if not SEAT.isdisjoint(names) and self.replaces and not self._may_follow(self.replaces):
                raise SeatNotVacant(self.replaces)
            self.save(update_fields=names)
            record(
                "people.mandate_changed",
                subject=Ref("mandate", self.id),
                by=by,
                at=at,
                body=self.congress_id,
                facts={"what": "+".join(names)},
            )

    def _may_follow(self, before: "Mandate") -> bool:
        """Whether the other ended earlier in the same term, elected by the same district or congress, and nobody followed."""
        if Mandate.objects.filter(replaces=before).exclude(pk=self.pk).exists():
            return False
        has_left = before.ends_on is not None and (self.starts_on or date.max) > before.ends_on
        mine = (self.term_id, self.district_id, self.electing_body_id)
        return has_left and mine == (before.term_id, before.district_id, before.electing_body_id)

    def _with_same_card(self) -> "Mandate | None":
        """Another mandate of the term whose card differs by nothing but noughts, as the roster compares them."""
        others = Mandate.objects.filter(term=self.term_id).exclude(pk=self.pk).select_related("person")
        mine = plain_card(self.card_number)
        return next((other for other in others.iterator() if plain_card(other.card_number) == mine), None)

    def _tell(self, kind: str, *, by: UUID | None, at: datetime, **told: dict[str, Any]) -> None:
        record_all([self._entry(kind, by, at, **told)])

    def _entry(
        self, kind: str, by: UUID | None, at: datetime, facts: dict[str, Any], texts: dict[str, str] | None = None
    ) -> Entry:
        return Entry(
            kind,
            subject=Ref("mandate", self.id),
            by=by,
            at=at,
            body=self.congress_id,
            parties=[self.party("deputy")],
            facts=facts,
            texts=texts or {},
        )


class MandatePause(Record, Dated):
    """暂停执行职务 Leave, or suspension of a mandate; it ends, the mandate goes on."""

    class Kind(models.TextChoices):
        """Why the mandate rests."""

        LEAVE = "leave", _("请长假")
        SUSPENDED = "suspended", _("暂停执行代表职务")

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="pauses", verbose_name=_("代表资格"))
    kind = models.CharField(_("种类"), max_length=10, choices=Kind.choices)

    objects = DatedQuerySet["MandatePause"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("暂停执行职务")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["mandate"], condition=Q(ends_on__isnull=True), name="mandate_rests_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_on}"


def plain_card(number: str) -> str:
    """A card's number without what is lost or added by accident: 001, 1 and ０01 are one."""
    return number.lower().lstrip("0") or "0"

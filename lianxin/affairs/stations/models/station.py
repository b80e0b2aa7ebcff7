"""Places where deputies meet residents, who belongs to them, and what they are fitted with."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.stations.errors import (
    AlreadyPosted,
    ClosingAhead,
    NotPosted,
    StationClosed,
    StationRuns,
    StationThere,
)
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Entry, Party, Place, Ref, record_all
from lianxin.ground.core.models import Event, Record
from lianxin.ground.people.models import Body, Mandate, Region
from lianxin.ground.people.models.dated import Dated, DatedQuerySet
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.pinyin import spell
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.preset import Preset


class StationQuerySet(DatedQuerySet["Station"]):
    """Questions asked of stations."""

    def visible_to(self, user: Any) -> Self:
        """Stations are public: that is what they are for."""
        return self

    def near(self, region: Region) -> Self:
        """Stations that a place may turn to: there, in a place around it, or elsewhere in its township; the nearest first.

        `steps_up` is how many places further up a station lies; as many as there are places, where it lies beside.
        """
        around = region.path_ids
        steps = [When(region=id, then=number) for number, id in enumerate(reversed(around))]
        is_near = Q(region__in=around)
        if region.level in (Level.VILLAGE, Level.GRID):
            is_near |= Q(region__path__begins=region.township_path)
        found = self.filter(is_near).annotate(steps_up=Case(*steps, default=len(around)))
        return found.order_by("steps_up", "region__code", "name")


class Station(Record, Dated):
    """家站点户 A home, station, point, household or window where deputies meet residents; which kinds there are the preset says."""

    kind = models.CharField(_("种类"), max_length=40)
    name = models.CharField(_("名称"), max_length=80)
    pinyin = models.CharField(_("拼音"), max_length=120, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="stations", verbose_name=_("地方"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="stations", verbose_name=_("主办机构"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", verbose_name=_("上级站"))
    address = models.CharField(_("地址"), max_length=120, blank=True)
    way_in = models.CharField(_("怎么走"), max_length=120, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    reception_days = models.CharField(_("本站接待日"), max_length=60, blank=True)
    is_step_free = models.BooleanField(_("无台阶"), null=True)

    objects = StationQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("家站点户")
        indexes = [models.Index(fields=["kind", "name", "id"], name="station_list")]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["region", "kind", "name"],
                condition=Q(ends_on__isnull=True),
                name="station_name_stands_once_in_a_place",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("stations:station", args=[self.pk])

    def has_closed_by(self, day: date) -> bool:
        """Whether its last day lies before this one."""
        return self.ends_on is not None and self.ends_on < day

    def rules_on(self, day: date) -> Preset:
        """The rules it stands under on a day: those of the body that runs it. Raises NothingInForce."""
        return in_force(day, self.body_id)

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in itself, in the station above it, in the body that runs it, and in its place (read beforehand)."""
        yield "station", self.id
        if self.parent_id:
            yield "station", self.parent_id
        yield from self.body.access_scopes()
        yield from self.region.access_scopes()

    @classmethod
    def open(cls, *, by: UUID | None, at: datetime, place: Place | None = None, **facts: Any) -> "Station":
        """A station opens on the day `starts_on`. `place` may be given where it is known already. Raises StationThere."""
        with transaction.atomic():
            station = cls(**facts)
            station.pinyin, _initials = spell(station.name)
            station._refuse_a_second_of_the_name()
            station.save(force_insert=True)
            station._tell("stations.opened", by=by, at=at, place=place)
        return station

    def amend(self, changed: Iterable[str], *, by: UUID | None, at: datetime) -> None:
        """Columns of the station were set anew; they are saved, and the record says which. Raises StationThere."""
        if names := sorted(changed):
            with transaction.atomic():
                self._refuse_a_second_of_the_name()
                self.pinyin, _initials = spell(self.name)
                self.save(update_fields=[*names, "pinyin"])
                self._tell("stations.amended", by=by, at=at, facts={"what": "+".join(names)})

    def close(self, *, on: date, by: UUID | None, at: datetime) -> None:
        """The station closes with the day `on`, and nobody belongs to it any more: the one event names them all.

        Raises ClosingAhead for a day to come, StationClosed, DaysReversed.
        """
        if on > day_of(at):
            raise ClosingAhead(self)
        with transaction.atomic():
            if Station.objects.filter(pk=self.pk).end(on) != 1:
                self.refresh_from_db()
                raise StationClosed(self)
            self.ends_on = on
            belonged = Mandate.objects.filter(postings__station=self, postings__ends_on__isnull=True)
            mandates = list(belonged.order_by("id"))
            self.postings.end(on)
            self._tell("stations.closed", by=by, at=at, mandates=mandates, facts={"on": on})

    def reopen(self, *, reason: str, by: UUID | None, at: datetime) -> None:
        """Its closing was a mistake: it runs on, and whom the closing took out and who still has a mandate belongs to it.

        Raises StationRuns where it has not closed, StationThere where another has taken its name.
        """
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Station.objects.select_for_update())
            if self.ends_on is None:
                raise StationRuns(self)
            self._refuse_a_second_of_the_name()
            back = self._taken_out_by_closing()
            Posting.objects.filter(pk__in=[posting.pk for posting in back]).update(ends_on=None)
            self.ends_on = None
            self.save(update_fields=["ends_on"])
            mandates = [posting.mandate for posting in back]
            self._tell("stations.reopened", by=by, at=at, mandates=mandates, texts={"reason": reason})

    def post(
        self, mandate: Mandate, *, on: date, by: UUID | None, at: datetime, place: Place | None = None
    ) -> "Posting":
        """A deputy belongs to the station from the day `on`. Raises StationClosed, AlreadyPosted."""
        return self.post_all([mandate], on=on, by=by, at=at, place=place)[0]

    def post_all(
        self, mandates: Sequence[Mandate], *, on: date, by: UUID | None, at: datetime, place: Place | None = None
    ) -> list["Posting"]:
        """Deputies belong to the station from the day `on`: all of them, or none. Raises StationClosed, AlreadyPosted."""
        with transaction.atomic():
            if not Station.objects.select_for_update().filter(pk=self.pk, ends_on__isnull=True).exists():
                raise StationClosed(self)
            there = self.postings.filter(mandate__in=mandates, ends_on__isnull=True)
            if second := there.select_related("mandate__person").first():
                raise AlreadyPosted(self, second.mandate)
            place = place or self.region.place()
            postings = [Posting(station=self, mandate=mandate, starts_on=on) for mandate in mandates]
            Posting.objects.bulk_create(postings)
            record_all(
                self._entry("stations.posted", by=by, at=at, place=place, mandates=[mandate], facts={"on": on})
                for mandate in mandates
            )
        return postings

    def release(self, mandate: Mandate, *, on: date, by: UUID | None, at: datetime) -> None:
        """A deputy belongs to the station no more after the day `on`. Raises NotPosted, DaysReversed."""
        with transaction.atomic():
            if self.postings.filter(mandate=mandate).end(on) != 1:
                raise NotPosted(self, mandate)
            self._tell("stations.released", by=by, at=at, mandates=[mandate], facts={"on": on})

    def judge_fitting(self, key: str, state: str, *, on: date, by: UUID | None, at: datetime) -> None:
        """What was found of one fitting on the day `on`. Its key stands in the preset."""
        with transaction.atomic():
            Fitting.objects.update_or_create(station=self, key=key, defaults={"state": state, "checked_on": on})
            facts = {"fitting": f"{self.kind}:{key}", "state": str(state), "on": on}
            self._tell("stations.fitting_judged", by=by, at=at, facts=facts)

    def _refuse_a_second_of_the_name(self) -> None:
        """One of a name at a time: the place is locked until the transaction ends."""
        Region.objects.select_for_update().get(pk=self.region_id)
        same = Station.objects.filter(region=self.region_id, kind=self.kind, name=self.name, ends_on__isnull=True)
        if same.exclude(pk=self.pk).exists():
            raise StationThere(self)

    def _taken_out_by_closing(self) -> list["Posting"]:
        """Postings that ended with the station, as its last closing names them; not those released on that day before."""
        closing = Event.objects.about("station", self.pk).filter(kind="stations.closed").latest("recorded_at", "id")
        named = closing.parties.filter(role="deputy").values("party_id")
        ended = self.postings.filter(mandate__in=named, ends_on=self.ends_on, mandate__ends_on__isnull=True)
        newest = {posting.mandate_id: posting for posting in ended.select_related("mandate").order_by("id")}
        return list(newest.values())

    def _tell(self, kind: str, **told: Any) -> None:
        record_all([self._entry(kind, **told)])

    def _entry(
        self,
        kind: str,
        *,
        by: UUID | None,
        at: datetime,
        place: Place | None = None,
        mandates: Iterable[Mandate] = (),
        facts: dict[str, Any] | None = None,
        texts: dict[str, str] | None = None,
    ) -> Entry:
        parties = [Party("station", self.id, "station"), *(mandate.party("deputy") for mandate in mandates)]
        return Entry(
            kind,
            subject=Ref("station", self.id),
            by=by,
            at=at,
            body=self.body_id,
            place=place or self.region.place(),
            parties=parties,
            facts=facts or {},
            texts=texts or {},
        )


class Posting(Record, Dated):
    """驻站 A deputy belongs to a station, from one day to another."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="postings", verbose_name=_("站点"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="postings", verbose_name=_("代表资格"))

    objects = DatedQuerySet["Posting"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("驻站")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["station", "mandate"], condition=Q(ends_on__isnull=True), name="posting_runs_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate} {self.station}"


class Fitting(Record):
    """配备 What was found of one fitting of a station. Which fittings a kind of station needs the preset says."""

    class State(models.TextChoices):
        """What was found; a fitting that nobody looked at has no row."""

        THERE = "there", _("有")
        LACKING = "lacking", _("没有")

    station = models.ForeignKey(Station, models.PROTECT, related_name="fittings", verbose_name=_("站点"))
    key = models.CharField(_("配备项"), max_length=40)
    state = models.CharField(_("现状"), max_length=8, choices=State.choices)
    checked_on = models.DateField(_("查看日期"))

    class Meta:
        verbose_name = _("配备")
        constraints = [models.UniqueConstraint(fields=["station", "key"], name="fitting_stands_once")]

    def __str__(self) -> str:
        return self.key
